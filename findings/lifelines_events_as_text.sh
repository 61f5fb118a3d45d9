#!/usr/bin/env bash
# lifelines 0.30.3: where the events are the text "1" and "0", the curve has 4 deaths of 8, the log-rank test and the Cox model beside it 8
#
# Expected: text is refused, or read alike by all; scikit-survival 0.28.0 refuses it in a table.
#
# Seen: KaplanMeierFitter takes "1" and "0" for numbers and draws the right curve. logrank_test, CoxPHFitter and
# survival_table_from_events take any text for a death, "0" as well, so that the p-value and the hazard ratio under that curve are those
# of a cohort in which everybody died; logrank_test does so with "dead" and "alive", too. scikit-survival refuses a column of a table, but
# Surv.from_arrays, given the same text as an array, makes a death of each. Nothing is said.
#
# Where her2 meets it: cBioPortal writes the state of METABRIC's and TCGA's patients as "1:DECEASED" and "0:LIVING"; what is cut off at the
# colon is text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet lifelines==0.30.3 scikit-survival==0.28.0 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import pandas
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import survival_table_from_events
from sksurv.util import Surv

months = [2, 3, 3, 5, 7, 9, 10, 12]
states = ["1:DECEASED", "1:DECEASED", "0:LIVING", "1:DECEASED", "0:LIVING", "1:DECEASED", "0:LIVING", "0:LIVING"]
cohort = pandas.DataFrame({"months": months, "her2": [1, 0, 1, 1, 0, 1, 0, 0]})
cohort["text"] = pandas.Series(states).str.split(":").str[0]
cohort["word"] = pandas.Series(states).str.split(":").str[1]
cohort["number"] = cohort["text"].astype(int)
high, low = cohort[cohort.her2 == 1], cohort[cohort.her2 == 0]

seen = {}
for kind in ("number", "text"):
    curve = KaplanMeierFitter().fit(cohort["months"], cohort[kind]).predict(12)
    test = logrank_test(high["months"], low["months"], high[kind], low[kind]).test_statistic
    model = CoxPHFitter(penalizer=0.1).fit(cohort[["months", "her2", kind]], "months", kind)
    deaths = survival_table_from_events(cohort["months"], cohort[kind])["observed"].sum()
    seen[kind] = [round(float(each), 4) for each in (curve, test, model.params_["her2"])] + [int(model.event_observed.sum()), int(deaths)]
everybody = [1] * len(high), [1] * len(low)
dead = logrank_test(high["months"], low["months"], *everybody).test_statistic
words = logrank_test(high["months"], low["months"], high["word"], low["word"]).test_statistic
array = Surv.from_arrays(cohort["text"].to_numpy(dtype=str), cohort["months"])["event"]
try:
    Surv.from_dataframe("text", "months", cohort)
    refused = ""
except ValueError as error:
    refused = str(error)
print("lifelines 0.30.3: curve at 12 months, log-rank, Cox, its deaths, the table's deaths:", seen, "| log-rank, all dead:", round(dead, 4))
print("scikit-survival 0.28.0: from an array", array.tolist(), "| from a table:", refused)
assert seen["number"][0] == seen["text"][0] == 0.4
assert seen["number"][3:] == [4, 4]
assert seen["text"][3:] == [8, 8], "lifelines reads text alike now"
assert seen["text"][1] == round(dead, 4) == round(words, 4) != seen["number"][1]
assert seen["text"][2] != seen["number"][2]
assert array.all() and refused
EOF
