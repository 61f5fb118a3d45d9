#!/usr/bin/env bash
# orange-assay 0.1.1: of a response that halves at a dose of 10 the EC50 is -195, with an R² of 0.99, and the limit of detection below zero
#
# Expected: `fit_logistic(conc, signal)`, a "4-parameter logistic dose-response curve", finds the EC50 of 10 that the responses have
# without any error, as `100 / (1 + dose / 10)`; a dose below zero is never an answer.
#
# Seen: the curve is a logistic function of the dose itself, not of its logarithm, which responses by the law of mass action do not
# fit: the EC50 is -195 for the falling ones and -130 for the rising ones, with `success` and an R² of 0.99. The limit of detection
# is "where the signal first exceeds the baseline", and comes out below zero as well where the signal falls. With log10 of the
# doses, which the widget takes unless told otherwise, the EC50 is right, and the limit of detection of a falling signal is a dose
# of 10 to the power of -11.
#
# Where her2 meets it: IC50s of its drugs are held beside its own curves of doses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps orange-assay==0.1.1 numpy==2.3.5 scipy==1.16.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import numpy as np
from orangeassay.core import fit_logistic

doses = np.array([0.3, 1, 3, 10, 30, 100, 300, 1000])
falling = 100 / (1 + doses / 10)
fits = {name: fit_logistic(doses, signal, "4pl") for name, signal in {"falling": falling, "rising": 100 - falling}.items()}
logarithm = fit_logistic(np.log10(doses), falling, "4pl")
for name, fit in fits.items():
    print(f"orange-assay 0.1.1: {name}: EC50 {fit.ec50:.0f}, R² {fit.r2:.2f}, {fit.success}, limit of detection {fit.lod:.1f}")
print(f"by the logarithm: EC50 {10**logarithm.ec50:.2f}, limit of detection 10^{logarithm.lod:.1f}")
assert all(fit.success and fit.r2 > 0.98 for fit in fits.values())
assert fits["falling"].ec50 < -50 and fits["rising"].ec50 < -50, "the EC50 is a dose now"
assert fits["falling"].lod < 0
assert abs(logarithm.ec50 - 1) < 1e-3 and logarithm.lod < -5
END
