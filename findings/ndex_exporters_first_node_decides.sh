#!/usr/bin/env bash
# ndex-webapp-python-exporters 0.1.1: where the first node of a CX network has no attributes, the GraphML declares those of no node
#
# Expected: the GraphML of a CX network, which NDEx's service makes with this package, has the attributes of all nodes, in their types.
#
# Seen: where the first node has no attributes, the keys of all nodes' attributes are left out: networkx raises on the file,
# igraph reads it without them and says nothing. Where the first node has some, all are declared as text, whatever their type: `initial`
# of type integer, `fixed` of type boolean. A list is Python's text, "['FKHRL1', 'FOXO3A']". Members of CX are compared by
# identity, so that with Python 3.11 names and interactions stand under `n` and `i`, which no key declares, and are lost as well.
#
# Where her2 meets it: her2 reads GraphML and CX2, not CX of version 1; a network of NDEx that comes through this converter may arrive
# as species without names: take its CX2 instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ndex-webapp-python-exporters==0.1.1 ndex2==3.12.0 networkx==3.4.2 igraph==1.0.0
cd "$folder"
cat >example.py <<'END'
import io
import json

import igraph
import networkx
from ndex_webapp_python_exporters.exporters import GraphMLExporter

FOXO3 = [("initial", "1", "integer"), ("fixed", "false", "boolean"), ("aliases", ["FKHRL1", "FOXO3A"], "list_of_string")]


def graphml(**attributes):
    cx = [
        {"numberVerification": [{"longNumber": 281474976710655}]},
        {"metaData": [{"name": name} for name in ("nodes", "edges", "nodeAttributes", "edgeAttributes", "networkAttributes")]},
        {"networkAttributes": [{"n": "name", "v": "survival"}]},
        {"nodes": [{"@id": 1, "n": "AKT"}, {"@id": 2, "n": "FOXO3"}]},
        {"edges": [{"@id": 3, "s": 1, "t": 2, "i": "inhibits"}]},
        {"nodeAttributes": [{"po": int(node[1:]), "n": n, "v": v, "d": d} for node, rows in attributes.items() for n, v, d in rows]},
        {"edgeAttributes": [{"po": 3, "n": "weight", "v": "-1", "d": "double"}]},
        {"status": [{"error": "", "success": True}]},
    ]
    out = io.StringIO()
    GraphMLExporter().export(io.StringIO(json.dumps(cx)), out)
    return out.getvalue()


def read(text):
    with open("file.graphml", "w") as file:
        file.write(text)
    try:
        networkx.read_graphml("file.graphml")
        answer = "read"
    except networkx.NetworkXError as error:
        answer = str(error)
    graph = igraph.Graph.Read_GraphML("file.graphml")
    return answer, graph.vs[1].attributes(), graph.es[0].attributes()


bare, full = read(graphml(_2=FOXO3)), read(graphml(_1=FOXO3[:2], _2=FOXO3))
print("ndex-webapp-python-exporters 0.1.1:", *bare, *full, sep="\n  ")
assert "no key" in bare[0] and not bare[1].keys() & {"initial", "fixed", "aliases"}, "the keys of all nodes are declared now"
assert bare[2]["weight"] == -1
assert full[1]["initial"] == "1" and full[1]["fixed"] == "false", "attributes of nodes have their types now"
assert full[1]["aliases"] == "['FKHRL1', 'FOXO3A']", "lists are lists now"
END
venv/bin/python -W ignore example.py
