#!/usr/bin/env bash
# survivalpy 1.0.2: who is censored in the month of a death is not at risk in it, so that survival falls too low
#
# Expected: Kaplan and Meier count whoever is censored at a time as at risk at that time. Of six patients one dies at 10, with one
# censored at 10: survival is 5/6.
#
# Seen: those who are censored at the time of a death are taken away before it is counted: 4/5, then 8/15 in place of 5/8. With times
# that differ by a hundredth all is right. So months in whole numbers, with many patients in each, give lower curves than months
# with decimals. Nothing is said.
#
# Where her2 meets it: groups of tumours that `her2 cohort` makes are compared by their survival, which studies give in months.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet survivalpy==1.0.2
cd "$folder"
venv/bin/python -W ignore - <<'END'
from fractions import Fraction

from survivalpy.survival import Analyzer, Datum

PATIENTS = [(10, "died"), (10, "lost"), (20, "died"), (20, "lost"), (30, "died"), (40, "lost")]


def by_survivalpy(patients):
    intervals = Analyzer([Datum(month, end == "lost") for month, end in patients]).compute()
    return [round(each.cumulative, 4) for each in intervals[1:]]


def by_hand(patients):
    share, curve = Fraction(1), []
    for month in sorted({month for month, end in patients if end == "died"}):
        at_risk = sum(other >= month for other, _ in patients)
        share *= 1 - Fraction(patients.count((month, "died")), at_risk)
        curve.append(round(float(share), 4))
    return curve


apart = [(month + 0.01 * (end == "lost"), end) for month, end in PATIENTS]
seen, right = by_survivalpy(PATIENTS), by_hand(PATIENTS)
print("survivalpy 1.0.2:", seen, "by hand:", right)
assert right == [0.8333, 0.625, 0.3125]
assert by_survivalpy(apart) == by_hand(apart) == right
assert seen == [0.8, 0.5333, 0.2667], "who is censored at a death is at risk now"
END
