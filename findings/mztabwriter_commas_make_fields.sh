#!/usr/bin/env bash
# mztabwriter 0.1.0: "N,O-diacetylated L-serine" is written into mzTab as two fields, and a treatment with two drugs as three
#
# Expected: a parameter of mzTab has four fields, [label, accession, name, value]; a name or a value with a comma is put in quotes, for which
# the specification gives this modification as its example.
#
# Seen: nothing is quoted: [MOD, MOD:00648, N,O-diacetylated L-serine, ] has five fields, its name is "N" and its value
# "O-diacetylated L-serine"; a sample's own parameter "treatment" with "lapatinib, 1 uM, then trastuzumab" has six. The
# file is written without a word, and readers that take four fields lose or mix up the rest.
#
# Where her2 meets it: proteomics of cells under drugs, against which its predictions are held, is given out with its treatments as mzTab.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mztabwriter==0.1.0
cd "$folder"
venv/bin/python - <<'END'
import csv

from mztabwriter import CvParam, MzTabDocument

document = MzTabDocument(mode="Summary", type_="Identification", description="BT474 under two drugs")
document.add_ms_run("file:///data/one.mzML")
document.add_sample(description="BT474", custom=[CvParam("", "", "treatment", "lapatinib, 1 uM, then trastuzumab")])
document.add_fixed_mod(CvParam("UNIMOD", "UNIMOD:4", "Carbamidomethyl"), site="C")
document.add_variable_mod(CvParam("MOD", "MOD:00648", "N,O-diacetylated L-serine"), site="S")
found = {}
for line in document.to_string().splitlines():
    kind, *cells = line.split("\t")
    if kind == "MTD" and cells[1].startswith("["):
        found[cells[0]] = next(csv.reader([cells[1].strip("[]")], skipinitialspace=True))
print("mztabwriter 0.1.0:", *found.items(), sep="\n  ")
assert found["fixed_mod[1]"] == ["UNIMOD", "UNIMOD:4", "Carbamidomethyl", ""]
assert found["variable_mod[1]"] == ["MOD", "MOD:00648", "N", "O-diacetylated L-serine", ""], "names are quoted now"
assert found["sample[1]-custom[1]"] == ["", "", "treatment", "lapatinib", "1 uM", "then trastuzumab"], "values are quoted now"
END
