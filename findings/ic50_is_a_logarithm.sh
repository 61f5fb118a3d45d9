#!/usr/bin/env bash
# ic50 0.0.99.3: an IC50 of 0.1 µM is 1.0, and of a viability that falls from 100 to 0 an IC50 is made up, in silence
#
# Expected: the attribute ic50 "represents calculated IC50 value", as its description says: 0.1 for doses of which 0.1 inhibits by half.
# What the model cannot describe, as a share of living cells that falls with the dose, is an error, as method "interpolation" makes it.
#
# Seen: ic50 is the negative logarithm of the dose, in whatever unit: 0.1 is 1.0, 1 is 0, 10 is -1; the more sensitive the cells, the higher.
# By default the curve may rise alone: of viability, with the same half at 0.1, it is below -4, a dose of 28,000, beyond all that were given. Method
# "sigmoid" has 1.0. Doses that are logarithms, with is_log=True, are refused when they are below 0, as those below 1 are.
#
# Where her2 meets it: measured doses stand beside those of `her2 simulate --dose`; a table of such values ranks cell lines the wrong way.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ic50==0.0.99.3 numpy==2.2.6 scipy==1.15.3 matplotlib==3.10.1
cd "$folder"
MPLBACKEND=agg venv/bin/python -W ignore - <<'END'
import numpy
from ic50 import IC50Predictor

doses = numpy.array([0.001, 0.01, 0.1, 1.0, 10.0, 100.0])


def inhibition(half):
    return 100 * doses / (doses + half)


def fitted(values, method="hill"):
    return round(float(IC50Predictor(doses, values).calculate_ic50(method=method).ic50), 3)


seen = {half: fitted(inhibition(half)) for half in (0.1, 1.0, 10.0)}
viability = 100 - inhibition(0.1)
alive = {method: fitted(viability, method) for method in ("hill", "sigmoid")}
print("ic50 0.0.99.3:", seen, alive)
assert {half: abs(value) for half, value in seen.items()} == {0.1: 1.0, 1.0: 0.0, 10.0: 1.0}
assert seen[0.1] == 1.0 and seen[10.0] == -1.0, "it is a dose now"
assert alive["hill"] < -4, "a curve that falls is fitted or refused now"
assert alive["sigmoid"] == 1.0
for call in (
    lambda: fitted(viability, "interpolation"),
    lambda: IC50Predictor(numpy.log10(doses), inhibition(0.1), is_log=True),
):
    try:
        call()
    except ValueError as error:
        print(" ", error)
    else:
        raise AssertionError("this is answered now")
END
