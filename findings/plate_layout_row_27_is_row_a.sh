#!/usr/bin/env bash
# plate-layout 1.6.1: of a plate of 1536 wells "A_1" is a well of row 27, and 288 wells have the name of another
#
# Expected: rows beyond Z are AA to AF, as 1536 wells have 32 rows; each well has one name, by which it is found; a list of wells that is
# written as .xlsx is a workbook.
#
# Seen: of a row's two letters the second alone is the name, so that the rows 27 to 32 are called A to F as the first six are. Looked up by
# its name, A_1 is the first well of row 27; what is set there stands in row AA, and in the list that is written "A1" is there twice, with
# and without it. With 96 and 384 wells the names are right. A list .xlsx is text with commas. Nothing is said.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, are laid out on such plates; they are found again by the well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet plate-layout==1.6.1
cd "$folder"
cat >rows.py <<'END'
import logging
from pathlib import Path

logging.disable(logging.CRITICAL)
from plate_layout import Plate  # noqa: E402

repeated = {}
for wells in (96, 384, 1536):
    plate = Plate(wells)
    repeated[wells] = len(plate) - len({well.name for well in plate})
plate["A_1"].metadata["drug"] = "lapatinib"
for well in plate:
    well.metadata["sample_name"] = "cells"
plate.to_file("wells.xlsx", metadata_keys=["drug"])
content = Path("wells.xlsx").read_bytes()
lines = [line for line in content.decode().splitlines() if line.startswith("A1,")]
place = plate["A_1"].metadata["index"]
print("plate-layout 1.6.1:", repeated, "A_1 is well", place, "of", len(plate), lines)
assert repeated[96] == repeated[384] == 0
assert repeated[1536] == 288, "rows beyond Z have names of their own now"
assert place == 26 * 48 and plate[0].name == plate[place].name == "A_1"
assert lines == ["A1,cells,NaN", "A1,cells,lapatinib"]
assert not content.startswith(b"PK")
END
venv/bin/python -W ignore rows.py
