#!/usr/bin/env bash
# anndata-fcs 0.2.0: a cell with ten times as much HER2 has 1.5 times as much, and no channel is called HER2 any more
#
# Expected: FCS says how a channel's numbers become light: $PnE of 4,1 is a logarithmic amplifier of four decades, $PnG a gain; $PnS is
# what was stained. FlowIO 1.4.0, which it reads with, gives the light in `as_array`, and the names in `pns_labels`.
#
# Seen: `fcs_to_anndata` and `fcs_to_dataframe` hand over the numbers as they are stored: 512 and 768 for 100 and 1000, 256 for 128 where
# the gain is 2. Channels are FL1-H and FL2-H; HER2 and EGFR are nowhere but in the text of the file. The cells within a gate,
# as `gate_polygon_subset` gives them, have lost amplifier, gain and names for good. Nothing is said.
#
# Where her2 meets it: cells by the HER2 on their membrane are what its experiments are compared with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet anndata-fcs==0.2.0 flowio==1.4.0 anndata==0.12.19 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import struct

import anndata_fcs
import flowio

EVENTS = [(512, 256), (768, 512)]
CELLS = struct.pack(">4H", *EVENTS[0], *EVENTS[1])
WORDS = {
    "$BEGINANALYSIS": 0, "$ENDANALYSIS": 0, "$BEGINSTEXT": 0, "$ENDSTEXT": 0, "$BEGINDATA": 1024, "$ENDDATA": 1023 + len(CELLS),
    "$BYTEORD": "4,3,2,1", "$DATATYPE": "I", "$MODE": "L", "$NEXTDATA": 0, "$PAR": 2, "$TOT": 2,
    "$P1N": "FL1-H", "$P1S": "HER2", "$P1B": 16, "$P1E": "4,1", "$P1R": 1024,
    "$P2N": "FL2-H", "$P2S": "EGFR", "$P2B": 16, "$P2E": "0,0", "$P2R": 1024, "$P2G": 2,
}  # fmt: skip
text = "/" + "".join(f"{key}/{value}/" for key, value in WORDS.items())
head = "FCS3.1    " + "".join(f"{each:>8}" for each in (256, 255 + len(text), 1024, 1023 + len(CELLS), 0, 0))
with open("cells.fcs", "wb") as file:
    file.write((head.encode().ljust(256) + text.encode()).ljust(1024) + CELLS)
data = flowio.FlowData("cells.fcs")
table = anndata_fcs.fcs_to_anndata(data)
within = anndata_fcs.gate_polygon_subset(data, "FL1-H", "FL2-H", [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0), (0.0, 1000.0)])
print("anndata-fcs 0.2.0:", table.X.tolist(), list(table.var_names), "for", data.as_array().tolist(), data.pns_labels)
assert data.as_array().round(6).tolist() == [[100, 128], [1000, 256]] and data.pns_labels == ["HER2", "EGFR"]
assert table.X.tolist() == [list(cell) for cell in EVENTS], "amplifier and gain are heeded now"
assert list(table.var_names) == ["FL1-H", "FL2-H"] and not len(table.var.columns)
assert within.as_array().tolist() == [list(cell) for cell in EVENTS] and not any(within.pns_labels)
END
