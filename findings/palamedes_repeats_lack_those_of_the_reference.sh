#!/usr/bin/env bash
# palamedes 0.0.11: HER2 with YVMA three times is Tyr772_Ala775[2], which is how one more YVMA is written
#
# Expected: HGVS counts "the total number of sequence copies in a repeat" and places it at the first: YVMA once more is
# a duplication, or [2], and twice more Tyr772_Ala775[3]; Gln3[10] for ten Gln that begin at residue 3.
#
# Seen: only what was inserted is counted. Two copies more are [2], three are [3], so that every repeat has one copy
# less than there is. Where the reference itself repeats, its last copies are named, as many as go into what is
# inserted: four Gln that become ten are Gln4_Gln6[2], six residues for who reads it by the nomenclature. The hgvs
# package writes what it is handed, and says nothing.
#
# Where her2 meets it: YVMA inserted behind Ala775 is the commonest insertion of exon 20 of ERBB2; alterations are
# matched by such names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet palamedes==0.0.11 hgvs==1.5.7 biopython==1.86 numpy==2.3.5 \
  setuptools==80.9.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from palamedes import generate_hgvs_variants

PART = "EILDEAYVMAGVGSPYVSRLLGICLTSTV"  # residues 766 to 794 of HER2
END = PART.index("YVMA") + 4


def named(reference, altered):
    (variant,) = generate_hgvs_variants(reference, altered)
    return str(variant).removeprefix("ref:p.")


seen = [named(PART, PART[:END] + "YVMA" * more + PART[END:]) for more in (1, 2, 3)]
glutamines = named("MKQQQQGT", "MK" + "Q" * 10 + "GT")
alanines = named("MKAGT", "MKAAAGT")
print("palamedes 0.0.11 (residue 7 is 772):", seen, glutamines, alanines)
assert seen[0] == "Tyr7_Ala10dup"
assert seen[1:] == ["Tyr7_Ala10[2]", "Tyr7_Ala10[3]"], "the copy of the reference is counted now"
assert alanines == "Ala3[2]" and glutamines == "Gln4_Gln6[2]", "the copies of the reference are counted now"
END
