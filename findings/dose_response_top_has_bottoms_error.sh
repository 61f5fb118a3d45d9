#!/usr/bin/env bash
# dose-response 0.0.3: the error and the interval of the curve's top are those of its bottom, and a header costs the first dose
#
# Expected: each parameter of the table has its own standard deviation; header=True takes the first row as the header, as the
# documentation says; from_logs leaves the array that it is given as it is.
#
# Seen: the fit's errors come in the order slope, bottom, top, EC50, and are written beside slope, top, bottom, EC50. Of doses
# that end below the top, the top seems to be known well, and the bottom, which they reach, not. With header=True the header
# is skipped and the first dose is the header: one of six is not there. from_logs changes the array of its caller, and
# asked again it gives other doses. Nothing is said.
#
# Where her2 meets it: curves of drugs on cell lines are what her2's doses are held against; whether a drug leaves nothing
# alive or a third is read from the plateaus and their intervals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet dose-response==0.0.3
cd "$folder"
cat >example.py <<'END'
import numpy
from dose_response.drc import DoseResponse, ll4
from scipy.optimize import curve_fit

doses = numpy.repeat([0.001, 0.003, 0.01, 0.1, 1.0, 2.0], 2)  # the EC50 is 1
responses = ll4(doses, 1.0, 30.0, 100.0, 1.0) + numpy.tile([-0.2, 0.2], 6)
table = {row["Parameter"]: row["SD"] for row in DoseResponse("drug", doses, responses).params.params.to_dicts()}
_, spread = curve_fit(ll4, doses, responses, maxfev=100000)
slope, bottom, top, ec50 = numpy.sqrt(numpy.diag(spread))
print(f"dose-response 0.0.3: bottom {table['Bottom']:.2f} and top {table['Top']:.2f}, fitted {bottom:.2f} and {top:.2f}")
assert numpy.isclose(table["Hill Slope"], slope) and numpy.isclose(table["EC50"], ec50) and 10 * bottom < top
assert numpy.isclose(table["Top"], bottom) and numpy.isclose(table["Bottom"], top), "errors stand where they belong now"

with open("drug.csv", "w") as file:
    file.write("dose,response\n" + "".join(f"{dose},{ll4(dose, 1.0, 30.0, 100.0, 1.0)}\n" for dose in doses[::2]))
read = DoseResponse.read_csv("drug.csv", header=True).doses.tolist()
print("  of", doses[::2].tolist(), "it reads", read)
assert read == [0.003, 0.01, 0.1, 1.0, 2.0]

logs = numpy.array([6.0, 7.0])
first, second = (DoseResponse.from_logs(logs, log_unit=1.0).tolist() for _ in range(2))
print("  pEC50 of 6 and 7, asked twice:", first, second)
assert first == [1.0, 0.1] and second != first
END
venv/bin/python example.py
