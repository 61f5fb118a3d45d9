#!/usr/bin/env bash
# exastolog 1.0.0a5: ["PTEN", "EGFR"] beginning as [0, 1] are PTEN on and EGFR off, where EGFR stands first in the file
#
# Expected: each value is that of the species at the same place of the list, as with chosen_rates and chosen_rates_vals.
#
# Seen: the values are given out in the order of the file, whatever order the species are named in: both lists turned
# round together is another beginning, with the values swapped, and nothing is said.
#
# Where her2 meets it: exastolog computes the exact chain of a MaBoSS model, as her2 does; give it beginnings in the order of
# the file. scikit-umfpack, which only solves the system, is left out here, as it has to be compiled.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps exastolog==1.0.0a5 boolean.py==5.0 numpy==1.23.5 scipy==1.10.1 \
    networkx==2.8.8 pandas==1.5.3 python-dateutil==2.9.0.post0 pytz==2024.1 six==1.16.0
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
from exastolog.InitialState import InitialState
from exastolog.Model import Model

with open("two.bnet", "w") as file:
    file.write("targets, factors\nEGFR, EGFR\nPTEN, PTEN\n")
nodes = Model("two.bnet").nodes
states = ["neither", "EGFR", "PTEN", "both"]


def begins(names, values):
    return [state for state, share in zip(states, InitialState(names, values, nodes).x0.ravel()) if share == 1]


one, other = begins(["EGFR", "PTEN"], [1, 0]), begins(["PTEN", "EGFR"], [0, 1])
print("exastolog 1.0.0a5: EGFR 1, PTEN 0 begins with", one, "and PTEN 0, EGFR 1 with", other)
assert one == ["EGFR"] and begins(["EGFR", "PTEN"], [0, 1]) == ["PTEN"]
assert other == ["PTEN"], "values go to the species that they are given for now"
EOF
