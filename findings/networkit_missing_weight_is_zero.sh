#!/usr/bin/env bash
# networkit 11.2.2: in GraphML an edge without a weight weighs 0, whatever the default; in GML no weight is read at all
#
# Expected: such an edge has the default that its key declares, 7, or 1 where none is declared, as an edge has in an
# unweighted graph of networkit.
#
# Seen: 0 in both cases, so that it is free on every shortest path, and nothing is said. From GML every edge weighs 1,
# although it says `weight 0.5`, and the graph says that it is not weighted. GraphML written by networkit itself has a
# weight at each edge.
#
# Where her2 meets it: GraphML of `her2 export` and of OmniPath-like tools goes into such libraries; ours has neither
# weights nor defaults, and those who add weights must add one to each edge.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkit==11.2.2 networkx==3.6.1
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib

import networkit
import networkx

text = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="edge" attr.name="weight" attr.type="double">{}</key>
<graph edgedefault="directed"><node id="EGFR"/><node id="AKT1"/>
<edge source="EGFR" target="AKT1"/><edge source="AKT1" target="EGFR"><data key="d0">3.5</data></edge></graph></graphml>"""


def weights(path, kind):
    graph = networkit.readGraph(path, kind)
    return sorted((u, v, w) for u, v, w in graph.iterEdgesWeights())


found = {}
for default in ("", "<default>7.0</default>"):
    pathlib.Path("given.graphml").write_text(text.format(default))
    found[default] = weights("given.graphml", networkit.Format.GraphML)
graph = networkx.DiGraph()
graph.add_edge("EGFR", "AKT1", weight=0.5)
networkx.write_gml(graph, "given.gml")
gml = weights("given.gml", networkit.Format.GML)
print("networkit 11.2.2: GraphML without and with a default:", *found.values(), "GML:", gml)
assert set(map(str, found.values())) == {"[(0, 1, 0.0), (1, 0, 3.5)]"}, "a missing weight is read otherwise now"
assert gml == [(0, 1, 1.0)], "weights of GML are read now"
EOF
