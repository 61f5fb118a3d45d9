#!/usr/bin/env bash
# sbmlsh 0.0.4: in shorthand half a molecule is none, and a species that begins at twice the dose begins at "nan"
#
# Expected: SBML to shorthand keeps the model, or refuses what shorthand has no words for, as it does for algebraic rules.
#
# Seen: `HER2 -> 0.5 dimer` becomes `HER2 -> 0dimer`: stoichiometries are cut to whole numbers, 1.5 to 1. An initial assignment
# (drug = 2 * dose) is left out, and so are function definitions; a species without a value of its own is written as
# `[drug]=nan`. Nothing is said.
#
# Where her2 meets it: models with rates, by which a Boolean one is checked, come as SBML with dimers of HER2 and doses that are assigned.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sbmlsh==0.0.4 python-libsbml==5.21.2
cd "$folder"
venv/bin/python - <<'END'
import libsbml
from sbmlsh import sbml2mod

MATH = "http://www.w3.org/1998/Math/MathML"
FLAGS = 'compartment="cell" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"'
document = libsbml.readSBMLFromString(f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="her2">
<listOfCompartments><compartment id="cell" size="1" spatialDimensions="3" constant="true"/></listOfCompartments>
<listOfSpecies><species id="HER2" initialAmount="4" {FLAGS}/><species id="dimer" initialAmount="0" {FLAGS}/>
<species id="drug" {FLAGS}/></listOfSpecies>
<listOfParameters><parameter id="dose" value="5" constant="true"/><parameter id="k" value="1" constant="true"/></listOfParameters>
<listOfInitialAssignments><initialAssignment symbol="drug"><math xmlns="{MATH}">
<apply><times/><cn type="integer">2</cn><ci>dose</ci></apply></math></initialAssignment></listOfInitialAssignments>
<listOfReactions><reaction id="pair" reversible="false" fast="false">
<listOfReactants><speciesReference species="HER2" stoichiometry="1" constant="true"/></listOfReactants>
<listOfProducts><speciesReference species="dimer" stoichiometry="0.5" constant="true"/></listOfProducts>
<kineticLaw><math xmlns="{MATH}"><apply><times/><ci>k</ci><ci>HER2</ci></apply></math></kineticLaw>
</reaction></listOfReactions></model></sbml>""")
assert document.getNumErrors() == 0
document.checkInternalConsistency()
assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
shorthand = sbml2mod.Parser(document).parse()
print("sbmlsh 0.0.4:", shorthand)
lines = [line.strip() for line in shorthand.splitlines()]
assert "cell:HER2=4.0" in lines
assert not any("2 * dose" in line for line in lines), "initial assignments are written now"
assert "cell:[drug]=nan" in lines
assert "HER2 -> 0dimer" in lines, "parts of a molecule are kept now"
END
