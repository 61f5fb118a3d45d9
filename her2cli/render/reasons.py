"""Why a species is on or off, as a tree of reasons, and what would flip it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from her2cli.logic.questions.reasons import Contrary, Explanation, Reason
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
    "slow": "slow: it has not had time to follow its rule",
    "throughout": "at every moment of the cycle these, as they then are, hold it there",
    "again": "explained elsewhere in this tree",
}
OF_GIVEN = "of the inputs and of what the scenario gives"
OF_ANY = "holding any species"
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
        *_flips(result.from_inputs, OF_GIVEN, "None of these acts on it in this scenario."),
        *_flips(result.from_species, OF_ANY, "Nothing acts on it in this scenario."),
    )


def _node(root: Reason, when: str) -> Node:
    """The reasons as nodes, without recursion: a chain may be as long as the network."""
    top = Node(name=root.species, words=_words(root, (), when))
    waiting = [(root, top)]
    while waiting:
        reason, node = waiting.pop()
        edges: dict[str, list[Edge]] = {}
        for edge in reason.edges:
            edges.setdefault(edge.source, []).append(edge)
        for cause in reason.because:
            below = Node(name=cause.species, words=_words(cause, edges.get(cause.species, ())))
            node.children.append(below)
            waiting.append((cause, below))
    return top


def _words(reason: Reason, edges: Sequence[Edge], when: str = "") -> Text:
    """A species with its value, by which edge it acts on the one above, and the rule where it has its own."""
    words = text(reason.species, "name").append(" ").append_text(value(reason.value))
    words.append_text(text(f", {when}" if when else ""))
    if reason.kind == "loop":
        how = "sustains itself" if reason.value in (0, 1) else "keeps changing"
        words.append_text(text(f"  a loop that {how}: {' <- '.join((*reason.loop, reason.species))}", "status"))
    elif told := kind(reason):
        words.append_text(text(f"  {told}", "quiet"))
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
    often = "less than 1%" if share < 0.005 else "more than 99%" if share > 0.995 else f"{share:.0%}"
    return text(f"on {often} of the time", "status")


def kind(reason: Reason) -> str:
    """What is to be said of the kind of reason; empty where `because` says it."""
    if reason.kind == "constant":
        return f"its rule is always {'on' if reason.value else 'off'} in this scenario"
    if reason.kind == "slow" and reason.because:
        return "slow: its rule changes faster than it can follow"
    return GIVEN.get(reason.kind, "")


def _flips(answers: Sequence[Contrary], among: str, nothing: str) -> Iterator[RenderableType]:
    """The smallest changes after which the species keeps a value, or that there are none."""
    if not answers[0].tried:
        does = "flip it" if len(answers) == 1 else "keep it on or off"
        yield Lines(title=text(f"What would {does}, {among}", "heading"), lines=[text(nothing)])
        return
    for changes in answers:
        does = "flip it" if len(answers) == 1 else f"keep it {'on' if changes.value else 'off'}"
        told = [" and ".join(f"{name} {'on' if on else 'off'}" for name, on in each) for each in changes.sets[:SHOWN]]
        lines = [text(each) for each in told]
        if len(changes.sets) > SHOWN:
            lines.append(text(f"and {len(changes.sets) - SHOWN} more of this size (--json has them all)", "quiet"))
        indents = [2] * len(lines)
        if not lines:
            lines, indents = [text(_none(changes))], [0]
        if changes.unsearched:
            lines.append(text(f"{changes.unsearched:,} sets ran too long to be followed to their end.", "quiet"))
            indents.append(0)
        yield Lines(title=text(f"What would {does}, {among}", "heading"), lines=lines, indents=indents)


def _none(changes: Contrary) -> str:
    """That nothing was found, and among what."""
    count = len(changes.tried)
    if not changes.size:
        return f"Not searched: {count:,} species are too many."
    named = f": {', '.join(changes.tried)}" if count <= SHOWN else ""
    if changes.unsearched:
        return f"No set of up to {changes.size} among {count:,} species is known to{named}."
    if count == 1:
        return f"{changes.tried[0]} does not, and it is the only one that could."
    alone = "None alone" if changes.size == 1 else f"No set of up to {changes.size}"
    return f"{alone} among {count:,} species does{named}."


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
        "flips": _contraries(result, 1 - result.value) if result.value in (0, 1) else {"given": None, "any": None},
        "steady": None if result.value in (0, 1) else {"on": _contraries(result, 1), "off": _contraries(result, 0)},
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


def _contraries(result: Explanation, value: float) -> dict[str, Any]:
    """What would keep the species at *value*."""
    lists = {"given": result.from_inputs, "any": result.from_species}
    return {name: _sets(changes) for name, each in lists.items() for changes in each if changes.value == value}


def _sets(changes: Contrary) -> dict[str, Any]:
    return {
        "size": changes.size,
        "candidates": changes.candidates,
        "tried": list(changes.tried),
        "unsearched": changes.unsearched,
        "sets": [dict(each) for each in changes.sets],
    }
