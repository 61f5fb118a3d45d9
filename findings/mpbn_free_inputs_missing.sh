#!/usr/bin/env bash
# mpbn 3.8: regulators without a rule are free, and missing from the answer
#
# Expected: the fixed points of A <- B & !C with B and C free are four, one for each value of B and C; or B and C are
# refused as undefined.
#
# Seen: two, {A: 0} and {A: 1}: B and C are free in the computation, but no answer names them, so different fixed
# points fall together.
#
# Where her2 meets it: her2 writes every input into a BNET with itself as its rule (`B, B`), which makes mpbn count
# it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mpbn==3.8
cd "$folder"
venv/bin/python - <<'EOF'
import mpbn

implied = list(mpbn.MPBooleanNetwork({"A": "B & !C"}).fixedpoints())
written = list(mpbn.MPBooleanNetwork({"A": "B & !C", "B": "B", "C": "C"}).fixedpoints())
print("mpbn 3.8: without rules for B and C", implied, "with them", len(written))
assert sorted(point["A"] for point in implied) == [0, 1] and all(set(point) == {"A"} for point in implied)
assert len(written) == 4
EOF
