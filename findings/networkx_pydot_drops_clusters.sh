#!/usr/bin/env bash
# networkx 3.6.1 over pydot 4.0.1: what stands inside a subgraph is not there, and default attributes are lost
#
# Expected: from_pydot gives all nodes and edges of the drawing; an edge that is drawn with a T-bar by `edge
# [arrowhead=tee]` has that attribute.
#
# Seen: the nodes and edges of a cluster are missing, without a warning, and so is every attribute that a default
# statement gave: an inhibition looks like an activation.
#
# Where her2 meets it: her2's DOT names every node and edge outside the clusters, too, with its sign on each edge.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.6.1 pydot==4.0.1
cd "$folder"
venv/bin/python - <<'EOF'
import networkx
import pydot

text = """digraph { edge [arrowhead=tee]; PTEN -> AKT1;
  subgraph cluster_membrane { EGFR -> ERBB3 } }"""
graph = networkx.nx_pydot.from_pydot(pydot.graph_from_dot_data(text)[0])
print("networkx", networkx.__version__, "pydot", pydot.__version__, list(graph.edges(data=True)))
assert set(graph) == {"PTEN", "AKT1"}, "nodes of clusters are read now"
assert [data for *_, data in graph.edges(data=True)] == [{}], "defaults of edges are read now"
EOF
