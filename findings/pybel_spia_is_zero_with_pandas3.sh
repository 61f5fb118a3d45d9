#!/usr/bin/env bash
# pybel 0.15.5 beside pandas 3.1.1, the newest of both: the matrices for SPIA hold no edge
#
# Expected: `to_spia_dfs` marks "ERBB2 increases AKT1" with 1 in the matrix "activation", or the install refuses this pandas.
#
# Seen: all 25 matrices are 0 throughout. pybel fills them by chained assignment, which pandas 3 does on a copy and tells
# of by a warning, once; `to_spia_tsvs` then writes 25 tables of zeros, by which SPIA finds no pathway perturbed. With pandas
# 2.3.3 the edge is there.
#
# Where her2 meets it: her2 hands its tables to pandas's users, and reads signed tables of theirs; no code of it assigns in chains.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybel==0.15.5 pandas==3.1.1 setuptools==75.8.0
cd "$folder"
cat >spia.py <<'EOF'
import pandas
import pybel
from pybel.dsl import Protein

graph = pybel.BELGraph("example", "1.0.0")
graph.add_increases(Protein("HGNC", "ERBB2"), Protein("HGNC", "AKT1"), evidence="a sentence", citation="12345")
matrices = pybel.to_spia_dfs(graph)
print("pybel 0.15.5, pandas", pandas.__version__, "matrices:", len(matrices), "cells that are not 0:",
      sum(int((matrix != 0).sum().sum()) for matrix in matrices.values()))
print(matrices["activation"])
EOF
venv/bin/python -W ignore spia.py | tee new.txt
grep -q '^pybel 0.15.5, pandas 3.1.1 matrices: 25 cells that are not 0: 0$' new.txt || { echo "the matrices hold edges now"; exit 1; }
python3 -m pip --python "$folder/venv" install --quiet pandas==2.3.3
venv/bin/python -W ignore spia.py | tee old.txt
grep -q 'cells that are not 0: 1$' old.txt
