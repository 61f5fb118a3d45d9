#!/usr/bin/env bash
# omnipath 1.0.12: restricted to some resources, an interaction without a sign is a stimulation and an inhibition by consensus
#
# Expected: `only_from` computes its columns anew from the evidences that are left: no sign among them, no consensus sign; and
# the direction with more evidence than its opposite is the consensus.
#
# Seen: the signs are compared by >= and <=, so that none against none is both: `consensus_stimulation` and
# `consensus_inhibition` stand beside `is_stimulation` False. The opposite direction is looked up under the same direction, and
# `a | b >= c` is (a | b) >= c, so that `consensus_direction` is False for each interaction that has a reference.
#
# Where her2 meets it: it reads OmniPath's tables by the consensus flags, and both signs as two edges. Take `is_stimulation`
# and `is_inhibition` of such a table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet omnipath==1.0.12 pandas==2.3.3
cd "$folder"
# Where the web service is out of reach, importing omnipath logs so at length; nothing below asks it.
cat >example.py <<'EOF'
import omnipath
import pandas


def evidences(**kinds):
    """The evidences of an interaction as the service hands them out: so many references of SIGNOR for each kind."""
    return {
        kind: [
            {"resource": "SIGNOR", "dataset": "omnipath", "via": None, "references": [str(i) for i in range(kinds[kind])]}
        ] if kind in kinds else []
        for kind in ("positive", "negative", "directed", "undirected")
    }


table = pandas.DataFrame([
    {"source": "ERBB2", "target": "SHC1", "evidences": evidences(directed=9, positive=9)},
    {"source": "SHC1", "target": "ERBB2", "evidences": evidences(directed=1)},
    {"source": "PTEN", "target": "AKT1", "evidences": evidences(directed=3, negative=3)},
])
kept = omnipath.interactions.only_from(table, resources="SIGNOR")
seen = {
    (row.source, row.target): {
        "is": (row.is_stimulation, row.is_inhibition),
        "consensus": (row.consensus_stimulation, row.consensus_inhibition),
        "direction": row.consensus_direction,
    }
    for row in kept.itertuples()
}
print("omnipath 1.0.12:", *seen.items(), sep="\n  ")
assert seen["ERBB2", "SHC1"] == {"is": (True, False), "consensus": (True, False), "direction": False}, "directions are right now"
assert seen["PTEN", "AKT1"] == {"is": (False, True), "consensus": (False, True), "direction": False}
weak = seen["SHC1", "ERBB2"]
assert weak["is"] == (False, False) and weak["consensus"] == (True, True), "no sign is no consensus now"
assert not weak["direction"]
EOF
venv/bin/python -W ignore example.py 2>log.txt || { tail -3 log.txt; exit 1; }
