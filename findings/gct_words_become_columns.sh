#!/usr/bin/env bash
# gct 1.0: each word of a gene's description is a column of its own in the GCT that it writes
#
# Expected: a row of GCT is name, description and one value a sample, with tabs between them: "ERBB2", "erb-b2 receptor tyrosine
# kinase 2", 9.1, 3.2.
#
# Seen: the table is made text and cut at blanks: this row has eight fields under four names, and where the first sample's value
# belongs stands "receptor". Descriptions of one word are written rightly, so that rows have different lengths. The
# line of names ends with a tab, a fifth name. Nothing is said; the second line still says two samples.
#
# Where her2 meets it: tumours' expression, in which the readouts of her2 are looked up as signatures, goes to such tools as GCT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gct==1.0 pandas==2.3.3
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

import pandas as pd
from src.GCT import GCT

table = pd.DataFrame(
    {
        "Name": ["ERBB2", "MUC1"],
        "Description": ["erb-b2 receptor tyrosine kinase 2", "mucin"],
        "T01": [9.1, 4.5],
        "T02": [3.2, 6.7],
    }
)
GCT(table).generate("tumours.gct")
version, size, names, *rows = Path("tumours.gct").read_text().splitlines()
print("gct 1.0:", repr(names), *map(repr, rows), sep="\n  ")
assert (version, size) == ("#1.2", "2\t2")
assert names.split("\t") == ["Name", "Description", "T01", "T02", ""]
assert rows[1].split("\t") == ["MUC1", "mucin", "4.5", "6.7"]
assert rows[0].split("\t") == ["ERBB2", "erb-b2", "receptor", "tyrosine", "kinase", "2", "9.1", "3.2"], "words are kept now"
END
