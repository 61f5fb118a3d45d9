#!/usr/bin/env bash
# caspo 4.0.3: a SIF whose first line is `EGF 1 EGFR ERBB2` has no EGF: 1 acts on ERBB2, with the sign EGFR
#
# Expected: Graph.read_sif reads "a simple interaction format (SIF) file" as Cytoscape describes it, in which a line may
# have several targets: EGF acts on EGFR and on ERBB2, each with sign 1.
#
# Seen: the number of columns is that of the first line, and three names are given from the right: where that line has
# two targets every source of the file is lost, the signs are its sources' names and the targets the signs or nothing.
# Nothing is said. Where a later line has two targets, it is an error. A species called NA is no name either, but "not a
# number", one for all of them.
#
# Where her2 meets it: `her2 export sif` writes one target a line, which is read rightly once its relations are 1 and
# -1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet caspo==4.0.3 clingo==5.8.0 networkx==3.4.2 pandas==2.3.3 numpy==1.26.4 scikit-learn==1.7.2 joblib seaborn
cd "$folder"
cat >example.py <<'END'
import pandas
from caspo import core


def edges(text):
    with open("pkn.sif", "w") as file:
        file.write(text)
    return [(source, target, said["sign"]) for source, target, said in core.Graph.read_sif("pkn.sif").edges(data=True)]


one = edges("EGF 1 EGFR\nEGF 1 ERBB2\nPTEN -1 AKT\n")
first = edges("EGF 1 EGFR ERBB2\nPTEN -1 AKT\n")
print("caspo 4.0.3:", one, first)
assert sorted(one) == [("EGF", "EGFR", 1), ("EGF", "ERBB2", 1), ("PTEN", "AKT", -1)]
assert first[0] == (1, "ERBB2", "EGFR"), "two targets are two edges now"
assert first[1][0] == -1 and pandas.isna(first[1][1]) and first[1][2] == "AKT"
try:
    edges("PTEN -1 AKT\nEGF 1 EGFR ERBB2\n")
    raise AssertionError("two targets are read in a later line now")
except pandas.errors.ParserError as error:
    print(error)
((lost, _, _),) = edges("NA 1 AKT\n")
assert pandas.isna(lost), "NA is a name now"
END
venv/bin/python example.py
