#!/usr/bin/env bash
# decoupler 2.2.0: where the signs stand in a column `mor`, every edge counts as an activation, and nothing is said
#
# Expected: a network with source, target and mor, as DoRothEA and decoupleR in R have it, is read as such, or refused
# for want of `weight`, as a network without `target` is.
#
# Seen: weights of 1 are made up. A repressor whose targets are up comes out as active (6.66) instead of inactive
# (-6.66), with the same p value. That the column is missing is logged only where verbose=True is asked for.
#
# Where her2 meets it: her2 reads `mor` as a weight, and its own tables of edges have a column `weight` beside `effect`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet decoupler==2.2.0
cd "$folder"
venv/bin/python - 2>errors <<'EOF' || { cat errors; exit 1; }
import decoupler
import numpy
import pandas

genes = [f"G{number}" for number in range(50)]
cells = pandas.DataFrame([numpy.linspace(3, -3, 50)], index=["cell"], columns=genes)
network = pandas.DataFrame({"source": "R", "target": genes[:10], "mor": -1})


def activity(given):
    return round(float(decoupler.mt.ulm(cells, given, tmin=5)[0].loc["cell", "R"]), 2)


signed, unsigned = activity(network.rename(columns={"mor": "weight"})), activity(network)
try:
    activity(network.rename(columns={"target": "genesymbol"}))
    refused = ""
except (AssertionError, KeyError) as error:
    refused = type(error).__name__
print("decoupler 2.2.0: the repressor's activity with weight:", signed, "with mor:", unsigned, "without target:", refused)
assert signed == -6.66 and refused
assert unsigned == 6.66, "mor is read or refused now"
EOF
[ ! -s errors ] || { echo "it says something now:"; cat errors; exit 1; }
