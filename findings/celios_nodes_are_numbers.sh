#!/usr/bin/env bash
# celios 0.1.0: from the activities that it saved it writes training files whose nodes are called 0 and 1, and a cell line SYMBOL
#
# Expected: DL_trainingfiles, which takes a table or the path of one, writes the same from a table and from its CSV; of a
# table of nodes and cell lines it writes each cell line.
#
# Seen: in the table the nodes are the index, in the CSV a column; read again the rows are numbers, "0:1.0" for "AKT:1.0", and
# the genes of the nodes are a cell line, with "0:AKT1". A table without the column of genes loses its first cell
# line, since the first column is left out whatever it is. Nothing is said.
#
# Where her2 meets it: such files are what the Boolean models of DrugLogics are calibrated with, which BNET and SIF of her2 can
# be; its names of nodes are asked for there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet celios==0.1.0 pandas==2.3.3
cd "$folder"
cat >example.py <<'END'
from pathlib import Path

import pandas
from celios.features.files import DL_trainingfiles

table = pandas.DataFrame({"symbol": ["AKT1", "FOXO3"], "BT-474": [1.0, 0.0], "SK-BR-3": [0.8, None]}, index=["AKT", "FOXO3"])
table.index.name = "node_name"


def written(given, folder):
    DL_trainingfiles(given, folder, proliferation_state=False)
    files = sorted(Path(folder).rglob("*_training"))
    return {file.parent.name: file.read_text().splitlines()[4].split() for file in files}


from_table = written(table, "table")
table.to_csv("activity_from_master.csv")  # as its pipeline saves it
from_csv = written("activity_from_master.csv", "csv")
bare = written(table.drop(columns="symbol"), "bare")
print("celios 0.1.0:", from_table, from_csv, bare, sep="\n  ")
assert from_table == {"BT474": ["AKT:1.0", "FOXO3:0.0"], "SKBR3": ["AKT:0.8"]}
assert from_csv["BT474"] == ["0:1.0", "1:0.0"], "nodes have their names now"
assert from_csv["SYMBOL"] == ["0:AKT1", "1:FOXO3"]
assert list(bare) == ["SKBR3"]
END
venv/bin/python example.py
