#!/usr/bin/env bash
# actonet 1.0: the constants of one network are conditions on the next one that is loaded
#
# Expected: load() of a network asks about that network; each call stands for itself.
#
# Seen: the constants of a network go into a default argument, which the next call gets, too. A network whose PTEN has a
# rule is asked about with PTEN off, as an input, after another whose PTEN was 0; what was loaded before decides. Where
# the second network has no PTEN, it is refused: "unknown variable 'PTEN'". load(network, inputs={}) is right each time.
#
# Where her2 meets it: actonet is a peer for control (what to clamp), asked about many BNETs in one process; give `inputs={}`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.6.1 pandas==3.1.1 pydot==4.0.1 beautifulsoup4==4.15.0 clingo==5.8.0
python3 -m pip --python "$folder/venv" install --quiet --no-deps \
    actonet==1.0 algorecell_types==1.1 colomoto-jupyter==0.9.3 boolean.py==5.0 asprin==3.1.2
cd "$folder"
venv/bin/python - <<'EOF'
import actonet
from colomoto.minibn import BooleanNetwork

fixed = BooleanNetwork("EGFR, EGFR\nPTEN, 0\nAKT, EGFR & !PTEN\n")
free = BooleanNetwork("EGFR, EGFR\nPTEN, !AKT\nAKT, EGFR & !PTEN\n")
small = BooleanNetwork("EGFR, EGFR\nAKT, EGFR\n")
before = dict(actonet.load(free).input_conditions)
assert actonet.load(fixed).input_conditions == {"PTEN": False}
after = dict(actonet.load(free).input_conditions)
refused = None
try:
    actonet.load(small)
except AssertionError as error:
    refused = str(error)
print("actonet 1.0: conditions on one network before", before, "and after another was loaded", after, "a third:", refused)
assert before == {} and after == {"PTEN": False}, "a network is asked about on its own now"
assert refused == "unknown variable 'PTEN'"
assert actonet.load(free, inputs={}).input_conditions == {}
EOF
