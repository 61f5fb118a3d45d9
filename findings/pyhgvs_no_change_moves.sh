#!/usr/bin/env bash
# pyhgvs 0.11.1: c.2524=, "no change at 2524", is read as no change of four bases at 252
#
# Expected: the place of a name with "=" and no base, as HGVS has it for a position that was looked at and is unchanged, is
# its number.
#
# Seen: the last digit is taken for a number of bases: c.2524= is NNNN at 252, and is written back as c.252NNNN=, without an
# error. With the base (c.2524G=) it is right, as are c.2524G>A and c.2524del; a range (c.2263_2264=) is refused. Known: issue
# 61 of counsyl/hgvs, open since 2021.
#
# Where her2 meets it: "=" in a cohort's table is a silent change to her2; a position moved before that is of another codon.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyhgvs==0.11.1
cd "$folder"
venv/bin/python - <<'EOF'
from pyhgvs import HGVSName

seen = {}
for text in ("c.2524=", "c.2524G=", "c.2524G>A", "c.2524del"):
    name = HGVSName(f"NM_004448.4:{text}")
    seen[text] = str(name.cdna_start), str(name.cdna_end), name.ref_allele, name.format(use_prefix=False)
print("pyhgvs 0.11.1:", *seen.items(), sep="\n  ")
assert seen["c.2524G>A"] == ("2524", "2524", "G", "c.2524G>A")
assert seen["c.2524del"][:2] == ("2524", "2524")
assert seen["c.2524G="][:3] == ("2524", "2524", "G")
assert seen["c.2524="] == ("252", "252", "NNNN", "c.252NNNN="), "the place is kept now"
EOF
