#!/usr/bin/env bash
# python-calamine 0.9.1: `to_python` and `iter_rows` disagree about where a sheet begins
#
# Expected: both give the same rows.
#
# Seen: for a table that begins at B3, `to_python()` drops the empty rows above and the empty column before it,
# `iter_rows()` keeps the empty rows and drops the column. A row's number is right in one of them, a column's in none.
#
# Where her2 meets it: her2 names the row of a bad cell; it asks for the whole sheet (`skip_empty_area=False`), so
# that row and column are those that Excel shows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet python-calamine==0.9.1 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'EOF'
import openpyxl
import python_calamine

book = openpyxl.Workbook()
sheet = book.active
sheet["B3"], sheet["C3"], sheet["B4"], sheet["C4"] = "source", "target", "EGFR", "AKT1"
book.save("edges.xlsx")
table = python_calamine.load_workbook("edges.xlsx").get_sheet_by_index(0)
whole, rows = table.to_python(), list(table.iter_rows())
print("to_python:", whole)
print("iter_rows:", rows)
assert whole == [["source", "target"], ["EGFR", "AKT1"]], "to_python begins elsewhere now"
assert rows == [["", ""], ["", ""], ["source", "target"], ["EGFR", "AKT1"]], "iter_rows begins elsewhere now"
EOF
