#!/usr/bin/env bash
# a BNET with two rules for one species: mpbn 3.8 takes the last in silence, biodivine-aeon 1.4.2 refuses the file
#
# Expected: all readers refuse it, or all take the disjunction, as BoolNet's own manual would have lines of one gene
# joined.
#
# Seen: mpbn.load keeps the last line; biodivine-aeon names the gene and refuses.
#
# Where her2 meets it: her2 refuses it and names both lines; a file that mpbn read may still be refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mpbn==3.8 biodivine-aeon==1.4.2
cd "$folder"
venv/bin/python - <<'EOF'
import biodivine_aeon
import mpbn

open("twice.bnet", "w").write("A, B\nB, A\nA, !B\n")
rule = str(mpbn.load("twice.bnet")["A"])
try:
    biodivine_aeon.BooleanNetwork.from_file("twice.bnet")
    refused = ""
except RuntimeError as error:
    refused = str(error)
print("mpbn 3.8: A <-", rule, "| biodivine-aeon 1.4.2:", refused)
assert rule == "!B", "mpbn treats a second rule differently now"
assert "Duplicate" in refused, "biodivine-aeon takes a second rule now"
EOF
