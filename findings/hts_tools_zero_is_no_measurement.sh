#!/usr/bin/env bash
# hts-tools 0.0.4.post2: a well of a plate reader's Excel file that measured 0 has measured nothing, and without groups there is no Z'-factor
#
# Expected: `from_platereader` reads 0 as 0. In `z_prime_factor` and `ssmd`, `group` is "str or list, optional": if not set, all of the data
# are one group.
#
# Seen: what Excel holds is read as `value or ''`, so that 0 is an empty cell and comes as NaN, while 0.5 beside it is 0.5: means of wells
# that were killed are too high. Z' and SSMD stop with "can only concatenate str (not "list") to str" without a group and with a
# name of one, and leave a column "__group__" in the table that they were given; only a list of names works. `normalize`, beside
# them, takes all three.
#
# Where her2 meets it: responses of cells to drugs, from which IC50s are made, are read from such files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hts-tools==0.0.4.post2 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import htstools
import openpyxl
import pandas as pd

ROWS = [
    ["Software Version", "3.0"], [], ["Plate Number", "Plate 1"], [], ["Procedure Details"], ["Plate Type", "96"], [],
    ["Layout"], [], ["Results"], [], ["Actual Temperature:", 25.0], ["", "Well ID", "Well", "Read:600"],
    ["", "SPL1", "A1", 0.0], ["", "SPL1", "A2", 0.5], ["", "SPL1", "A3", 0],
]  # fmt: skip
book = openpyxl.Workbook()
book.active.title = "Plate 1"
for row in ROWS:
    book.active.append(row)
book.save("plate.xlsx")
read = htstools.from_platereader("plate.xlsx", shape="row", vendor="Biotek")
table = read[0] if isinstance(read, tuple) else read
values = dict(zip(table["well_id"], table["measured_abs_ch1"]))
wells = {"compound": ["p", "p", "n", "n"], "m_abs_ch1": [0.1, 0.2, 0.9, 0.8], "abs_ch1_wavelength": ["600nm"] * 4, "plate": ["P1"] * 4}


def answered(function, group):
    try:
        return round(float(function(pd.DataFrame(wells), "m_abs_ch1", "compound", "p", "n", group=group).iloc[0, -1]), 2)
    except TypeError as error:
        return str(error)


functions, groups = (htstools.z_prime_factor, htstools.ssmd), (None, "plate", ["plate"])
seen = {(function.__name__, str(group)): answered(function, group) for function in functions for group in groups}
given = pd.DataFrame(wells)
try:
    htstools.z_prime_factor(given, "m_abs_ch1", "compound", "p", "n")
except TypeError:
    pass
print("hts-tools 0.0.4.post2:", values, seen, list(given))
assert values["A2"] == 0.5
assert pd.isna(values["A1"]) and pd.isna(values["A3"]), "0 is 0 now"
refused = 'can only concatenate str (not "list") to str'
assert [answer == refused for answer in seen.values()] == [True, True, False] * 2, "groups are optional now"
assert "__group__" in given
END
