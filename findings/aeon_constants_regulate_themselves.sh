#!/usr/bin/env bash
# biodivine-aeon 1.4.2: a constant is written to BNET as `AKT, (AKT | !AKT)`, from which its own graph cannot be made
#
# Expected: `AKT, 1` and `PTEN, 0`, as from_bnet reads them; what to_bnet writes is the same network when it is read.
#
# Seen: the constant has become a function of the species itself, and within a rule a function of the target:
# `FOXO3, EGFR | (FOXO3 & !FOXO3)`. Read back, each has a regulation of itself, which AsynchronousGraph refuses: "No
# update functions satisfy given constraints: AKT has no effect in AKT". With repair_graph=True it is well again.
#
# Where her2 meets it: her2 reads such a BNET, where a constant looks like an input until its rule is simplified; her2's own
# BNET has 1 and 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet biodivine-aeon==1.4.2
cd "$folder"
venv/bin/python - <<'EOF'
import biodivine_aeon as aeon

text = "targets, factors\nAKT, 1\nEGFR, EGFR\nFOXO3, EGFR | false\nPTEN, 0\n"
network = aeon.BooleanNetwork.from_bnet(text)
aeon.AsynchronousGraph(network)
written = network.to_bnet()
again = aeon.BooleanNetwork.from_bnet(written)
loops = [again.get_variable_name(each["source"]) for each in again.regulations() if each["source"] == each["target"]]
try:
    aeon.AsynchronousGraph(again)
    refused = ""
except RuntimeError as error:
    refused = str(error)
aeon.AsynchronousGraph(aeon.BooleanNetwork.from_bnet(written, repair_graph=True))
print("biodivine-aeon 1.4.2:", written.split("\n")[1:-1], "loops:", loops, "graph:", refused.replace("\n", " "))
assert loops == ["AKT", "EGFR", "FOXO3", "PTEN"], "constants are written as constants now"
assert "AKT has no effect in AKT" in refused, "a graph can be made now"
EOF
