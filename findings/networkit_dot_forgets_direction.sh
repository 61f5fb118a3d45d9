#!/usr/bin/env bash
# networkit 11.2.2: a directed graph is written to DOT as an undirected one
#
# Expected: `digraph { 0 -> 1; }`, as the same graph is directed in the GraphML and the GML that networkit writes.
#
# Seen: `graph { 0 -- 1; }`, without a warning: two edges there and back become two parallel ones, and whoever reads or
# draws the file cannot tell what acts on what. Weights are left out, too.
#
# Where her2 meets it: networks of `her2 export` have directions; drawn by way of networkit they have lost their arrows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkit==11.2.2
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib

import networkit

graph = networkit.Graph(3, directed=True, weighted=True)
for source, target, weight in ((0, 1, 0.5), (1, 0, 2.0), (1, 2, 1.0)):
    graph.addEdge(source, target, weight)
networkit.writeGraph(graph, "given.dot", networkit.Format.DOT)
networkit.writeGraph(graph, "given.gml", networkit.Format.GML)
lines = pathlib.Path("given.dot").read_text().split("\n")
print("networkit 11.2.2: directed:", graph.isDirected(), "written:", " ".join(lines))
assert "directed 1" in pathlib.Path("given.gml").read_text()
assert lines[0] == "graph {" and "0 -- 1;" in lines and not any("->" in line for line in lines), "DOT has directions now"
EOF
