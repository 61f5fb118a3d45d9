#!/usr/bin/env bash
# ninetysix 0.0.5: "[A-P]1", the first column of a plate of 384 wells, has 14 wells: rows I and K are not there
#
# Expected: a range of rows has each row of it. Its page says that rows A to P are taken; "[H-L]" is five of them.
#
# Seen: the list of rows goes from H to J and from J to L. "[A-P][1-24]" has 336 of 384 wells, "[H-L]1" has three, and an
# annotation that is given to a range is missing in the others. Nothing is said. "[I-K]1" is a ValueError, as 'I' is not in the
# list; I1 and "[I,K]1" are taken.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, are measured on such plates and annotated so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
# What reads the ranges needs pandas alone; the rest of the package draws, and is left out here.
python3 -m pip --python "$folder/venv" install --quiet pandas==2.3.3
python3 -m pip --python "$folder/venv" install --quiet --no-deps ninetysix==0.0.5
cd "$folder"
PYTHONPATH=$(echo venv/lib/python3*/site-packages/ninetysix) venv/bin/python -W ignore - <<'END'
from parsers import well_regex


def wells(words):
    return list(well_regex({words: "lapatinib"}))


column, rows, plate = wells("[A-P]1"), wells("[H-L]1"), wells("[A-P][1-24]")
print("ninetysix 0.0.5:", *column, "in all", len(plate))
assert column == [f"{row}1" for row in "ABCDEFGHJLMNOP"], "rows I and K are there now"
assert rows == ["H1", "J1", "L1"] and len(plate) == 336
assert wells("[I,K]1") == ["I1", "K1"] and wells("I1") == ["I1"]
try:
    wells("[I-K]1")
except ValueError as error:
    print("[I-K]1:", error)
else:
    raise AssertionError("[I-K]1 is taken now")
END
