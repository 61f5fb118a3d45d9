#!/usr/bin/env bash
# PyDrugLogics 0.1.10: a BNET is read as lists of activators and inhibitors, whatever its rules say
#
# Expected: rules that do not fit the form `(activators) and not (inhibitors)` are refused.
#
# Seen: `B & C` becomes `B or C`; of `!A & !B` only A is kept; in `A & !B & C` the activator C becomes an inhibitor.
# No warning.
#
# Where her2 meets it: a network exported for PyDrugLogics may be answered for another network; docs/formats.md names
# it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pydruglogics==0.1.10 pyboolnet==3.0.16
cd "$folder"
venv/bin/python - <<'EOF'
import contextlib
import io
import logging

from pydruglogics.model.BooleanModel import BooleanModel

logging.disable(logging.CRITICAL)
open("m.bnet", "w").write("A, B & C\nB, B\nC, C\nE, !A & !B\nF, A & !B & C\n")
out = io.StringIO()
with contextlib.redirect_stdout(out):
    BooleanModel(file="m.bnet", model_name="m").print()
rules = dict(line.split(" *= ") for line in out.getvalue().strip().splitlines())
print("PyDrugLogics 0.1.10:", rules)
assert rules["A"] == "(B or C)", "a conjunction is kept now"
assert rules["E"] == "not (A)", "the second inhibitor is kept now"
assert rules["F"] == "(A) and not (B or C)", "the activator behind an inhibitor is kept now"
EOF
