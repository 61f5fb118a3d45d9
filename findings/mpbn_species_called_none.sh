#!/usr/bin/env bash
# mpbn 3.8: a species called NONE, or none, is the constant 0
#
# Expected: a name that has a rule of its own is a species.
#
# Seen: in NONE <- B, B <- NONE the two hold each other on or off, which makes two fixed points; mpbn has one, with
# both off, since its parser of rules takes the word for false. TRUE is taken for 1 in the same way. The rule's own
# target keeps the name.
#
# Where her2 meets it: her2's BNET keeps the names of the pathway; mpbn is one of its peers in tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mpbn==3.8
cd "$folder"
venv/bin/python - <<'EOF'
import mpbn

plain = list(mpbn.MPBooleanNetwork({"A": "B", "B": "A"}).attractors())
named = list(mpbn.MPBooleanNetwork({"NONE": "B", "B": "NONE"}).attractors())
print("mpbn 3.8: A and B:", plain, "NONE and B:", named)
assert len(plain) == 2 and named == [{"NONE": 0, "B": 0}], "mpbn reads NONE as a species now"
EOF
