#!/usr/bin/env bash
# tabularqual 0.1.6: "on, but off where PTEN is on" in SBML-qual becomes the rule `PTEN`
#
# Expected: a transition whose defaultTerm is 1 and whose functionTerm gives 0 where PTEN is on becomes `!PTEN`.
#
# Seen: terms with the result 0 are passed over, and where no other is left the rule is all inputs joined by "and": an
# inhibition is an activation, "off where A or B is on" is `A & B`. Nothing is said; the interactions still call PTEN
# negative. Where the default is 0 and the terms give 1 the rules are right. With --colon-format `A == 1` of a species with
# three levels becomes `A:1`, which is A >= 1.
#
# Where her2 meets it: TabularQual is the way from and to its spreadsheets that her2 names; her2's own SBML-qual has the
# default 0 and terms of 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet tabularqual==0.1.6 python-libsbml==5.21.2
cd "$folder"
cat >model.py <<'EOF'
import libsbml

document = libsbml.SBMLDocument(libsbml.SBMLNamespaces(3, 1, "qual", 1))
document.setPackageRequired("qual", True)
compartment = document.createModel().createCompartment()
compartment.setId("cell")
compartment.setConstant(True)
qual = document.getModel().getPlugin("qual")
for name in ("PTEN", "EGFR", "AKT", "KRAS"):
    species = qual.createQualitativeSpecies()
    species.setId(name)
    species.setCompartment("cell")
    species.setConstant(False)
    species.setMaxLevel(1)
for target, default, result, formula, sign in (
    ("AKT", 1, 0, "PTEN == 1", libsbml.INPUT_SIGN_NEGATIVE),
    ("KRAS", 0, 1, "EGFR == 1", libsbml.INPUT_SIGN_POSITIVE),
):
    transition = qual.createTransition()
    given = transition.createInput()
    given.setQualitativeSpecies(formula.split()[0])
    given.setTransitionEffect(libsbml.INPUT_TRANSITION_EFFECT_NONE)
    given.setSign(sign)
    output = transition.createOutput()
    output.setQualitativeSpecies(target)
    output.setTransitionEffect(libsbml.OUTPUT_TRANSITION_EFFECT_ASSIGNMENT_LEVEL)
    transition.createDefaultTerm().setResultLevel(default)
    term = transition.createFunctionTerm()
    term.setResultLevel(result)
    term.setMath(libsbml.parseL3Formula(formula))
document.checkConsistency()
assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
libsbml.writeSBMLToFile(document, "model.sbml")
EOF
venv/bin/python model.py
venv/bin/to-table --csv model.sbml model >said 2>&1
venv/bin/python - <<'EOF'
import csv

with open("model_Transitions.csv", newline="") as stream:
    rules = {row["Target"]: row["Rule"] for row in csv.DictReader(stream)}
print("tabularqual 0.1.6, off where PTEN is on, on where EGFR is on:", rules)
assert rules["KRAS"] == "EGFR"
assert rules["AKT"] == "PTEN", "terms with the result 0 are read now"
with open("said") as stream:
    assert "arn" not in stream.read(), "it warns now"
EOF
