#!/usr/bin/env bash
# ndex2 3.12.0: CX2 through networkx and back loses the style and gives edges other ids, in silence
#
# Expected: what goes in comes out: NetworkXToCX2NetworkFactory of CX2NetworkXFactory is the same network, or says
# what it left out.
#
# Seen: visual properties and what single edges override are gone, edges 3 and 4 are 0 and 1.
#
# Where her2 meets it: a picture that her2 wrote as CX2 is a heap of unstyled nodes after such a tour.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ndex2==3.12.0
cd "$folder"
venv/bin/python - <<'EOF'
from ndex2.cx2 import CX2Network, CX2NetworkXFactory, NetworkXToCX2NetworkFactory

aspects = [
    {"CXVersion": "2.0", "hasFragments": False},
    {"attributeDeclarations": [{"nodes": {"name": {"d": "string"}}, "edges": {"sign": {"d": "string"}}}]},
    {"networkAttributes": [{}]},
    {"nodes": [{"id": 7, "v": {"name": "EGFR"}}, {"id": 9, "v": {"name": "AKT1"}}]},
    {"edges": [{"id": 3, "s": 7, "t": 9, "v": {"sign": "+"}}, {"id": 4, "s": 7, "t": 9, "v": {"sign": "-"}}]},
    {"visualProperties": [{"default": {"node": {"NODE_WIDTH": 40}}, "nodeMapping": {}, "edgeMapping": {}}]},
    {"edgeBypasses": [{"id": 4, "v": {"EDGE_WIDTH": 9}}]},
    {"status": [{"success": True}]},
]
network = CX2Network()
network.create_from_raw_cx2(aspects)
graph = CX2NetworkXFactory().get_graph(network)
back = {key: value for aspect in NetworkXToCX2NetworkFactory().get_cx2network(graph).to_cx2() for key, value in aspect.items()}
ids = [edge["id"] for edge in back["edges"]]
print("ndex2 3.12.0: ids of edges", ids, "style kept:", "visualProperties" in back)
assert ids == [0, 1] and "visualProperties" not in back and "edgeBypasses" not in back, "the tour keeps more now"
EOF
