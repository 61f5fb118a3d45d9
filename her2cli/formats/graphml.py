"""GraphML, the graph format of Cytoscape, Gephi, yEd and networkx. Rules are attributes of the nodes.

Specification: http://graphml.graphdrawing.org/specification.html.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from her2cli.errors import DataError, shown
from her2cli.formats.attributes import CARRIED, edge_attributes, species_attributes
from her2cli.formats.graphs import Graph
from her2cli.formats.guard import check_xml, problem
from her2cli.formats.losses import Written, losses
from her2cli.formats.places import Drawing
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NS = "{http://graphml.graphdrawing.org/xmlns}"
_ARROWS = {"t_shape": "inhibits", "standard": "activates", "delta": "activates", "white_delta": "activates"}  # yEd's
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a GraphML text writes: our own back, another tool's as edges. Raises `DataError`."""
    from xml.etree.ElementTree import fromstring

    _, root = check_xml(content, source, attributes={})
    if root != "graphml":
        raise DataError([problem(source, f"is not GraphML: its root is <{shown(root, 40)}>.")])
    document = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", content))
    keys = {each.get("id", ""): each.get("attr.name", "").lower() for each in document.iter(f"{_NS}key")}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for each in document.iter(f"{_NS}key"):
        default = each.find(f"{_NS}default")
        for domain in defaults:
            if default is not None and default.text and each.get("for") in (domain, "all"):
                defaults[domain][keys[each.get("id", "")]] = default.text
    graphs = list(document.iter(f"{_NS}graph"))
    if not graphs:
        raise DataError([problem(source, "has no graph.")])
    if next(document.iter(f"{_NS}hyperedge"), None) is not None:
        raise DataError([problem(source, "has hyperedges, edges of more than two ends, which are not read.")])
    about = _attributes(graphs[0], keys)
    graph = Graph(
        source,
        title=about.get("name", ""),
        note=about.get("description", ""),
        directed=graphs[0].get("edgedefault") != "undirected",
    )
    for node in document.iter(f"{_NS}node"):
        graph.node(node.get("id", ""), defaults["node"] | _attributes(node, keys))
    for edge in document.iter(f"{_NS}edge"):
        own = defaults["edge"] | _attributes(edge, keys)
        directed = {"true": True, "false": False}.get(edge.get("directed", "").lower())
        graph.edge(edge.get("source", ""), edge.get("target", ""), own, directed=directed)
    return graph.pathway(name)


def _attributes(element: Element, keys: Mapping[str, str]) -> dict[str, str]:
    """The data of an element by the names of their keys; of yEd's, the label of a node and the arrow of an edge."""
    found: dict[str, str] = {}
    for data in element.findall(f"{_NS}data"):
        if data.text and data.text.strip():
            found[keys.get(data.get("key", ""), "")] = data.text
        for inner in data.iter():
            tag = inner.tag.rpartition("}")[2]
            if tag in ("NodeLabel", "EdgeLabel") and inner.text and inner.text.strip():
                found.setdefault("label", " ".join(inner.text.split()))
            elif tag == "Arrows":
                found["arrow"] = _ARROWS.get(inner.get("target", ""), "")
    return {name: value for name, value in found.items() if name and value}


def write(pathway: Pathway, network: BooleanNetwork, drawing: Drawing | None = None) -> Written:
    """*pathway* in GraphML, node ids being the ids of the species; x and y are where they stand in a *drawing*.

    y grows downward, as on a screen; Gephi and yEd read it so.
    """
    drawing = drawing or Drawing()
    # igraph finds a species by `name`.
    nodes = {key: {"name": key, **species_attributes(pathway, species)} for key, species in pathway.species.items()}
    edges = [edge_attributes(pathway, edge) for edge in pathway.edges]
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
    lines += (
        ['  <key id="graph_note" for="graph" attr.name="description" attr.type="string"/>\n'] if pathway.note else []
    )
    lines.append(f'  <graph id={quoteattr(pathway.name)} edgedefault="directed">\n')
    lines.append(f'    <data key="graph_name">{escape(pathway.title or pathway.name)}</data>\n')
    lines += [f'    <data key="graph_note">{escape(pathway.note)}</data>\n'] if pathway.note else []
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
