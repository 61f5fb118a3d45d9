#!/usr/bin/env bash
# pathway2cyjs 0.0.4: KEGG's activations are edges to or from a node "-->" that is not there, one for all of them
#
# Expected: `<relation entry1="1" entry2="2">` with the subtype activation is an edge from entry 1 to entry 2.
#
# Seen: entry 1 and entry 2 have no edge; each has one with the value of the subtype, which is the id of a compound
# where the relation goes over one, and the drawing of an arrow ("-->", "--|", "+p") otherwise. All activations share
# the one "-->", for which there is no node, so that cytoscape.js refuses the graph. Which end is the source is decided
# by a set, so that it changes from run to run, and of ERBB2 -> AKT and AKT -| FOXO3 no direction is left.
#
# Where her2 meets it: hsa04012 (ErbB signalling) is nearly all activation, inhibition and phosphorylation; its arrows
# are lost.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pathway2cyjs==0.0.4 bridgedbpy==0.0.2 setuptools==75.8.0
cd "$folder"
cat >example.py <<'END'
import io
from unittest import mock

import pathway2cyjs

ENTRY = """<entry id="{0}" name="hsa:{1}" type="gene"><graphics name="{2}" fgcolor="#000000" bgcolor="#BFFFBF"
type="rectangle" x="100" y="100" width="46" height="17"/></entry>"""
RELATION = """<relation entry1="{0}" entry2="{1}" type="PPrel"><subtype name="{2}" value="{3}"/></relation>"""
KGML = (
    '<?xml version="1.0"?><pathway name="path:hsa04012" org="hsa" number="04012" title="ErbB signaling pathway">'
    + "".join(ENTRY.format(*one) for one in ((1, 2064, "ERBB2"), (2, 207, "AKT1"), (3, 2309, "FOXO3")))
    + ENTRY.format(4, 1956, "EGFR")
    + RELATION.format(1, 2, "activation", "--&gt;")
    + RELATION.format(4, 2, "activation", "--&gt;")
    + RELATION.format(2, 3, "inhibition", "--|")
    + "</pathway>"
)
# KEGG's answer is given here; nothing else is replaced
with mock.patch.object(pathway2cyjs.REST, "kegg_get", return_value=io.StringIO(KGML)):
    seen = pathway2cyjs.kegg2cyjs("hsa04012")
nodes = {one["data"]["id"] for one in seen["nodes"]}
edges = [(one["data"]["source"], one["data"]["target"]) for one in seen["edges"]]
print("pathway2cyjs 0.0.4:", nodes, edges)
assert nodes == {"1", "2", "3", "4"}
assert {frozenset(edge) for edge in edges} == {
    frozenset(pair) for pair in (("1", "-->"), ("2", "-->"), ("4", "-->"), ("2", "--|"), ("3", "--|"))
}, "a relation is an edge of its two entries now"
assert all(len(nodes & set(edge)) == 1 for edge in edges)
END
venv/bin/python example.py
