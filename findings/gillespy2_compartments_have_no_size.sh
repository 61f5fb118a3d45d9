#!/usr/bin/env bash
# gillespy2 1.8.3: in a cell of 2 litres a reaction takes away twice what it should, and what is held constant is used up
#
# Expected: a rate of SBML is an amount in time: `cell * 0.1 * EGFR` takes a tenth of the concentration away in whatever
# cell, and of 10 10 / e = 3.68 are left after 10. Nothing takes from a species with boundaryCondition="true". 1.5
# dimers are 1.5.
#
# Seen: the concentration is used as if it were the amount: 1.35 are left in 2 litres, and a reaction from a cell of 2
# into a medium of 5 loses and makes as many units of concentration. EGF held constant falls to 3.68 as well, and a
# product of 1.5 is 1. The list of errors that import_SBML returns is empty, though it is there for what could not be
# converted.
#
# Where her2 meets it: models with rates, by which a Boolean one is checked, come as SBML: medium and cell are
# compartments of their own size, and the ligand is held constant, as an input of her2 is.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gillespy2==1.8.3 python-libsbml==5.21.2 libroadrunner==2.10.0
cd "$folder"
cat >example.py <<'END'
import gillespy2
import libsbml
import roadrunner

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m"><listOfCompartments>
<compartment id="cell" size="%s" spatialDimensions="3" constant="true"/>
<compartment id="medium" size="5" spatialDimensions="3" constant="true"/></listOfCompartments><listOfSpecies>
<species id="EGF" compartment="cell" initialConcentration="10" hasOnlySubstanceUnits="false" boundaryCondition="%s"
constant="false"/>
<species id="active" compartment="%s" initialConcentration="0" hasOnlySubstanceUnits="false" boundaryCondition="false"
constant="false"/></listOfSpecies><listOfReactions><reaction id="on" reversible="false" fast="false">
<listOfReactants><speciesReference species="EGF" stoichiometry="1" constant="true"/></listOfReactants>
<listOfProducts><speciesReference species="active" stoichiometry="%s" constant="true"/></listOfProducts>
<kineticLaw>
<math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>cell</ci><cn>0.1</cn><ci>EGF</ci></apply>
</math></kineticLaw></reaction></listOfReactions></model></sbml>"""


def after_ten(size=1, held="false", into="cell", made=1):
    text = MODEL % (size, held, into, made)
    document = libsbml.readSBMLFromString(text)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    with open("model.xml", "w") as file:
        file.write(text)
    model, errors = gillespy2.import_SBML("model.xml")
    assert errors == [], "it tells what it cannot convert now"
    model.timespan(gillespy2.TimeSpan.linspace(10, 11))
    result = model.run(solver=gillespy2.solvers.ODESolver)
    seen = [round(float(result[0][name][-1]), 2) for name in ("EGF", "active")]
    other = roadrunner.RoadRunner(text)
    other.simulate(0, 10, 11)
    return seen, [round(float(other.getValue(f"[{name}]")), 2) for name in ("EGF", "active")]


plain, two, out = after_ten(), after_ten(size=2), after_ten(size=2, into="medium")
held, half = after_ten(held="true"), after_ten(made=1.5)
print("gillespy2 1.8.3 and libroadrunner 2.10.0, EGF and active:", plain, two, out, held, half, sep="\n  ")
assert plain == ([3.68, 6.32], [3.68, 6.32])
assert two == ([1.35, 8.65], [3.68, 6.32]), "compartments have a size now"
assert out == ([1.35, 8.65], [3.68, 2.53]), "compartments have a size now"
assert held == ([3.68, 6.32], [10, 10]), "a boundary stays as it is now"
assert half == ([3.68, 6.32], [3.68, 9.48]), "1.5 is 1.5 now"
END
venv/bin/python example.py
