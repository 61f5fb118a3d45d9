#!/usr/bin/env bash
# fasp 0.3.0: the fixed points of EGFR and PTEN are those of E_GF_R and PTE_N_, and the constant TRUE is a free species
#
# Expected: the fixed points of a BNET name its species as the file does, and `STAT3, TRUE` is on in all of them.
#
# Seen: before it is read, the text has `-` replaced by `_`, E by E_, S by S_, N by N_, GF by GF_ and so on, and the answer
# keeps that: of EGFR, PTEN and STAT3 none is found by its name. TRUE becomes a name, too, without a rule, so that STAT3 is
# on in one half of the fixed points and off in the other. Nothing is said. With 1 for TRUE the number is right.
#
# Where her2 meets it: fASP is a peer for fixed points, and reads BNET; compare by number, or rename. her2 writes constants as
# 1 and 0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fasp==0.3.0 clingo==5.8.0
cd "$folder"
printf '#!/bin/sh\nexec "%s/venv/bin/python" -m clingo "$@"\n' "$folder" >venv/bin/clingo # fASP calls the program
chmod +x venv/bin/clingo
PATH="$folder/venv/bin:$PATH" venv/bin/python - <<'EOF'
import ast
import subprocess


def points(rule):
    with open("small.bnet", "w") as file:
        file.write(f"targets, factors\nEGFR, EGFR\nPTEN, PTEN\nAKT, EGFR & !PTEN\nSTAT3, {rule}\n")
    told = subprocess.run(["fASP", "small.bnet"], capture_output=True, text=True, check=True).stdout
    return [ast.literal_eval("{" + line + "}") for line in told.splitlines() if line.startswith("'")]


one, word = points("1"), points("TRUE")
print("fasp 0.3.0:", sorted(one[0]), "1:", [point["S_TAT3"] for point in one], "TRUE:", [point["S_TAT3"] for point in word])
assert len(one) == 4 and all(point["S_TAT3"] == 1 for point in one)
assert sorted(one[0]) == ["AKT", "E_GF_R", "PTE_N_", "S_TAT3"], "species keep their names now"
assert sorted(point["S_TAT3"] for point in word) == [0] * 4 + [1] * 4, "TRUE is a constant now"
EOF
