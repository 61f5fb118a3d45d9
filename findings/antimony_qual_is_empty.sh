#!/usr/bin/env bash
# antimony 3.3.0: an SBML-qual model is loaded, as an empty one
#
# Expected: SBML says of a package that is `required="true"` that a program which does not know it must not pretend to
# have understood the model; so it is refused.
#
# Seen: it is loaded without an error as a model of one compartment; no species, no transition, no warning about
# either.
#
# Where her2 meets it: her2's SBML-qual is right and a tool for reactions shows an empty model; the file is not at
# fault.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet antimony==3.3.0
cd "$folder"
venv/bin/python - <<'EOF'
import antimony

text = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
 xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"><model id="m">
<listOfCompartments><compartment id="c" size="1" constant="true"/></listOfCompartments>
<qual:listOfQualitativeSpecies>
<qual:qualitativeSpecies qual:id="EGF" qual:compartment="c" qual:constant="false" qual:maxLevel="1" qual:initialLevel="1"/>
<qual:qualitativeSpecies qual:id="ERK" qual:compartment="c" qual:constant="false" qual:maxLevel="1" qual:initialLevel="0"/>
</qual:listOfQualitativeSpecies><qual:listOfTransitions><qual:transition qual:id="t">
<qual:listOfInputs><qual:input qual:id="i" qual:qualitativeSpecies="EGF" qual:transitionEffect="none"/></qual:listOfInputs>
<qual:listOfOutputs><qual:output qual:qualitativeSpecies="ERK" qual:transitionEffect="assignmentLevel"/></qual:listOfOutputs>
<qual:listOfFunctionTerms><qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1">
<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><eq/><ci>EGF</ci><cn type="integer">1</cn></apply></math>
</qual:functionTerm></qual:listOfFunctionTerms></qual:transition></qual:listOfTransitions></model></sbml>"""
loaded = antimony.loadSBMLString(text)
written = antimony.getAntimonyString(None)
print("antimony 3.3.0, loaded:", loaded, "names ERK:", "ERK" in written)
assert loaded >= 0 and "ERK" not in written, "antimony reads, or refuses, SBML-qual now"
EOF
