#!/usr/bin/env bash
# readfcs 2.1.1: HER2 is compensated as EGFR where the spillover of an FCS file names the dyes in another order than the channels stand
#
# Expected: $SPILLOVER says by name how much of each dye is seen in other channels; it may name them in any order, and the compensated values
# are the same.
#
# Seen: compensate() takes the channels in the order of the file and the matrix in its own, row for row. Of 30% of PE in FITC, written as
# "FITC,PE,APC", HER2 on FITC becomes 100 - 0.3 x 200 = 40; written as "PE,FITC,APC" it keeps its 100, and 0.3 x 100 are taken from EGFR
# on PE. Nothing is said, and the matrix that it shows is right.
#
# Where her2 meets it: cells sorted or measured by HER2 are what its experiments are compared with; her2 itself reads no FCS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet readfcs==2.1.1 flowio==1.4.0 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import flowio
import readfcs

CHANNELS = ["FSC-A", "FITC-A", "PE-A", "APC-A"]
EVENT = [1000.0, 100.0, 200.0, 50.0]
SPILL = {"FITC-A": {}, "PE-A": {"FITC-A": 0.3}, "APC-A": {}}  # of the dye in the row, what is seen in other channels


def compensated(order):
    cells = [str(1.0 if dye == other else SPILL[dye].get(other, 0.0)) for dye in order for other in order]
    text = ",".join([str(len(order)), *order, *cells])
    with open("cells.fcs", "wb") as handle:
        flowio.create_fcs(handle, EVENT, CHANNELS, ["", "HER2", "EGFR", "HER3"], metadata_dict={"spillover": text})
    sample = readfcs.ReadFCS("cells.fcs")
    shown = sample.meta["spill"].loc["PE-A", "FITC-A"]
    sample.compensate()
    values = dict(zip(sample.channels["PnS"], sample.data.iloc[0].round(3)))
    return float(shown), {name: float(values[name]) for name in ("HER2", "EGFR", "HER3")}


right = compensated(["FITC-A", "PE-A", "APC-A"])
other = compensated(["PE-A", "FITC-A", "APC-A"])
print("readfcs 2.1.1:", right, other, sep="\n  ")
assert right == (0.3, {"HER2": 40.0, "EGFR": 200.0, "HER3": 50.0})
assert other == (0.3, {"HER2": 100.0, "EGFR": 170.0, "HER3": 50.0}), "channels are found by their names now"
END
