#!/usr/bin/env bash
# pykulgap 0.0.13: the area under a tumour's growth curve ends before the last day, and a shrinkage after the treatment is a response
#
# Expected: `calculate_auc` is the area from the start of the treatment to its end, `variable_treatment_end_index`, with the volume that was
# measured then. `calculate_mrecist` judges the tumour by what it does until then.
#
# Seen: the last measurement is cut off: of a tumour of 100 over 28 days the area is 2400, not 2800, and of one that grows to 600 a
# quarter is missing. mRECIST is worked out twice, the first time up to the end of the treatment, for all mice but the last, and
# then again over all days, which replaces it: a tumour that grew under treatment and shrank after it is a partial response. From
# the third day on volumes count, where the comment above says the tenth, as in Xeva of R: a tumour that was 45 on day 3 and 600
# in the end is a partial response as well.
#
# Where her2 meets it: tumours of HER2 in mice, drug by drug, are what its predictions are held against.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pykulgap==0.0.13 pandas==2.3.3 scipy==1.17.1 statsmodels==0.15.0 \
    scikit-learn==1.9.1 matplotlib==3.11.2 seaborn==0.13.2 gpy==1.15.0
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import contextlib
import io

import numpy as np
from pykulgap.classes import ExperimentalCondition

DAYS = np.array([0, 3, 7, 10, 14, 17, 21, 24, 28])
MICE = {
    "at rest": [100] * 9,
    "shrank once": [100, 45, 150, 220, 300, 380, 450, 520, 600],
    "shrank later": [100, 120, 140, 160, 150, 20, 2, 1, 1],
}


def condition(name, end):
    volumes = np.array(list(MICE.values())).T
    made = ExperimentalCondition(name, "P1", DAYS, volumes, list(MICE), variable_treatment_start=0, is_control=name == "Control")
    made.variable_treatment_end_index = end
    return made


def seen(end):
    treated = condition("trastuzumab", end)
    with contextlib.redirect_stdout(io.StringIO()):
        treated.calculate_auc(condition("Control", end))
        treated.calculate_mrecist()
    return {mouse: float(area) for mouse, area in treated.auc.items()}, dict(treated.mrecist)


areas, _ = seen(8)
_, responses = seen(4)
whole = {mouse: float(np.trapezoid(volumes, DAYS)) for mouse, volumes in MICE.items()}
print("pykulgap 0.0.13: areas", areas, "for", whole, "responses to 14 days:", responses)
assert whole == {"at rest": 2800, "shrank once": 8577.5, "shrank later": 2227.5}
assert areas == {"at rest": 2400, "shrank once": 6337.5, "shrank later": 2223.5}, "the area goes to the last day now"
assert responses["shrank later"] == "mPR" and responses["at rest"] == "mSD", "the treatment ends when it ends now"
assert responses["shrank once"] == "mPR"
END
