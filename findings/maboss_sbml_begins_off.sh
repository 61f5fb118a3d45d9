#!/usr/bin/env bash
# maboss 0.8.17: loadSBML starts all cells with every species off, whatever initialLevel says
#
# Expected: a species of SBML-qual with initialLevel="1" begins on, as loadSBML(..., cmaboss=True) has it.
#
# Seen: the model is turned into bnd and cfg, with the level in them, and then each species is set to 0: an input that the
# file has on is off for good, and so is all that it drives. With cmaboss=True it is on. A cfg file that is given decides.
#
# Where her2 meets it: her2 writes an initialLevel for what begins on; load its SBML with cmaboss=True, or its bnd and cfg. The
# program MaBoSS, which maboss calls to check a model, is no package of Python; the check is left out here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet maboss==0.8.17 cmaboss==1.0.0b34
cd "$folder"
venv/bin/python - <<'EOF'
import maboss
from maboss.simulation import Simulation


def follows(target, source):
    return f"""<qual:transition qual:id="to_{target}">
<qual:listOfInputs><qual:input qual:id="in_{target}" qual:qualitativeSpecies="{source}" qual:transitionEffect="none"/></qual:listOfInputs>
<qual:listOfOutputs><qual:output qual:id="out_{target}" qual:qualitativeSpecies="{target}" qual:transitionEffect="assignmentLevel"/></qual:listOfOutputs>
<qual:listOfFunctionTerms><qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1">
<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><eq/><ci>{source}</ci><cn type="integer">1</cn></apply></math>
</qual:functionTerm></qual:listOfFunctionTerms></qual:transition>"""


def species(name, level):
    return f'<qual:qualitativeSpecies qual:id="{name}" qual:compartment="cell" qual:constant="false" qual:maxLevel="1" qual:initialLevel="{level}"/>'


with open("small.sbml", "w") as file:
    file.write(f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
 xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true">
<model id="small"><listOfCompartments><compartment id="cell" constant="true"/></listOfCompartments>
<qual:listOfQualitativeSpecies>{species("EGFR", 1)}{species("AKT", 0)}</qual:listOfQualitativeSpecies>
<qual:listOfTransitions>{follows("EGFR", "EGFR")}{follows("AKT", "EGFR")}</qual:listOfTransitions></model></sbml>""")
Simulation.check = lambda self, command=None: []
ends = {}
for name, inside in (("loadSBML", False), ("cmaboss=True", True)):
    model = maboss.loadSBML("small.sbml", cmaboss=inside)
    result = model.run() if inside else model.run(cmaboss=True)
    ends[name] = result.get_last_nodes_probtraj().to_dict("records")[0]
print("maboss 0.8.17: in the end", ends)
assert ends["cmaboss=True"] == {"EGFR": 1, "AKT": 1}
assert ends["loadSBML"] == {"EGFR": 0, "AKT": 0}, "initialLevel is kept now"
EOF
