"""A trace as a tree: one line a step, indented only where the cascade branches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from her2cli.graph import Cut, Step, Trace
from her2cli.model import Edge, Effect, Pathway
from her2cli.render.cascade import Cascade, Lines
from her2cli.render.console import Block, Chain, Line, joined, plain, stacked, text
from her2cli.render.edges import ARROWS, NO_EVIDENCE, acting, marked, number, told

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from her2cli.render.console import Piece, Words
    from her2cli.render.tables import Table


LISTED = 20  # steps of all paths; of more those of the first path are told


def trace(result: Trace, pathway: Pathway, *, claims: bool = False, longest: int | None = None) -> RenderableType:
    """*result* as a tree or as paths, what a drug cuts, and on request what the article claims of the steps.

    Where no step at all has evidence, that is said once and not on each line; and that paths are of *longest* edges at
    most, where that was asked: a longer one may carry what none of them does.
    """
    result = _there(_signed(result, pathway), pathway)
    edges = [step.edge for step in result.steps]
    detailed = [edge for edge in edges if not edge.plain]
    bare = not any(edge.evidence for edge in detailed)
    if result.to:
        body: RenderableType | None = _paths(result, bare, longest)
    else:
        body = _tree(result, bare, _heading(pathway, result.start, result.kind))
    return stacked(
        body,
        Line([(_counts(result), "quiet")]) if result.reach else None,
        Line([(result.note, "")]) if result.note else None,
        Line([("No evidence is given for these steps.", "")]) if bare and edges else None,
        Line(_legend(edges, detailed)) if edges else None,
        _cuts(result.cut, result.start) if result.cut else None,
        _claims(pathway, result, detailed, claims),
    )


def _signed(result: Trace, pathway: Pathway) -> Trace:
    """*result* with actions on an inhibition told apart from those on an activation: they activate."""
    inhibitions = {(edge.source, edge.target) for edge in pathway.edges if edge.effect is Effect.inhibits}

    def signed(edge: Edge) -> Edge:
        return replace(edge, effect=Effect.activates) if edge.blocks in inhibitions else edge

    steps, cut = result.steps, result.cut
    if any(step.edge.blocks for step in steps):
        steps = tuple(step._replace(edge=signed(step.edge)) if step.edge.blocks else step for step in steps)
    if cut is not None:
        cut = cut._replace(
            actions=tuple(map(signed, cut.actions)),
            beside=tuple(map(signed, cut.beside)),
            adds=tuple(map(signed, cut.adds)),
            idle=tuple((signed(edge), why) for edge, why in cut.idle),
        )
    return result._replace(steps=steps, cut=cut)


def _there(result: Trace, pathway: Pathway) -> Trace:
    """*result* with no step said to be prevented by what *pathway* does not have."""

    def known(name: str) -> bool:
        return name in pathway.species or name in pathway.alterations or name in pathway.drugs

    def there(step: Step) -> Step:
        unless = tuple(filter(known, step.edge.unless))
        return step._replace(edge=replace(step.edge, unless=unless)) if unless != step.edge.unless else step

    return result._replace(steps=tuple(map(there, result.steps)))


def _counts(result: Trace) -> str:
    """How many species are next to the start, and how many the walk leads to in all."""
    near = len({step.edge.source if result.upstream else step.edge.target for step in result.steps if step.depth == 1})
    if result.upstream:
        return f"{near} species act on {result.start} directly, {result.reach} in all."
    return f"{result.start} acts on {near} species directly and leads to {result.reach} in all."


def heading(pathway: Pathway, name: str, kind: str = "species") -> Text:
    """The id in bold, then what it is and where."""
    return joined(_heading(pathway, name, kind))


def _heading(pathway: Pathway, name: str, kind: str) -> list[tuple[str, str]]:
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
    return [(name, "name"), ("  " + ", ".join(told) if told else "", "")]


_Node = tuple[Step, str, str, Any]  # a step, where it leads to, whether that is told above or below, the nodes below


def _tree(result: Trace, bare: bool, heading: Words) -> Cascade[_Node]:
    upstream = result.upstream
    return Cascade(
        heading=heading,
        nodes=_grown(result),
        words=lambda node: _pieces(*node[:3], upstream=upstream, bare=bare),
        said=_sayer(upstream=upstream, bare=bare),
        children=itemgetter(3),
        name=itemgetter(1),
    )


def _grown(result: Trace) -> list[_Node]:
    """The steps as a tree. A species that is printed elsewhere is only referred to."""
    upstream, start = result.upstream, result.start
    below: dict[str, list[_Node]] = {start: []}
    for step in result.steps:
        edge = step.edge
        near, far = (edge.target, edge.source) if upstream else (edge.source, edge.target)
        siblings = below.get(near, below[start])
        where = "above" if far in below else "below"
        if step.again:
            siblings.append((step, far, where, ()))
        else:
            children: list[_Node] = []
            below[far] = children
            siblings.append((step, far, where, children))
    return below[start]


def line(step: Step, far: str, where: str = "above", *, upstream: bool = False) -> Text:
    """One step: the article's number, the sign, the species, how, and on what evidence."""
    return joined(_pieces(step, far, where, upstream=upstream))


def _pieces(step: Step, far: str, where: str, *, upstream: bool, bare: bool = False) -> list[tuple[str, str]]:
    edge = step.edge
    arrow, _ = acting(edge)
    ends = _ends(edge, far)
    if upstream:
        pieces = [(number(edge), "step"), (far, "name"), (" ", ""), arrow, *([(" ", ""), *ends] if edge.blocks else [])]
    else:
        pieces = [(number(edge), "step"), arrow, (" ", ""), *ends]
    if step.again:
        pieces.append((f"  loop back to {far}" if step.again == "loop" else f"  see {where}", "quiet"))
    elif step.cut:
        pieces.append((f" (CUT by {step.cut})", "drug"))
    elif step.lost:
        pieces.append((" (lost)", "drug"))
    if edge.mechanism and step.again != "see":
        pieces.append((f"  {edge.mechanism}", ""))
    pieces.append((marked(edge, bare=bare), "quiet"))
    if step.idle:
        pieces.append((f"  does not happen here, {kept_by(edge, step.idle)}", "status"))
    return pieces


def kept_by(action: Edge, obstacle: str) -> str:
    """Why an action does not happen: what there is that keeps it off, or what it wants."""
    return f"because of {obstacle}" if obstacle in action.unless else f"for want of {obstacle}"


def _sayer(*, upstream: bool, bare: bool) -> Callable[[_Node], str]:
    """A function from a node to its pieces without style: at once where it only says what acts how on what."""
    silence = "" if bare else NO_EVIDENCE

    def said(node: _Node) -> str:
        step, far, where, _ = node
        edge, _, again, cut, lost, _ = step
        more = not edge.plain and (edge.step or edge.mechanism or edge.blocks or told(edge))
        if more or upstream or cut or lost:
            return plain(_pieces(step, far, where, upstream=upstream, bare=bare))
        sign = ARROWS[edge.effect][0]
        if again:
            return (
                f"{sign} {far}  loop back to {far}{silence}"
                if again == "loop"
                else f"{sign} {far}  see {where}{silence}"
            )
        return f"{sign} {far}{silence}"

    return said


def _ends(edge: Edge, far: str) -> list[tuple[str, str]]:
    """What an edge acts on: a species, or another edge."""
    if edge.blocks:
        return [(acting(edge)[1][1:-1], "name"), (" (this edge)", "")]
    return [(far, "name")]


def _paths(result: Trace, bare: bool, longest: int | None) -> RenderableType | None:
    steps = {
        (step.edge.source, step.edge.target): step for step in reversed(result.steps)
    }  # of parallel ones the first
    first, last = (result.to, result.start) if result.upstream else (result.start, result.to)
    count = len(result.paths)
    words = "path" if count == 1 else "paths"
    bound = "" if longest is None else f" of at most {longest} edge{'s' if longest > 1 else ''}"
    title = [(f"{count} {words}{bound} from {first} to {last}", "heading")]
    if first == last:
        title = [(f"{count} {'loop' if count == 1 else 'loops'}{bound} from {first} back to itself", "heading")]
    if not count:
        return None
    if result.cut:
        cut = {(step.edge.source, step.edge.target) for step in result.steps if step.cut}
        hit = sum(not cut.isdisjoint(pairwise(path)) for path in result.paths)
        which = ("it" if count == 1 else "each of them") if hit == count else f"{hit or 'none'} of them"
        title.append((f"; {result.cut.drug} cuts {which}", "heading"))
    if result.told and count > 1:
        title.append(("; the first is the one that simulate tells", "heading"))
    silent = result.silent or (None,) * count
    listed = [
        Chain(_path(number, *each, steps), further=" " * 7)
        for number, each in enumerate(zip(result.paths, silent, strict=True), start=1)
    ]
    dumb = sum(each is not None for each in silent)
    if dumb:
        which = "None of them carries" if dumb == count else f"{dumb} of them carr{'ies' if dumb == 1 else 'y'} no"
        told = (
            f"{which} {'a ' if dumb == count else ''}signal in the pathway's own tumour, for want of what a step needs:"
        )
        title = [*title, (f". {told} (x)", "quiet")]
    many = count > 1 and len(result.steps) > LISTED
    near = {*pairwise(result.paths[0])}
    shown = [step for step in result.steps if not many or (step.edge.source, step.edge.target) in near]
    heading = [("Step by step", "heading")]
    if many:
        heading.append((", the first of them; --csv has the steps of all", "quiet"))
    return stacked(Block([Line(title), *listed]), Lines(title=heading, lines=[_whole(step, bare) for step in shown]))


def _whole(step: Step, bare: bool) -> Words:
    """A step on its own, with its source."""
    numbered, *rest = _pieces(step, step.edge.target, "above", upstream=False, bare=bare)
    return [numbered, (f"{step.edge.source} ", "name"), *rest]


def _path(
    count: int, path: tuple[str, ...], silent: tuple[str, str] | None, steps: Mapping[tuple[str, str], Step]
) -> list[Piece]:
    pieces = [(f"{count:>3}. ", "quiet"), (path[0], "name")]
    for source, target in pairwise(path):
        step = steps[source, target]
        (arrow, style), end = acting(step.edge)
        pieces += [(f" {arrow} ", style), (end, "name")]
        if step.cut:
            pieces.append((" (CUT)", "drug"))
        if silent == (source, target):
            pieces.append((" (x)", "quiet"))
    return pieces


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
        what = acting(action)[1][1:-1] if action.blocks else action.target
        lines.append(text(f"Does not act on {what}, {kept_by(action, obstacle)}.", "status"))
    return Lines(title=text(f"What {cut.drug} does here", "heading"), lines=lines)


def _claims(pathway: Pathway, result: Trace, edges: list[Edge], asked: bool) -> RenderableType | None:
    """What article and literature say of these steps, or of a drug or an alteration that they start from."""
    steps = {step for edge in edges for step in edge.step}
    agent = result.start if result.kind != "species" else ""
    if not steps and not agent:
        return None
    from her2cli.render.claims import on_request

    claims = [each for each in pathway.claims.values() if each.step in steps or agent in each.about]
    return on_request(claims, asked, "these steps" if steps else "this")


def _legend(edges: list[Edge], detailed: list[Edge]) -> Words:
    effects = set(map(attrgetter("effect"), edges))
    signs = {effect.arrow: effect.value for effect in effects}
    told = [f"{sign} {word}" for sign, word in sorted(signs.items())]
    if any(edge.step for edge in detailed):
        told.insert(0, "[n] step of the article")
    return [("   ".join(told), "quiet")]


def steps_table(result: Trace) -> Table:
    """The steps as rows, for CSV and TSV."""
    from her2cli.render.tables import Table

    return Table(
        columns=(
            "source",
            "target",
            "effect",
            "depth",
            "step",
            "mechanism",
            "status",
            "evidence",
            "against",
            "cut",
            "idle",
        ),
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
                step.idle,
            )
            for step in result.steps
        ),
    )
