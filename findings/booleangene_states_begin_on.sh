#!/usr/bin/env bash
# booleangene 0.0.3: a state "00" begins with all genes on, so that a stable fixed point is called unstable
#
# Expected: set_state("10") sets the first gene on and the second off, as it does where a dictionary says so.
#
# Seen: each character is made a truth value, and the text "0" is true. The state keeps its name, 10, and all genes are
# on. `lyapunov_stable`, which asks whether the neighbours of a fixed point lead back to it, starts each of them there: of
# A and B that both follow `A AND B` the fixed point 00, to which 10 and 01 lead in one step, is "unstable from 10".
#
# Where her2 meets it: booleangene is for the networks of Cell Collective, which her2 reads, and is a peer for attractors: what it
# calls unstable says nothing against her2's fixed points.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet booleangene==0.0.3
cd "$folder"
cat >example.py <<'END'
from booleangene.modules.BooleanNetwork import BooleanNetwork

network = BooleanNetwork({"A": "A AND B", "B": "A AND B"}, set())
network.set_state("10")
told, kept = network.bitstate, dict(network.state)
stable = network.lyapunov_stable("00", 1)
leads = []
for state in ({"A": True, "B": False}, {"A": False, "B": True}):
    network.set_state(state)
    network.step()
    leads.append(network.bitstate)
print(f"booleangene 0.0.3: the state {told} is {kept}; is 00 stable: {stable}, though 10 and 01 lead to {leads}")
assert leads == ["00", "00"]
assert told == "10" and kept == {"A": True, "B": True}, "a 0 is off now"
assert stable == (False, "10")
END
venv/bin/python example.py
