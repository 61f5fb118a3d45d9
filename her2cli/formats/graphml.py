"""GraphML, the graph format of Cytoscape, Gephi, yEd and networkx. Rules are attributes of the nodes. Written only.

Specification: http://graphml.graphdrawing.org/specification.html.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from her2cli.formats.attributes import CARRIED, edge_attributes, species_attributes
from her2cli.formats.losses import Written, losses
from her2cli.formats.places import Drawing
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write(pathway: Pathway, network: BooleanNetwork, drawing: Drawing | None = None) -> Written:
    """*pathway* in GraphML, node ids being the ids of the species; x and y are where they stand in a *drawing*.

    y grows downward, as on a screen; Gephi and yEd read it so.
    """
    drawing = drawing or Drawing()
    nodes = {key: species_attributes(pathway, species) for key, species in pathway.species.items()}
    edges = [edge_attributes(edge) for edge in pathway.edges]
    keys = {
        (domain, name): f"{domain}_{name}"
        for domain, entries in (("node", list(nodes.values())), ("edge", edges))
        for name in dict.fromkeys(name for entry in entries for name in entry)
    }
    lines = [
        f'  <key id="{key}" for="{domain}" attr.name="{name}" attr.type="string"/>\n'
        for (domain, name), key in keys.items()
    ]
    numbers = {key: _numbers(drawing, key) for key in pathway.species}
    lines += [
        f'  <key id="node_{name}" for="node" attr.name="{name}" attr.type="double"/>\n'
        for name in dict.fromkeys(name for each in numbers.values() for name in each)
    ]
    lines.append('  <key id="graph_name" for="graph" attr.name="name" attr.type="string"/>\n')
    lines.append(f'  <graph id={quoteattr(pathway.name)} edgedefault="directed">\n')
    lines.append(f'    <data key="graph_name">{escape(pathway.title or pathway.name)}</data>\n')
    for key, attributes in nodes.items():
        lines.append(f"    <node id={quoteattr(key)}>{_data(attributes | numbers[key], 'node')}</node>\n")
    for number, (edge, attributes) in enumerate(zip(pathway.edges, edges, strict=True)):
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        lines.append(f'    <edge id="e{number}" {ends}>{_data(attributes, "edge")}</edge>\n')
    text = "".join((_HEAD, *lines, "  </graph>\n</graphml>\n"))
    return Written(text=text, losses=losses(pathway, CARRIED))


def _numbers(drawing: Drawing, key: str) -> dict[str, str]:
    spot = drawing.spots.get(key)
    found = {} if spot is None else {"x": f"{spot.x:g}", "y": f"{spot.y:g}"}
    return found | ({"state": f"{drawing.shares[key]:.4g}"} if key in drawing.shares else {})


def _data(attributes: dict[str, str], domain: str) -> str:
    return "".join(f'<data key="{domain}_{name}">{escape(value)}</data>' for name, value in attributes.items())
