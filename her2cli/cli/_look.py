"""What the look-up commands have in common: find one thing by any name and show its page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from her2cli.cli._elsewhere import acting_on, lists_of, none_of
from her2cli.cli._errors import remark
from her2cli.cli._options import OutputOptions
from her2cli.cli._output import Answer, show
from her2cli.cli._reading import load
from her2cli.errors import AmbiguousName, Her2Error, UnknownName, a_or_an, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.graph import Trace
    from her2cli.logic.network.sampling import Sampling
    from her2cli.logic.questions.responses import Response
    from her2cli.lookup import Found
    from her2cli.model import Edge, Pathway, Scenario
    from her2cli.render.lists import Listing

Told = TypeVar("Told")


def look(kind: str, name: str | None, pathway: str, output: OutputOptions, *, claims: bool = False) -> None:
    """Show the page of what answers to *name*: of that *kind* of thing, of any kind for `show`; without a name, all."""
    from her2cli.lookup import KINDS, Found, also
    from her2cli.model import find

    path = load(pathway)
    if name is None:
        show(_all(kind, path), output)
        return
    if kind == "show":
        asked = path
        path, found = _anywhere(asked, name)
        if path is not asked:
            remark(f"her2: note: this is from the pathway {path.name}; {asked.name} does not have it.")
        for other in also(path, name, found):
            remark(f"her2: note: {shown(name)} is also a name of the {other.kind} {other.id}.")
    else:
        shelf = getattr(path, KINDS[kind])
        if not shelf:
            raise UnknownName(kind, name, (), none_of(path, kind))
        try:
            key = path.find_alteration(name) if kind == "alteration" else find(shelf, name, kind)
        except AmbiguousName:
            raise
        except UnknownName as error:
            raise _otherwise(path, error, name) from None
        found = Found(kind=kind, id=key, thing=shelf[key])
    show(_answer(kind.replace(" ", "-"), found, path, claims), output)


def _otherwise(path: Pathway, error: UnknownName, name: str) -> UnknownName:
    """*error* with what *name* is instead, where it is a name of something of another kind."""
    import shlex

    try:
        where, found = _anywhere(path, name)
    except UnknownName:
        lists = lists_of(path, error)
        return UnknownName(error.kind, error.name, (), lists) if lists else error
    close = tuple(each for each in error.close if each.casefold().startswith(name.casefold()))
    there, option = ("", "") if where is path else (f" of the pathway {where.name}", f" -p {where.name}")
    acting = acting_on(where, error.kind, found.id) if (error.kind, found.kind) == ("alteration", "species") else ""
    close = () if acting else close
    hint = f"{acting}It is {a_or_an(found.kind)}{there}: 'her2 show {shlex.quote(found.id)}{option}' tells of it"
    if (error.kind, found.kind) == ("drug", "species"):
        hint += f", 'her2 drugs --target {found.id}{option}' lists the drugs against it"
    return UnknownName(error.kind, error.name, close, f"{hint}.")


def _all(kind: str, path: Pathway) -> Answer:
    """The list of all things of that *kind*."""
    from her2cli.lookup import KINDS
    from her2cli.render import lists
    from her2cli.render.console import stacked
    from her2cli.render.json import thing

    shelf = KINDS[kind]
    listing: Callable[[Pathway], Listing] = getattr(lists, shelf)
    remark_none(kind, path)
    return Answer(
        command=kind.replace(" ", "-"),
        pathway=path,
        look=lambda: stacked(listing(path).look, literature(path, lambda of: listing(of).table.rows)),
        table=lambda: listing(path).table,
        data=lambda: {shelf: [thing(each) for each in getattr(path, shelf).values()]},
    )


def remark_none(kind: str, path: Pathway) -> None:
    """Say where there is nothing of a *kind* to list, and why: an empty table says neither."""
    from her2cli.lookup import KINDS

    if not getattr(path, KINDS[kind]):
        remark(f"her2: note: {none_of(path, kind)}")


def _anywhere(path: Pathway, name: str) -> tuple[Pathway, Found]:
    """What answers to *name*, in this pathway or else in another one of the library."""
    from her2cli import loading
    from her2cli.lookup import find_any

    try:
        return path, find_any(path, name)
    except AmbiguousName:
        raise
    except UnknownName:
        for other in loading.pathway_names():
            if other == path.name:
                continue
            another = loading.load(other)
            try:
                found = find_any(another, name)
            except AmbiguousName as error:
                hint = f"They are in the pathway {other}; {path.name} does not have them."
                raise AmbiguousName(error.kind, name, error.close, hint) from None
            except UnknownName:
                continue
            return another, found
        raise


def literature(
    path: Pathway, said: Callable[[Pathway], object] | None = None, *, agent: bool = False
) -> RenderableType | None:
    """That this is the article's pathway, where it is, and how the literature's network is asked.

    Nothing where *said*, what a pathway says of the question, is the same of both, or where that network has no answer.
    Of an *agent*, a drug or an alteration, the library tells; a pathway only has room for what it does, or not.
    """
    from her2cli.loading import NETWORK
    from her2cli.loading import load as shipped
    from her2cli.render.console import Line

    if not is_article(path):
        return None
    if said is not None:
        try:
            if said(shipped(NETWORK)) == said(path):
                return None
        except UnknownName:
            return None
    this = f"The pathway {path.name} is the article's" if agent else "This is from the article's pathway"
    return Line([(f"{this}; -p {NETWORK} looks into the literature's.", "quiet")])


def is_article(path: Pathway) -> bool:
    """Whether *path* is the shipped pathway of the article, and the literature's network is there beside it."""
    from her2cli.loading import NETWORK, pathway_names

    article, *others = pathway_names()
    return not path.digest and path.source == f"pathways/{article}.yaml" and NETWORK in others


def _answer(command: str, found: Found, path: Pathway, claims: bool) -> Answer:
    from her2cli.lookup import KINDS, Found
    from her2cli.model import find
    from her2cli.render import cards
    from her2cli.render import json as plain
    from her2cli.render.console import rendered, stacked

    def card(of: Pathway) -> RenderableType:
        shelf = getattr(of, KINDS[found.kind])
        there = Found(kind=found.kind, id=found.id, thing=shelf[find(shelf, found.id, found.kind)])
        return cards.card(there, of, claims=claims)

    return Answer(
        command=command,
        pathway=path,
        look=lambda: stacked(
            card(path),
            literature(path, lambda of: rendered(card(of), width=80), agent=found.kind in ("drug", "alteration")),
        ),
        table=lambda: cards.facts_table(plain.thing(found.thing)),
        data=lambda: plain.found(found, path),
    )


def carried(path: Pathway, name: str, to: str, upstream: bool) -> frozenset[tuple[str, str]] | None:
    """The edges that carry a signal from where the paths begin; None for loops, and where the pathway cannot run."""
    from her2cli.logic.questions.signal import carrying

    return _asked(carrying, path, name, to, upstream)


def carried_in_cells(path: Pathway, name: str, to: str, upstream: bool) -> tuple[frozenset[tuple[str, str]], ...]:
    """The same of each of some cells, where they differ."""
    from her2cli.logic.questions.signal import carrying_in_cells

    return _asked(carrying_in_cells, path, name, to, upstream) or ()


def used_in_cells(path: Pathway, name: str, to: str, upstream: bool) -> frozenset[tuple[str, str]]:
    """Those along which a drug changes something, in a share of the cells that is not small."""
    from her2cli.logic.questions.signal import used

    return _asked(used, path, name, to, upstream) or frozenset()


def told_chain(
    path: Pathway, name: str, to: str, upstream: bool, *, used: Collection[tuple[str, str]]
) -> tuple[str, ...]:
    """The species along the chain that `simulate` tells from a drug in the default tumour to *to*; or nothing."""
    return (_asked(partial(_chain, used=used), path, name, to, upstream) or ()) if used and not upstream else ()


def _chain(path: Pathway, drug: str, kind: str, *, to: str, used: Collection[tuple[str, str]]) -> tuple[str, ...]:
    from her2cli.cli._options import CellOptions
    from her2cli.logic.questions.responses import respond
    from her2cli.logic.questions.signal import spelled_out
    from her2cli.model import Scenario

    if kind != "drug":
        return ()
    scenario = Scenario(alterations=path.default_alterations, drugs=((drug, 1.0),), context=path.context)
    chain = respond(path, scenario, readouts=(to,), sampling=CellOptions().sampling).outcomes[0].chain
    return spelled_out(path, chain, used)


def _asked(of: Callable[..., Told | None], path: Pathway, name: str, to: str, upstream: bool) -> Told | None:
    from her2cli.graph import find_start

    try:
        (kind, first), goal = find_start(path, name), path.find_species(to)
    except UnknownName:  # which the walk tells
        return None
    if first == goal:
        return None
    begin, end = (goal, first) if upstream else (first, goal)
    try:
        return of(path, begin, "species" if upstream else kind, to=end)
    except Her2Error:
        return None


def share_and_cell(
    path: Pathway, chosen: Scenario, name: str, time: str, sampling: Sampling
) -> tuple[Response | None, dict[str, int] | None]:
    """The share of the cells in which *name* is on, and the usual kind of cell that is as most of them."""
    from her2cli.logic.network.scenario import prepare
    from her2cli.logic.questions.reasons import usual_cell
    from her2cli.logic.questions.responses import respond

    try:
        species = path.find_species(name)
    except UnknownName:  # a drug or an alteration of the scenario, or nothing: that is told by what explains it
        return None, None
    response = respond(path, chosen, readouts=(species,), sampling=sampling)
    share = getattr(response.simulation.readouts[species], time)
    prepared, most = prepare(path, chosen), int(share >= 0.5)
    return response, usual_cell(prepared, species, most, time=time, or_other=True)


def kept_from_acting(path: Pathway, name: str) -> dict[Edge, str]:
    """What keeps the actions of a drug or an alteration from happening in the pathway's own tumour."""
    from her2cli.graph import find_start
    from her2cli.logic.questions import signal

    try:
        kind, first = find_start(path, name)
        return signal.kept_from_acting(path, first, kind)
    except Her2Error:  # which the walk tells, or the pathway cannot run
        return {}


def nothing(path: Pathway, result: Trace, depth: int | None) -> Trace:
    """That there is no path, and in the same line whether the literature's network has one."""
    from her2cli import loading

    if not is_article(path) or not in_literature(loading.load(loading.NETWORK), result, depth).steps:
        return result
    return result._replace(note=f"{result.note} The literature's network has one: -p {loading.NETWORK}.")


def in_literature(other: Pathway, result: Trace, depth: int | None) -> Trace:
    """The same walk in the literature's network, as far as is needed to know whether there is one."""
    from her2cli import graph

    return graph.trace(other, result.start, to=result.to or None, upstream=result.upstream, depth=depth, limit=1)
