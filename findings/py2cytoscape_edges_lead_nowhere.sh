#!/usr/bin/env bash
# py2cytoscape 0.7.1: an igraph graph that came from GraphML becomes JSON whose edges name no node, and comes back undirected
#
# Expected: `source` and `target` of an edge are the ids of two nodes, as Cytoscape's JSON has it; a directed graph that goes
# there and back is directed.
#
# Seen: an edge names the places of its nodes, "0" and "1"; a node's id is its place, too, unless igraph has an attribute `id`,
# which it has from each GraphML file: then nodes are n0 and n1, and the edge from "0" to "1" leads nowhere. The way back ends
# at KeyError '0'. Of a graph without that attribute the way back makes an undirected one: of a feedback two equal edges are left.
#
# Where her2 meets it: her2's GraphML is read by igraph; delete the vertex attribute `id` before it goes on to Cytoscape this
# way, or take CX2, which her2 writes for Cytoscape.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet py2cytoscape==0.7.1 igraph==1.0.0 networkx==3.6.1 pandas==2.3.3
cd "$folder"
cat >example.graphml <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="k0" for="node" attr.name="name" attr.type="string"/>
  <graph edgedefault="directed">
    <node id="n0"><data key="k0">AKT</data></node>
    <node id="n1"><data key="k0">FOXO3</data></node>
    <edge source="n0" target="n1"/>
    <edge source="n1" target="n0"/>
  </graph>
</graphml>
END
cat >example.py <<'END'
import igraph
from py2cytoscape.util.util_igraph import from_igraph, to_igraph

graph = igraph.Graph.Read_GraphML("example.graphml")
assert graph.is_directed() and graph.vs.attributes() == ["name", "id"]
found = from_igraph(graph)["elements"]
ids = [node["data"]["id"] for node in found["nodes"]]
ends = [(edge["data"]["source"], edge["data"]["target"]) for edge in found["edges"]]
try:
    back = to_igraph(from_igraph(graph))
except KeyError as error:
    back = repr(error)
del graph.vs["id"]
again = to_igraph(from_igraph(graph))
print("py2cytoscape 0.7.1: nodes", ids, "edges", ends, "and back:", back)
print("without the attribute id: directed is", again.is_directed(), "with the edges", again.get_edgelist())
assert ids == ["n0", "n1"]
assert ends == [("0", "1"), ("1", "0")], "edges name their nodes now"
assert back == "KeyError('0')"
assert not again.is_directed() and again.get_edgelist() == [(0, 1), (0, 1)]
END
venv/bin/python example.py
