#!/usr/bin/env bash
# booleangene 0.0.3: `NOT (AKT OR ERK)` is read as `NOT AKT OR ERK`, and HLA-A takes the rule of HLAA
#
# Expected: brackets group, whether or not a blank stands beside them; they are no part of a name. Names that differ by a
# hyphen are two.
#
# Seen: a bracket without a blank is taken out as if it belonged to the name, in silence: `(ERBB2 OR ERBB3) AND PI3K` becomes
# `ERBB2 OR ERBB3 AND PI3K`, which is on without PI3K. With a blank on either side both stay. Hyphens are taken out, too,
# and of HLA-A and HLAA the rule that comes last is left.
#
# Where her2 meets it: it reads expressions of Cell Collective, as her2 does (`rules`), where brackets group either way; her2
# keeps both names. Put blanks beside brackets for booleangene.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet booleangene==0.0.3
cd "$folder"
cat >example.py <<'END'
from booleangene.modules.io_utils import read_expressions_from_txt


def read(text):
    with open("expressions.txt", "w") as file:
        file.write(text)
    return read_expressions_from_txt("expressions.txt")


tight = read("AKT = (ERBB2 OR ERBB3) AND PI3K\nFOXO3 = NOT (AKT OR ERK)\n")
wide = read("AKT = ( ERBB2 OR ERBB3 ) AND PI3K\nFOXO3 = NOT ( AKT OR ERK )\n")
names = read("HLA-A = STAT1\nHLAA = ERK\n")
print("booleangene 0.0.3:", tight, wide, names, sep="\n  ")
assert wide == {"AKT": "( ERBB2 OR ERBB3 ) AND PI3K", "FOXO3": "NOT ( AKT OR ERK )"}
assert tight == {"AKT": "ERBB2 OR ERBB3 AND PI3K", "FOXO3": "NOT AKT OR ERK"}, "brackets are kept now"
assert names == {"HLAA": "ERK"}
END
venv/bin/python example.py
