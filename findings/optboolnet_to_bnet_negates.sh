#!/usr/bin/env bash
# optboolnet 0.9.9: to_bnet writes each rule negated: `AKT, EGFR & !PTEN` comes out as `AKT, !EGFR|PTEN`
#
# Expected: to_bnet of a CNFBooleanNetwork gives the rules that it holds, as print shows them and as to_bnet of other
# libraries does; to_neg_CNF stands beside it for the negation.
#
# Seen: it gives the negation of all, as to_neg_CNF does: an input listens to its opposite, so that it oscillates, the
# constant 1 becomes 0. Read again, the network is another one, and nothing in the text tells.
#
# Where her2 meets it: her2 reads BNET; one that optboolnet wrote is a valid network with all rules turned round.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.6.1 pandas==3.1.1 pydot==4.0.1 beautifulsoup4==4.15.0
python3 -m pip --python "$folder/venv" install --quiet --no-deps \
    optboolnet==0.9.9 algorecell_types==1.1 colomoto-jupyter==0.9.3 boolean.py==5.0
cd "$folder"
venv/bin/python - <<'EOF'
from colomoto.minibn import BooleanNetwork
from optboolnet import CNFBooleanNetwork
from optboolnet.config import ControlConfig

config = ControlConfig(controllable_vars=["PTEN"], uncontrollable_vars=["EGFR"], fixed_values={}, phenotype="AKT")
network = CNFBooleanNetwork("EGFR, EGFR\nPTEN, 0\nRAS, 1\nAKT, EGFR & !PTEN\n", config)
written = network.to_bnet()
state = {"EGFR": 1, "PTEN": 0, "RAS": 1, "AKT": 1}
kept, read = ({name: int(net(state)[name]) for name in state} for net in (network, BooleanNetwork(written)))
print("optboolnet 0.9.9 writes", written.splitlines(), "after", state, "come", kept, "and, read again,", read)
assert kept == state, "a fixed point"
assert read == {name: 1 - value for name, value in state.items()}, "to_bnet writes the rules as they are now"
assert network.to_neg_CNF().to_bnet().splitlines() == ["AKT, EGFR&!PTEN", "EGFR, EGFR", "PTEN, 0", "RAS, 1"]
EOF
