#!/usr/bin/env bash
# pysurv 1.0.1: between the IHC scores 0 and 3 the hazard ratio is the third root of that between 0 and 1
#
# Expected: plot_km_curve draws two groups and writes the hazard ratio between them into the drawing, with its interval.
# The same patients give the same ratio, whatever the groups are called: 0 and 1, 1 and 2, or HER2's scores 0 and 3.
#
# Seen: the values of the column go into Cox's model as numbers, so that the ratio is that of one step. Two groups with a
# ratio of 4.0 have 4.0 where they are called 0 and 1, 2.0 where 1 and 3, and 1.59 where 0 and 3, the ends of the
# interval too; p and both curves stay. In the drawing it says HR, for the two groups, and nothing of a step.
# show_inverted_hr turns the ratio and its interval, but the test statistic keeps its sign.
#
# Where her2 meets it: survival of patients whose tumours have HER2's scores is what her2's claims are compared with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pysurv==1.0.1 lifelines==0.30.0 pandas==2.3.3 numpy==2.3.5 \
  scipy==1.16.3 matplotlib==3.10.7
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import contextlib
import io

import matplotlib.pyplot as plt
import pandas as pd
from pysurv import plot_km_curve

DAYS, DEATHS = [*range(1, 11), *range(2, 21, 2)], [True] * 18 + [False] * 2


def measured(low, high, **options):
    patients = pd.DataFrame({"time": DAYS, "event": DEATHS, "group": [high] * 10 + [low] * 10})
    with contextlib.redirect_stdout(io.StringIO()):
        _, ratio = plot_km_curve(patients, return_summary=True, **options)
    written = plt.gcf().axes[0].texts[0].get_text().split("\n")[0]
    plt.close("all")
    row = ratio.iloc[0]
    return [float(round(row[name], 4)) for name in ("Hazard Ratio", "P-value", "Test Statistic")], written


by_names = {names: measured(*names) for names in ((0, 1), (1, 2), (1, 3), (0, 3))}
turned = measured(0, 1, show_inverted_hr=True)
print("pysurv 1.0.1:", by_names, turned)
one, third = by_names[0, 1], by_names[0, 3]
assert round(one[0][0], 1) == 4.0 and by_names[1, 2] == one and one[1].startswith("HR: 4.00 (")
assert len({values[1] for values, _ in by_names.values()}) == 1
assert round(by_names[1, 3][0][0], 1) == 2.0 and third[1].startswith("HR: 1.59 ("), "groups are groups now"
assert round(turned[0][0], 2) == 0.25 and turned[0][2] == one[0][2] > 0, "the statistic is turned too now"
END
