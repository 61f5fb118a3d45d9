#!/usr/bin/env bash
# dash-cytoscape-elements 0.0.4: asked for what inhibits ERBB2, it answers with what inhibits FOXO3
#
# Expected: filter gives the elements "that exact match kwargs", all of them, in whatever order they are written: edges
# of the class "inhibits" with the target ERBB2 are lapatinib's alone.
#
# Seen: once it comes to classes, that alone decides, and what is written behind it is not asked: the answer has AKT1's
# inhibition of FOXO3 too, and get, which takes the first, gives only that. With the target in front it is right. In
# re_filter one of the arguments is enough. A position is found by none, though the element has it: values are looked for
# in the element's data alone. An inhibition beside an activation of the same two makes one edge of both classes, and its
# own id replaces the other's. No error.
#
# Where her2 meets it: her2's networks are drawn with Cytoscape.js, which this feeds in Dash.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet dash-cytoscape-elements==0.0.4 pydantic==1.10.19
cd "$folder"
venv/bin/python - <<'END'
from dash_cytoscape_elements import Elements

network = Elements()
network.add(id="ERBB2", x=100.0, y=5.0)
network.add(id="feeds", source="ERBB2", target="AKT1", classes="activates")
network.add(id="blocks", source="AKT1", target="FOXO3", classes="inhibits")
network.add(id="drug", source="lapatinib", target="ERBB2", classes="inhibits")


def ids(found):
    return [element.data.id for element in found]


front = ids(network.filter(target="ERBB2", classes="inhibits"))
behind = ids(network.filter(classes="inhibits", target="ERBB2"))
first = network.get(classes="inhibits", target="ERBB2").data.target
either = ids(network.re_filter(source="^lapatinib$", target="^nothing$"))
placed, at = network.get(id="ERBB2").position.x, ids(network.filter(x=100.0))
network.add(id="also", source="ERBB2", target="AKT1", classes="inhibits")
merged = [(edge.data.id, edge.classes) for edge in network.filter(source="ERBB2", target="AKT1")]
print("dash-cytoscape-elements 0.0.4:", front, behind, first, either, placed, at, merged)
assert front == ["drug"]
assert behind == ["blocks", "drug"] and first == "FOXO3", "what stands behind classes is asked now"
assert either == ["drug"], "all patterns have to match now"
assert placed == 100.0 and at == [], "positions are found now"
assert merged == [("also", "activates inhibits")], "both edges are there now"
END
