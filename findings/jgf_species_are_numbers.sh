#!/usr/bin/env bash
# jgf 0.2.2: of the nodes EGFR and AKT of a JSON Graph Format file only two numbers are read; their names are nowhere
#
# Expected: version 2 of the format names nodes by the keys of "nodes", and its edges refer to them.
#
# Seen: keys are turned into places and thrown away, in jgf.load and in jgf.igraph.load, so that EGFR and AKT of two
# files are the same 0 and 1. Only a label beside the key is left. Nothing is said. An edge attribute that one edge
# lacks, such as a sign, is a TypeError of jgf.igraph in reading, and in writing a KeyError unless it is the last edge;
# relations of edges, which the format has, are a TypeError in writing.
#
# Where her2 meets it: networks go by this format between tools; the names of species are its keys.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet jgf==0.2.2 igraph==1.0.0 numpy==1.26.4
cd "$folder"
cat >example.py <<'END'
import json

import igraph
import jgf
import jgf.igraph


def read(nodes, edges):
    with open("network.jgf", "w") as file:
        json.dump({"graph": {"directed": True, "nodes": nodes, "edges": edges}}, file)
    return jgf.load("network.jgf")[0], jgf.igraph.load("network.jgf")[0]


def raises(kind, action):
    try:
        action()
    except kind:
        return True
    return False


arrow = {"source": "EGFR", "target": "AKT", "metadata": {"sign": 1}}
plain, graph = read({"EGFR": {}, "AKT": {}}, [arrow])
numbers, _ = read({"0": {}, "1": {}}, [{"source": "1", "target": "0"}])
print("jgf 0.2.2:", json.dumps(plain), graph.vs.attributes(), graph.get_edgelist())
assert "EGFR" not in json.dumps(plain) and plain["edges"] == [(0, 1)], "nodes have their names now"
assert graph.vs.attributes() == [] and graph.get_edgelist() == [(0, 1)], "nodes have their names now"
assert "node-properties" not in numbers, "numbers are kept now"
unsigned = {"source": "AKT", "target": "EGFR"}
assert raises(TypeError, lambda: read({"EGFR": {}, "AKT": {}}, [arrow, unsigned])), "an edge may lack an attribute now"
made = igraph.Graph(2, [(0, 1), (1, 0)], directed=True)
made.es["sign"] = [None, 1]
assert raises(KeyError, lambda: jgf.igraph.save(made, "made.jgf")), "an edge may lack an attribute now"
del made.es["sign"]
made.es["relation"] = ["activates", "inhibits"]
assert raises(TypeError, lambda: jgf.igraph.save(made, "made.jgf")), "edges have relations now"
END
venv/bin/python example.py
