#!/usr/bin/env bash
# pymodrev 0.5.8: "exactly one of B and C" is read as "B and C", and a constant 0 as a species that holds itself
#
# Expected: a rule that is not monotone, or has no regulator, is refused if the tool cannot revise it; or it is kept.
#
# Seen: of `A, (B & !C) | (!B & C)` both regulators are made activators and every term loses its signs: A on with B and
# C on is called consistent, A on with B alone is called inconsistent, the opposite of the truth. `A, 0` is read as
# `A, A`, so that A on is consistent. Two rules for one species become their conjunction. Nothing is said; only writing
# the model again shows it.
#
# Where her2 meets it: her2's BNET holds constants and "exactly one" rules where a pathway has them; what pymodrev
# repairs is then not that pathway.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pymodrev==0.5.8
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib

import pymodrev


def read(rules):
    pathlib.Path("given.bnet").write_text("targets, factors\n" + rules)
    model = pymodrev.model_from_file("given.bnet")
    pymodrev.model_to_file(model, "written.bnet")
    return model, pathlib.Path("written.bnet").read_text().splitlines()[1]


for name, state in {"both": "111", "one": "110", "on": "1"}.items():
    pymodrev.obs_steady(name, dict(zip("ABC", map(int, state))))
model, written = read("A, (B & !C) | (!B & C)\nB, B\nC, C\n")
both, one = (pymodrev.is_consistent(model, name)["consistent"] for name in ("both", "one"))
constant, held = read("A, 0\n")
on = pymodrev.is_consistent(constant, "on")["consistent"]
twice = read("A, B\nA, C\nB, B\nC, C\n")[1]
print(f"pymodrev 0.5.8: exactly one is read as {written!r}: both on consistent {both}, one on {one}; 0 as {held!r}: on {on};", repr(twice))
assert written == "A, B & C | B & C" and both and not one, "exactly one is read otherwise now"
assert held == "A, A" and on, "a constant is read otherwise now"
assert twice == "A, B & C", "two rules are read otherwise now"
EOF
