"""Mermaid, flowcharts in Markdown on GitHub, GitLab and Obsidian. `-->` activates, `--x` inhibits. Written only.

Specification: https://mermaid.js.org/syntax/flowchart.html.
"""

from __future__ import annotations

from her2cli.formats.losses import MARKS, Written, losses
from her2cli.logic.network import BooleanNetwork
from her2cli.model import Effect, Pathway

_CARRIED = frozenset({"edges", MARKS})


def write(pathway: Pathway, network: BooleanNetwork) -> Written:
    """*pathway* as a Mermaid flowchart; nodes are numbered, so that no name is a word of Mermaid."""
    numbers = {key: f"n{number}" for number, key in enumerate(pathway.species)}
    told = ", dotted only in which cells others do" if pathway.conditions else ""
    lines = ["flowchart TD", f"  %% --> activates, --x inhibits{told}"]
    lines += [f'  {numbers[key]}["{_label(key)}"]' for key in pathway.species]
    for edge in pathway.edges:
        line = "-.-" if pathway.is_condition(edge) else "--"
        arrow = line + (">" if edge.effect is Effect.activates else "x")
        lines.append(f"  {numbers[edge.source]} {arrow} {numbers[edge.target]}")
    return Written(text="\n".join(lines) + "\n", losses=losses(pathway, _CARRIED))


def _label(text: str) -> str:
    """*text* with everything that Mermaid or HTML would read as more than text written as a character code."""
    return "".join(c if c.isalnum() or c in " _-/.,()+" else f"#{ord(c)};" for c in text)
