#!/usr/bin/env bash
# diagram-analyser 0.3.0: a negative feedback in Mermaid is no cycle, FOXO3 is an orphan, and of `RAS --> RAF --> MEK` half is there
#
# Expected: `ERK --x EGFR` closes a cycle; `AKT --x FOXO3` is an edge; a line with two arrows has two edges, `EGF & TGFA --> EGFR` as well.
#
# Seen: `--x` is no edge to it, nor `--o` or `<-->`. A network with a feedback is acyclic (is_dag), what is only inhibited is an orphan or missing,
# and parts that an inhibition joins are apart. A chain loses each second arrow, in DOT too, and of `A & B` A is not there. The same network
# as DOT has its cycle. No error, no warning.
#
# Where her2 meets it: of the 757 edges of the Mermaid that her2 writes of its own network 503 are found, the activations; its DOT has each
# edge in a line of its own and is read whole.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet diagram-analyser==0.3.0 networkx==3.4.2
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pathlib import Path

from diagram_analyser.analyser import DiagramAnalyser

MERMAID = """flowchart LR
  EGFR --> RAS
  RAS --> ERK
  ERK --x EGFR
  FOXO3["FOXO3a"]
  AKT["AKT1"]
  AKT --x FOXO3
"""
DOT = "digraph { EGFR -> RAS; RAS -> ERK; ERK -> EGFR [arrowhead=tee]; AKT -> FOXO3 [arrowhead=tee] }"
CHAIN = "flowchart LR\n  EGF & TGFA --> EGFR\n  RAS --> RAF --> MEK\n"


def seen(name, text):
    Path(name).write_text(text)
    found = DiagramAnalyser().analyse(name)
    edges = sorted((edge.source, edge.target) for edge in found.graph.edges)
    return edges, found.structure.is_dag, found.structure.orphan_nodes, found.structure.connected_components


mermaid, dot = seen("net.mmd", MERMAID), seen("net.dot", DOT)
chain, chained = seen("chain.mmd", CHAIN)[0], seen("chain.dot", "digraph { RAS -> RAF -> MEK }")[0]
print("diagram-analyser 0.3.0:", mermaid, dot, chain, chained, sep="\n  ")
assert dot[0] == [("AKT", "FOXO3"), ("EGFR", "RAS"), ("ERK", "EGFR"), ("RAS", "ERK")]
assert dot[1:] == (False, [], 2)
assert mermaid[0] == [("EGFR", "RAS"), ("RAS", "ERK")], "--x is an edge now"
assert mermaid[1:] == (True, ["AKT", "FOXO3"], 3)
assert chain == [("RAS", "RAF"), ("TGFA", "EGFR")], "chains are read whole now"
assert chained == [("RAS", "RAF")]
END
