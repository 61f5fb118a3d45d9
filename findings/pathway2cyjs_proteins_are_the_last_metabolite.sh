#!/usr/bin/env bash
# pathway2cyjs 0.0.4: of a WikiPathways map with PIP3, AKT1 and FOXO3 there are three nodes PIP3, and no edge
#
# Expected: a node for each DataNode, with its own GraphId and label, and an edge for each Interaction between two of
# them.
#
# Seen: only metabolites are read, yet each DataNode makes a node: a protein is that of the metabolite that was read
# before it, with the same id, label and place. Edges whose ends are proteins are passed over; where the first DataNode
# is a protein there is an UnboundLocalError. Nothing is said, and cytoscape.js keeps the first of the nodes with one
# id.
#
# Where her2 meets it: the maps of its pathways are GPML at WikiPathways; there nearly all nodes are proteins.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pathway2cyjs==0.0.4 bridgedbpy==0.0.2 setuptools==75.8.0
cd "$folder"
cat >example.py <<'END'
import json
from unittest import mock

import pathway2cyjs

NODE = """<DataNode TextLabel="{0}" GraphId="n{0}" Type="{1}">
<Graphics CenterX="{2}" CenterY="90" Width="80" Height="20"/></DataNode>"""
ARROW = """<Interaction GraphId="e{0}"><Graphics><Point X="1" Y="1" GraphRef="n{0}"/>
<Point X="2" Y="2" GraphRef="n{1}" ArrowHead="{2}"/></Graphics></Interaction>"""


def elements(*nodes):
    parts = [NODE.format(name, kind, 100 * place) for place, (name, kind) in enumerate(nodes)]
    parts += [ARROW.format("PIP3", "AKT1", "mim-stimulation"), ARROW.format("AKT1", "FOXO3", "mim-inhibition")]
    gpml = '<Pathway xmlns="http://pathvisio.org/GPML/2013a" Name="PI3K">' + "".join(parts) + "</Pathway>"
    answer = mock.Mock(content=json.dumps({"pathway": {"gpml": gpml}}))
    # the web service's answer is given here; nothing else is replaced
    with mock.patch.object(pathway2cyjs.requests, "get", return_value=answer):
        return pathway2cyjs.wp2cyelements("WP4172")


proteins = ("AKT1", "GeneProduct"), ("FOXO3", "Protein")
seen = elements(("PIP3", "Metabolite"), *proteins)
print("pathway2cyjs 0.0.4:", [one["data"]["id"] for one in seen["nodes"]], seen["edges"])
assert [one["data"]["label"] for one in seen["nodes"]] == ["PIP3"] * 3, "proteins are themselves now"
assert len({one["data"]["id"] for one in seen["nodes"]}) == 1 and seen["edges"] == []
try:
    elements(*proteins, ("PIP3", "Metabolite"))
    raise RuntimeError("a map may begin with a protein now")
except UnboundLocalError:
    pass
END
venv/bin/python example.py
