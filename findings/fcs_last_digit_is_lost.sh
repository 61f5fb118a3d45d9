#!/usr/bin/env bash
# fcs 0.0.7: the last cell of a channel has a tenth of its HER2, 102 for 1023, and a time of 32 bits mixes the cells behind it
#
# Expected: `groupBy: 'byParam'` gives each channel's values as `byEvent` gives each cell's; each channel of whole numbers has the
# bits that its $PnB says, as FCS has it and FlowIO reads it.
#
# Seen: as text, which is the default and what its JSON holds, the last digit of a channel is cut off: 1023 is 102 and 512 is 51.
# All channels are read with the bits of the first: of two channels of 16 bits and a time of 32, the first cell's time is 1, the
# second cell has the rest of it for its HER2. Nothing is said.
#
# Where her2 meets it: cells by the HER2 on their membrane, in a page of a browser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --prefix "$folder" fcs@0.0.7
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet flowio==1.4.0
cd "$folder"
cat >write.py <<'END'
import struct

import flowio

CELLS = {"even": ([16, 16], [(100, 200), (300, 400), (1023, 512)]), "mixed": ([16, 16, 32], [(100, 200, 70000), (300, 400, 70001)])}
for name, (bits, cells) in CELLS.items():
    form = ">" + "".join("H" if each == 16 else "I" for each in bits)
    data = b"".join(struct.pack(form, *cell) for cell in cells)
    words = {
        "$BEGINANALYSIS": 0, "$ENDANALYSIS": 0, "$BEGINSTEXT": 0, "$ENDSTEXT": 0, "$BEGINDATA": 1024, "$ENDDATA": 1023 + len(data),
        "$BYTEORD": "4,3,2,1", "$DATATYPE": "I", "$MODE": "L", "$NEXTDATA": 0, "$PAR": len(bits), "$TOT": len(cells),
    }  # fmt: skip
    for place, (size, channel) in enumerate(zip(bits, ("HER2", "EGFR", "TIME")), 1):
        words.update({f"$P{place}N": channel, f"$P{place}B": size, f"$P{place}E": "0,0", f"$P{place}R": 2 ** (10 if size == 16 else 20)})
    text = "/" + "".join(f"{key}/{value}/" for key, value in words.items())
    head = "FCS3.1    " + "".join(f"{each:>8}" for each in (256, 255 + len(text), 1024, 1023 + len(data), 0, 0))
    with open(f"{name}.fcs", "wb") as file:
        file.write((head.encode().ljust(256) + text.encode()).ljust(1024) + data)
    read = flowio.FlowData(f"{name}.fcs").as_array(preprocess=False).tolist()
    assert read == [list(map(float, cell)) for cell in cells], read
END
venv/bin/python -W ignore write.py
cat >example.js <<'END'
const assert = require("assert");
const fs = require("fs");
const FCS = require("fcs");

const read = (name, options) => new FCS(options, fs.readFileSync(`${name}.fcs`));
const cells = read("even", { groupBy: "byEvent" }).dataAsStrings;
const channels = read("even", { groupBy: "byParam" }).dataAsStrings;
const mixed = read("mixed", { dataFormat: "asNumber" }).dataAsNumbers;
console.log("fcs 0.0.7: cells", cells, "channels", channels, "with a time of 32 bits", mixed);
assert.deepStrictEqual(cells, ["[100,200]", "[300,400]", "[1023,512]"]);
assert.deepStrictEqual(channels, ["[100,300,102]", "[200,400,51]"], "the last digit is kept now");
assert.deepStrictEqual(mixed, [[100, 200, 1], [4464, 300, 400]], "each channel has its bits now");
END
node example.js
