#!/usr/bin/env bash
# ds5 0.1.0: the wells of trastuzumab emtansine are doses of trastuzumab, whose IC50 falls from 12.5 to less than 1
#
# Expected: "data for a given drug": of a plate map with "Trastuzumab 10" and "Trastuzumab emtansine 10", the wells of
# trastuzumab are the first.
#
# Seen: a well belongs to a drug if it begins with its name and a blank, and its last word is the dose: trastuzumab has
# twelve wells, six of them of the conjugate. IC50, EC50, Emax and DSS are of both, and the status is "ok". Which wells
# count depends on what else is on the plate. The DSS is an area over the dose itself, though doses stand evenly over
# their logarithm: IC50s of 0.01 and 1, a hundredfold, have a DSS1 of 0.89 and 0.84, where over the logarithm one is
# twice the other.
#
# Where her2 meets it: trastuzumab, trastuzumab emtansine and trastuzumab deruxtecan are three of its drugs, and stand
# side by side in screens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ds5==0.1.0 h5py==3.16.0 pandas==2.3.3 numpy==2.3.5 scipy==1.16.3
cd "$folder"
cat >example.py <<'END'
import DS5
import h5py
import numpy as np

DOSES = [0.001, 0.01, 0.1, 1, 10, 100]


def plate(drugs):
    """A plate of the package's layout: a row of DMSO, and a row of doses for each drug, by its IC50."""
    with h5py.File("plate.h5", "w") as file:
        test = file.create_group("patients/BT474/1")
        names = [["DMSO"] * 6] + [[f"{drug} {dose}" for dose in DOSES] for drug in drugs]
        values = [[1000.0] * 6] + [[1000 - 900 * x / (x + ic50) for x in DOSES] for ic50 in drugs.values()]
        test.create_dataset("plate_map", data=np.array(names, dtype="S60"))
        test.create_dataset("data", data=np.array(values))
    return "plate.h5", "BT474", "1"


def curve(drug, drugs):
    found = DS5.analyze_drug_ic50(*plate(drugs), drug)
    return len(found["concentration_data"]), float(found["ic50"]["value"]), found["status"]


alone = curve("Trastuzumab", {"Trastuzumab": 10})
both = curve("Trastuzumab", {"Trastuzumab": 10, "Trastuzumab emtansine": 0.02})
scores = [DS5.calculate_DSS(*plate({"lapatinib": ic50}), "lapatinib")["DSS1"] for ic50 in (0.01, 1)]
print("ds5 0.1.0: wells, IC50 and status", alone, "beside the conjugate", both, "DSS1", scores)
assert alone[0] == 6 and abs(alone[1] - 12.5) < 0.01 and alone[2] == "ok"
assert both[0] == 12 and both[1] < 5 and both[2] == "ok", "the conjugate is another drug now"

grid = np.log10(np.logspace(-3, 2, 2001))
inhibition = [np.maximum(90 * 10**grid / (10**grid + ic50) - 10, 0) for ic50 in (0.01, 1)]
published = [float(np.trapezoid(above, grid)) / (90 * 5) for above in inhibition]
print("over the logarithm of the dose:", published)
assert scores[0] / scores[1] < 1.1 and published[0] / published[1] > 1.7, "the dose's logarithm counts now"
END
MPLBACKEND=Agg venv/bin/python -W ignore example.py
