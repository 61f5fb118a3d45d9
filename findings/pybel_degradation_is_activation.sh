#!/usr/bin/env bash
# pybel 0.15.5: "ERBB2 increases the degradation of STAT3" leaves as an activation of STAT3
#
# Expected: in the tables for NPA and SPIA, which have a sign and no place for BEL's `deg()`, more degradation of a protein is
# an inhibition of it, or the edge is left out with a word.
#
# Seen: `deg()` is dropped and the sign of the relation is kept: 1 and "activation" where the protein goes away, -1 and
# "inhibition" where it is protected from degradation. CX and node-link JSON of the same graph keep it.
#
# Where her2 meets it: signed tables are what `her2 convert` reads, and E3 ligases (CBL on EGFR) are what it models.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybel==0.15.5 pandas==2.3.3 setuptools==75.8.0
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import pybel
from pybel.dsl import Protein, degradation

source = {"evidence": "a sentence", "citation": "12345"}
erbb2, pten, stat3, mtor, akt1 = (Protein("HGNC", name) for name in ("ERBB2", "PTEN", "STAT3", "MTOR", "AKT1"))
graph = pybel.BELGraph("example", "1.0.0")
graph.add_increases(erbb2, akt1, **source)
graph.add_increases(erbb2, stat3, target_modifier=degradation(), **source)
graph.add_decreases(pten, mtor, target_modifier=degradation(), **source)

said = sorted(graph.edge_to_bel(u, v, data) for u, v, data in graph.edges(data=True))
print("pybel 0.15.5:", *said, sep="\n  ")
assert "p(HGNC:ERBB2) increases deg(p(HGNC:STAT3))" in said

npa, _ = pybel.to_npa_dfs(graph)
signs = {(row.source, row.target): row.relation for row in npa.itertuples()}
print("NPA:", signs)
matrices = pybel.to_spia_dfs(graph)
spia = {
    (source, target): kind
    for kind, matrix in matrices.items() for target in matrix.index for source in matrix.columns if matrix.loc[target, source]
}
print("SPIA:", spia)
assert signs["HGNC:ERBB2", "HGNC:AKT1"] == 1 and spia["ERBB2", "AKT1"] == "activation"
assert signs["HGNC:ERBB2", "HGNC:STAT3"] == 1, "degradation is heard in NPA now"
assert signs["HGNC:PTEN", "HGNC:MTOR"] == -1, "degradation is heard in NPA now"
assert spia["ERBB2", "STAT3"] == "activation", "degradation is heard in SPIA now"
assert spia["PTEN", "MTOR"] == "inhibition", "degradation is heard in SPIA now"
EOF
