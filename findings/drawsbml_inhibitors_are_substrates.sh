#!/usr/bin/env bash
# drawsbml 0.1.3: lapatinib, which holds back HER2's phosphorylation, is drawn as what is phosphorylated
#
# Expected: "Draw Signalling Pathways (SBML)": what is used up, what acts and what holds back are told apart, as SBML
# does: reactants, modifiers, and their SBO terms.
#
# Seen: a reaction has arrows from every species that its rate names, all the same: HER2, which it uses up, and
# lapatinib, a modifier with the SBO term of an inhibitor. A product that the rate of a reversible reaction names has an
# arrow both ways. A modifier that the rate does not name, as where there is no rate, has none at all. Two of a kind and
# one are one arrow.
#
# Where her2 meets it: pathways with drugs come as SBML, and their pictures show what a drug does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet drawsbml==0.1.3 python-libsbml==5.21.2 \
  networkx==2.8.8
cd "$folder"
cat >example.py <<'END'
from pathlib import Path

import libsbml
from drawsbml.__main__ import SBML

INHIBITOR, CATALYST = 20, 13

document = libsbml.SBMLDocument(3, 1)
model = document.createModel()
cell = model.createCompartment()
cell.setId("cell")
cell.setSize(1)
cell.setSpatialDimensions(3)
cell.setConstant(True)
for name in ("HER2", "pHER2", "lapatinib", "PTPN12", "dimer"):
    species = model.createSpecies()
    species.setId(name)
    species.setCompartment("cell")
    species.setInitialConcentration(1)
    species.setHasOnlySubstanceUnits(False)
    species.setBoundaryCondition(False)
    species.setConstant(False)


def reaction(name, reactant, product, rate=None, modifiers=(), stoichiometry=1, reversible=False):
    made = model.createReaction()
    made.setId(name)
    made.setReversible(reversible)
    made.setFast(False)
    for reference, one in ((made.createReactant(), reactant), (made.createProduct(), product)):
        reference.setSpecies(one)
        reference.setStoichiometry(stoichiometry if one == reactant else 1)
        reference.setConstant(True)
    for modifier, term in modifiers:
        reference = made.createModifier()
        reference.setSpecies(modifier)
        reference.setSBOTerm(term)
    if rate:
        made.createKineticLaw().setMath(libsbml.parseL3Formula(rate))


reaction("on", "HER2", "pHER2", "HER2 / (1 + lapatinib)", [("lapatinib", INHIBITOR)])
reaction("off", "pHER2", "HER2", None, [("PTPN12", CATALYST)])
reaction("pair", "pHER2", "dimer", "pHER2^2 - dimer", stoichiometry=2, reversible=True)
document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
document.checkConsistency()
assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
libsbml.writeSBMLToFile(document, "model.xml")
drawn = SBML(Path("model.xml"))
drawn.generate_graph()
edges = {(a.split("/")[-1], b.split("/")[-1]): data for a, b, data in drawn.g.edges(data=True)}
print("drawsbml 0.1.3:", edges)
assert edges[("HER2", "on")] == edges[("lapatinib", "on")] == {}, "an inhibitor is drawn as one now"
assert ("PTPN12", "off") not in edges, "modifiers are drawn now"
assert ("dimer", "pair") in edges and ("pair", "dimer") in edges
assert edges[("pHER2", "pair")] == {}
END
venv/bin/python example.py
