#!/usr/bin/env bash
# psite-annotation 0.7.2: what a sugar at T308 of AKT1 does is said of the phosphate there: its activity is "induced" and "inhibited"
#
# Expected: in the table of regulatory sites of PhosphoSitePlus `T308-p` is a phosphorylation and `T308-ga` an O-GlcNAc; sites of
# phosphopeptides, "P31749_T308", get what the phosphorylation does.
#
# Seen: what follows the hyphen is cut off, and all that is said of a residue is joined: T308, once phosphorylated, has the functions
# "enzymatic activity, induced; enzymatic activity, inhibited", and its contact with PDK1 is disrupted. From the columns of the result it
# cannot be told which is which. A site with one kind of modification, S473, is right.
#
# Where her2 meets it: its links name sites ("T308 phosphorylation"), and phosphoproteomics that is held against them comes annotated so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet psite-annotation==0.7.2 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pathlib import Path

import pandas as pd
import psite_annotation

COLUMNS = """GENE PROTEIN ACC_ID ORGANISM MOD_RSD ON_FUNCTION ON_PROCESS ON_PROT_INTERACT ON_OTHER_INTERACT NOTES""".split()
ROWS = [
    ["AKT1", "Akt1", "P31749", "human", "T308-p", "enzymatic activity, induced", "", "", "", ""],
    ["AKT1", "Akt1", "P31749", "human", "T308-ga", "enzymatic activity, inhibited", "", "PDK1(DISRUPTS)", "", ""],
    ["AKT1", "Akt1", "P31749", "human", "S473-p", "enzymatic activity, induced", "", "", "", ""],
]
lines = ["a date", "a licence", "", *("\t".join(each) for each in [COLUMNS, *ROWS])]
Path("regulatory.tsv").write_text("\n".join(lines) + "\n")

sites = pd.DataFrame({"Site positions": ["P31749_T308", "P31749_S473"]})
table = psite_annotation.addPSPRegulatoryAnnotations(sites, "regulatory.tsv").set_index("Site positions")
print("psite-annotation 0.7.2:", table[["PSP_ON_FUNCTION", "PSP_ON_PROT_INTERACT"]].to_dict("index"), sep="\n  ")
phosphate, other = table.loc["P31749_T308"], table.loc["P31749_S473"]
assert other["PSP_ON_FUNCTION"] == "enzymatic activity, induced"
assert phosphate["PSP_ON_PROT_INTERACT"] == "PDK1(DISRUPTS)"
assert phosphate["PSP_ON_FUNCTION"] == "enzymatic activity, induced; enzymatic activity, inhibited", "kinds are kept apart now"
END
