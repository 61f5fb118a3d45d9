#!/usr/bin/env bash
# py50 1.2.0: a drug whose first and last responses are equal gets the IC50 of the drug before it
#
# Expected: a drug that does nothing has no IC50, or one beyond all doses, or its fit fails; and an absolute IC50, the dose at which
# the response is 50, is missing where the curve ends at 65.
#
# Seen: the curve is fitted downwards or upwards by whether the last response is below or above the first. Where they are equal
# no fit is made, and what the last drug left in a global variable is reported as this one's: plateaus, slope and IC50 to
# the last digit. Which drug that is depends on the alphabet. If it is the first, there is a NameError. For the curve that ends at
# 65 the absolute IC50 is a number above 100,000,000 nM. Nothing is said.
#
# Where her2 meets it: measured dose curves stand beside those of `her2 simulate --dose`, and a drug that a tumour resists, as
# lost PTEN resists trastuzumab, has just such a flat one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet py50==1.2.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import pandas as pd
from py50 import Calculator

DOSES = [1, 3, 10, 30, 100, 300, 1000, 3000]  # nM


def falling(bottom, half):
    return [bottom + (100 - bottom) / (1 + dose / half) for dose in DOSES]


def fitted(curves):
    rows = [
        {"drug": drug, "dose": dose, "viability": response}
        for drug, responses in curves.items()
        for dose, response in zip(DOSES, responses)
    ]
    table = Calculator(pd.DataFrame(rows), name_col="drug", concentration_col="dose", response_col="viability")
    return table.calculate_absolute_ic50().set_index("compound_name")


flat = [100, 98, 101, 99, 102, 97, 101, 100]
seen = fitted({"lapatinib": falling(5, 40), "metformin": flat, "neratinib": falling(2, 5), "partial": falling(65, 40)})
print("py50 1.2.0:", seen.to_string(), sep="\n")
assert seen.loc["metformin"].equals(seen.loc["lapatinib"]), "a flat curve is fitted by itself now"
assert abs(seen.loc["metformin", "relative ic50 (nM)"] - 40) < 0.01
other = fitted({"lapatinib": falling(5, 400), "metformin": flat})
assert abs(other.loc["metformin", "relative ic50 (nM)"] - 400) < 0.1
assert seen.loc["partial", "absolute ic50 (nM)"] > 1e8
END
