#!/usr/bin/env bash
# python-libsbml 5.21.2: a formula over a qualitative species called PI is about 3.14, although the model is given
#
# Expected: parseL3FormulaWithModel takes a name that the model has for that thing: "PI", "TIME" and the like are then
# symbols no longer, as its documentation says and as it does for parameters.
#
# Seen: species of the qual package are not looked at. `PI >= 1` is about the number pi and so always true, `INF >= 1`
# too, and `Time >= 1` is about the clock. checkConsistency says nothing of PI and INF, and warns of the clock.
#
# Where her2 meets it: PI is a phosphatidylinositol, and names are what they are; her2 writes each species as <ci> without
# this parser, and refuses rules over <pi/> where other tools wrote them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet python-libsbml==5.21.2
cd "$folder"
venv/bin/python - <<'EOF'
import libsbml


def qualitative(name):
    document = libsbml.SBMLDocument(libsbml.SBMLNamespaces(3, 1, "qual", 1))
    species = document.createModel().getPlugin("qual").createQualitativeSpecies()
    assert species.setId(name) == libsbml.LIBSBML_OPERATION_SUCCESS
    return document


def parameter(name):
    document = libsbml.SBMLDocument(3, 1)
    document.createModel().createParameter().setId(name)
    return document


def is_the_species(document, name):
    formula = libsbml.parseL3FormulaWithModel(f"{name} >= 1", document.getModel())
    return formula.getChild(0).getType() == libsbml.AST_NAME


names = ["EGFR", "PI", "INF", "Time"]
of_parameters = [is_the_species(parameter(name), name) for name in names]
of_species = [is_the_species(qualitative(name), name) for name in names]
print("python-libsbml 5.21.2: the name of a parameter, of a qualitative species:", list(zip(names, of_parameters, of_species)))
assert of_parameters == [True] * 4
assert of_species == [True, False, False, False], "the model's qualitative species come first now"
EOF
