#!/usr/bin/env bash
# GraphML with one edge marked directed="false" in a directed graph: igraph 1.0.0 and rustworkx 0.18.1 take it as directed, networkx 3.6.1 refuses the file
#
# Expected: GraphML allows mixed graphs; a reader that has none refuses, or reads the edge both ways.
#
# Seen: igraph and rustworkx give one edge from source to target and say nothing; networkx raises an error.
#
# Where her2 meets it: OmniPath-like exports mix both; her2 counts such edges and says what it did with them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet igraph==1.0.0 rustworkx==0.18.1 networkx==3.6.1
cd "$folder"
venv/bin/python - <<'EOF'
import igraph
import networkx
import rustworkx

text = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph id="G" edgedefault="directed">
<node id="EGFR"/><node id="GRB2"/><edge source="EGFR" target="GRB2" directed="false"/></graph></graphml>"""
open("mixed.graphml", "w").write(text)
first = igraph.Graph.Read_GraphML("mixed.graphml")
second = rustworkx.read_graphml("mixed.graphml")[0]
try:
    networkx.read_graphml("mixed.graphml")
    refused = ""
except networkx.NetworkXError as error:
    refused = str(error)
print("igraph", first.is_directed(), first.get_edgelist(), "| rustworkx", type(second).__name__, second.edge_list(), "| networkx:", refused)
assert first.is_directed() and first.get_edgelist() == [(0, 1)]
assert isinstance(second, rustworkx.PyDiGraph) and list(second.edge_list()) == [(0, 1)]
assert refused, "networkx reads mixed graphs now"
EOF
