#!/usr/bin/env bash
# networkxgmml 0.1.6: what one node or edge of XGMML says holds for all that follow and do not say otherwise
#
# Expected: of two edges, "AKT1 inhibits FOXO3" and one whose interaction is not given, the second has none; FOXO3, of which the
# file says nothing but its name, has no drug.
#
# Seen: attributes are gathered in one dictionary that is never emptied: the second edge inhibits as well, and every
# node behind EGFR, and every edge, is one of EGFR's drug gefitinib. A boolean of "0" is true.
# Nothing is said. A gap in a column, be its element left out or without a value, is filled from above.
#
# Where her2 meets it: XGMML is what Cytoscape's users bring; a sign that is missing there must be asked for, not taken from above.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet setuptools==68.2.2 wheel==0.45.1 networkx==3.6.1
python3 -m pip --python "$folder/venv" install --quiet --no-build-isolation --no-deps networkxgmml==0.1.6
cd "$folder"
venv/bin/python - <<'END'
import io

from networkxgmml import XGMMLReader

graph = XGMMLReader(io.BytesIO(b"""<?xml version="1.0"?>
<graph label="AKT" directed="1" xmlns="http://www.cs.rpi.edu/XGMML">
<node id="1" label="EGFR"><att name="drug" value="gefitinib" type="string"/><att name="mutant" value="0" type="boolean"/></node>
<node id="2" label="AKT1"/>
<node id="3" label="FOXO3"><att name="drug" type="string"/></node>
<edge source="2" target="3"><att name="interaction" value="inhibits" type="string"/></edge>
<edge source="1" target="2"/>
</graph>"""))
print("networkxgmml 0.1.6:", dict(graph.nodes(data=True)), dict(graph.edges), sep="\n  ")
assert graph.nodes["1"] == {"label": "EGFR", "drug": "gefitinib", "mutant": True}
assert graph.nodes["3"] == {"label": "FOXO3", "drug": "gefitinib", "mutant": True}, "attributes stay with their node now"
assert graph.edges["1", "2"]["interaction"] == "inhibits", "attributes stay with their edge now"
END
