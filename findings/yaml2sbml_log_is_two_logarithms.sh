#!/usr/bin/env bash
# yaml2sbml 0.2.5: log of an equation is to the base of ten, and log of an observable in the same file is natural
#
# Expected: one YAML file holds equations and what is observed of them, and log(HER2) is the same in both, so that the
# observable log(HER2) of HER2 = 100 is 4.61 whether it is kept in the SBML as an assignment or in PEtab's table.
#
# Seen: formulas of equations and assignments go to libsbml's parser with its default, for which log is log10: the model
# has log10(HER2), 2.0. The observable's formula is copied into PEtab's table as "log(HER2)", where log is natural, as
# PEtab says and its own reader has it: 4.61. The same observable with observables_as_assignments is log10 again. No
# warning, and the check of the PEtab problem passes. ln is ln in both.
#
# Where her2 meets it: her2 writes SBML with its formulas, and fits of such models to doses come as PEtab.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m venv --without-pip "$folder/reader"
python3 -m pip --python "$folder/venv" install --quiet yaml2sbml==0.2.5 petab==0.1.20 pandas==2.2.3 numpy==2.2.6 \
  python-libsbml==5.20.4
python3 -m pip --python "$folder/reader" install --quiet petab==0.5.0 pandas==2.2.3 numpy==2.2.6
cd "$folder"
cat >her2.yaml <<'END'
time: {variable: time}
parameters:
  - {parameterId: k, nominalValue: 1, parameterScale: lin, lowerBound: 0.1, upperBound: 10, estimate: 0}
odes:
  - {stateId: HER2, rightHandSide: -k * log(HER2), initialValue: 100}
observables:
  - {observableId: seen, observableFormula: log(HER2), noiseFormula: 1, observableTransformation: lin,
     noiseDistribution: normal}
END
venv/bin/python -W ignore - <<'END'
import libsbml
import yaml2sbml

yaml2sbml.yaml2sbml("her2.yaml", "her2.xml", observables_as_assignments=True)
model = libsbml.readSBML("her2.xml").getModel()
rules = [libsbml.formulaToL3String(model.getRule(number).getMath()) for number in range(model.getNumRules())]
yaml2sbml.yaml2petab("her2.yaml", "petab", "her2")
print("yaml2sbml 0.2.5:", rules)
assert rules == ["-k * log10(HER2)", "log10(HER2)"], "log is one logarithm now"
END
reader/bin/python -W ignore - <<'END'
import pandas as pd
from petab.v1.math import sympify_petab

[formula] = pd.read_csv("petab/observables_her2.tsv", sep="\t").observableFormula
observable = sympify_petab(formula)
value = float(observable.subs(dict.fromkeys(observable.free_symbols, 100)).evalf())
print("petab 0.5.0:", formula, "of 100 =", value)
assert formula == "log(HER2)" and 4.6 < value < 4.61, "the table says which logarithm now"
END
