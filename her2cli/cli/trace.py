"""`her2 trace`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _elsewhere, _names, _options, _scenario
from her2cli.cli._errors import remark
from her2cli.cli._look import (
    carried,
    carried_in_cells,
    in_literature,
    is_article,
    kept_from_acting,
    nothing,
    told_chain,
    used_in_cells,
)
from her2cli.cli._output import Answer, show, write
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load
from her2cli.errors import Mistakes, ScenarioError, UnknownName, a_or_an

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.graph import Trace
    from her2cli.model import Pathway

Start = Annotated[str, Argument(metavar="NAME", help="Species, drug or alteration.", autocompletion=_names.anything)]
Goal = Annotated[
    str | None,
    Option("--to", "-t", metavar="NAME", help="Show the paths to this species.", autocompletion=_names.species),
]
Drug = Annotated[
    str | None,
    Option("--drug", "-d", metavar="NAME", help="Mark what this drug cuts.", autocompletion=_names.drugs),
]

STREAMED = 10_000  # paths; more are written as they are found, and none is kept
STEPS = 60  # of a trace that is shown unasked; a longer one is shown as far as so many steps go


def trace(
    name: Start,
    to: Goal = None,
    upstream: Annotated[bool, Option("--upstream", "-u", help="What leads to NAME.")] = False,
    depth: Annotated[
        int | None,
        Option("--depth", metavar="N", min=1, help="Edges to follow; if not given, all, or a few where that is long."),
    ] = None,
    drug: Drug = None,
    alteration: _options.Alterations = None,
    limit: Annotated[int | None, Option("--limit", metavar="N", min=1, help="Paths to show with --to; 20.")] = None,
    claims: _options.Claims = False,
    pathway: _options.Looked = None,
    *,
    output: _options.BriefOptions,
) -> None:
    """Follow a cascade step by step, from a species, a drug or an alteration.

    Each step carries the article's number, its sign (-> activates, -| inhibits), how it happens and on what evidence.
    A species that is met twice is printed once and referred to; a loop is named.

    With --to, the paths to another species, shortest first. With --drug, what the drug cuts and what is lost behind
    the cut, in a tumour with the alterations given.

    her2 trace HER2 --to ANGIOGENESIS
    her2 trace AKT -p erbb --depth 2
    her2 trace ERK --upstream
    """
    if alteration and drug is None:
        raise ScenarioError("--alteration says in which tumour a drug cuts: add --drug NAME.")
    if limit and to is None:
        raise ScenarioError("--limit is for the paths to a species: add --to NAME.")
    from her2cli import graph

    path = load(pathway or _elsewhere.pathway_with(name, to))
    if limit and limit > STREAMED and to is not None:
        if output != _options.BriefOptions() or drug is not None:
            raise ScenarioError(
                f"More than {STREAMED:,} paths are written one by one; leave out --drug, --json and other forms."
            )
        with _elsewhere.better_pathway(path, takes=("drug",)):
            _stream(path, name, to, upstream, depth, limit)
        return
    with _elsewhere.better_pathway(path, takes=("drug",) if to else ()) as remarks:
        tumour = _checked(path, name, to, drug, alteration, remarks)
        if to is not None:
            _is_end(path, name, to)
        walk = partial(
            graph.trace, path, name, to=to, upstream=upstream, drug=drug, alterations=tumour, limit=limit or graph.LIMIT
        )
        walk = partial(walk, idle=kept_from_acting(path, name))
        if to is not None:
            asked = (path, name, to, upstream)
            walk = partial(walk, carrying=carried(*asked), cells=partial(carried_in_cells, *asked))
            used = used_in_cells(*asked)
            walk = partial(walk, used=used, told=told_chain(*asked, used=used))
        result = walk(depth=depth)
    show(_answer(path, result, walk, depth, claims=claims), output)


def _answer(path: Pathway, result: Trace, walk: Callable[..., Trace], depth: int | None, *, claims: bool) -> Answer:
    from her2cli.render import json, tree
    from her2cli.render.console import stacked

    return Answer(
        command="trace",
        pathway=path,
        look=lambda: stacked(
            tree.trace(nothing(path, result, depth), path, claims=claims)
            if result.to and not result.paths
            else tree.trace(_near(result, walk) if depth is None else result, path, claims=claims, longest=depth),
            _beside(path, result, depth) if result.steps else None,
        ),
        table=lambda: tree.steps_table(result),
        data=lambda: json.trace(result),
        brief=lambda: json.trace_brief(result),
    )


def _checked(
    path: Pathway,
    name: str,
    to: str | None,
    drug: str | None,
    alteration: Iterable[str] | None,
    remarks: list[str],
) -> tuple[str, ...]:
    """The alterations of the tumour in which a drug cuts; mistakes in all that the line names are told together."""
    from her2cli.graph import find_start
    from her2cli.lookup import knows

    mistakes, tumour = Mistakes(), tuple[str, ...]()
    with mistakes:
        find_start(path, name)
    with mistakes:
        if to is not None and not knows(path, to):
            path.find_species(to)
    if drug is not None:
        with mistakes:
            path.find_drug(drug)
        with mistakes:
            tumour = _scenario.scenario(path, alterations=alteration, remarks=remarks).alterations
    mistakes.tell()
    return tumour


def _is_end(path: Pathway, name: str, to: str) -> None:
    """Raise `ScenarioError` where *to* is a drug or an alteration, to which nothing leads."""
    from her2cli.graph import find_start

    try:
        (kind, agent), (begin, first) = find_start(path, to), find_start(path, name)
    except UnknownName:  # which the walk tells
        return
    if kind == "species":
        return
    told = f"Nothing leads to {agent}, {a_or_an(kind)}, which acts from outside."
    back = f" 'her2 trace {agent} --to {first}' follows what it does." if begin == "species" else ""
    cut = f" '--drug {agent}' marks what it cuts." if kind == "drug" and begin == "species" else ""
    raise ScenarioError(f"{told}{back}{cut}")


def _stream(path: Pathway, name: str, to: str, upstream: bool, depth: int | None, limit: int) -> None:
    """Write the paths as they are found, one a line, shortest first, until none is left or *limit* are written."""
    from itertools import islice, pairwise

    from her2cli import graph
    from her2cli.render.console import literal

    first, last = (to, name) if upstream else (name, to)
    found = islice(graph.paths(path, first, last, longest=depth), limit)
    arrows = {(edge.source, edge.target): f" {edge.effect.arrow} " for edge in path.edges}
    arrows |= {
        (edge.source, edge.target): f" {edge.effect.arrow} " for edge in path.actions(graph.find_start(path, first)[1])
    }
    count = 0
    while block := list(islice(found, 1_000)):
        lines = (each[0] + "".join(arrows[pair] + pair[1] for pair in pairwise(each)) for each in block)
        write("".join(f"{literal(line)}\n" for line in lines))
        count += len(block)
    more = "that was the limit" if count == limit else "there are no more"
    remark(f"her2: {count:,} paths, shortest first; {more}.")


def _near(result: Trace, walk: Callable[..., Trace]) -> Trace:
    """A long trace only as far as fits a few screens, with what leads further counted; as it is where it is short."""
    if result.to or len(result.steps) <= STEPS:
        return result
    counts = Counter(step.depth for step in result.steps)
    depth = 1
    while sum(counts[each] for each in range(1, depth + 2)) <= STEPS:
        depth += 1
    near = walk(depth=depth)
    left = len(result.steps) - len(near.steps)
    return near._replace(note=f"As far as depth {depth}; {left} more steps with --depth {max(counts)}.")


def _beside(path: Pathway, result: Trace, depth: int | None) -> RenderableType | None:
    """Where the article's pathway was followed: how far the same walk goes in the literature's network."""
    from her2cli import loading
    from her2cli.render.console import Line

    if not is_article(path):
        return None
    other = loading.load(loading.NETWORK)
    walk = in_literature(other, result, depth)
    if not walk.steps:
        return None
    if result.to:
        return Line([(f"The literature's network has other paths here: -p {other.name}", "quiet")])
    direct = sum(step.depth == 1 for step in walk.steps)
    does = f"{direct} edges act on it" if result.upstream else f"it acts by {direct} edges"
    far = f"{does}, and {len(walk.steps) - direct} more follow" if len(walk.steps) > direct else does
    return Line([(f"In the literature's network {far}: -p {other.name}", "quiet")])
