#!/usr/bin/env bash
# xgmml 1.0.0: "AKT1 inhibits FOXO3" of Cytoscape's XGMML is an edge without a kind, and is written as "AKT1 (-) FOXO3"
#
# Expected: Cytoscape keeps the kind of an edge in its attribute `interaction`; who reads XGMML finds it at the edge, and a graph of
# networkx whose edges have `interaction` is written with it.
#
# Seen: the reader leaves out `interaction`, the edge's label, `name` of nodes and every list (aliases, PubMed numbers): what
# is left of two edges from AKT1 to FOXO3, one "inhibits" and one "activates", is the same. The writer takes no notice
# of `interaction` either and writes "-" for all edges, so that a file that is read and written has lost them. Other attributes pass.
#
# Where her2 meets it: her2 names XGMML as what Cytoscape converts; with this package networks of Cytoscape come without signs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet xgmml==1.0.0 networkx==3.6.1 igraph==1.0.0 lxml==6.1.3
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

from lxml import etree
from xgmml.reader.networkx_xgmml_reader import NetworkxXGMMLReader
from xgmml.writer.networkx_xgmml_writer import NetworkxXGMMLWriter

Path("akt.xgmml").write_text("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<graph id="1" label="AKT" directed="1" xmlns:cy="http://www.cytoscape.org" xmlns="http://www.cs.rpi.edu/XGMML">
<node id="11" label="AKT1"><att name="name" value="AKT1" type="string"/>
<att name="alias" type="list"><att name="alias" value="PKB" type="string"/></att></node>
<node id="12" label="FOXO3"><att name="name" value="FOXO3" type="string"/></node>
<edge id="21" label="AKT1 (inhibits) FOXO3" source="11" target="12" cy:directed="1">
<att name="interaction" value="inhibits" type="string"/><att name="papers" value="2" type="integer"/></edge>
<edge id="22" label="AKT1 (activates) FOXO3" source="11" target="12" cy:directed="1">
<att name="interaction" value="activates" type="string"/><att name="papers" value="2" type="integer"/></edge>
</graph>""")
graph = NetworkxXGMMLReader().read("akt.xgmml")
print("xgmml 1.0.0:", dict(graph.nodes(data=True)), list(graph.edges(data=True)))
assert graph.nodes["11"] == {"id": "11", "label": "AKT1"}
assert list(graph.edges(data=True)) == [("11", "12", {"papers": 2})] * 2, "interactions are read now"

for *_, data in graph.edges(data=True):
    data["interaction"] = "inhibits"
NetworkxXGMMLWriter().write(graph, "again.xgmml")
kinds = etree.parse("again.xgmml").xpath("//*[local-name()='edge']/*[@name='interaction']/@value")
print("written:", kinds)
assert kinds == ["-", "-"], "interactions are written now"
END
