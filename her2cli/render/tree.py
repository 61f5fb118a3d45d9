"""A trace as a tree: one line a step, indented only where the cascade branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from her2cli.graph import Cut, Step, Trace
from her2cli.model import Claim, Edge, Effect, Pathway, Status, Verification
from her2cli.render.console import STYLES, literal, text
from her2cli.render.tables import Pairs, Table, stacked

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

ARROWS = {effect: (effect.arrow, effect.value) for effect in Effect}  # a sign with its style
MARGIN = 26  # columns that a step needs; a branch indented further starts again at the left


def trace(result: Trace, pathway: Pathway) -> RenderableType:
    """*result* as a tree or as paths, then what a drug cuts, where the literature differs, and what the marks mean."""
    if result.to:
        body: RenderableType = _paths(result)
    else:
        body = Cascade(heading=heading(pathway, result.start, result.kind), nodes=_grown(result))
    return stacked(
        body,
        text(result.note) if result.note else None,
        _legend(result) if result.steps else None,
        _cuts(result.cut) if result.cut else None,
        differences(pathway, result),
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


Words: TypeAlias = "Text | list[tuple[str, str]]"  # a line, or its pieces with their styles: joined when it is printed


@dataclass(eq=False, repr=False, kw_only=True)
class Node:
    """A line of the tree with the lines below it; *name* is the title under which it may start anew."""

    name: str
    words: Words
    children: list[Node] = field(default_factory=list)


@dataclass(eq=False, repr=False, kw_only=True)
class Cascade:
    """A tree of lines. An only child stands right below its parent; a branch too deep for the width starts anew."""

    heading: Text
    nodes: Sequence[Node]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for words, guides in self._walk(options.max_width):
            if guides is None:
                yield joined(words)
            else:
                yield from _hanging(joined(words), *guides, console, options.max_width)

    def uncoloured(self, console: Console) -> str:
        """The same without colour, far faster: the cascade of a large network has ten thousand lines."""
        from rich.cells import cell_len

        width, lines = console.width, []
        for words, guides in self._walk(width):
            plain = "".join(literal(piece) for piece, _ in words) if isinstance(words, list) else words.plain
            joint, below = guides or ("", "")
            room = max(width - len(below) - 2, 8) if guides else width
            if (len(plain) if plain.isascii() else cell_len(plain)) <= room and "\n" not in plain:
                lines.append(joint + plain)
            elif guides is None:
                lines += [line.plain for line in joined(words).wrap(console, width)]
            else:
                lines += [line.plain for line in _hanging(joined(words), joint, below, console, width)]
        return "".join(f"{line}\n" for line in lines)

    def _walk(self, width: int) -> Iterator[tuple[Words, tuple[str, str] | None]]:
        """Every line with the guides before it and before what is wrapped below it; a title has none."""
        waiting: list[tuple[Words, Sequence[Node]]] = [(self.heading, self.nodes)]
        first = True
        while waiting:
            title, nodes = waiting.pop(0)
            if not first:
                yield [("", "")], None
            first = False
            yield title, None
            stack = _siblings(nodes, "")
            while stack:
                node, joint, below = stack.pop()
                deep = len(below) + MARGIN > width and len(node.children) > 1
                words = joined(node.words).append_text(text("  (goes on below)", "quiet")) if deep else node.words
                yield words, (joint, below)
                if deep:
                    waiting.append(([(node.name, "name")], node.children))
                elif len(node.children) == 1:
                    stack.append((node.children[0], below, below))
                else:
                    stack.extend(_siblings(node.children, below))


def joined(words: Words) -> Text:
    """*words* as one text; a text is copied."""
    from rich.text import Text

    if isinstance(words, Text):
        return words.copy()
    return Text.assemble(*((literal(piece), STYLES.get(style, style)) for piece, style in words))


def _siblings(nodes: Sequence[Node], prefix: str) -> list[tuple[Node, str, str]]:
    """The nodes with the guide before their first line and the guide before all lines below it, last node first."""
    if len(nodes) == 1:
        return [(nodes[0], prefix + "└─ ", prefix + "   ")]
    last = nodes[-1] if nodes else None
    return [
        (node, prefix + ("└─ " if node is last else "├─ "), prefix + ("   " if node is last else "│  "))
        for node in reversed(nodes)
    ]


def _hanging(words: Text, joint: str, below: str, console: Console, width: int, inset: int = 2) -> Iterator[Text]:
    """*words* wrapped behind its guides; further lines are set in by two columns, so that each step stands out."""
    further = below + " " * inset if width - len(below) > 20 else below
    for number, line in enumerate(words.wrap(console, max(width - len(further), 8), overflow="fold")):
        line.rstrip()
        yield text(further if number else joint, "quiet").append_text(line)


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
    if edge.blocks:
        name = [(f"{edge.blocks[0]} -> {edge.blocks[1]}", "name"), (" (this edge)", "")]
    first, second = (name, arrow) if upstream else (arrow, name)
    pieces = [(number(edge), "step"), *first, (" ", ""), *second]
    if step.cut and not step.again:
        pieces.append((f" (CUT by {step.cut})", "drug"))
    elif step.lost and not step.again:
        pieces.append((" (lost)", "drug"))
    if step.again:
        pieces.append((f"  loop back to {far}" if step.again == "loop" else f"  see {where}", "quiet"))
    if edge.mechanism and step.again != "see":
        pieces.append((f"  {edge.mechanism}", ""))
    pieces.append((_marked(edge), "quiet"))
    return pieces


def number(edge: Edge) -> str:
    """The article's step numbers in brackets, with the blank behind them; nothing where it has none."""
    return f"[{','.join(str(step) for step in edge.step)}] " if edge.step else ""


def marks(edge: Edge) -> Text:
    """Conditions, status, evidence and counter-evidence of an edge, in words."""
    return text(_marked(edge), "quiet")


def _marked(edge: Edge) -> str:
    told = []
    if edge.requires:
        told.append(f"needs {', '.join(edge.requires)}")
    if edge.unless:
        told.append(f"unless {', '.join(edge.unless)}")
    if edge.status not in (None, Status.agree):
        told.append(str(edge.status))
    told.append(", ".join(edge.evidence) or "no evidence given")
    if edge.against:
        told.append(f"against: {', '.join(edge.against)}")
    if edge.verified in (Verification.memory, Verification.partly):
        told.append("unverified" if edge.verified is Verification.memory else "partly verified")
    return f"  ({'; '.join(told)})"


def _paths(result: Trace) -> RenderableType:
    steps = {(step.edge.source, step.edge.target): step for step in result.steps}
    first, last = (result.to, result.start) if result.upstream else (result.start, result.to)
    count = len(result.paths)
    words = "path" if count == 1 else "paths"
    title = text(f"{count} {words} from {first} to {last}", "heading")
    if not count:
        return title
    listed = [_path(number, path, steps) for number, path in enumerate(result.paths, start=1)]
    edges = [text(f"{step.edge.source} ", "name").append_text(line(step, step.edge.target)) for step in result.steps]
    return stacked(Lines(title=title, lines=listed), Lines(title=text("Step by step", "heading"), lines=edges))


def _path(count: int, path: tuple[str, ...], steps: Mapping[tuple[str, str], Step]) -> Text:
    words = text(f"{count:>3}. ", "quiet").append_text(text(path[0], "name"))
    for source, target in pairwise(path):
        step = steps[source, target]
        words.append_text(text(f" {step.edge.effect.arrow} ", step.edge.effect.value)).append_text(text(target, "name"))
        if step.cut:
            words.append_text(text(" (CUT)", "drug"))
    return words


@dataclass(eq=False, repr=False, kw_only=True)
class Lines:
    """A title and lines below it, each set in by its own columns and wrapped."""

    title: Text
    lines: Sequence[Text]
    indents: Sequence[int] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.title
        indents = self.indents or [0] * len(self.lines)
        for words, indent in zip(self.lines, indents, strict=True):
            yield from _hanging(
                words, " " * indent, " " * indent, console, options.max_width, inset=4 if not indent else 0
            )


def _cuts(cut: Cut) -> RenderableType:
    """What the drug cuts, what is lost behind the cut, and which of its actions do not happen in this tumour."""
    lines = []
    if not cut.actions:
        lines.append(text("It cuts nothing here."))
    for action in cut.actions:
        lines.append(line(Step(edge=action, depth=1), action.target))
    if cut.lost:
        lines.append(text("Lost behind the cut: ", "drug").append_text(text(", ".join(cut.lost))))
    for action in cut.adds:
        lines.append(text("Brings: ", "quiet").append_text(line(Step(edge=action, depth=1), action.target)))
    for action, obstacle in cut.idle:
        what = f"{action.blocks[0]} -> {action.blocks[1]}" if action.blocks else action.target
        lines.append(text(f"Does not act on {what}, because of {obstacle}.", "status"))
    return Lines(title=text(f"What {cut.drug} does here", "heading"), lines=lines)


def differences(pathway: Pathway, result: Trace) -> RenderableType | None:
    """Where the literature differs from the article on these steps, or on a drug or alteration they start from."""
    steps = {step for each in result.steps for step in each.edge.step}
    agent = result.start if result.kind != "species" else ""
    if not steps and not agent:
        return None
    return told_differently([each for each in pathway.claims.values() if each.step in steps or agent in each.about])


GRAVITY = (Status.wrong, Status.disputed, Status.outdated, Status.omission, Status.simplified)


def told_differently(claims: Sequence[Claim], *, gravest_first: bool = False) -> RenderableType | None:
    """The claims on which article and literature differ, both sides labelled, in the article's order."""
    from rich.console import Group

    differing = [claim for claim in claims if claim.status is not Status.agree]
    if not differing:
        return None
    if gravest_first:
        differing.sort(key=lambda claim: GRAVITY.index(claim.status))
    parts: list[RenderableType] = [text("Where article and literature differ", "heading")]
    for claim in differing:
        tag = f"[{claim.step}]" if claim.step is not None else claim.id
        parts.append(text(tag, "step").append_text(text(f" {claim.verdict or claim.status}", "status")))
        told = text(claim.literature).append_text(text(f"  ({', '.join(claim.evidence)})", "quiet"))
        sides = [(text("article", "quiet"), text(claim.article)), (text("literature", "quiet"), told)]
        parts.append(Pairs(pairs=sides, indent=2))
    return Group(*parts)


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
