#!/usr/bin/env bash
# bioscrape 1.4.1: a dose of 8 with a rate rule is shown as 0 that stays 0, while the reactions run with 8 that stays 8
#
# Expected: a parameter with a rateRule of -0.3 * dose begins at its value, 8, falls to 0.40 in ten hours, and is what
# the reactions that name it use.
#
# Seen: of the rule a reaction is made, which produces a species called dose that begins at 0; the parameter is left as
# it was. The table shows the species: a dose that decays is always 0, one that rises by 0.05 from 0.1 is 0.5 after ten
# hours instead of 0.6. The reactions take the parameter: the drug inhibits as it did at first. A warning names
# "Compartments, UnitDefintions, Events, and some other" parts of SBML, as it does for every file; rate rules are read.
#
# Where her2 meets it: a drug that decays is written so in models of dose and time, by which a Boolean one is checked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bioscrape==1.4.1 python-libsbml==5.21.2 libroadrunner==2.10.0
cd "$folder"
cat >example.py <<'END'
import warnings

import numpy
import roadrunner
from bioscrape.sbmlutil import import_sbml
from bioscrape.simulator import py_simulate_model

warnings.simplefilter("ignore")
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m"><listOfCompartments>
<compartment id="cell" size="1" spatialDimensions="3" constant="true"/></listOfCompartments><listOfSpecies>
<species id="AKT" compartment="cell" initialAmount="0" hasOnlySubstanceUnits="true" boundaryCondition="false"
constant="false"/>
</listOfSpecies><listOfParameters><parameter id="dose" value="%s" constant="false"/></listOfParameters>
<listOfRules><rateRule variable="dose"><math xmlns="http://www.w3.org/1998/Math/MathML">%s</math></rateRule>
</listOfRules>
<listOfReactions><reaction id="on" reversible="false" fast="false">
<listOfProducts><speciesReference species="AKT" stoichiometry="1" constant="true"/></listOfProducts>
<kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML">
<apply><divide/><cn>1</cn><apply><plus/><cn>1</cn><ci>dose</ci></apply></apply></math></kineticLaw></reaction>
</listOfReactions></model></sbml>"""
DECAY, RISE = "<apply><times/><cn>-0.3</cn><ci>dose</ci></apply>", "<cn>0.05</cn>"


def after_ten_hours(start, rate):
    with open("model.xml", "w") as file:
        file.write(MODEL % (start, rate))
    own = py_simulate_model(numpy.linspace(0, 10, 101), Model=import_sbml("model.xml"))
    other = roadrunner.RoadRunner("model.xml")
    other.simulate(0, 10, 101)
    seen = [float(own[name].iloc[place]) for name, place in (("dose", 0), ("dose", -1), ("AKT", -1))]
    return [round(value, 2) for value in seen], [round(float(other.getValue(name)), 2) for name in ("dose", "AKT")]


decaying, rising = after_ten_hours(8, DECAY), after_ten_hours(0.1, RISE)
print("bioscrape 1.4.1, dose at 0 and 10, AKT; libroadrunner 2.10.0, dose at 10, AKT:", decaying, rising)
assert decaying[1][0] == 0.40 and rising[1][0] == 0.6
assert decaying[0][:2] == [0, 0] and rising[0][:2] == [0, 0.5], "a dose begins at its value now"
assert decaying[0][2] == round(10 / 9, 2) < decaying[1][1], "reactions take the dose of the rule now"
END
venv/bin/python example.py
