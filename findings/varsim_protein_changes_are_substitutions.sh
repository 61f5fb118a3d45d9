#!/usr/bin/env bash
# varsim 2.0.1: a frame shift, an insertion, a deletion of a protein are all "substitution", and c.*59 lies at 59
#
# Expected: `parse` gives the kind of change that its page lists (deletion, delins, duplication, frameshift, ...), as it does for
# coding DNA, and keeps a place behind the stop (c.*59A>G, untranslated) apart from one inside of the gene (c.59A>G).
#
# Seen: each change of a protein is a substitution of its first residue, without a second end: p.(R97Pfs*23), p.(Y772_A775dup),
# ERBB2's activating insertion, and p.(R175*). c.*59A>G and c.59A>G differ in their text alone. Nothing is said. (One asks
# NCBI by this library: it wants EMAIL in the environment; parsing asks nobody.)
#
# Where her2 meets it: `her2 cohort` reads the same names of variants, and takes loss and activation from their kind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet varsim==2.0.1
cd "$folder"
EMAIL=nobody@example.org venv/bin/python -W ignore - <<'EOF'
from varsim.parser import parse

ASKED = {
    "NP_004439.2:p.(V842I)": "substitution",
    "NP_004439.2:p.(R97Pfs*23)": "frameshift",
    "NP_004439.2:p.(Y772_A775dup)": "duplication",
    "NP_004439.2:p.(L755_T759del)": "deletion",
    "NP_004439.2:p.(G776delinsVC)": "delins",
    "NM_004448.4:c.2313_2324dup": "duplication",
    "NM_004448.4:c.2264_2265delinsTT": "delins",
    "NM_004448.4:c.2305del": "deletion",
}
kinds = {text: parse(text).variant_type for text in ASKED}
print("varsim 2.0.1:", *kinds.items(), sep="\n  ")
for text, kind in ASKED.items():
    assert kinds[text] == ("substitution" if ":p." in text else kind), f"{text} is read as {kinds[text]} now"
duplication = parse("NP_004439.2:p.(Y772_A775dup)")
assert (duplication.start_pos, duplication.end_pos) == (772, None)
behind, within = (parse(f"NM_004448.4:{text}") for text in ("c.*59A>G", "c.59A>G"))
print("c.*59A>G:", behind)
assert behind._replace(original="") == within._replace(original=""), "places behind the stop are kept apart now"
EOF
