#!/usr/bin/env bash
# kaplanmeier 0.2.0: the band around a survival curve is one of 5 %, not of 95 %, and who leaves in the month of a death is not at risk
#
# Expected: with `cii_alpha=0.05`, its default, `plot` draws the interval of 95 % that lifelines computes with alpha=0.05; the curves of
# methodtype "custom" are those of Kaplan and Meier, where who is censored in the month of a death was at risk in it; `logrank_Z` is
# a Z score, as its description says.
#
# Seen: lifelines is asked with alpha = 1 - cii_alpha, so that the band is that of 5 %: where 54 % to 99 % of twelve patients live,
# it goes from 91 % to 92 %. The custom curve puts the censored of a month before its deaths and ends at 0 where one of two is left.
# `logrank_Z` is the square of Z, the chi-square of lifelines. Nothing is said.
#
# Where her2 meets it: survival of HER2-positive and HER2-negative patients is compared with what the network says; two curves with
# such bands look as if they differed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet kaplanmeier==0.2.0 lifelines==0.30.3 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import kaplanmeier
import numpy as np
from kaplanmeier.kaplanmeier import compute_coord
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test

months = np.array([5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45, 45.0])
died = np.array([1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1])
time, event = np.concatenate([months, months * 1.7]), np.concatenate([died, died])
result = kaplanmeier.fit(time, event, np.array(["HER2+"] * 12 + ["HER2-"] * 12))
bands = []
fit = KaplanMeierFitter.fit


def watched(self, *args, **kwargs):
    fitted = fit(self, *args, **kwargs)
    bands.append(fitted.confidence_interval_.iloc[1].round(2).tolist())
    return fitted


KaplanMeierFitter.fit = watched
kaplanmeier.plot(result, visible=False)
KaplanMeierFitter.fit = fit
proper = KaplanMeierFitter().fit(months, died, alpha=0.05)
band = proper.confidence_interval_.iloc[1].round(2).tolist()
drawn = {float(when): round(after, 3) for when, _, after in compute_coord([list(each) for each in zip(months, died)])[1]}
curve = {float(when): round(share, 3) for when, share in proper.survival_function_["KM_estimate"].items()}
chi_square = logrank_test(months, months * 1.7, died, died).test_statistic
print("kaplanmeier 0.2.0: at 5 months", bands[0], "for", band, "; at 8 and 45 months", drawn[8.0], drawn[45.0], "for", curve[8.0], curve[45.0])
assert band == [0.54, 0.99]
assert bands[0] == [0.91, 0.92], "the band is that of 95 % now"
assert (drawn[8.0], drawn[45.0]) == (0.825, 0) and (curve[8.0], curve[45.0]) == (0.833, 0.135), "the custom curve is right now"
assert abs(result["logrank_Z"] - chi_square) < 1e-9 and chi_square > 3
END
