#!/usr/bin/env bash
# FlowIO 1.4.0: an FCS file whose channel has a gain of 2 is read, written and read again, and its cells have twice as much HER2
#
# Expected: a file that is written from what was read gives the same values; FlowKit 1.3.2 does that.
#
# Seen: FlowIO divides by $PnG, as FCS 3.1 says: of 100 at a gain of 2 it gives 50. write_fcs() writes the 100 as they stood in the file, and
# a gain of 1 beside them, so that they are 100 from then on; of a time step of 0.01 nothing is left either, and 0.5 s are 50. Channel by
# channel the factor is another one, so that ratios of HER2 to EGFR change. fcsparser 0.2.8 and fcsy 0.10.0 do not mind a gain:
# the file is 100 to them from the beginning. Nobody says anything. FlowKit's export writes what it shows.
#
# Where her2 meets it: cells measured by HER2 are what its experiments are compared with; her2 itself reads no FCS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m venv --without-pip "$folder/older"
python3 -m pip --python "$folder/venv" install --quiet flowio==1.4.0 flowkit==1.3.2
python3 -m pip --python "$folder/older" install --quiet fcsparser==0.2.8 fcsy==0.10.0 six==1.17.0 numpy==1.26.4 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import flowio
import flowkit

with open("given.fcs", "wb") as handle:
    gains = {"p1g": "2.0", "p2g": "4.0", "timestep": "0.01"}
    flowio.create_fcs(handle, [100.0, 200.0, 50.0], ["FITC-A", "PE-A", "Time"], ["HER2", "EGFR", ""], metadata_dict=gains)


def values(name):
    return flowio.FlowData(name).as_array()[0].round(4).tolist()


flowio.FlowData("given.fcs").write_fcs("again.fcs")
flowkit.Sample("given.fcs").export("other.fcs", source="raw", directory=".")
seen = {name: values(f"{name}.fcs") for name in ("given", "again", "other")}
gain = flowio.FlowData("again.fcs").text["p1g"]
print("FlowIO 1.4.0:", seen, "| gain written:", gain)
assert seen["given"] == [50, 50, 0.5]
assert seen["again"] == [100, 200, 50] and float(gain) == 1, "FlowIO writes what it reads now"
assert seen["other"][:2] == [50, 50]
EOF
older/bin/python -W ignore - <<'EOF'
import fcsparser
import fcsy

first = fcsparser.parse("given.fcs")[1].values.tolist()[0]
second = fcsy.DataFrame.from_fcs("given.fcs").values.tolist()[0]
print("fcsparser 0.2.8:", first, "fcsy 0.10.0:", second)
assert first == second == [100, 200, 50]
EOF
