"""`her2 resist`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _names, _options, _scenario
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Option, Options
from her2cli.cli._progress import progress
from her2cli.cli._rows import RowsOptions, check_rows, save_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.model import Pathway
    from her2cli.render.console import Line
    from her2cli.render.tables import Cell, Table
    from her2cli.studies.resist import Resistance, Way

ROWS = 4  # of each list with its chains, the others by name
NAMED = 24
COLUMNS = ("set", "share", "error", "chain", "experiments", "evidence", "counters", "everywhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOptions(Options):
    """How much of the answer a person reads."""

    limit: Annotated[
        int | None,
        Option(
            "--limit", "-n", metavar="N", min=1, help=f"How many sets of each kind to show with their chains; {ROWS}."
        ),
    ] = None
    verbose: Annotated[
        bool, Option("--verbose", "-v", help="All sets, each with its whole chain, experiments and references.")
    ] = False


def resist(
    scenario: _options.ScenarioOptions,
    readout: Annotated[
        str | None,
        Option(
            "--readout",
            "-r",
            metavar="NAME[=0|1]",
            help="What is to stay off (0) or on (1); the first readout that the treatment changes.",
            autocompletion=_names.species,
        ),
    ] = None,
    over: Annotated[
        str, Option("--over", metavar="WHAT", help="alterations, species (held on or off), or both.")
    ] = "alterations",
    size: Annotated[int, Option("--size", "-k", metavar="N", min=1, help="How many changes a set has at most.")] = 2,
    counter: Annotated[
        bool, Option("--counter", help="For each set the smallest sets of further drugs that restore the block.")
    ] = False,
    *,
    shown: ShownOptions,
    file: RowsOptions,
    pathway: _options.Network = None,
    cells: _cells.FewerCells,
    output: _options.OutputOptions,
) -> None:
    """What makes a drug fail: the smallest sets of alterations under which a readout stays as it was.

    Each set comes with the share of cells and the chain from it to the readout. Small sets stand first, of these those
    that experiments know, then those with the most cells; below, whether the list is complete or only sound. What does
    it in many cells, but not in every end of a cell, follows. Without --context no immune cells are there.

    her2 resist --drug trastuzumab
    her2 resist --drug trastuzumab -v
    """
    from her2cli.studies.resist import resist as run

    check_rows(file.into, pathway, force=file.force)
    with _scenario.asked(pathway, scenario, surrounded=False) as asked, progress("trying sets"):
        found = run(
            asked.pathway,
            asked.checked(lambda: _known(asked.pathway, readout)),
            readout=readout or "",
            over=over,
            size=size,
            counter=2 if counter else 0,
            sampling=cells.sampling,
        )
    if file.into:
        save_rows(file.into, COLUMNS, _table(found).rows)
    answer = Answer(
        command="resist",
        pathway=asked.pathway,
        look=lambda: _look(found, asked.pathway, _contrary(asked.pathway, found), shown.limit, verbose=shown.verbose),
        table=lambda: _table(found),
        data=lambda: _data(found, cells.sampling.seed, _contrary(asked.pathway, found)),
        notes=lambda: [found.guarantee, *([_without(found)] if found.blocked else [])],
    )
    show(answer, output)


def _known(pathway: Pathway, readout: str | None) -> None:
    """Raise `UnknownName` where the readout is no species."""
    if readout:
        pathway.find_species(readout.partition("=")[0])


def _contrary(pathway: Pathway, found: Resistance) -> tuple[tuple[str, ...], ...]:
    """The sets of which the article says the contrary."""
    from her2cli.studies.article import contrary_sets

    article = _elsewhere.article_beside(pathway)
    return contrary_sets(article, found) if article else ()


def _look(
    found: Resistance,
    pathway: Pathway,
    contrary: Sequence[tuple[str, ...]] = (),
    limit: int | None = None,
    *,
    verbose: bool = False,
) -> RenderableType:
    from her2cli.render.console import Block, stacked, text
    from her2cli.render.runs import asked_words, where

    drugs = " + ".join([*(name for name, _ in found.scenario.drugs), *(f"{n}={v}" for n, v in found.scenario.clamps)])
    state = "on" if found.value else "off"
    head = Block([where(pathway, found.scenario), text(f"{asked_words(found.scenario, pathway)}.")])
    if not found.blocked:
        ends = "in every end that one cell may come to (in shares of cells: 'her2 simulate')"
        said = (
            f"{found.readout} stays {state} under {drugs} in this tumour as it is, {ends}: there is nothing to resist."
        )
        ask = "'her2 screen drugs' with the same tumour and drug ranks what to add to it."
        return stacked(head, text(said), text(ask))
    count = len(found.ways) + found.more
    title = (
        f"{_counted(found, count)} after which {found.readout} stays {state}"
        if count
        else (f"No set after which {found.readout} stays {state}")
    )
    ways, partly = sorted(found.ways, key=_place), sorted(found.partly, key=_place)
    best = (
        " What blocks again begins with what acts nearest to the change on its own chain, and of the rest with the drug"
        " that leaves the fewest cells."
        if found.counter
        else ""
    )
    most = limit or (len(ways) + len(found.partly) if verbose else ROWS)
    note = f"{_without(found)} {found.guarantee}{best}"
    looks: list[RenderableType] = [head, _listed(found, pathway, ways, title, note, most=most, verbose=verbose)]
    if found.partly:
        title = "In many cells, not in every end that a cell may come to"
        looks.append(_listed(found, pathway, partly, title, most=most, verbose=verbose))
    last = []
    if contrary:
        named = _some([" + ".join(names) for names in contrary], 3)
        said = f"The article's pathway says the contrary of {named}: {found.readout} does not stay {state}"
        last.append(text(f"{said} (-p article).", "status"))
    if pathway.context and found.scenario.context != pathway.context:
        other = pathway.context
        said = f"'her2 simulate' asks of cells in {other}, whose shares are others; so does --context {other} here."
        last.append(text(said, "quiet"))
    if not verbose:
        several = max(len(ways), len(found.partly)) > most
        more = "-n N shows more with their chains; -v all" if several else "-v shows each"
        last.append(text(f"{more}, with whole chains ('...'), experiments and references.", "quiet"))
    return Block([stacked(*looks), *last])


def _place(way: Way) -> tuple[int, bool]:
    """What stands first: small sets, and of these what experiments know; the others are by their share already."""
    return len(way.names), not way.experiments


def _counted(found: Resistance, count: int) -> str:
    """How many smallest sets there are, by their size where there are several sizes."""
    sizes = [len(way.names) for way in found.ways]
    by_size = [f"{sizes.count(size)} of {size}" for size in sorted({*sizes})]
    several = f" ({', '.join(by_size)})" if by_size[1:] and not found.more else ""
    return f"{count:,} smallest set{'s' if count > 1 else ''}{several}"


def _without(found: Resistance) -> str:
    """In how many cells the treatment leaves the readout as it was, which the sets are to be held against."""
    error = (found.without * (1 - found.without) / found.replicates) ** 0.5
    state = "on" if found.value else "off"
    return f"With no change {found.readout} stays {state} in {found.without:.2f} ± {error:.2f} of the cells."


def _listed(
    found: Resistance,
    pathway: Pathway,
    ways: Sequence[Way],
    title: str,
    note: str = "",
    *,
    most: int,
    verbose: bool = False,
) -> RenderableType:
    """The first sets with their shares of the cells, and below each why, in a line unless all is asked; then names."""
    from her2cli.cli._output import width
    from her2cli.render.console import Block, Line, at_commas, text

    ways, rest = ways[:most], ways[most:]
    names = max((len(" + ".join(way.names)) for way in ways), default=0)
    state = "on" if found.value else "off"
    lines: list[RenderableType] = [text(title, "heading")]
    for way in ways:
        share = f"{way.share:.2f} ± {way.error:.2f} of cells {state}"
        share += f", experiments {_some(way.experiments, 2)}" if way.experiments else ""
        lines.append(Line([(f"{' + '.join(way.names):<{names}}", "name"), (f"  {share}", "")]))
        lines += _because(found, pathway, way, width(), verbose=verbose)
    if rest:
        shares = sorted({f"{way.share:.2f}" for way in rest}, reverse=True)
        share = f"{' to '.join(dict.fromkeys((shares[0], shares[-1])))} of cells {state}"
        others = _some([" + ".join(way.names) for way in rest], NAMED)
        lines += map(Line, at_commas([(f"and {len(rest)} more, {share}: {others}", "")], width()))
    return Block([*lines, *([text(note, "quiet")] if note else [])])


def _because(found: Resistance, pathway: Pathway, way: Way, width: int, *, verbose: bool) -> list[Line]:
    """The chain from the set to the readout, what would block again, and what was published if it is asked for."""
    from her2cli.render.console import Line, at_arrows, at_commas

    lines = [] if found.adds(way) else [Line([("  hardly more cells than with no change", "quiet")])]
    if way.links:
        chain = [way.links[0].source, *(f"{link.effect.arrow} {link.target}" for link in way.links)]
        said = " ".join(chain if verbose else _in_a_line(chain, width - 2))
        lines += map(Line, at_arrows([(f"  {said}", "")], width))
    elif way.everywhere:
        lines.append(Line([("  no single chain", "quiet")]))
    if verbose and (way.experiments or way.evidence):
        known = f"experiments {', '.join(way.experiments)}; " if way.experiments[2:] else ""
        lines += map(Line, at_commas([(f"  ({known}{', '.join(way.evidence)})", "quiet")], width))
    if found.counter:
        none = "none of at most 2 drugs" if way.everywhere else "no drug alone"
        counters = [" + ".join(each) for each in sorted(way.counters, key=partial(_off_the_road, pathway, way))]
        restored = (", ".join(counters) if verbose else _some(counters, 3)) or none
        lines += map(Line, at_commas([(f"  Blocked again by: {restored}", "drug")], width))
    return lines


def _off_the_road(pathway: Pathway, way: Way, drugs: Sequence[str]) -> int:
    """How far along the chain of *way* the first of *drugs* acts that does; behind its end where none does."""
    road = [link.target for link in way.links[:-1]]
    acts = {edge.target for drug in drugs for edge in pathway.actions(drug) if not edge.blocks}
    return next((place for place, name in enumerate(road) if name in acts), len(road))


def _in_a_line(chain: Sequence[str], room: int) -> Sequence[str]:
    """A *chain* in so much room: its begin and its last step, with dots for what has no place between."""
    if len(" ".join(chain)) <= room:
        return chain
    kept = next((n for n in range(len(chain) - 2, 1, -1) if len(" ".join([*chain[:n], "...", chain[-1]])) <= room), 1)
    return [*chain[:kept], "...", chain[-1]]


def _some(names: Any, count: int = 4) -> str:
    return ", ".join(names[:count]) + (f" and {len(names) - count} more" if len(names) > count else "")


def _table(found: Resistance) -> Table:
    from her2cli.render.tables import Table

    rows: list[tuple[Cell, ...]] = [
        (
            tuple(way.names),
            way.share,
            way.error,
            tuple([way.links[0].source, *(link.target for link in way.links)] if way.links else ()),
            way.experiments,
            way.evidence,
            tuple(" + ".join(each) for each in way.counters),
            way.everywhere,
        )
        for way in (*found.ways, *found.partly)
    ]
    return Table(columns=COLUMNS, rows=tuple(rows))


def _data(found: Resistance, seed: int, contrary: Sequence[tuple[str, ...]]) -> dict[str, Any]:
    from her2cli.render.runs import scenario_data

    return {
        "seed": seed,
        "replicates": found.replicates,
        "engine": found.engine,
        "scenario": scenario_data(found.scenario),
        "readout": found.readout,
        "value": found.value,
        "blocked": found.blocked,
        "over": found.over,
        "candidates": found.candidates,
        "size": found.size,
        "complete": not found.uncertain,
        "uncertain": list(found.uncertain),
        "guarantee": found.guarantee,
        "without": found.without,
        "sets": found.records(),
        "not_explained": found.more,
        "article": [list(names) for names in contrary],
    }
