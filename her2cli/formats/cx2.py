"""CX2, the exchange format of Cytoscape 3.10, Cytoscape Web and NDEx. Rules are attributes of the nodes. Written only.

Specification: https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/.
"""

from __future__ import annotations

import json
from typing import Any

from her2cli.formats.attributes import CARRIED, edge_attributes, species_attributes
from her2cli.formats.losses import Written, losses
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Pathway


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* in CX2; a node's `name` is the id of its species."""
    numbers = {key: number for number, key in enumerate(pathway.species)}
    nodes = [
        {"id": numbers[key], "v": {"name": key, **species_attributes(pathway, species)}}
        for key, species in pathway.species.items()
    ]
    edges = [
        {"id": number, "s": numbers[edge.source], "t": numbers[edge.target], "v": edge_attributes(edge)}
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
    counts = [{"name": name, "elementCount": len(elements)} for name, elements in aspects.items()]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": counts},
        *({name: elements} for name, elements in aspects.items()),
        {"status": [{"success": True}]},
    ]
    return Written(text=json.dumps(document, indent=1, ensure_ascii=False) + "\n", losses=losses(pathway, CARRIED))


def _declared(entries: list[Any]) -> dict[str, dict[str, str]]:
    return {name: {"d": "string"} for name in dict.fromkeys(name for entry in entries for name in entry)}
