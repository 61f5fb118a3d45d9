#!/usr/bin/env bash
# py50 1.2.0: with input_units="µM" doses in µM give an IC50 that is 1000 times too low, under the heading µM
#
# Expected: `input_units`, "Units of input dataset", names the unit that the doses are in. Doses of 0.001 to 3 with "µM" give the
# IC50 of the curve, 0.04 µM, and a pIC50 of 7.4.
#
# Seen: doses are always taken as nM, and the unit is that of the answer: "ic50 (µM)" is 0.00004, the pIC50 10.4. With "pM" the
# IC50 is 1000 times too high. Nothing is said. Right is a table in nM, whatever the unit of the answer.
#
# Where her2 meets it: doses of published dose curves, by which its shares (`-d lapatinib=50%`) are judged, are in nM here and µM
# there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet py50==1.2.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import pandas as pd
from py50 import Calculator


def fitted(unit, per_nanomolar):
    doses = [each * per_nanomolar for each in (1, 3, 10, 30, 100, 300, 1000, 3000)]
    half = 40 * per_nanomolar
    rows = [{"drug": "lapatinib", "dose": dose, "viability": 5 + 95 / (1 + dose / half)} for dose in doses]
    table = Calculator(pd.DataFrame(rows), name_col="drug", concentration_col="dose", response_col="viability")
    row = table.calculate_pic50(input_units=unit).iloc[0]
    return float(row[f"relative ic50 ({unit})"]), float(row["relative pIC50"])


seen = {unit: fitted(unit, factor) for unit, factor in (("nM", 1), ("µM", 1e-3), ("pM", 1e3))}
print("py50 1.2.0, an IC50 of 40 nM:", seen)
for unit, (half, log) in {"nM": (40, 7.4), "µM": (0.00004, 10.4), "pM": (40_000_000, 4.4)}.items():
    assert abs(seen[unit][0] / half - 1) < 0.01 and abs(seen[unit][1] - log) < 0.01, f"{unit} is read otherwise now"
END
