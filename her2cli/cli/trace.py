"""`her2 trace`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _names, _options
from her2cli.cli._look import is_article
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.errors import ScenarioError

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


def trace(
    name: Start,
    to: Goal = None,
    upstream: Annotated[bool, Option("--upstream", "-u", help="What leads to NAME.")] = False,
    depth: Annotated[
        int | None, Option("--depth", "-n", metavar="N", min=1, help="Edges to follow; all, if not given.")
    ] = None,
    drug: Drug = None,
    alteration: _options.Alterations = None,
    limit: Annotated[int | None, Option("--limit", metavar="N", min=1, help="Paths to show with --to; 20.")] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """Follow a cascade step by step, from a species, a drug or an alteration.

    Each step carries the article's number, its sign (-> activates, -| inhibits), how it happens and on what evidence.
    A species that is met twice is printed once and referred to; a loop is named.

    With --to, the paths to another species, shortest first. With --drug, what the drug cuts and what is lost behind
    the cut, in a tumour with the alterations given.

    her2 trace HER2 --to ANGIOGENESIS
    """
    if alteration and drug is None:
        raise ScenarioError("--alteration says in which tumour a drug cuts: add --drug NAME.")
    if limit and to is None:
        raise ScenarioError("--limit is for the paths to a species: add --to NAME.")
    from her2cli import formats, graph
    from her2cli.render import tree
    from her2cli.render.console import stacked

    path = formats.load(pathway)
    with _options.better_pathway(path, takes=("drug",) if to else ()) as remarks:
        tumour = (
            _options.scenario(path, alterations=alteration, remarks=remarks).alterations if drug is not None else ()
        )
        result = graph.trace(
            path, name, to=to, upstream=upstream, depth=depth, drug=drug, alterations=tumour, limit=limit or graph.LIMIT
        )
    answer = Answer(
        command="trace",
        pathway=path,
        look=lambda: stacked(tree.trace(result, path, claims=claims), _beside(path, result, depth)),
        table=lambda: tree.steps_table(result),
        data=lambda: _data(result),
    )
    show(answer, json=json, csv=csv, tsv=tsv)


def _beside(path: Pathway, result: Trace, depth: int | None) -> RenderableType | None:
    """Where the article's pathway was followed: how far the same walk goes in the literature's network."""
    from her2cli import graph, loading
    from her2cli.render.console import Line

    if not is_article(path):
        return None
    other = loading.load(_options.LITERATURE)
    walk = graph.trace(other, result.start, to=result.to or None, upstream=result.upstream, depth=depth, limit=1)
    if not walk.steps:
        return None
    far = f"{len(walk.steps)} steps" if not result.to else "other paths"
    return Line([(f"The literature's network has {far} here: -p {other.name}", "quiet")])


def _data(result: Trace) -> dict[str, Any]:
    from her2cli.render.json import trace

    return trace(result)
