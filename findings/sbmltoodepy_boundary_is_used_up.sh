#!/usr/bin/env bash
# sbmltoodepy 1.0.4: EGF that SBML holds constant as a boundary species is used up, and a stoichiometry of 1.5 may be 1
#
# Expected: of a species with boundaryCondition="true" no reaction takes anything away; 1.5 dimers come from a reaction that
# makes 1.5.
#
# Seen: whether a species is a boundary is asked by comparing a boolean with the text "True", so that none is: of 10 units of EGF 5 are
# left, and half of the receptors stay without it. The matrix of reactions is written by cutting up what numpy prints: each
# number loses its last character where another reaction follows, which is the point of 1. or the 5 of 1.5; those of the last reaction
# are as they should be, so that the order of two reactions in the file decides the result. Nothing is said.
#
# Where her2 meets it: models with rates, by which a Boolean one is checked, come as SBML in which the ligand is held constant,
# as an input of her2 is; there the receptor seems to fall silent by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sbmltoodepy==1.0.4 python-libsbml==5.21.2 numpy==2.4.6 scipy==1.17.1
cd "$folder"
cat >example.py <<'END'
import importlib

import libsbml
import sbmltoodepy

REACTION = """<reaction id="%s" reversible="false">
  <listOfReactants>%s</listOfReactants><listOfProducts>%s</listOfProducts>
  <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><cn>%s</cn>%s</apply></math></kineticLaw>
</reaction>"""


def reaction(name, rate, taken, made):
    side = lambda species: "".join(f'<speciesReference species="{one}" stoichiometry="{many}"/>' for one, many in species.items())
    return REACTION % (name, side(taken), side(made), rate, "".join(f"<ci>{one}</ci>" for one in taken))


def after(seconds, module, *reactions):
    begin = {"EGF": 10, "EGFR": 10, "active": 0, "DRUG": 0, "rest": 0}
    species = "".join(
        f'<species id="{one}" compartment="cell" initialConcentration="{value}" boundaryCondition="{str(one == "EGF").lower()}"/>'
        for one, value in begin.items()
    )
    with open(f"{module}.xml", "w") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="m">'
            f'<listOfCompartments><compartment id="cell" size="1"/></listOfCompartments><listOfSpecies>{species}</listOfSpecies>'
            f'<listOfReactions>{"".join(reactions)}</listOfReactions></model></sbml>'
        )
    document = libsbml.readSBML(f"{module}.xml")
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    sbmltoodepy.ParseAndCreateModel(f"{module}.xml", outputFilePath=f"{module}.py", className="Model")
    model = importlib.import_module(module).Model()
    model.RunSimulation(seconds)
    return {name: round(float(one.concentration), 2) for name, one in model.s.items()}


bind = reaction("bind", 0.01, {"EGF": 1, "EGFR": 1}, {"active": 1.5})
fade = reaction("fade", 1, {"DRUG": 1}, {"rest": 1})
alone, first, last = after(10, "alone", bind), after(10, "first", bind, fade), after(10, "last", fade, bind)
print("sbmltoodepy 1.0.4:", alone, first, last, sep="\n  ")
# held at 10, EGF would leave 10 * exp(-1) = 3.68 of EGFR
assert alone["EGF"] == 5 and alone["EGFR"] == 5, "a boundary stays as it is now"
assert alone["active"] == last["active"] == 7.5
assert first["active"] == 5, "1.5 is 1.5 now, wherever it stands"
END
venv/bin/python example.py
