#!/usr/bin/env bash
# indra 1.24.0: a protein whose regulators have no sign gets the rule `EGFR* = not ()`, and in Loopy they inhibit it
#
# Expected: SifAssembler leaves edges of unknown sign out of the Boolean network, as it leaves them out of the SIF unless it
# is asked for them: a protein that has no others is an input, without a rule.
#
# Seen: after make_model(include_mods=True) a phosphorylation has the polarity "unknown"; its target has an empty rule,
# which says nothing as a rule and is always true in Python. print_loopy makes each unknown sign a
# minus. Of an activation and an inhibition between the same two the one that was given last is left. Nothing is said.
#
# Where her2 meets it: her2 reads BooleanNet's rules; it refuses the empty one with line and column.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet indra==1.24.0
cd "$folder"
venv/bin/python - 2>errors <<'EOF' || { cat errors; exit 1; }
import json

from indra.assemblers.sif import SifAssembler
from indra.statements import Activation, Agent, Inhibition, Phosphorylation

src, egfr, akt, pten = (Agent(name) for name in ("SRC", "EGFR", "AKT1", "PTEN"))


def assembled(*statements):
    found = SifAssembler(list(statements))
    found.make_model(use_name_as_key=True, include_mods=True)
    return found


network = assembled(Phosphorylation(src, egfr, "Y", "845"), Activation(egfr, akt), Inhibition(pten, akt))
rules = [line for line in network.print_boolean_net().splitlines() if "*" in line]
loopy = json.loads(network.print_loopy(as_url=False))
names = {node[0]: node[4] for node in loopy[0]}
signs = {(names[edge[0]], names[edge[1]]): edge[3] for edge in loopy[1]}
both = assembled(Activation(egfr, akt), Inhibition(egfr, akt)).print_model().splitlines()
print("indra 1.24.0:", rules, signs, "SIF:", network.print_model().splitlines(), "both signs:", both)
assert "AKT1* = (EGFR) and not (PTEN)" in rules
assert "EGFR* = not ()" in rules, "unsigned regulators make no rule now"
assert signs["SRC", "EGFR"] == -1 and signs["EGFR", "AKT1"] == 1, "Loopy gets no minus for an unknown sign now"
assert both == ["EGFR -1 AKT1"], "both signs are kept now"
EOF
