#!/usr/bin/env bash
# simplesbml 2.3.0: the rate ln(dose), read by getRateLaw and given to addReaction, is log10(dose)
#
# Expected: what getRateLaw returns means the same to addReaction. writeCode writes "calls to SimpleSBML functions that
# reproduce the model".
#
# Seen: rates are read in the grammar of SBML level 1, whose log is ln, and written in that of level 3, where log is
# log10: the rate falls by a factor of 2.3. writeCode calls simplesbml.sbmlModel, and the class is SbmlModel, so that no
# code of it runs. Where that is put right, the ln is a log10 as well, a product of 11 X is "1X", and parameters with
# "Delay" in their name are not there.
#
# Where her2 meets it: models of a dose response are written with ln(dose), and come as SBML.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet simplesbml==2.3.0 python-libsbml==5.21.2
cd "$folder"
cat >example.py <<'END'
import libsbml
import simplesbml
from simplesbml.simplesbml import writeCodeFromString

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m">
<listOfCompartments><compartment id="cell" size="1" spatialDimensions="3" constant="true"/></listOfCompartments>
<listOfSpecies><species id="EGFR" compartment="cell" initialAmount="0" hasOnlySubstanceUnits="false"
boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfParameters><parameter id="dose" value="8" constant="true"/>
<parameter id="DrugDelay" value="2" constant="true"/></listOfParameters>
<listOfReactions><reaction id="on" reversible="false" fast="false">
<listOfProducts><speciesReference species="EGFR" stoichiometry="11" constant="true"/></listOfProducts>
<kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><ln/><ci>dose</ci></apply></math></kineticLaw>
</reaction>
</listOfReactions></model></sbml>"""


def rate(text):
    document = libsbml.readSBMLFromString(text)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    return libsbml.formulaToL3String(document.getModel().getReaction(0).getKineticLaw().getMath())


given = simplesbml.loadSBMLStr(MODEL).getRateLaw("on")
model = simplesbml.SbmlModel()
model.addSpecies("EGFR", 0)
model.addParameter("dose", 8)
model.addReaction([], ["EGFR"], given)
code = writeCodeFromString(MODEL)
print("simplesbml 2.3.0:", rate(MODEL), given, rate(model.toSBML()), code, sep="\n")
assert (rate(MODEL), given) == ("ln(dose)", "log(dose)")
assert rate(model.toSBML()) == "log10(dose)", "ln is ln now"
try:
    exec(code, {})
    raise RuntimeError("the code runs now")
except AttributeError as error:
    assert "sbmlModel" in str(error)
assert "['1EGFR']" in code and "DrugDelay" not in code
END
venv/bin/python example.py
