#!/usr/bin/env bash
# HTS-doseresponse 0.0.5: an IC50 of 1500 nM comes out below a picomolar, the strongest of its table
#
# Expected: responses that follow the four-parameter logistic without any error, at eight doses from 1 to 3000 nM, give
# its IC50: 100 and 1500 nM.
#
# Seen: every fit starts at 1 nM and is not bounded. From there an IC50 of 100 nM is found, one of 1500 is not: it ends
# below 0.001 nM, with an r2 near 0, and beside the other in the table it is the more potent by thousands. No warning.
# r2 is a text, so that `table[table.r2 > 0.9]`, which would show it, is a TypeError. E_min is what the cells do without
# any drug.
#
# Where her2 meets it: IC50s of lapatinib and others, from such tables, tell which cell lines are sensitive; her2's own
# are compared with them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet HTS-doseresponse==0.0.5 scipy==1.16.3 numpy==2.3.5 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
import numpy as np
import pandas as pd
from HTS_doseresponse import process_doseresponse_df

doses = 3000 / np.sqrt(10) ** np.arange(8)
viability = {"100": 100 / (1 + doses / 100), "1500": 100 / (1 + doses / 1500)}
table = pd.concat(
    pd.DataFrame({"sample_name": name, "conc_nM": doses, "response": y}) for name, y in viability.items()
)
fits = process_doseresponse_df(table)
print("HTS-doseresponse 0.0.5:\n", fits[["E_min", "IC50", "E_max", "r2"]])
assert abs(fits.IC50["100"] - 100) < 0.01 and fits.r2["100"] == "1.0000" and abs(fits.E_min["100"] - 100) < 0.01
assert 0 < fits.IC50["1500"] < 1e-3 and float(fits.r2["1500"]) < 0.5, "an IC50 of 1500 nM is found now"
assert fits.IC50.idxmin() == "1500"
try:
    fits[fits.r2 > 0.9]
except TypeError:
    pass
else:
    raise AssertionError("r2 is a number now")
END
