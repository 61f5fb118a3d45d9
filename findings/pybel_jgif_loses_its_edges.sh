#!/usr/bin/env bash
# pybel 0.15.5: a BEL graph that is written as JGIF and read again has its nodes and not one of its edges
#
# Expected: `from_jgif(to_jgif(graph))` is the graph, as it is with CX, node-link JSON and BEL script.
#
# Seen: the writer names a citation by `namespace` and `identifier`, the reader asks for `type` and `id` and passes over every
# edge without these. Nothing is said, and the nodes are all there.
#
# Where her2 meets it: JGIF is how the Causal Biological Networks are handed on; her2 reads no JGIF, and BEL reaches it as
# signed tables that such readers make.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybel==0.15.5 pandas==2.3.3 setuptools==75.8.0
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import pybel
from pybel.dsl import Protein

source = {"evidence": "a sentence", "citation": "12345"}
erbb2, akt1, pten = (Protein("HGNC", name) for name in ("ERBB2", "AKT1", "PTEN"))
graph = pybel.BELGraph("example", "1.0.0")
graph.add_increases(erbb2, akt1, **source)
graph.add_decreases(pten, akt1, **source)


def said(graph):
    return len(graph), sorted(graph.edge_to_bel(u, v, data) for u, v, data in graph.edges(data=True))


jgif = said(pybel.from_jgif(pybel.to_jgif(graph)))
cx = said(pybel.from_cx(pybel.to_cx(graph)))
links = said(pybel.from_nodelink(pybel.to_nodelink(graph)))
print("pybel 0.15.5: graph", said(graph), "JGIF", jgif)
assert said(graph) == cx == links and len(cx[1]) == 2
assert jgif == (3, []), "edges come back now"
EOF
