#!/usr/bin/env bash
# ipycytoscape 1.3.3: of a feedback in Cytoscape's JSON the first edge alone is loaded, of an activation beside an inhibition, too
#
# Expected: the edges of a file are those that are shown: each has its own id, a source and a target. `directed`, says the
# documentation, gives the edges a class.
#
# Seen: without directed=True the edge that leads back is taken for one that is there already, and without multiple_edges=True
# a second edge of a pair is; both are False unless said. Nothing is told, and no class or style brings them back.
# add_graph_from_networkx goes by the kind of the graph and keeps all, but of a node with an attribute `id` it makes two: the
# edges end at another node, of the old name.
#
# Where her2 meets it: feedbacks are what her2's networks are about; read its GraphML with networkx and load that, or set both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ipycytoscape==1.3.3 networkx==3.6.1
cd "$folder"
cat >example.py <<'END'
import ipycytoscape
import networkx

FILE = {
    "nodes": [{"data": {"id": "ERK"}}, {"data": {"id": "SOS"}}],
    "edges": [
        {"data": {"id": "e0", "source": "SOS", "target": "ERK", "interaction": "activates"}},
        {"data": {"id": "e1", "source": "ERK", "target": "SOS", "interaction": "inhibits"}},
        {"data": {"id": "e2", "source": "SOS", "target": "ERK", "interaction": "inhibits"}},
    ],
}


def edges(**said):
    graph = ipycytoscape.CytoscapeWidget().graph
    graph.add_graph_from_json(FILE, **said)
    return [edge.data["id"] for edge in graph.edges]


plain, directed, both = edges(), edges(directed=True), edges(directed=True, multiple_edges=True)
given = networkx.DiGraph([("SOS", "ERK"), ("ERK", "SOS")])
given.nodes["ERK"]["id"] = "P28482"
graph = ipycytoscape.CytoscapeWidget().graph
graph.add_graph_from_networkx(given)
nodes = sorted(node.data["id"] for node in graph.nodes)
print("ipycytoscape 1.3.3:", plain, directed, both, "nodes from networkx:", nodes)
assert plain == ["e0"], "all edges are loaded now"
assert directed == ["e0", "e1"] and both == ["e0", "e1", "e2"]
assert len(graph.edges) == 2 and nodes == ["ERK", "P28482", "SOS"]
END
venv/bin/python example.py
