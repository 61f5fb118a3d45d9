#!/usr/bin/env bash
# python-libsbml 5.21.2: a qual rule over a species that does not exist, or a level that is never reached, passes the check
#
# Expected: checkConsistency reports an error for a <ci> that names nothing, as it does for an <input> that refers to
# nothing, and one for a comparison with a level beyond maxLevel.
#
# Seen: the same two warnings (about units) as for the right model; the wrong <input> is an error.
#
# Where her2 meets it: her2 checks both itself when it reads SBML-qual.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet python-libsbml==5.21.2
cd "$folder"
venv/bin/python - <<'EOF'
import libsbml

text = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
 xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"><model id="m">
<listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>
<qual:listOfQualitativeSpecies>
<qual:qualitativeSpecies qual:id="EGF" qual:compartment="c" qual:constant="false" qual:maxLevel="1"/>
<qual:qualitativeSpecies qual:id="ERK" qual:compartment="c" qual:constant="false" qual:maxLevel="1"/>
</qual:listOfQualitativeSpecies><qual:listOfTransitions><qual:transition qual:id="t">
<qual:listOfInputs><qual:input qual:id="i" qual:qualitativeSpecies="EGF" qual:transitionEffect="none"/></qual:listOfInputs>
<qual:listOfOutputs><qual:output qual:qualitativeSpecies="ERK" qual:transitionEffect="assignmentLevel"/></qual:listOfOutputs>
<qual:listOfFunctionTerms><qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1">
<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><eq/><ci>EGF</ci><cn type="integer">1</cn></apply></math>
</qual:functionTerm></qual:listOfFunctionTerms></qual:transition></qual:listOfTransitions></model></sbml>"""


def errors(changed):
    document = libsbml.readSBMLFromString(changed)
    document.checkConsistency()
    found = [document.getError(number) for number in range(document.getNumErrors())]
    return sorted((error.getErrorId(), error.getSeverityAsString()) for error in found)


right = errors(text)
unknown = errors(text.replace("<ci>EGF</ci>", "<ci>HER9</ci>"))
beyond = errors(text.replace('type="integer">1<', 'type="integer">9<'))
wrong_input = errors(text.replace('qual:qualitativeSpecies="EGF"', 'qual:qualitativeSpecies="HER9"'))
print("libsbml", libsbml.getLibSBMLDottedVersion(), "right", right, "unknown <ci>", unknown, "level 9", beyond, "input", wrong_input)
assert right == unknown == beyond, "libsbml checks the species and levels of rules now"
assert (3020508, "Error") in wrong_input
EOF
