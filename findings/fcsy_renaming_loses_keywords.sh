#!/usr/bin/env bash
# fcsy 0.10.0: one channel of an FCS file is renamed, and the cells have other values, no compensation and no instrument
#
# Expected: rename_channels writes a new $PnS and leaves the other keywords and the data as they are.
#
# Seen: the text segment is made anew from what fcsy knows: $SPILLOVER, by which the colours are parted, $CYT and all else are
# gone, and $PnE, which FCS 3.0 and 3.1 require, is "None", so that flowio 1.4.0 refuses the file. $BYTEORD is 1,2,3,4 whatever it
# was: where the data are big endian, 200.0 is 3e-41 from then on. Nothing is said, and the file itself is changed.
#
# Where her2 meets it: cells sorted by HER2 are what its experiments are compared with, and a channel that is called after the
# antibody is renamed to the gene first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fcsy==0.10.0 flowio==1.4.0 pandas==2.3.3
cd "$folder"
cat >example.py <<'END'
import struct

import fcsy
import flowio


def write(path):
    data = struct.pack(">4f", 1.5, 200.0, 3.25, 400.0)
    words = {
        "$BEGINANALYSIS": 0, "$ENDANALYSIS": 0, "$BEGINSTEXT": 0, "$ENDSTEXT": 0, "$BEGINDATA": 1024,
        "$ENDDATA": 1023 + len(data), "$BYTEORD": "4,3,2,1", "$DATATYPE": "F", "$MODE": "L", "$NEXTDATA": 0, "$PAR": 2, "$TOT": 2,
        "$P1N": "FSC-A", "$P1B": 32, "$P1E": "0,0", "$P1R": 1024,
        "$P2N": "FL1-A", "$P2S": "trastuzumab", "$P2B": 32, "$P2E": "0,0", "$P2R": 1024,
        "$CYT": "example", "$SPILLOVER": "2,FSC-A,FL1-A,1,0,0,1",
    }  # fmt: skip
    text = "/" + "".join(f"{key}/{value}/" for key, value in words.items())
    head = "FCS3.1    " + "".join(f"{each:>8}" for each in (256, 255 + len(text), 1024, 1023 + len(data), 0, 0))
    with open(path, "wb") as file:
        file.write((head.encode().ljust(256) + text.encode()).ljust(1024) + data)


def look(path):
    with open(path, "rb") as file:
        text = file.read()[256:1024].decode().strip().strip("/").split("/")
    values = fcsy.DataFrame.from_fcs(path).to_numpy()[:, 1].tolist()
    return dict(zip(text[::2], text[1::2])), values


write("cells.fcs")
assert list(flowio.FlowData("cells.fcs").events) == [1.5, 200.0, 3.25, 400.0]
before, values = look("cells.fcs")
fcsy.rename_channels("cells.fcs", {"trastuzumab": "ERBB2"}, "long")
after, garbled = look("cells.fcs")
try:
    refused = str(flowio.FlowData("cells.fcs"))
except ValueError as error:
    refused = str(error)
lost = sorted(set(before) - set(after))
print("fcsy 0.10.0:", values, "->", garbled, "lost:", lost, "$P1E:", after["$P1E"], "flowio:", refused)
assert values == [200.0, 400.0] and after["$P2S"] == "ERBB2"
assert before["$BYTEORD"] == "4,3,2,1" and after["$BYTEORD"] == "1,2,3,4", "the order of bytes is kept now"
assert all(value < 1e-40 for value in garbled)
assert lost == ["$CYT", "$SPILLOVER"] and after["$P1E"] == "None" and "None" in refused
END
venv/bin/python example.py
