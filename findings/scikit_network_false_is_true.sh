#!/usr/bin/env bash
# scikit-network 0.33.5: in GraphML every boolean that is written is true, "false" as well, and so is a default of false
#
# Expected: <data key="d0">false</data> of a key with attr.type="boolean" is False; a node without it has the default, false.
#
# Seen: True in both cases, since the text is handed to bool(). At edges, where the key has no default, what is missing is
# False and what says "false" is True: the opposite of the file. A default of 7.5 for the weight is 1. Numbers that are
# written, directions and names are right, and nothing is said.
#
# Where her2 meets it: GraphML of `her2 export` and of networkx goes into such libraries; ours has no booleans.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet scikit-network==0.33.5
cd "$folder"
cat >graph.graphml <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="on" attr.type="boolean"><default>false</default></key>
<key id="d1" for="edge" attr.name="direct" attr.type="boolean"/>
<key id="d2" for="edge" attr.name="weight" attr.type="double"><default>7.5</default></key>
<graph edgedefault="directed">
<node id="EGFR"><data key="d0">true</data></node><node id="AKT"><data key="d0">false</data></node><node id="PTEN"/>
<edge source="EGFR" target="AKT"><data key="d1">true</data></edge>
<edge source="PTEN" target="AKT"><data key="d1">false</data><data key="d2">-1</data></edge>
<edge source="AKT" target="PTEN"/>
</graph></graphml>
EOF
venv/bin/python - <<'EOF'
from sknetwork.data import from_graphml

graph = from_graphml("graph.graphml")
on = dict(zip(graph.names.tolist(), graph.node_attribute.on.tolist()))
direct = graph.edge_attribute.direct.tolist()
weight = graph.adjacency[graph.names.tolist().index("EGFR"), graph.names.tolist().index("AKT")]
print("scikit-network 0.33.5: true, false and false by default:", on, "true, false and missing:", direct, "weight:", weight)
assert on["EGFR"] and on["AKT"] and on["PTEN"], "false is False now"
assert direct == [True, True, False], "false is False now"
assert weight == 1, "the default weight is read now"
EOF
