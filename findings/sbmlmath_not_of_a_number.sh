#!/usr/bin/env bash
# sbmlmath 0.4.1: `!(PTEN == 1)` of SBML becomes "not of the number 1 or 0", in sympy and when it is written again
#
# Expected: sympy's Not(Eq(PTEN, 1)), which is Ne(PTEN, 1), and <not/> over <eq/> again, since SBML gives <not/> truth values
# alone to work on.
#
# Seen: a comparison below `not` is wrapped as piecewise(1, PTEN == 1, 0), and so it is written: <not/> over a <piecewise> of
# numbers, which libsbml's check of a qual model lets pass. Below "and", "or" and xor comparisons stay as they are, and a
# name below `not` does, too. The numbers carry units, "dimensionless".
#
# Where her2 meets it: her2 refuses such a rule of SBML-qual with its line; rules with an inhibitor that somebody simplified
# by way of sympy look so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sbmlmath==0.4.1 python-libsbml==5.21.2 sympy==1.14.0
cd "$folder"
venv/bin/python - <<'EOF'
import libsbml
import sympy
from sbmlmath import sbml_math_to_sympy, sympy_to_sbml_math


def through(formula):
    found = sbml_math_to_sympy(libsbml.parseL3Formula(formula))
    return found, libsbml.formulaToL3String(sympy_to_sbml_math(found)).replace(" dimensionless", "")


inhibited, written = through("!(PTEN == 1)")
both = through("EGFR == 1 && PTEN == 0")[1]
print("sbmlmath 0.4.1:", inhibited, "|", written, "|", both)
assert both == "(EGFR == 1) && (PTEN == 0)"
assert inhibited != sympy.Ne(sympy.Symbol("PTEN"), 1) and inhibited.args[0].is_Piecewise, "comparisons stay now"
assert written == "!piecewise(1, PTEN == 1, 0)", "`not` of a truth value is written now"
EOF
