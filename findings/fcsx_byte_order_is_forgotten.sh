#!/usr/bin/env bash
# fcsx 0.0.1: with use_numpy, cells of an FCS file whose bytes stand in the order 4,3,2,1 have almost no HER2
#
# Expected: $BYTEORD says how the numbers are stored, 4,3,2,1 as in files of many cytometers; read() gives the same values with use_numpy as
# without, and with numpy they are in rows.
#
# Seen: without numpy 1000 is 1000, in both orders. With use_numpy=True the order is not used, so that 1000 is 4.4e-41, and
# so is each value of all channels; the shape, the names and the number of cells are right. Nothing is said.
#
# Where her2 meets it: shares of cells with much HER2, which her2's inputs stand for, are measured so; her2 itself reads no FCS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fcsx==0.0.1 numpy==2.3.5
cd "$folder"
cat >orders.py <<'END'
import struct
from pathlib import Path

import fcs
import numpy


def file(order):
    cells = struct.pack((">" if order == "4,3,2,1" else "<") + "4f", 1000, 250, 40, 20)
    words = {"$BYTEORD": order, "$DATATYPE": "F", "$MODE": "L", "$NEXTDATA": 0, "$PAR": 2, "$TOT": 2, "$BEGINDATA": 900, "$ENDDATA": 899 + len(cells)}
    words |= {f"${edge}{part}": 0 for edge in ("BEGIN", "END") for part in ("ANALYSIS", "STEXT")}
    for n, (dye, marker) in enumerate([("FITC-A", "HER2"), ("PE-A", "EGFR")], 1):
        words |= {f"$P{n}N": dye, f"$P{n}S": marker, f"$P{n}B": 32, f"$P{n}E": "0,0", f"$P{n}R": 262144}
    text = "|" + "".join(f"{key}|{value}|" for key, value in words.items())
    places = (58, 57 + len(text), 900, 899 + len(cells), 0, 0)
    return ("FCS3.1    " + "".join(f"{each:8d}" for each in places) + text).encode().ljust(900) + cells


for order in ("1,2,3,4", "4,3,2,1"):
    Path("cells.fcs").write_bytes(file(order))
    plain, rows = (fcs.read("cells.fcs", use_numpy=choice) for choice in (False, True))
    print("fcsx 0.0.1:", order, plain.data, rows.data.tolist(), rows.channel_labels)
    assert plain.data == [1000, 250, 40, 20]
    assert rows.data.shape == (2, 2) and rows.channel_labels == ["HER2", "EGFR"]
    if order == "1,2,3,4":
        assert rows.data.tolist() == [[1000, 250], [40, 20]]
    else:
        assert numpy.abs(rows.data).max() < 1e-30, "the order is used now"
END
venv/bin/python -W ignore orders.py
