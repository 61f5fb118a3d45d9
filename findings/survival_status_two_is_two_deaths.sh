#!/usr/bin/env bash
# a status of 1 and 2, as R has it: to statsmodels 0.15.0 who is alive died once and who is dead twice, to lifelines 0.30.3 all are dead
#
# Expected: 1 and 2 are the codes of R's survival for alive and dead. A package that wants 0 and 1 refuses them, as scikit-survival 0.28.0
# does, or knows them, as greenwood 0.8.0 does.
#
# Seen: statsmodels adds the codes up: who is alive (1) is a death, and who is dead (2) two, so that of 6 at risk 2 die with one patient, and
# 12 of 8 in all. PHReg turns the effect round: a log hazard ratio of -1.07 with 0 and 1 is 0.60 with 1 and 2. For lifelines each number but
# 0 is one death, and its curve ends at 0 with a patient who lives. Both say nothing.
#
# Where her2 meets it: tables of survival written by R, which is what most HER2 cohorts are analysed with, carry 1 and 2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet lifelines==0.30.3 statsmodels==0.15.0 scikit-survival==0.28.0 greenwood==0.8.0 \
  pandas==2.3.3 numpy==2.4.6 scipy==1.17.1
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import greenwood
import numpy
from lifelines import KaplanMeierFitter
from sksurv.util import Surv
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import SurvfuncRight

months = numpy.array([2, 3, 4, 5, 7, 9, 10, 12.0])
status = numpy.array([1, 1, 2, 2, 1, 2, 2, 1])  # 2 is dead
her2 = numpy.array([0, 1, 0, 1, 1, 0, 0, 1.0])[:, None]
seen = {}
for name, codes in (("0 and 1", status - 1), ("1 and 2", status)):
    curve = SurvfuncRight(months, codes)
    ratio = PHReg(months, her2, status=codes).fit().params[0]
    seen[name] = {
        "statsmodels": [round(float(each), 3) for each in curve.surv_prob],
        "its deaths": float(curve.n_events.sum()),
        "its Cox": round(float(ratio), 3),
        "lifelines": [round(float(each), 3) for each in KaplanMeierFitter().fit(months, codes).predict(months)],
    }
response = greenwood.Surv(months, status)
try:
    Surv.from_arrays(status, months)
    refused = ""
except ValueError as error:
    refused = str(error)
print(*seen.items(), f"greenwood: {response.n_events} deaths of {response.n}", f"scikit-survival: {refused}", sep="\n")
assert seen["0 and 1"]["its deaths"] == 4 and seen["0 and 1"]["lifelines"][-1] == seen["0 and 1"]["statsmodels"][-1] > 0.2
assert seen["1 and 2"]["its deaths"] == 12, "statsmodels counts a 2 as one death now"
assert seen["1 and 2"]["statsmodels"][:3] == [0.875, 0.75, 0.5], "two of six at risk die with the third patient"
assert seen["0 and 1"]["its Cox"] < -1 and seen["1 and 2"]["its Cox"] > 0.5
assert seen["1 and 2"]["lifelines"] == [0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0], "lifelines minds 1 and 2 now"
assert response.n_events == 4 and refused
EOF
