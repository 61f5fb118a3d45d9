#!/usr/bin/env bash
# boolforge 1.0.2: beside a constant, to_bnet writes rules with the wrong regulator
#
# Expected: with PIK3CA at 1, the rule `AKT1, PIK3CA & !PTEN` is written as it was, or as `AKT1, !PTEN`, and the
# constant as `PIK3CA, 1`. The documentation says that constants are removed from what is written.
#
# Seen: `AKT1, !PIK3CA`: the function was reduced, the list of names that it is written with was not. PIK3CA has no
# rule, so whoever reads the file gets an input that switches AKT1 off.
#
# Where her2 meets it: such a file is a right BNET, and her2 reads it as it stands; docs/formats.md names it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet boolforge==1.0.2 networkx==3.6.1
cd "$folder"
venv/bin/python - <<'EOF'
import boolforge


def written(text):
    network = boolforge.BooleanNetwork.from_string(text)
    lines = network.to_bnet(as_polynomial=False).splitlines()
    return {target: "".join(rule.split()).strip("()") for target, rule in (line.split(",", 1) for line in lines)}


free = written("PIK3CA, PIK3CA\nAKT1, PIK3CA & !PTEN\nPTEN, PTEN\n")
fixed = written("PIK3CA, 1\nAKT1, PIK3CA & !PTEN\nPTEN, PTEN\n")
print("boolforge 1.0.2: PIK3CA free", free, "PIK3CA at 1", fixed)
assert "PTEN" in free["AKT1"] and "PIK3CA" in free["AKT1"]
assert fixed["AKT1"] == "!PIK3CA" and "PIK3CA" not in fixed, "constants are written otherwise now"
EOF
