#!/usr/bin/env bash
# xepto50 0.0.2: a drug whose IC50 is 6 nM scores 26.7 if its doses are in nM, and 35.7 if the same doses are in µM
#
# Expected: the score of a drug does not depend on the unit of its doses: 6 nM are 0.006 µM, and all such curves have one score.
#
# Seen: the dose of half the inhibition is rounded to two decimals of the unit before the score is integrated from there on. In µM, 0.006 is
# 0.01, as 0.014 is, and two drugs with the score 26.7 have 35.7 and 19.6. What is below 0.005 becomes 0, and is integrated from minus
# infinity on: 55.6 for 4 nM. IC50, AUC and DSS are right, and nothing is said. (It imports Qt for its window, whose extra is optional;
# here its modules are loaded without that.)
#
# Where her2 meets it: drugs against HER2, as lapatinib and neratinib, inhibit at nM, and tables of doses are mostly in µM.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet numpy==2.2.6 scipy==1.15.3 pandas==2.3.3 matplotlib==3.10.1 \
  scikit-learn==1.7.2 lmfit==1.3.4
python3 -m pip --python "$folder/venv" install --quiet --no-deps xepto50==0.0.2
cd "$folder"
MPLBACKEND=agg venv/bin/python -W ignore - <<'END'
import sys
from importlib.util import find_spec
from types import ModuleType

package = ModuleType("xepto50")
package.__path__ = list(find_spec("xepto50").submodule_search_locations)
sys.modules["xepto50"] = package

import numpy
from xepto50.cal import XCal

DOSES = numpy.array([0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0])  # nM


def scored(half, unit, factor):
    drug = XCal(DOSES * factor, 100 * DOSES / (DOSES + half), concentration_unit=unit)
    drug.curve_fits()
    drug.scores()
    return round(float(drug.ic50 / factor), 2), float(drug.auc), float(drug.dss2), float(drug.xepto50)


seen = {half: (scored(half, "Nanomolar", 1), scored(half, "Micromolar", 1e-3)) for half in (4.0, 6.0, 14.0)}
print("xepto50 0.0.2:", *seen.items(), sep="\n  ")
for half, (nano, micro) in seen.items():
    assert nano[0] == micro[0] == half
    assert nano[1:3] == micro[1:3]
    assert 26.5 < nano[3] < 27
assert seen[6.0][1][3] > 35, "the dose is not rounded now"
assert seen[14.0][1][3] < 20
assert abs(seen[4.0][1][3] - 26.7) > 20
END
