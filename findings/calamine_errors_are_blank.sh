#!/usr/bin/env bash
# python-calamine 0.9.1: a cell with an Excel error is an empty cell
#
# Expected: `#N/A` or `#DIV/0!` comes as its text, as an error value, or as None, so that it can be told from a cell
# that was left empty.
#
# Seen: it comes as the empty string, as an empty cell does.
#
# Where her2 meets it: a weight or a sign that a formula failed to give is an empty cell in an edge table; her2 reads
# Excel through calamine and can only say that it is empty.
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
sheet.append(["source", "target", "weight"])
sheet.append(["EGFR", "AKT1", "#N/A"])
sheet["C2"].data_type = "e"  # an error cell, as Excel stores it
sheet.append(["PTEN", "AKT1", None])
book.save("edges.xlsx")
rows = python_calamine.load_workbook("edges.xlsx").get_sheet_by_index(0).to_python()
print("python-calamine 0.9.1, error cell:", repr(rows[1][2]), "empty cell:", repr(rows[2][2]))
assert rows[1][2] == rows[2][2] == "", "calamine tells errors from empty cells now"
EOF
