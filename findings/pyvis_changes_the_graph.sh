#!/usr/bin/env bash
# pyvis 0.3.2: from_nx takes the weights out of the networkx graph that it is given, and a second call loses them
#
# Expected: from_nx reads the graph; the graph of the caller stays as it was, and drawing it twice draws the same.
#
# Seen: after the first call the caller's edges have `width` and no `weight` any longer, so shortest paths by weight
# change; a second call finds no weight and sets every width to 1. The nodes are given a `size`. In the network that
# is undirected unless told otherwise, PTEN -> AKT1 and AKT1 -> PTEN become one edge with the first one's sign.
#
# Where her2 meets it: GraphML of `her2 export`, read by networkx and drawn; give from_nx a copy, with Network(directed=True).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyvis==0.3.2 networkx==3.6.1
cd "$folder"
venv/bin/python - <<'EOF'
import networkx
from pyvis.network import Network


def given():
    graph = networkx.DiGraph()
    graph.add_edge("PTEN", "AKT1", sign=-1, weight=2.5)
    graph.add_edge("AKT1", "PTEN", sign=1, weight=4.0)
    return graph


graph = given()
Network(directed=True).from_nx(graph)
once = dict(graph.edges)
print("pyvis 0.3.2, the caller's edges after one call:", once)
assert once["PTEN", "AKT1"] == {"sign": -1, "width": 2.5}, "the weight stays now"

again = Network(directed=True)
again.from_nx(graph)
widths = [edge["width"] for edge in again.get_edges()]
print("widths drawn by a second call:", widths)
assert widths == [1, 1], "a second call keeps the widths now"

undirected = Network()
undirected.from_nx(given())
signs = [edge["sign"] for edge in undirected.get_edges()]
print("signs drawn without directed=True:", signs)
assert signs == [-1], "both edges are kept now"
EOF
