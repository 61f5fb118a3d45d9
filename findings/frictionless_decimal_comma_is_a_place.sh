#!/usr/bin/env bash
# frictionless 5.19.0: weights with a decimal comma, 0,5 and 1,5, are places on Earth, and the table is valid
#
# Expected: of a table with semicolons, as spreadsheets write it where the comma is decimal, a column of `0,5` and `1,5` is text, or
# numbers.
#
# Seen: the column is a geopoint, longitude 0 and latitude 5, and comes as [0.0, 5.0]; validate() finds no fault. One whole
# number or one part beyond a latitude, as 0,95, makes the column text again, so that the type depends on the values.
#
# Where her2 meets it: tables of edges and levels come from such spreadsheets; her2 refuses semicolons and says what it expects.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet frictionless==5.19.0
cd "$folder"
printf 'source;target;weight\nEGFR;AKT;0,5\nPTEN;AKT;1,5\n' >places.csv
printf 'source;target;weight\nEGFR;AKT;0,5\nPTEN;AKT;0,95\n' >text.csv
venv/bin/python - <<'EOF'
from frictionless import describe, extract, validate


def kind(file):
    return {field.name: field.type for field in describe(file).schema.fields}["weight"]


kinds = [kind("places.csv"), kind("text.csv")]
values = [row["weight"] for row in extract("places.csv")["places"]]
print("frictionless 5.19.0:", kinds, values, "valid:", validate("places.csv").valid)
assert kinds == ["geopoint", "string"], "decimal commas are no places now"
assert [list(value) for value in values] == [[0, 5], [1, 5]] and validate("places.csv").valid
EOF
