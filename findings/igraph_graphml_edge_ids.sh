#!/usr/bin/env bash
# igraph 1.0.0: where the edges of a GraphML file have ids, the edges get those of the nodes
#
# Expected: an edge with id="e1" has the attribute id = e1; this is how GraphML's own primer writes edges.
#
# Seen: the first edge has the id of the first node, the second that of the second, and so on, and edges beyond the
# number of nodes have an empty one. Without ids in the file there is no such attribute.
#
# Where her2 meets it: her2's GraphML has species under `name`, which igraph finds, and ids on its edges; what igraph
# calls them is not them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet igraph==1.0.0
cd "$folder"
venv/bin/python - <<'EOF'
import igraph

text = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph id="G" edgedefault="directed">
<node id="EGFR"/><node id="AKT1"/><node id="MTOR"/>
<edge id="e1" source="EGFR" target="AKT1"/><edge id="e2" source="AKT1" target="MTOR"/>
<edge id="e3" source="MTOR" target="AKT1"/><edge id="e4" source="MTOR" target="EGFR"/></graph></graphml>"""
open("edges.graphml", "w").write(text)
ids = igraph.Graph.Read_GraphML("edges.graphml").es["id"]
print("igraph", igraph.__version__, "ids of the edges e1 to e4:", ids)
assert ids == ["EGFR", "AKT1", "MTOR", ""], "igraph reads the ids of edges differently now"
EOF
