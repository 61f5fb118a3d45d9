#!/usr/bin/env bash
# pystablemotifs 3.0.6: `or` and `and` that touch a bracket are not translated
#
# Expected: `A*= (not B)or C`, which BooleanNet reads, becomes `A, (!B) | C`.
#
# Seen: it becomes `A, (!B)or C`: words are replaced only between blanks, and the outcome is no BNET.
#
# Where her2 meets it: her2 reads BooleanNet's rules by tokens, and such files come as readily as others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pystablemotifs==3.0.6 pyboolnet==3.0.16
cd "$folder"
venv/bin/python - <<'EOF'
import pystablemotifs

spaced = pystablemotifs.format.booleannet2bnet("A*= (not B) or C")
touching = pystablemotifs.format.booleannet2bnet("A*= (not B)or C")
print("pystablemotifs 3.0.6:", repr(spaced), repr(touching))
assert "|" in spaced and "|" not in touching and "or" in touching, "words at brackets are translated now"
EOF
