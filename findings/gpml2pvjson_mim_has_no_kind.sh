#!/usr/bin/env bash
# gpml2pvjson 4.1.12: a `mim-inhibition` of WikiPathways is an interaction of no kind, a TBar is an inhibition
#
# Expected: `mim-inhibition`, one of the arrowheads of GPML, means just that: its type is Inhibition (SBO:0000169) as that of
# a TBar is.
#
# Seen: it has the types Interaction and Edge alone, not even that it is directed; only the name of its marker is left.
# TBar is Inhibition, Arrow is DirectedInteraction. No warning.
#
# Where her2 meets it: her2 does not read GPML; those who make signed edges of it by way of pvjson lose inhibitions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" gpml2pvjson@4.1.12
python3 - <<'EOF'
from pathlib import Path

node = """<DataNode TextLabel="{0}" GraphId="{1}" Type="Protein"><Graphics CenterX="{2}.0" CenterY="50.0" Width="80.0"
 Height="20.0" ZOrder="32768" /><Xref Database="" ID="" /></DataNode>"""
edge = """<Interaction GraphId="{0}"><Graphics ZOrder="12288" LineThickness="1.0"><Point X="140.0" Y="50.0" GraphRef="a1"
 RelX="1.0" RelY="0.0" /><Point X="260.0" Y="50.0" GraphRef="a2" RelX="-1.0" RelY="0.0" ArrowHead="{1}" /></Graphics><Xref
 Database="" ID="" /></Interaction>"""
nodes = node.format("PTEN", "a1", 100) + node.format("AKT1", "a2", 300)
edges = edge.format("mim", "mim-inhibition") + edge.format("bar", "TBar") + edge.format("arrow", "Arrow")
Path("in.gpml").write_text(f"""<?xml version="1.0" encoding="UTF-8"?>
<Pathway xmlns="http://pathvisio.org/GPML/2013a" Name="PI3K" Organism="Homo sapiens">
<Graphics BoardWidth="500.0" BoardHeight="300.0" />{nodes}{edges}<InfoBox CenterX="0.0" CenterY="0.0" /><Biopax />
</Pathway>""")
EOF
node_modules/.bin/gpml2pvjson <in.gpml >out.json
python3 - <<'EOF'
import json

with open("out.json") as stream:
    found = json.load(stream)["entitiesById"]
kinds = {name: found[name]["type"] for name in ("mim", "bar", "arrow")}
print("gpml2pvjson 4.1.12:", kinds, "marker:", found["mim"]["markerEnd"])
assert "Inhibition" in kinds["bar"] and "DirectedInteraction" in kinds["arrow"]
assert kinds["mim"] == ["Interaction", "Edge"], "mim-inhibition has a kind now"
EOF
