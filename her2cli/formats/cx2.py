"""CX2, the exchange format of Cytoscape 3.10, Cytoscape Web and NDEx. Rules are attributes of the nodes.

Specification: https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/.
"""

from __future__ import annotations

import json
from typing import Any

from her2cli.errors import DataError
from her2cli.formats.attributes import CARRIED, edge_attributes, species_attributes
from her2cli.formats.graphs import Graph
from her2cli.formats.guard import Allowance, problem, read_json
from her2cli.formats.losses import Written, losses
from her2cli.formats.places import Drawing
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway


def write(pathway: Pathway, network: BooleanNetwork, drawing: Drawing | None = None) -> Written:
    """*pathway* in CX2; a node's `name` is the id of its species.

    With a *drawing* the nodes stand where they do in our pictures, in a style of the same looks: an arrow activates, a
    bar inhibits, and `state`, the share of cells in which a species is on, fills its box.
    """
    drawing = drawing or Drawing()
    numbers = {key: number for number, key in enumerate(pathway.species)}
    nodes: list[dict[str, Any]] = [
        {
            "id": numbers[key],
            **_place(drawing, key),
            "v": {"name": key, **_typed(species_attributes(pathway, species)), **_state(drawing, key)},
        }
        for key, species in pathway.species.items()
    ]
    edges = [
        {"id": number, "s": numbers[edge.source], "t": numbers[edge.target], "v": edge_attributes(pathway, edge)}
        for number, edge in enumerate(pathway.edges)
    ]
    about = {"name": pathway.title or pathway.name, "description": pathway.note}
    attributes = {key: value for key, value in about.items() if value}
    aspects: dict[str, list[Any]] = {
        "attributeDeclarations": [
            {
                "networkAttributes": _declared([attributes]),
                "nodes": _declared([node["v"] for node in nodes]),
                "edges": _declared([edge["v"] for edge in edges]),
            }
        ],
        "networkAttributes": [attributes],
        "nodes": nodes,
        "edges": edges,
    }
    if drawing.spots:
        aspects["visualProperties"] = [_style(drawing)]
        aspects["nodeBypasses"] = [
            {"id": numbers[key], "v": {"NODE_WIDTH": spot.width}}
            for key, spot in drawing.spots.items()
            if key in numbers
        ]
        aspects["visualEditorProperties"] = [
            {"properties": {"nodeSizeLocked": False, "arrowColorMatchesEdge": True, "nodeCustomGraphicsSizeSync": True}}
        ]
    counts = [{"name": name, "elementCount": len(elements)} for name, elements in aspects.items()]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": counts},
        *({name: elements} for name, elements in aspects.items()),
        {"status": [{"success": True}]},
    ]
    return Written(text=json.dumps(document, indent=1, ensure_ascii=False) + "\n", losses=losses(pathway, CARRIED))


def read(content: str, *, name: str, source: str) -> Pathway:
    """The pathway that a CX2 text writes: our own back, another tool's as edges. Raises `DataError`."""
    document = read_json(content, source)
    if not isinstance(document, list) or not all(isinstance(part, dict) for part in document):
        raise DataError([problem(source, "is not CX2: a list of aspects is expected.")])
    aspects: dict[str, list[Any]] = {}
    for part in document:  # an aspect may come in fragments
        for aspect, elements in part.items():
            if isinstance(elements, list):
                aspects.setdefault(aspect, []).extend(each for each in elements if isinstance(each, dict))
    if not any(str(part.get("CXVersion", "")).startswith("2") for part in document):
        raise DataError([problem(source, 'is not CX2: {"CXVersion": "2.0"} is missing; CX version 1 is not read.')])
    declared: dict[str, dict[str, Any]] = {}
    for each in aspects.get("attributeDeclarations", []):
        for kind, attributes in each.items():
            declared.setdefault(kind, {}).update(attributes if isinstance(attributes, dict) else {})
    about = {key: _text(value) for each in aspects.get("networkAttributes", []) for key, value in each.items()}
    allowance = Allowance(source, 240_000, "nodes and edges")
    graph = Graph(source, title=about.get("name", ""), note=about.get("description", ""))
    for node in aspects.get("nodes", []):
        allowance.take(1)
        graph.node(_text(node.get("id", "")), _attributes(node, declared.get("nodes", {})))
    for edge in aspects.get("edges", []):
        allowance.take(2)
        own = _attributes(edge, declared.get("edges", {}))
        directed = own.pop("directed", "true").lower() != "false"
        graph.edge(_text(edge.get("s", "")), _text(edge.get("t", "")), own, directed=directed)
    return graph.pathway(name)


def _attributes(element: dict[str, Any], declared: dict[str, Any]) -> dict[str, str]:
    """The attributes of a node or an edge under their own names, defaults of the declarations filled in."""
    values = element.get("v")
    found: dict[str, Any] = {}
    aliases: dict[str, str] = {}
    for attribute, how in declared.items():
        if isinstance(how, dict):
            if "v" in how:
                found[attribute] = how["v"]
            if isinstance(how.get("a"), str):
                aliases[how["a"]] = attribute
    if isinstance(values, dict):
        found |= {aliases.get(str(key), str(key)): value for key, value in values.items()}
    return {key: _text(value) for key, value in found.items() if value is not None}


def _text(value: Any) -> str:
    """A value as the text that our own files hold."""
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _typed(attributes: dict[str, str]) -> dict[str, Any]:
    """*attributes* with numbers as numbers: `initial` is 0 or 1, shares and rates have decimals."""
    kinds: dict[str, type] = {"initial": int, "share": float, "rate_up": float, "rate_down": float}
    return {name: kinds.get(name, str)(value) for name, value in attributes.items()}


def _declared(entries: list[Any]) -> dict[str, dict[str, str]]:
    kinds = {name: type(value) for entry in entries for name, value in entry.items()}
    words = {float: "double", int: "integer"}
    return {name: {"d": words.get(kind, "string")} for name, kind in kinds.items()}


def _place(drawing: Drawing, key: str) -> dict[str, float]:
    spot = drawing.spots.get(key)
    return {} if spot is None else {"x": spot.x, "y": spot.y}


def _state(drawing: Drawing, key: str) -> dict[str, float]:
    return {"state": round(float(drawing.shares[key]), 4)} if key in drawing.shares else {}


def _style(drawing: Drawing) -> dict[str, Any]:
    """The visual style: Okabe and Ito's blue and vermilion, darkened to be read on white."""
    style: dict[str, Any] = {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_SHAPE": "round-rectangle",
                "NODE_HEIGHT": next(iter(drawing.spots.values())).height,
                "NODE_BACKGROUND_COLOR": "#FFFFFF",
                "NODE_BACKGROUND_OPACITY": 1,
                "NODE_BORDER_COLOR": "#33404D",
                "NODE_BORDER_WIDTH": 1,
                "NODE_LABEL_COLOR": "#16202B",
                "NODE_LABEL_FONT_SIZE": 12,
                "NODE_LABEL_MAX_WIDTH": 400,
            },
            "edge": {
                "EDGE_WIDTH": 1.3,
                "EDGE_OPACITY": 0.75,
                "EDGE_LINE_COLOR": "#0B62A0",
                "EDGE_TARGET_ARROW_SHAPE": "triangle",
                "EDGE_TARGET_ARROW_COLOR": "#0B62A0",
            },
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_SHAPE": _by("kind", {"ligand": "ellipse", "phenotype": "rectangle"}),
        },
        "edgeMapping": {
            "EDGE_TARGET_ARROW_SHAPE": _by("interaction", {"activates": "triangle", "inhibits": "tee"}),
            "EDGE_TARGET_ARROW_COLOR": _by("interaction", {"activates": "#0B62A0", "inhibits": "#B23C0A"}),
            "EDGE_LINE_COLOR": _by("interaction", {"activates": "#0B62A0", "inhibits": "#B23C0A"}),
        },
    }
    if drawing.shares:
        style["nodeMapping"]["NODE_BACKGROUND_COLOR"] = _along("state", "#FFFFFF", "#12395C")
        style["nodeMapping"]["NODE_LABEL_COLOR"] = _along("state", "#16202B", "#FFFFFF", half=True)
    return style


def _by(attribute: str, values: dict[str, str]) -> dict[str, Any]:
    each = [{"v": value, "vp": shown} for value, shown in values.items()]
    return {"type": "DISCRETE", "definition": {"attribute": attribute, "type": "string", "map": each}}


def _along(attribute: str, low: str, high: str, *, half: bool = False) -> dict[str, Any]:
    """A colour that goes from *low* at 0 to *high* at 1; with *half* it jumps in the middle, as text must."""
    pieces = [(0.0, 0.5, low, low), (0.5, 1.0, high, high)] if half else [(0.0, 1.0, low, high)]
    each: list[dict[str, Any]] = [{"max": 0.0, "maxVPValue": low, "includeMin": False, "includeMax": False}]
    each += [
        {"min": start, "minVPValue": first, "max": end, "maxVPValue": last, "includeMin": True, "includeMax": end == 1}
        for start, end, first, last in pieces
    ]
    each.append({"min": 1.0, "minVPValue": high, "includeMin": False, "includeMax": False})
    return {"type": "CONTINUOUS", "definition": {"attribute": attribute, "type": "double", "map": each}}
