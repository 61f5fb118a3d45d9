#!/usr/bin/env bash
# yedextended 2.0.1: an inhibition that yEd draws as a curve is read as an activation, and "activity: high" as "activit high"
#
# Expected: an edge keeps its arrow, whatever its line is; yEd has PolyLineEdge, ArcEdge, QuadCurveEdge, SplineEdge and others,
# with the same `y:Arrows`. Labels are read as they stand.
#
# Seen: of all but a PolyLineEdge the arrow, the colour and the width are those of a new edge: t_shape becomes standard, an
# arrow, and is written so. The namespace is taken off by deleting "y:" wherever it stands, in labels, too. An edge with a label
# ends the reading: a TypeError about an argument `label`, which its own files cause as well. The first two say nothing.
#
# Where her2 meets it: her2 reads the GraphML of yEd, where pathways are drawn by hand with T-bars; curves are a style of its
# layouts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet yedextended==2.0.1
cd "$folder"
cat >example.py <<'END'
import yedextended

NODE = '<node id="n{id}"><data key="d0"><y:ShapeNode><y:NodeLabel>{label}</y:NodeLabel><y:Shape type="rectangle"/></y:ShapeNode></data></node>'
EDGE = """<edge id="e0" source="n0" target="n1"><data key="d1"><y:{kind}><y:LineStyle color="#A02020" type="line" width="2.0"/>
<y:Arrows source="none" target="t_shape"/>{more}</y:{kind}></data></edge>"""


def read(kind, more=""):
    with open("example.graphml", "w") as file:
        file.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">')
        file.write('<key for="node" id="d0" yfiles.type="nodegraphics"/><key for="edge" id="d1" yfiles.type="edgegraphics"/>')
        file.write('<graph edgedefault="directed" id="G">')
        file.write(NODE.format(id=0, label="AKT, activity: high") + NODE.format(id=1, label="FOXO3"))
        file.write(EDGE.format(kind=kind, more=more) + "</graph></graphml>")
    graph = yedextended.Graph().from_existing_graph("example.graphml")
    (edge,) = graph.edges.values()
    return edge.arrowhead, edge.color, [node.name for node in graph.nodes.values()]


straight, *curves = map(read, ("PolyLineEdge", "ArcEdge", "QuadCurveEdge", "SplineEdge"))
try:
    labelled = read("PolyLineEdge", "<y:EdgeLabel>phosphorylation</y:EdgeLabel>")
except TypeError as error:
    labelled = str(error)
print("yedextended 2.0.1:", straight, *curves, labelled, sep="\n  ")
assert straight[:2] == ("t_shape", "#A02020")
assert all(curve[:2] == ("standard", "#000000") for curve in curves), "curves keep their arrows now"
assert straight[2] == ["AKT, activit high", "FOXO3"], "labels are kept now"
assert "unexpected keyword argument 'label'" in labelled
END
venv/bin/python example.py
