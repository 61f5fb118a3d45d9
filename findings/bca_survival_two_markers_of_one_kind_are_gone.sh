#!/usr/bin/env bash
# bca-survival 0.2.6: of two markers that rise together neither is in the Cox regression
#
# Expected: "handles multicollinearity by iteratively removing variables with high VIF until all variables have VIF
# below the threshold": once the copies of ERBB2 are removed, the HER2 score has a variance inflation near 1 and stays.
#
# Seen: all variables above the threshold are removed in one go, so that both are gone. With age beside them the model
# is age alone; without it, an empty model is returned, which cannot tell that survival depends on HER2. Either alone
# has its hazard ratio. They are removed from the caller's own list as well, so that the next analysis with this list
# lacks them, too. Only a line in print tells of it.
#
# Where her2 meets it: copies of ERBB2 and the score of HER2 stand side by side in tables of cohorts (`her2 cohort`),
# and rise together.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bca-survival==0.2.6 lifelines==0.30.3 pandas==2.3.3 \
  numpy==2.3.5 statsmodels==0.15.0
cd "$folder"
cat >example.py <<'END'
import contextlib
import io

import numpy as np
import pandas as pd
from bca_survival.models import calculate_vif, perform_multivariate_cox_regression

random = np.random.default_rng(0)
copies = random.normal(6, 2, 300)
score = copies + random.normal(0, 0.05, 300)
table = pd.DataFrame({"copies": copies, "score": score, "age": random.normal(60, 9, 300)})
table["days"] = random.exponential(1000 / np.exp((copies - 6) / 4)).astype(int) + 1
table["event"] = 1


def regression(*columns):
    columns = list(columns)
    with contextlib.redirect_stdout(io.StringIO()):
        model = perform_multivariate_cox_regression(table, columns, penalizer=0)
    return sorted(model.params_.index), columns, model


both, left, _ = regression("copies", "score", "age")
none, _, _ = regression("copies", "score")
one, _, model = regression("score", "age")
vif = calculate_vif(table, ["score", "age"])["VIF"].max()
print("bca-survival 0.2.6: copies, score and age:", both, "copies and score:", none, "score and age:", one)
assert one == ["age", "score"] and model.summary.loc["score", "p"] < 1e-4 and vif < 1.1
assert both == ["age"] and none == [], "one of the two stays now"
assert left == ["age"], "the caller's list is left alone now"
END
MPLBACKEND=Agg venv/bin/python -W ignore example.py
