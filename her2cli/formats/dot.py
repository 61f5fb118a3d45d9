"""DOT, the language of Graphviz: a picture's nodes and arrows, a T-bar for inhibition. Written only.

An edge that only tells in which cells others act is dotted. Specification: https://graphviz.org/doc/info/lang.html.
"""

from __future__ import annotations

from her2cli.formats.losses import MARKS, Written, losses
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Effect, Pathway

_CARRIED = frozenset({"names", "edges", MARKS, "mechanisms", "locations"})


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* in DOT: species by location, in boxes; mechanisms as tooltips."""
    lines = [f"digraph {_quoted(pathway.name)} {{", '  rankdir=TB; node [shape=box, style=rounded, fontname="sans"];']
    places: dict[str, list[str]] = {}
    for key, species in pathway.species.items():  # outside the clusters, for readers that skip these
        tooltip = f", tooltip={_quoted(species.name)}" if species.name else ""
        lines.append(f"  {_quoted(key)} [label={_quoted(key)}{tooltip}];")
        places.setdefault(species.location, []).append(_quoted(key))
    for number, (place, keys) in enumerate(places.items()):
        if place:
            lines += [
                f"  subgraph cluster_{number} {{",
                f"    label={_quoted(place)};",
                f"    {'; '.join(keys)};",
                "  }",
            ]
    for edge in pathway.edges:
        head = "normal" if edge.effect is Effect.activates else "tee"
        tooltip = f", tooltip={_quoted(edge.mechanism)}" if edge.mechanism else ""
        style = ", style=dotted" if pathway.is_condition(edge) else ""
        lines.append(f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [arrowhead={head}{style}{tooltip}];")
    return Written(text="\n".join([*lines, "}"]) + "\n", losses=losses(pathway, _CARRIED))


def _quoted(text: str) -> str:
    # In a label a backslash begins an escape such as \N, the name of the node; doubled it is a backslash.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split("\n")) + '"'
