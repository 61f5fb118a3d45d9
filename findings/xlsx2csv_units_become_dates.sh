#!/usr/bin/env bash
# xlsx2csv 0.8.6: a rate of 0.5 that is shown as "0.5 per day" comes out as 12:00, one of 2.5 as `0.0" per 01ay"`
#
# Expected: the number, 0.5, as it comes for formats that it does not know, or the text that the sheet shows.
#
# Seen: quoted text in a number format, which is for units and words, is searched for the letters of dates: with a d, h, m
# or s in it the cell is a time or a date, and the number is lost. `0" days"`, `"dose "0.0` and `"high";"low"` are such
# formats as well. It exits with 0 and says nothing; `0.000`, `0%` and words without these letters are right.
#
# Where her2 meets it: her2 reads Excel itself, by numbers; of a table that was made CSV this way a sign or a rate is text,
# which her2 refuses with its line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet xlsx2csv==0.8.6 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'EOF'
import openpyxl

sheet = (book := openpyxl.Workbook()).active
for row, value in enumerate([0.5, 2.5], start=1):
    for column, form in enumerate(["0.000", '"at "0.0', '0.0" per day"', '"high";"low"'], start=1):
        sheet.cell(row, column, value).number_format = form
book.save("rates.xlsx")
EOF
venv/bin/xlsx2csv rates.xlsx >rates.csv 2>said
venv/bin/python - <<'EOF'
import csv

with open("rates.csv", newline="") as stream:
    first, second = csv.reader(stream)
with open("said") as stream:
    said = stream.read()
print("xlsx2csv 0.8.6, 0.5 and 2.5 as 0.000, at 0.0, 0.0 per day, high or low:", first, second, "said:", repr(said))
assert [float(cell) for cell in first[:2] + second[:2]] == [0.5, 0.5, 2.5, 2.5]
assert first[2:] == ["12:00", "12:00"] and second[2] == '0.0" per 01ay"' and not said, "text in formats is text now"
EOF
