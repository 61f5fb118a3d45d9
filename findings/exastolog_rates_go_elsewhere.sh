#!/usr/bin/env bash
# exastolog 1.0.0a5: the rate given for "B goes up" is that of "A goes down", and a rate of 0.5 is 0
#
# Expected: chosen_rates=["u_B"] with a value of 3 lets B go up three times as fast as A; a value of 0.5 half as fast.
#
# Seen: the table of rates is filled in one order and cut up in another: of two species, u_B sets how fast A goes down and
# d_A how fast B goes up; u_A and d_B are where they belong. The table holds integers, so that 0.5 becomes 0, a change that never
# happens, and 2.5 becomes 2. Nothing is said.
#
# Where her2 meets it: exastolog computes the exact chain of a MaBoSS model, as her2 does; with rates other than 1 the
# two seem to disagree. scikit-umfpack, which only solves the system, is left out here, as it has to be compiled.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps exastolog==1.0.0a5 boolean.py==5.0 numpy==1.23.5 scipy==1.10.1 \
    networkx==2.8.8 pandas==1.5.3 python-dateutil==2.9.0.post0 pytz==2024.1 six==1.16.0
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
from exastolog.Model import Model

with open("two.bnet", "w") as file:
    file.write("targets, factors\nA, !B\nB, !A\n")


def rates(**chosen):
    """What each event has for a rate; of the states, 1 is A alone, 2 is B alone, 3 is both."""
    model = Model("two.bnet")
    model.buildTransitionRateTable(chosen_rates=list(chosen), chosen_rates_vals=list(chosen.values()))
    model.buildStateTransitionGraph()
    chain = model.stateTransitionGraph.K_sparse.tocsr()
    return {"u_A": chain[1, 0], "u_B": chain[2, 0], "d_A": chain[2, 3], "d_B": chain[1, 3]}


plain = dict.fromkeys(("u_A", "u_B", "d_A", "d_B"), 1)
print("exastolog 1.0.0a5: u_B=3 gives", rates(u_B=3), "u_A=0.5 gives", rates(u_A=0.5))
assert rates() == plain
assert rates(u_A=3) == plain | {"u_A": 3} and rates(d_B=3) == plain | {"d_B": 3}
assert rates(u_B=3) == plain | {"d_A": 3} and rates(d_A=3) == plain | {"u_B": 3}, "rates are where they belong now"
assert rates(u_A=0.5) == plain | {"u_A": 0} and rates(u_A=2.5) == plain | {"u_A": 2}, "rates are numbers now"
EOF
