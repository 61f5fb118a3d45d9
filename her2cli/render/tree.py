"""A trace as a tree: one line a step, indented only where the cascade branches."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from her2cli.graph import Cut, Step, Trace
from her2cli.model import Pathway
from her2cli.render.cascade import Cascade, Lines, Node, joined
from her2cli.render.claims import both_sides
from her2cli.render.console import text
from her2cli.render.edges import ARROWS, marked, number
from her2cli.render.tables import Table, stacked

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def trace(result: Trace, pathway: Pathway) -> RenderableType:
    """*result* as a tree or as paths, what a drug cuts, and what article and literature say of the steps."""
    if result.to:
        body: RenderableType = _paths(result)
    else:
        body = Cascade(heading=heading(pathway, result.start, result.kind), nodes=_grown(result))
    return stacked(
        body,
        text(result.note) if result.note else None,
        _legend(result) if result.steps else None,
        _cuts(result.cut, result.start) if result.cut else None,
        _claims(pathway, result),
    )


def heading(pathway: Pathway, name: str, kind: str = "species") -> Text:
    """The id in bold, then what it is and where."""
    shelf: Mapping[str, object] = {
        "species": pathway.species,
        "drug": pathway.drugs,
        "alteration": pathway.alterations,
    }[kind]
    thing = shelf[name]
    told: list[str] = []
    for part in (getattr(thing, "name", ""), getattr(thing, "kind", ""), getattr(thing, "location", "")):
        if part.casefold() not in " ".join([name, *told]).casefold():
            told.append(part)
    return text(name, "name").append_text(text("  " + ", ".join(told)) if told else text(""))


def _grown(result: Trace) -> list[Node]:
    """The steps as a tree. A species that is printed elsewhere is only referred to."""
    roots: list[Node] = []
    places: dict[str, Node] = {}
    printed: set[str] = {result.start}
    for step in result.steps:
        near, far = (step.edge.target, step.edge.source) if result.upstream else (step.edge.source, step.edge.target)
        where = "above" if far in printed else "below"
        node = Node(name=far, words=_pieces(step, far, where, upstream=result.upstream))
        (places[near].children if near in places else roots).append(node)
        if not step.again:
            places[far] = node
            printed.add(far)
    return roots


def line(step: Step, far: str, where: str = "above", *, upstream: bool = False) -> Text:
    """One step: the article's number, the sign, the species, how, and on what evidence."""
    return joined(_pieces(step, far, where, upstream=upstream))


def _pieces(step: Step, far: str, where: str, *, upstream: bool) -> list[tuple[str, str]]:
    edge = step.edge
    arrow = [ARROWS[edge.effect]]
    name = [(far, "name")]
    blocked = [(f"{edge.blocks[0]} -> {edge.blocks[1]}", "name"), (" (this edge)", "")] if edge.blocks else []
    if upstream:
        pieces = [(number(edge), "step"), *name, (" ", ""), *arrow, *([(" ", ""), *blocked] if blocked else [])]
    else:
        pieces = [(number(edge), "step"), *arrow, (" ", ""), *(blocked or name)]
    if step.cut and not step.again:
        pieces.append((f" (CUT by {step.cut})", "drug"))
    elif step.lost and not step.again:
        pieces.append((" (lost)", "drug"))
    if step.again:
        pieces.append((f"  loop back to {far}" if step.again == "loop" else f"  see {where}", "quiet"))
    if edge.mechanism and step.again != "see":
        pieces.append((f"  {edge.mechanism}", ""))
    pieces.append((marked(edge), "quiet"))
    return pieces


def _paths(result: Trace) -> RenderableType:
    steps = {(step.edge.source, step.edge.target): step for step in result.steps}
    first, last = (result.to, result.start) if result.upstream else (result.start, result.to)
    count = len(result.paths)
    words = "path" if count == 1 else "paths"
    title = text(f"{count} {words} from {first} to {last}", "heading")
    if not count:
        return title
    listed = [_path(number, path, steps) for number, path in enumerate(result.paths, start=1)]
    edges = [_whole(step) for step in result.steps]
    return stacked(Lines(title=title, lines=listed), Lines(title=text("Step by step", "heading"), lines=edges))


def _whole(step: Step) -> Text:
    """A step on its own, with its source."""
    numbered, *rest = _pieces(step, step.edge.target, "above", upstream=False)
    return joined([numbered, (f"{step.edge.source} ", "name"), *rest])


def _path(count: int, path: tuple[str, ...], steps: Mapping[tuple[str, str], Step]) -> Text:
    words = text(f"{count:>3}. ", "quiet").append_text(text(path[0], "name"))
    for source, target in pairwise(path):
        step = steps[source, target]
        words.append_text(text(f" {step.edge.effect.arrow} ", step.edge.effect.value)).append_text(text(target, "name"))
        if step.cut:
            words.append_text(text(" (CUT)", "drug"))
    return words


def _cuts(cut: Cut, start: str) -> RenderableType:
    """What the drug cuts, what is lost behind the cut, and which of its actions do not happen in this tumour."""
    lines = []
    if not cut.actions:
        lines.append(text("It cuts nothing here."))
    for action in cut.actions:
        lines.append(line(Step(edge=action, depth=1), action.target))
    if cut.lost:
        title = f"Lost, that is, no path is left from {start}: "
        lines.append(text(title, "drug").append_text(text(", ".join(cut.lost))))
    for action in cut.beside:
        lines.append(text("Beside this trace: ", "quiet").append_text(line(Step(edge=action, depth=1), action.target)))
    for action in cut.adds:
        lines.append(text("Brings: ", "quiet").append_text(line(Step(edge=action, depth=1), action.target)))
    for action, obstacle in cut.idle:
        what = f"{action.blocks[0]} -> {action.blocks[1]}" if action.blocks else action.target
        why = f"because of {obstacle}" if obstacle in action.unless else f"for want of {obstacle}"
        lines.append(text(f"Does not act on {what}, {why}.", "status"))
    return Lines(title=text(f"What {cut.drug} does here", "heading"), lines=lines)


def _claims(pathway: Pathway, result: Trace) -> RenderableType | None:
    """What article and literature say of these steps, or of a drug or an alteration that they start from."""
    steps = {step for each in result.steps for step in each.edge.step}
    agent = result.start if result.kind != "species" else ""
    if not steps and not agent:
        return None
    return both_sides([each for each in pathway.claims.values() if each.step in steps or agent in each.about])


def _legend(result: Trace) -> Text:
    effects = {step.edge.effect for step in result.steps}
    signs = {effect.arrow: effect.value for effect in effects}
    told = [f"{sign} {word}" for sign, word in sorted(signs.items())]
    if any(step.edge.step for step in result.steps):
        told.insert(0, "[n] step of the article")
    return text("   ".join(told), "quiet")


def steps_table(result: Trace) -> Table:
    """The steps as rows, for CSV and TSV."""
    return Table(
        columns=("source", "target", "effect", "depth", "step", "mechanism", "status", "evidence", "against", "cut"),
        rows=tuple(
            (
                step.edge.source,
                step.edge.target,
                step.edge.effect.value,
                step.depth,
                tuple(str(each) for each in step.edge.step),
                step.edge.mechanism,
                step.edge.status.value if step.edge.status else "",
                step.edge.evidence,
                step.edge.against,
                step.cut,
            )
            for step in result.steps
        ),
    )
