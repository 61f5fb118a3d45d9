"""Why a species is on or off, as a tree of reasons, and what would flip it."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from her2cli.logic.explain import Contrary, Explanation, Reason
from her2cli.model import Edge
from her2cli.render.cascade import Cascade, Lines
from her2cli.render.console import stacked, text
from her2cli.render.edges import marks, number
from her2cli.render.json import thing
from her2cli.render.runs import scenario_data, told
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

WHEN = {"before": "before the treatment", "early": "early under the treatment", "late": "late"}
GIVEN = {
    "input": "an input that keeps its value",
    "drug": "a drug of the treatment",
    "alteration": "an alteration of the tumour",
    "ligand": "a ligand in the medium",
    "clamp": "held at this value",
    "constant": "nothing in this scenario moves it",
    "slow": "slow: it has not had time to follow its rule",
    "again": "explained elsewhere in this tree",
}
SHOWN = 12  # sets of changes that are listed before the rest is only counted


@dataclass(kw_only=True)
class Node:
    """A reason as a line of the tree."""

    name: str
    words: Text
    children: list[Node] = field(default_factory=list)


def explanation(result: Explanation) -> RenderableType:
    """The reason tree, then the smallest changes that would flip the species."""
    when = WHEN[result.time] if result.scenario.drugs or result.scenario.clamps else "once the tumour has settled"
    root = _node(result.reason, when)
    return stacked(
        told(result.scenario),
        Cascade(
            heading=root.words,
            nodes=root.children,
            words=attrgetter("words"),
            children=attrgetter("children"),
            name=attrgetter("name"),
        ),
        _flips("What would flip it, of the inputs and of what the scenario gives", result.from_inputs),
        _flips("What would flip it, holding any species", result.from_species),
    )


def _node(root: Reason, when: str) -> Node:
    """The reasons as nodes, without recursion: a chain may be as long as the network."""
    top = Node(name=root.species, words=_words(root, (), when))
    waiting = [(root, top)]
    while waiting:
        reason, node = waiting.pop()
        for cause in reason.because:
            own = tuple(edge for edge in reason.edges if edge.source == cause.species)
            below = Node(name=cause.species, words=_words(cause, own))
            node.children.append(below)
            waiting.append((cause, below))
    return top


def _words(reason: Reason, edges: tuple[Edge, ...], when: str = "") -> Text:
    """A species with its value, by which edge it acts on the one above, and the rule where it has its own."""
    words = text(reason.species, "name").append(" ").append_text(value(reason.value))
    words.append_text(text(f", {when}" if when else ""))
    if reason.kind == "loop":
        kind = "sustains itself" if reason.value in (0, 1) else "keeps itself changing"
        words.append_text(text(f"  a loop that {kind}: {' <- '.join((*reason.loop, reason.species))}", "status"))
    elif reason.kind in GIVEN:
        words.append_text(text(f"  {GIVEN[reason.kind]}", "quiet"))
    for edge in edges:
        words.append_text(text(f"  {number(edge)}", "step")).append_text(text(edge.effect.arrow, edge.effect.value))
        target = f"{edge.blocks[0]} -> {edge.blocks[1]}" if edge.blocks else edge.target
        words.append_text(text(f" {target} {edge.mechanism}".rstrip())).append_text(marks(edge))
    if reason.note or reason.evidence:
        words.append_text(text(f"  rule: {reason.rule}. {reason.note}"))
        words.append_text(text(f"  ({', '.join(reason.evidence)})" if reason.evidence else "", "quiet"))
    if not reason.smallest:
        words.append_text(text("  (a smaller reason may exist)", "quiet"))
    return words


def value(share: float) -> Text:
    """`on`, `off`, or the share of the time."""
    if share in (0, 1):
        return text("on" if share else "off", "on" if share else "off")
    return text(f"on {share:.0%} of the time", "status")


def _flips(title: str, changes: Contrary | None) -> RenderableType | None:
    if changes is None:
        return None
    if not changes.sets:
        sets = f"No set of up to {changes.size} among {changes.candidates} species does."
        return Lines(title=text(title, "heading"), lines=[text(sets if changes.candidates else "Nothing acts on it.")])
    lines = [
        text(" and ".join(f"{name} {'on' if on else 'off'}" for name, on in each)) for each in changes.sets[:SHOWN]
    ]
    if len(changes.sets) > SHOWN:
        lines.append(text(f"and {len(changes.sets) - SHOWN} more of this size (--json has them all)", "quiet"))
    return Lines(title=text(title, "heading"), lines=lines, indents=[2] * len(lines))


def explanation_table(result: Explanation) -> Table:
    """One row a reason, for CSV and TSV."""
    rows = []
    waiting = [(result.reason, 0, "")]
    while waiting:
        reason, depth, above = waiting.pop()
        keys = tuple(dict.fromkeys(key for edge in reason.edges for key in edge.evidence))
        rows.append((reason.species, reason.value, reason.kind, depth, above, reason.rule, keys))
        waiting.extend((cause, depth + 1, reason.species) for cause in reversed(reason.because))
    return Table(columns=("species", "value", "kind", "depth", "because_of", "rule", "evidence"), rows=tuple(rows))


def explanation_data(result: Explanation) -> dict[str, Any]:
    """The same tree for JSON."""
    return {
        "scenario": scenario_data(result.scenario),
        "species": result.species,
        "time": result.time,
        "value": result.value,
        "reason": reason_data(result.reason),
        "flips": {"given": _sets(result.from_inputs), "any": _sets(result.from_species)},
    }


def reason_data(root: Reason) -> dict[str, Any]:
    """A reason with the reasons below it."""
    top = _bare(root)
    waiting = [(root, top)]
    while waiting:
        reason, data = waiting.pop()
        for cause in reason.because:
            below = _bare(cause)
            data["because"].append(below)
            waiting.append((cause, below))
    return top


def _bare(reason: Reason) -> dict[str, Any]:
    return {
        "species": reason.species,
        "value": reason.value,
        "kind": reason.kind,
        "rule": reason.rule,
        "note": reason.note,
        "evidence": list(reason.evidence),
        "smallest": reason.smallest,
        "loop": list(reason.loop),
        "edges": [thing(edge) for edge in reason.edges],
        "because": [],
    }


def _sets(changes: Contrary | None) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {
        "size": changes.size,
        "candidates": changes.candidates,
        "sets": [dict(each) for each in changes.sets],
    }
