#!/usr/bin/env bash
# create-model 0.1.1: split in two, a model has no events and no rules, the drug is never given, and the check says OK
#
# Expected: "Split sbml_path into reduced stochastic and deterministic SBML files": whatever acts on species of a part
# is in that part, or the split is refused; verify_partition "confirms" the parts.
#
# Seen: only compartments, functions, units, species, parameters and reactions are copied. The event that gives
# lapatinib after an hour and the rule by which it lowers the making of HER2 are in neither file: the rate stays at its
# first value. Initial assignments and the model's units of time and substance are left as well. verify_partition
# compares what was copied alone: "OK", and lapatinib is warned of as "orphan species".
#
# Where her2 meets it: the package makes the SPARCED models, of ERBB signalling and its drugs, whose answers her2's are
# compared with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet create-model==0.1.1 antimony==3.3.0 \
  python-libsbml==5.21.2 pandas==2.3.3
cd "$folder"
cat >example.py <<'END'
from pathlib import Path

import antimony
import libsbml
from create_model.partition_sbml import partition_sbml, verify_partition

MODEL = """
model dosed()
  compartment cell = 1
  species $gERBB2 in cell, mERBB2 in cell, HER2 in cell, lapatinib in cell
  gERBB2 = 2; mERBB2 = 0; HER2 = 0; lapatinib = 0
  k1 = 1
  vTC1: $gERBB2 => $gERBB2 + mERBB2; k1*gERBB2
  vP1: => HER2; k2*mERBB2
  k2 := 1/(1 + lapatinib)
  dose: at (time > 3600): lapatinib = 100
end
"""
SOLVERS = {"gERBB2": "stochastic", "mERBB2": "stochastic", "HER2": "deterministic", "lapatinib": "deterministic"}


def counts(path):
    document = libsbml.readSBML(str(path))
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_UNITS_CONSISTENCY, False)
    document.checkConsistency()
    model = document.getModel()
    assert document.getNumErrors(libsbml.LIBSBML_SEV_ERROR) == 0
    return model.getNumEvents(), model.getNumRules(), model.getNumReactions()


assert antimony.loadAntimonyString(MODEL) != -1, antimony.getLastError()
Path("model.xml").write_text(antimony.getSBMLString("dosed"))
Path("species.tsv").write_text("speciesId\tsolver\n" + "".join(f"{name}\t{kind}\n" for name, kind in SOLVERS.items()))
parts = partition_sbml("model.xml", "species.tsv", "out")
checked = verify_partition("model.xml", parts.stochastic_path, parts.deterministic_path, species_tsv="species.tsv")
whole, halves = counts("model.xml"), [counts(parts.stochastic_path), counts(parts.deterministic_path)]
print("create-model 0.1.1: events, rules and reactions", whole, "and split", halves, checked.ok)
assert whole == (1, 1, 2)
assert halves == [(0, 0, 1), (0, 0, 1)], "events and rules are kept now"
assert checked.ok, "what is lost is told now"
END
venv/bin/python -W ignore example.py
