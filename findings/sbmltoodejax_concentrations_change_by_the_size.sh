#!/usr/bin/env bash
# sbmltoodejax 0.4.3: a drug that loses a tenth of its concentration an hour loses half of that in a compartment of 2 litres
#
# Expected: the rateRule of a species says how its concentration changes, where hasOnlySubstanceUnits is false: -0.1 *
# drug leaves 10 / e = 3.68 of 10 in a compartment of any size, an amount of 7.36 in one of 2.
#
# Seen: the model holds amounts, and takes the value of the rule for the change of the amount, without the size: 12.13
# are left, which is a concentration of 6.07, and in a compartment of a half it falls twice as fast. In one of 1 it is
# right, and so are reactions, whatever the size. Nothing is said; for what it cannot do, such as events, it raises an
# error.
#
# Where her2 meets it: models with rates, by which a Boolean one is checked, give a drug in the medium or the blood such
# a rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sbmltoodejax==0.4.3 python-libsbml==5.21.2 libroadrunner==2.10.0
cd "$folder"
cat >example.py <<'END'
import importlib

import roadrunner
from sbmltoodejax.modulegeneration import GenerateModel
from sbmltoodejax.parse import ParseSBMLFile

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="m">
<listOfCompartments><compartment id="blood" size="%s"/></listOfCompartments>
<listOfSpecies><species id="drug" compartment="blood" initialConcentration="10"/></listOfSpecies>
<listOfRules><rateRule variable="drug"><math xmlns="http://www.w3.org/1998/Math/MathML">
<apply><times/><cn>-0.1</cn><ci>drug</ci></apply></math></rateRule></listOfRules></model></sbml>"""


def after_ten_hours(size, module):
    with open(f"{module}.xml", "w") as file:
        file.write(MODEL % size)
    GenerateModel(ParseSBMLFile(f"{module}.xml"), f"{module}.py", deltaT=0.01)
    made = importlib.import_module(module)
    amounts = made.ModelRollout()(1000)[0]
    other = roadrunner.RoadRunner(f"{module}.xml")
    other.simulate(0, 10, 11)
    return round(float(amounts[made.y_indexes["drug"]][-1]) / size, 1), round(float(other.getValue("[drug]")), 1)


one, two, half = after_ten_hours(1, "one"), after_ten_hours(2, "two"), after_ten_hours(0.5, "half")
print("sbmltoodejax 0.4.3 and libroadrunner 2.10.0, concentration of 10 after ten hours:", one, two, half)
assert one == (3.7, 3.7)
assert two == (6.1, 3.7) and half == (1.4, 3.7), "rules are of concentrations now"
END
venv/bin/python example.py
