#!/usr/bin/env bash
# drug2ways 0.0.12: of a table whose columns are target, source, polarity each edge runs backwards
#
# Expected: the columns are found by their names, which the table must have; the documentation says that their order does
# not matter.
#
# Seen: three columns are picked by name and then read by place. With target before source a drug's paths run backwards, from
# FOXO3 to AKT. With the order of SIF, source, polarity, target, the species that are acted upon are called 1 and -1, and an edge
# has the polarity "AKT". Nothing is said; with source, target, polarity all is right.
#
# Where her2 meets it: paths of a drug with their signs are what her2 explains, and such tables are cut out of its own,
# where `source` stands first and `weight`, the polarity, last: kept in that order they are read rightly.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet drug2ways==0.0.12 pybel==0.15.5 pandas==2.3.3 networkx==3.6.1 'setuptools<81'
cd "$folder"
cat >example.py <<'END'
from drug2ways.graph_reader import load_graph

EDGES = [{"source": "ERBB2", "target": "AKT", "polarity": 1}, {"source": "AKT", "target": "FOXO3", "polarity": -1}]


def read(*columns):
    with open("edges.tsv", "w") as file:
        for row in [dict(zip(columns, columns)), *EDGES]:
            print(*(row[column] for column in columns), sep="\t", file=file)
    return sorted(load_graph("edges.tsv", "tsv").edges(data="polarity"), key=str)


right = read("source", "target", "polarity")
backwards = read("target", "source", "polarity")
as_sif = read("source", "polarity", "target")
print("drug2ways 0.0.12:", right, backwards, as_sif, sep="\n  ")
assert right == [("AKT", "FOXO3", -1), ("ERBB2", "AKT", 1)]
assert backwards == [("AKT", "ERBB2", 1), ("FOXO3", "AKT", -1)], "columns go by their names now"
assert as_sif == [("AKT", -1, "FOXO3"), ("ERBB2", 1, "AKT")]
END
PYSTOW_HOME="$folder/data" venv/bin/python example.py 2>errors.txt || { tail -5 errors.txt; exit 1; }
