#!/usr/bin/env bash
# GraphToMermaid 0.1.3: the species EGFR and ERK of a flowchart are one node, E, and inhibitions are not there
#
# Expected: from `EGFR["EGF receptor"]`, `ERK["ERK1/2"]`, `EGFR --> ERK` and `ERK --x EGFR` come two nodes with their labels and an edge in each
# direction.
#
# Seen: of a line that declares a node the first letter is its name, E; beside it stand nodes that edges name, EGFR and ERK, without their
# labels. `--x` is not among its arrows, so that such a line is a declaration, too: `AKT --x FOXO3`
# is a node A, and neither AKT nor FOXO3 is there. A label of an edge becomes a part of the name behind it, "|activates| MTOR". Nothing
# is said.
#
# Where her2 meets it: her2 writes Mermaid with a line for each species, n0, n1 ..., and `--x` for inhibitions: a node n comes back, and none has its name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet GraphToMermaid==0.1.3 mermaid_builder==0.0.3 networkx==3.4.2
cd "$folder"
venv/bin/python -W ignore - <<'END'
from adapter.DefaultGraph import DefaultGraph
from adapter.MermaidAdapter import mermaid_to_graph

CHART = """flowchart LR
  EGFR["EGF receptor"]
  ERK["ERK1/2"]
  EGFR --> ERK
  ERK --x EGFR
  AKT --x FOXO3
  EGFR -->|activates| MTOR
"""
graph = mermaid_to_graph(CHART, DefaultGraph()).graph
nodes, edges = dict(graph.nodes(data="name")), set(graph.edges)
print("GraphToMermaid 0.1.3:", nodes, edges, sep="\n  ")
assert set(nodes) == {"E", "A", "EGFR", "ERK", "|activates| MTOR"}, "nodes have their names now"
assert (nodes["EGFR"], nodes["ERK"]) == ("EGFR", "ERK")
assert edges == {("EGFR", "ERK"), ("EGFR", "|activates| MTOR")}, "inhibitions are edges now"
END
