#!/usr/bin/env bash
# biobalm 0.4.3: before `build()` a succession diagram answers that there are no trap spaces
#
# Expected: minimal_trap_spaces() of a network computes them, or raises until the diagram is expanded; every network
# has at least one.
#
# Seen: an empty list, which reads like an answer; after build() it has two.
#
# Where her2 meets it: biobalm is a peer for attractors; asked too early it seems to disagree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet biobalm==0.4.3
cd "$folder"
venv/bin/python - <<'EOF'
from biobalm import SuccessionDiagram

diagram = SuccessionDiagram.from_rules("A, B\nB, A\n")
before = list(diagram.minimal_trap_spaces())
diagram.build()
after = list(diagram.minimal_trap_spaces())
print("biobalm 0.4.3: before build()", before, "after", len(after))
assert before == [] and len(after) == 2, "an unexpanded diagram answers differently now"
EOF
