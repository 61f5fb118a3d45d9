#!/usr/bin/env bash
# cana 1.0.0: a network written by to_cnet and read back has no names, and every rule listens to its last node
#
# Expected: from_string_cnet(to_cnet()) is the same network: two inputs, AKT1 on where EGFR is on and PTEN is off, four
# fixed points.
#
# Seen: to_cnet writes no `.l` lines, so that all names are empty; read back, the four nodes share one name, each takes
# the last node for its regulator, and there are two fixed points. No warning. With `adjust_no_input=True`
# a node without regulators gets the node after it as its own.
#
# Where her2 meets it: her2 names CANA for CNET, which it does not read; a CNET that CANA wrote has lost its names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cana==1.0.0
cd "$folder"
venv/bin/python - <<'EOF'
from cana.boolean_network import BooleanNetwork

first = BooleanNetwork.from_string_boolean("EGFR*=EGFR\nPTEN*=PTEN\nAKT1*=EGFR and not PTEN\nMTOR*=AKT1\n")
again = BooleanNetwork.from_string_cnet(first.to_cnet())
points = [len(network.attractors(mode="stg")) for network in (first, again)]
inputs = [[list(node.inputs) for node in network.nodes] for network in (first, again)]
constant = BooleanNetwork.from_string_boolean("EGFR*=1\nPTEN*=0\nAKT1*=EGFR and not PTEN\n")
adjusted = [line.split()[1:] for line in constant.to_cnet(adjust_no_input=True).splitlines() if line.startswith(".n")]
print("cana 1.0.0: inputs", inputs, "attractors", points, "adjusted, from one on", adjusted)
assert inputs[0] == [[0], [1], [0, 1], [2]] and points[0] == 4
assert inputs[1] == [[3], [3], [3, 3], [3]] and points[1] == 2, "what to_cnet writes is read back now"
assert adjusted[0] == ["1", "1", "2"], "a node without regulators becomes its own now"
EOF
