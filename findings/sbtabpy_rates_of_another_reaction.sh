#!/usr/bin/env bash
# sbtabpy 1.1.1: through SBtab and back, a reaction goes by the parameter of another one, and 20 receptors are "NaN"
#
# Expected: SBML that is converted to SBtab and back is the same model, or a warning says what is lost.
#
# Seen: a local parameter k = 3 stands in the table of parameters, and is not local again: its reaction has the global k = 0.5. A species
# with an initial amount has the concentration "nan". A ligand that is held constant (boundaryCondition) is used up. A modifier that is
# marked as an inhibitor, SBO:0000020, has lost its mark, and the warning on it asks to add one. A compartment that a rate mentions
# is also a parameter of the same name with the value 1: such SBML is not valid. Of the rest no warning says anything.
#
# Where her2 meets it: SBtab is how models with rates are edited as tables, as her2 edits Boolean ones; those by which a Boolean
# model is checked come as SBML with ligands held constant and parameters of their own for each reaction.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet sbtabpy==1.1.1 python-libsbml==5.21.2 numpy==2.4.6
cd "$folder"
cat >model.xml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="model">
  <listOfCompartments><compartment id="cell" size="2" constant="true" spatialDimensions="3"/></listOfCompartments>
  <listOfSpecies>
    <species id="EGF" boundaryCondition="true" initialConcentration="10" SAME/>
    <species id="EGFR" boundaryCondition="false" initialAmount="20" SAME/>
    <species id="PTPN1" boundaryCondition="false" initialConcentration="1" SAME/>
    <species id="dimer" boundaryCondition="false" initialConcentration="0" SAME/>
  </listOfSpecies>
  <listOfParameters><parameter id="k" value="0.5" constant="true"/></listOfParameters>
  <listOfReactions>
    <reaction id="bind" reversible="false" fast="false">
      <listOfReactants>
        <speciesReference species="EGF" stoichiometry="1" constant="true"/>
        <speciesReference species="EGFR" stoichiometry="2" constant="true"/>
      </listOfReactants>
      <listOfProducts><speciesReference species="dimer" stoichiometry="1" constant="true"/></listOfProducts>
      <listOfModifiers><modifierSpeciesReference species="PTPN1" sboTerm="SBO:0000020"/></listOfModifiers>
      <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><divide/>
        <apply><times/><ci>cell</ci><ci>k</ci><ci>EGF</ci><ci>EGFR</ci></apply><ci>PTPN1</ci></apply></math></kineticLaw>
    </reaction>
    <reaction id="fall" reversible="false" fast="false">
      <listOfReactants><speciesReference species="dimer" stoichiometry="1" constant="true"/></listOfReactants>
      <kineticLaw>
        <math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>cell</ci><ci>k</ci><ci>dimer</ci></apply></math>
        <listOfLocalParameters><localParameter id="k" value="3"/></listOfLocalParameters>
      </kineticLaw>
    </reaction>
  </listOfReactions>
</model></sbml>
END
cat >example.py <<'END'
import math

import libsbml
from sbtab import sbml2sbtab, sbtab2sbml


def errors(document):
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    return [document.getError(at).getShortMessage() for at in range(document.getNumErrors()) if document.getError(at).getSeverity() >= 2]


with open("model.xml") as file:
    given = file.read().replace("SAME", 'compartment="cell" constant="false" hasOnlySubstanceUnits="false"')
before = libsbml.readSBMLFromString(given)
assert errors(before) == []
tables, _, to_tables = sbml2sbtab.SBMLDocument(before.getModel(), "model.xml").convert_to_sbtab()
text, to_sbml = sbtab2sbml.SBtabDocument(tables).convert_to_sbml("31")
after = libsbml.readSBMLFromString(text)
invalid, model = errors(after), after.getModel()
law = model.getReaction("fall").getKineticLaw()
rate = libsbml.formulaToL3String(law.getMath())
print("sbtabpy 1.1.1:", f"{rate}, k = {model.getParameter('k').getValue()}", *invalid, *to_tables, *to_sbml, sep="\n  ")
assert rate == "cell * k * dimer" and model.getParameter("k").getValue() == 0.5
assert law.getNumLocalParameters() == 0, "local parameters are kept now"
assert math.isnan(model.getSpecies("EGFR").getInitialConcentration()), "amounts are kept now"
assert not model.getSpecies("EGF").getBoundaryCondition(), "boundaries are kept now"
assert not model.getReaction("bind").getModifier("PTPN1").isSetSBOTerm(), "inhibitors are kept now"
assert model.getParameter("cell").getValue() == 1 and model.getCompartment("cell").getSize() == 2 and invalid, "the result is valid now"
assert to_tables == [] and len(to_sbml) == 2 and "add an SBO Term" in to_sbml[1], "what is lost is told now"
END
venv/bin/python example.py
