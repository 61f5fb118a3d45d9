#!/usr/bin/env bash
# gene-signature-survival 0.1.0: a signature of genes that all go up, as that of HER2, is refused with words about a truth value
#
# Expected: signature_score() takes genes that go up, genes that go down, or both; either list may be left out, as None, its default.
#
# Seen: with one list alone it ends in "The truth value of a Series is ambiguous", up or down, whatever the options, so that signature_surv(),
# which calls it, does as well; an empty list for the other gives scores that are missing, in silence. With genes in both lists there
# are scores from -1 to 1.
#
# Where her2 meets it: what it foretells of readouts is looked up in tumours by such signatures, of which most name one direction.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gene-signature-survival==0.1.0 lifelines==0.30.3 pandas==2.3.3 numpy==2.3.5
cd "$folder"
cat >scores.py <<'END'
import pandas
from gene_signature_survival import signature_score

GENES = ["ERBB2", "GRB7", "STARD3", "ESR1", "PGR", "ACTB"]
tumours = pandas.DataFrame({"T1": [9, 8, 7, 1, 2, 5], "T2": [1, 2, 3, 9, 8, 5]}, index=GENES)


def score(up, down):
    try:
        return signature_score(tumours, up, down)["score"].round(3).tolist()
    except ValueError as error:
        return str(error).split(".")[0]


both, up, down = score(["ERBB2", "GRB7"], ["ESR1", "PGR"]), score(["ERBB2", "GRB7"], None), score(None, ["ESR1", "PGR"])
empty = score(["ERBB2", "GRB7"], [])
print("gene-signature-survival 0.1.0:", both, up, down, empty, sep="\n  ")
assert both[0] > 0 > both[1]
assert up == down == "The truth value of a Series is ambiguous", "one list alone is scored now"
assert all(each != each for each in empty)
END
MPLBACKEND=agg venv/bin/python -W ignore scores.py
