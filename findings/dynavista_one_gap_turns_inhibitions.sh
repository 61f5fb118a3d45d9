#!/usr/bin/env bash
# DynaVista 0.5.0rc1, its newest: one edge without a sign turns all inhibitions of a table into activations
#
# Expected: edges of sign -1 inhibit, whatever stands in the other rows; an edge without a sign is refused, left out or told.
#
# Seen: with an empty cell pandas reads the column as numbers with a fraction, and "-1.0" is not among the words for an
# inhibition. All that is not one of these activates: FOXO3, which AKT and ERK inhibit, becomes `AKT OR ERK`. The edge without
# a sign activates as well. Nothing is said. Without the gap it is `NOT AKT OR NOT ERK`.
#
# Where her2 meets it: tables of OmniPath and SIGNOR have edges without a sign. her2 counts or refuses these and takes -1.0 as
# -1. From her2's own table, where each edge has a sign, the column `weight` becomes `sign` here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet DynaVista==0.5.0rc1 pandas==2.3.3
cd "$folder"
cat >example.py <<'END'
from dynavista.parsers import parse_network

HEAD = "source,target,sign\nAKT,FOXO3,-1\nERK,FOXO3,-1\nERBB2,AKT,1\n"


def rules(text):
    with open("edges.csv", "w") as file:
        file.write(text)
    found, names = parse_network("edges.csv")
    return dict(zip(names, found))


whole, gap = rules(HEAD), rules(HEAD + "SRC,PTEN,\n")
print("DynaVista 0.5.0rc1: FOXO3 is", repr(whole["FOXO3"]), "and, beside an edge without a sign,", repr(gap["FOXO3"]))
assert whole["FOXO3"] == "NOT AKT OR NOT ERK" and whole["AKT"] == "ERBB2"
assert gap["FOXO3"] == "AKT OR ERK", "inhibitions stay now"
assert gap["PTEN"] == "SRC"
END
venv/bin/python example.py
