"""`her2 resist`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _names, _options, _scenario
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Option
from her2cli.cli._progress import progress
from her2cli.cli._rows import RowsOptions, check_rows, save_rows

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.model import Pathway
    from her2cli.render.tables import Cell, Table
    from her2cli.studies.resist import Resistance, Way

COLUMNS = ("set", "share", "error", "chain", "experiments", "evidence", "counters", "everywhere")


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
    limit: Annotated[int, Option("--limit", "-n", metavar="N", min=1, help="How many sets to show.")] = 12,
    *,
    file: RowsOptions,
    pathway: _options.Network = None,
    cells: _cells.FewerCells,
    output: _options.OutputOptions,
) -> None:
    """What makes a drug fail: the smallest sets of alterations under which a readout stays as it was.

    Each set comes with the share of cells, the chain from it to the readout, and the experiments and references that
    are known for it; below it stands whether it is complete or only sound. A change that does it in many cells, but
    not in every end of a cell, follows; the most cells stand first. Without --context no immune cells are there.

    her2 resist --drug trastuzumab
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
        look=lambda: _look(found, limit, asked.pathway, _contrary(asked.pathway, found)),
        table=lambda: _table(found),
        data=lambda: (
            _data(found, cells.sampling.seed) | {"article": [list(names) for names in _contrary(asked.pathway, found)]}
        ),
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


def _look(found: Resistance, limit: int, pathway: Pathway, contrary: Sequence[tuple[str, ...]] = ()) -> RenderableType:
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
        f"{count:,} smallest sets after which {found.readout} stays {state}"
        if count
        else (f"No set after which {found.readout} stays {state}")
    )
    if len(found.ways) > limit:
        title += _shown(limit)
    best = " What blocks again begins with the drug that leaves the fewest cells." if found.counter else ""
    tables = [_listed(found, found.ways[:limit], title, f"{_without(found)} {found.guarantee}{best}")]
    if found.partly:
        more = "" if len(found.partly) <= limit else _shown(limit)
        title = f"In many cells, not in every end that a cell may come to{more}"
        tables.append(_listed(found, found.partly[:limit], title))
    table = stacked(*tables)
    if not contrary:
        return stacked(head, table)
    named = _some([" + ".join(names) for names in contrary], 3)
    said = f"The article's pathway says the contrary of {named}: {found.readout} does not stay {state} (-p article)."
    return Block([stacked(head, table), text(said, "status")])


def _shown(limit: int) -> str:
    return f"; {f'the {limit}' if limit > 1 else 'that'} with the most cells, -n shows more"


def _without(found: Resistance) -> str:
    """In how many cells the treatment leaves the readout as it was, which the sets are to be held against."""
    error = (found.without * (1 - found.without) / found.replicates) ** 0.5
    state = "on" if found.value else "off"
    return f"With no change {found.readout} stays {state} in {found.without:.2f} ± {error:.2f} of the cells."


def _listed(found: Resistance, ways: Sequence[Way], title: str, note: str = "") -> Table:
    from her2cli.render.tables import Table

    rows = tuple((" + ".join(way.names), f"{way.share:.2f} ± {way.error:.2f}", _because(found, way)) for way in ways)
    columns = ("changes", f"cells {'on' if found.value else 'off'}", "why")
    return Table(title=title, columns=columns, rows=rows, styles={"changes": "name"}, note=note)


def _because(found: Resistance, way: Way) -> str:
    """The chain from the set to the readout, what was published, and what would block again."""
    words = [] if found.adds(way) else ["hardly more cells than with no change"]
    if way.everywhere or way.links:
        chain = way.links[0].source if way.links else "no single chain"
        words.append(chain + "".join(f" {link.effect.arrow} {link.target}" for link in way.links))
    if way.experiments:
        words.append(f"experiments {_some(way.experiments)}")
    said = "; ".join(words) + (f" ({_some(way.evidence)})" if way.evidence else "")
    if found.counter:
        none = "none of at most 2 drugs" if way.everywhere else "no drug alone"
        restored = _some([" + ".join(each) for each in way.counters]) if way.counters else none
        said += f". Blocked again by: {restored}"
    return said.strip(" .")


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


def _data(found: Resistance, seed: int) -> dict[str, Any]:
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
    }
