#!/usr/bin/env bash
# hillfit 0.1.7: a viability that falls from 97 to 1 is fitted as a flat line, and its EC50 lies beyond all doses
#
# Expected: the Hill equation, fitted to responses that follow it without any error: EC50 10 and R² 1, whether the response rises
# or falls with the dose; or a word that only rising responses can be fitted.
#
# Seen: the starting point has the top at the greatest response and the bounds keep the top above the bottom and the coefficient
# above 0, so that no falling curve is within them. The best that is left is a flat line, with an R² of 0, an EC50 of almost
# 4000 where the greatest dose is 1000, and a slope of 26; without a bottom, the EC50 is a tenth of the least dose, its bound.
# They are given as any other result. The same responses from 100 down are fitted exactly.
#
# Where her2 meets it: what a drug leaves of the cells, by dose, is what its own curves of doses are compared with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hillfit==0.1.7 scipy==1.16.3 numpy==2.3.5 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import numpy as np
from hillfit import HillFit

doses = np.array([0.3, 1, 3, 10, 30, 100, 300, 1000])
viability = 100 / (1 + doses / 10)


def fitted(responses, bottom=True):
    fit = HillFit(doses, responses, bottom_param=bottom)
    fit.fitting(generate_figure=False, view_figure=False, export=False)
    return fit


rising, falling, without = fitted(100 - viability), fitted(viability), fitted(viability, bottom=False)
for name, fit in {"rising": rising, "falling": falling, "falling, without bottom": without}.items():
    print(f"hillfit 0.1.7: {name}: EC50 {fit.ec50:.3g}, slope {fit.nH:.3g}, R² {fit.r_2:.3f}")
assert abs(rising.ec50 - 10) < 1e-3 and rising.r_2 > 0.999
assert abs(falling.r_2) < 1e-3, "falling curves are fitted now"
assert falling.ec50 > 1000 and np.ptp(falling.y_fit) < 1
assert abs(without.ec50 - 0.03) < 1e-3 and without.r_2 < 0
END
