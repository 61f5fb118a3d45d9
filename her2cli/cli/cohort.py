"""`her2 cohort`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _names, _options, _scenario
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import counted
from her2cli.cli._room import RoomOptions
from her2cli.cli._rows import IntoOptions
from her2cli.errors import Her2Error, ScenarioError, UnknownName, each_of, nearest, shown

if TYPE_CHECKING:
    from her2cli.formats.study import Study
    from her2cli.logic.network.sampling import Sampling
    from her2cli.model import Pathway, Scenario
    from her2cli.render.plots import Grid
    from her2cli.render.tables import Table
    from her2cli.studies.cohort import Cohort, Looked, Matcher, Tally

TABLES = ("tumours", "groups", "alterations", "drugs", "genes", "unmatched")

DRAWN = 40  # groups and drugs in a heat map that is drawn,
HOT = 8  # and drugs in that of a terminal


def cohort(
    path: Annotated[
        str, Argument(metavar="FOLDER|FILE", help="A study of cBioPortal as downloaded, or a table (CSV, TSV, Excel).")
    ],
    scenario: _options.ScenarioOptions,
    only: Annotated[
        list[str] | None,
        Option(
            "--only",
            metavar="DRUG",
            help="Rank these drugs only. Repeatable.",
            autocompletion=_names.drugs,
        ),
    ] = None,
    readout: _options.Readouts = None,
    tumour: Annotated[str | None, Option("--tumour", "-t", metavar="ID", help="Tell of this tumour, with why.")] = None,
    table: Annotated[
        str, Option("--table", metavar="NAME", help=f"What --csv, --tsv and -o write: {', '.join(TABLES)}.")
    ] = "tumours",
    germline: Annotated[bool, Option("--germline", help="Count variants of the germ line, too.")] = False,
    limit: Annotated[int, Option("--limit", "-n", metavar="N", min=1, help="How many rows of each to show.")] = 8,
    *,
    into: IntoOptions,
    pathway: _options.Network = None,
    cells: _cells.FewerCells,
    room: RoomOptions,
    output: _options.OutputOptions,
) -> None:
    """Which drugs suit the tumours of a study: alterations found, groups, and for each the best drugs.

    Tumours with the same alterations are run once. Which variants, copy numbers and stains stand for which alteration
    is in the YAML (`match`; `her2 alteration NAME` shows it); --alteration gives one to every tumour. A gene that was
    not on a panel is not tested, which is told apart from not altered. Not for treatment decisions.

    her2 cohort STUDY -o tumours.csv
    """
    if table not in TABLES:
        raise Her2Error(f"--table {shown(table, 30)}: there are {', '.join(TABLES)}.")
    picture = into.check(path, pathway)
    with _scenario.asked(pathway, scenario) as asked:
        if scenario.cell_line:
            raise ScenarioError("The tumours of a cohort come from its files: leave out --cell-line.")
        chosen = _checked(asked, only or (), readout or ())
        added = chosen.alterations if scenario.alteration else ()
        drugs = [asked.pathway.find_drug(name) for name in only or ()]
        study, tally = _read(asked.pathway, path, germline=germline)
        tally.add_to_all(len(study.number), *map(tally.matcher.named, added))
        if tumour is not None and tumour not in study.number:
            raise UnknownName("tumour", tumour, nearest(tumour, study.number))
        found = _ranked(asked.pathway, chosen, study, tally, drugs, readout or (), cells.sampling, room)
        if found is None:
            return room.tell_share()
        asked.remarks += _remarks(asked.pathway, study, tally.matcher, found)
    into.save((lambda: _pictured(found, asked.pathway)) if picture else None, lambda: _columns(found, table))
    if into.into:
        what = f"heat map of {study.name} is" if picture else f"{table} of {study.name} are"
        remark(f"her2: the {what} in {into.into}.")
    show(_answer(found, study, table, limit, asked.pathway), output)
    if tumour is not None:
        _explain(found, study.number[tumour], chosen.context, pathway, tally)


def _checked(asked: _scenario.Asked, drugs: Sequence[str], readouts: Sequence[str]) -> Scenario:
    """The scenario; what else the line names is looked for before a study is read."""
    from her2cli.studies.screen import read_out

    path = asked.pathway
    return asked.checked(lambda: each_of(path.find_drug, drugs), lambda: read_out(path, readouts))


def _ranked(
    pathway: Pathway,
    chosen: Scenario,
    study: Study,
    tally: Tally,
    drugs: list[str],
    readouts: Sequence[str],
    sampling: Sampling,
    room: RoomOptions,
) -> Cohort | None:
    """The best *drugs* for the tumours of *study*, in the surroundings of what was *chosen*; None for a share of it."""
    from dataclasses import replace

    from her2cli.studies.cohort import cohort as run

    with room.at_work(), counted("scenarios") as told:
        return run(
            pathway,
            replace(chosen, alterations=()),
            tally,
            list(study.number),
            _looked(study, tally.matcher, tally),
            name=study.name,
            patients=study.patients,
            drugs=drugs,
            readouts=readouts,
            sampling=sampling,
            how=room.how,
            told=told,
        )


def _remarks(pathway: Pathway, study: Study, matcher: Matcher, found: Cohort) -> Iterator[str]:
    """What was left out of the data, and what the data could not show."""
    from her2cli.logic.network.scenario import acting

    yield from (f"{line}." for line in study.rows.told())
    for names, tumours in found.contrary:
        count = f"{tumours:,} tumour{'s' * (tumours != 1)}"
        yield f"{' and '.join(names)} are amounts of one thing, of which the first counts: {count}."
    if not acting(pathway, matcher.alterations):
        yield (
            f"no alteration that data show acts in {pathway.name}, so its tumours are all alike; her2 new FILE "
            "--alteration NAME begins one, and match: in it says which data show it."
        )
    unseen = {row.alteration for row in found.alterations if row.not_tested == len(found)}
    for name in pathway.default_alterations:
        if name in unseen:
            yield f"nothing in {study.name} could show {name}; -a {name} gives it to every tumour."


def _read(pathway: Pathway, path: str, *, germline: bool) -> tuple[Study, Tally]:
    """The study in *path*, and what it says of each tumour."""
    from functools import lru_cache
    from pathlib import Path

    from her2cli.cli._progress import progress
    from her2cli.formats import tumours
    from her2cli.formats.study import Study
    from her2cli.studies.cohort import Matcher, Tally, find_alteration, gene_names

    matcher = Matcher(pathway)

    def marker(name: str) -> str:
        try:
            found = pathway.find_species(name)
        except UnknownName:
            return ""
        return found if found in matcher.markers else ""

    study = Study(
        name=Path(path).resolve().name,
        genes=gene_names(pathway, matcher),
        marker=marker,
        lost=matcher.lost,
        stained=matcher.stained,
        own=lru_cache(1 << 16)(lambda word: find_alteration(pathway, word)),  # most cells say the same
        germline=germline,
    )
    tally = Tally(matcher=matcher)
    with progress("reading"):
        for name, finding in tumours.read(study, path):
            tally.take(study.number[name], finding)
    tally.grow(len(study.number))
    for name, place in study.number.items():
        for told in tally.contradictions(pathway, place):
            study.rows.bad(told, name)
    for name, alteration in study.named:
        tally.add(study.number[name], matcher.named(alteration))
    for name, place in study.number.items():
        for told in tally.open_doubts(place):
            study.rows.bad(told, name)
    for name, told in study.doubts:  # which were told where they stand
        tally.doubt(study.number[name], told, 0)
    return study, tally


def _looked(study: Study, matcher: Matcher, tally: Tally) -> Iterator[Looked]:
    from her2cli.formats import tumours
    from her2cli.studies.cohort import Looked

    made: dict[tuple[Any, ...], Looked] = {}
    for place, name in enumerate(study.number):
        genes, copies, fusions = tumours.looked(study, name)
        judged = tally.has[place] | tally.denied[place]
        key = genes, copies, fusions, judged
        if key not in made:
            made[key] = Looked(genes=genes, copies=copies, fusions=fusions, judged=frozenset(matcher.names(judged)))
        yield made[key]


# --- what it looks like --------------------------------------------------------------------------------------------


def _answer(found: Cohort, study: Study, table: str, limit: int, pathway: Pathway) -> Answer:
    return Answer(
        command="cohort",
        pathway=pathway,
        look=lambda: _look(found, study, limit, pathway),
        table=lambda: _table(found, table),
        data=lambda: _data(found, study, pathway),
    )


def _look(found: Cohort, study: Study, limit: int, pathway: Pathway) -> Any:
    from her2cli.render.cohorts import Columns
    from her2cli.render.console import Block, stacked, text
    from her2cli.render.matrices import with_contrary
    from her2cli.render.plots import heat_map
    from her2cli.render.runs import where
    from her2cli.studies.article import contrary_cohort

    altered = sum(group.tumours for group in found.groups if group.alterations)
    patients = len({study.patients.get(name, name) for name in study.number}) if study.patients else len(found)
    who = f"{len(found):,} tumour{'s' * (len(found) != 1)}"
    who += f" of {patients:,} patient{'s' * (patients != 1)}" if patients != len(found) else ""
    have = f"{altered:,} {'has' if altered == 1 else 'have'} one"
    head = (
        f"{found.name}: {who}, {len(found.groups):,} different by the alterations of the network; "
        f"{have}.\nScore: {found.screen.heading}; {found.screen.replicates:,} cells."
    )
    groups = heat_map(_grid(found, limit, HOT))
    present = [row for row in found.alterations if row.found]
    alterations = Columns(
        ("alteration", "found", "not found", "not tested"),
        [(row.alteration, f"{row.found:,}", f"{row.not_found:,}", f"{row.not_tested:,}") for row in present[:limit]],
    )
    drugs = Columns(
        ("drug", "among the best in", "mean gain"),
        [(row.drug, f"{row.best:,} tumour{'s' * (row.best > 1)}", f"{row.gain:+.2f}") for row in found.drugs[:limit]],
    )
    first = Block([where(pathway, found.screen.scenarios.base), text(head, "heading")])
    look = stacked(first, groups, alterations, drugs, text("\n".join(_notes(found, limit, len(present))), "quiet"))
    return with_contrary(look, _elsewhere.contrary_of(contrary_cohort, pathway, found))


def _notes(found: Cohort, limit: int, present: int) -> list[str]:
    """What is to be known beside the tables, of which each shows *limit* rows; *present* alterations were found."""
    from her2cli.variants import Unread

    untested = sum(row.not_tested == len(found) for row in found.alterations)
    plain = sum(group.tumours for group in found.groups if not group.alterations)
    notes = [f"{plain:,} with none found: computed as a normal cell, whose best drug says little of a tumour."] * (
        plain > 0
    )
    for shown_rows, every, what in (
        (min(limit, len(found.groups)), len(found.groups), ("group", "groups")),
        (min(limit, present), present, ("alteration that was found", "alterations that were found")),
        (
            min(limit, len(found.drugs)),
            len(found.drugs),
            ("drug that is among the best", "drugs that are among the best"),
        ),
    ):
        if shown_rows < every:
            left = every - shown_rows
            notes.append(f"{left:,} more {what[left != 1]}: -n, --table.")
    if untested:
        notes.append(f"{untested} alteration{'s' * (untested != 1)} could be seen in no tumour of this study.")
    if found.doubts:
        count = f"{len(found.doubts):,} tumour{'s have' if len(found.doubts) > 1 else ' has'}"
        notes.append(f"{count} reports that leave something open or contradict one another: doubts in --table tumours.")
    if found.unmatched:
        some = ", ".join(f"{finding} ({count:,})" for finding, count in found.unmatched[:4])
        total = sum(count for _, count in found.unmatched)
        more = " ..." if len(found.unmatched) > 4 else ""
        words = any(isinstance(finding, Unread) for finding, _ in found.unmatched)
        which = "" if words else " in genes of the network"
        matches = f"finding{which} matches" if total == 1 else f"findings{which} match"
        notes.append(f"{total:,} {matches} no alteration: {some}{more} (--table unmatched).")
    notes.append(
        f"{found.elsewhere:,} finding{' is' if found.elsewhere == 1 else 's are'} in other genes, {found.silent:,} "
        f"change{'s' * (found.silent == 1)} no protein. "
        "Drugs that the score cannot tell apart share the place; --tumour ID says why."
    )
    return notes


def _columns(found: Cohort, table: str) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """The header and the rows of a table of the cohort."""
    if table == "tumours":
        return found.header, found.rows()
    if table == "groups":
        readouts = found.screen.readouts
        rows: Iterator[tuple[Any, ...]] = (
            (
                " ".join(group.alterations),
                group.tumours,
                group.score,
                *(group.untreated[name] for name in readouts),
                " ".join(each.drug for each in group.best),
                group.best[0].score if group.best else None,
                sum(each.tied for each in group.best),
            )
            for group in found.groups
        )
        shares = tuple(f"{name}_untreated" for name in readouts)
        return ("alterations", "tumours", "score_without_drug", *shares, "best", "best_score", "tied"), rows
    if table == "alterations":
        names = ("alteration", "found", "not_found", "not_tested", "alone")
        return names, (tuple(getattr(row, name) for name in names) for row in found.alterations)
    if table == "drugs":
        return ("drug", "best_in", "mean_gain"), ((row.drug, row.best, row.gain) for row in found.drugs)
    if table == "genes":
        return ("gene", "tumours_with_a_variant"), iter(found.genes)
    return ("finding", "rows"), ((str(finding), count) for finding, count in found.unmatched)


def _grid(found: Cohort, rows: int = DRAWN, columns: int = DRAWN) -> Grid:
    """The score of no drug, and of the two best drugs of each of the largest groups, in these groups."""
    from her2cli.render.plots import Grid
    from her2cli.studies.screen import NOTHING

    place = {level.name: number for number, level in enumerate(found.screen.scenarios.axes[1].levels)}
    wide = len(place)
    groups = found.groups[:rows]
    some = [each.drug for group in groups for each in group.best[:2]]
    drugs = [*dict.fromkeys([*some, *(row.drug for row in found.drugs)])][:columns]
    names = {NOTHING: "no drug"} | {name: name for name in drugs}
    return Grid(
        rows=[f"{' + '.join(group.alterations) or 'none found'} ({group.tumours:,})" for group in groups],
        columns=list(names.values()),
        values=[[found.screen.score(row * wide + place[name]) for name in names] for row in range(len(groups))],
        down="alterations (tumours)",
        across="drug",
        of="score",
        title="The largest groups, and the score of the best drugs in each",
    )


def _pictured(found: Cohort, pathway: Pathway) -> Grid:
    """The heat map of a file, which says what it is of."""
    from dataclasses import replace

    from her2cli.render.runs import about

    base, grid = found.screen.scenarios.base, _grid(found)
    said = f"{found.name}: {len(found):,} tumours. Score: {found.screen.heading}"
    left = _left_out(found, grid)
    if left:
        remark(f"her2: note: {left}")
    return replace(grid, about=about(base, pathway, said, *filter(None, [left])))


def _left_out(found: Cohort, grid: Grid) -> str:
    """What a heat map leaves out of the groups and drugs; empty for nothing."""
    groups, drugs = len(found.groups) - len(grid.rows), len(found.screen.scenarios.axes[1].levels) - len(grid.columns)
    tumours = sum(group.tumours for group in found.groups[len(grid.rows) :])
    told = [f"{groups:,} of the smallest groups ({tumours:,} tumours)"] * (groups > 0)
    told += [f"{drugs:,} drugs"] * (drugs > 0)
    return f"Left out of the picture: {' and '.join(told)}; a name that ends in .csv writes all." if told else ""


def _table(found: Cohort, table: str) -> Table:
    from her2cli.render.tables import Table

    header, rows = _columns(found, table)
    return Table(columns=header, rows=tuple(rows))


def _data(found: Cohort, study: Study, pathway: Pathway) -> dict[str, Any]:
    from dataclasses import asdict

    from her2cli.render.matrices import contrary_data
    from her2cli.studies.article import contrary_cohort

    return {
        "study": found.name,
        "tumours": len(found),
        "score": found.screen.heading,
        "replicates": found.screen.replicates,
        "seed": found.screen.seed,
        "engine": found.screen.engine,
        "groups": [asdict(group) for group in found.groups],
        "alterations": [asdict(row) for row in found.alterations],
        "drugs": [asdict(row) for row in found.drugs],
        "genes": dict(found.genes),
        "unmatched": [{"finding": str(finding), "rows": count} for finding, count in found.unmatched],
        "elsewhere": found.elsewhere,
        "silent": found.silent,
        "doubts": {found.tumours[place]: told for place, told in found.doubts.items()},
        "rows_left_out": dict(study.rows.counts),
        "article": contrary_data(_elsewhere.contrary_of(contrary_cohort, pathway, found)),
    }


def _explain(found: Cohort, place: int, context: str, pathway: str | None, tally: Tally) -> None:
    """The tumour at *place*, its best drug as `simulate` tells it, and the line that asks for it."""
    from shlex import quote

    from her2cli.cli._output import look, write
    from her2cli.cli.simulate import simulate
    from her2cli.model import Scenario
    from her2cli.render.console import text

    group = found.groups[found.group_of[place]]
    missing = found.untested[found.untested_of[place]]
    said = f"\n{found.tumours[place]}: {', '.join(group.alterations) or 'no alteration of the network was found'}"
    said += f"; not tested: {', '.join(missing)}" if missing else ""
    said += "".join(f". But {each}" for each in tally.doubtful(place))
    write(look(text(f"{said}." if group.alterations else f"{said}. It is computed as a normal cell.")))
    if not group.best:
        return
    best = Scenario(alterations=group.alterations, drugs=((group.best[0].drug, 1.0),), context=context)
    asked = _options.as_options(best)
    line = " ".join(["her2 simulate", *_options.as_words(asked), *(["-p", quote(pathway)] if pathway else [])])
    write(f"Best: {', '.join(each.drug for each in group.best if each.tied)}. {line}\n\n")
    plainly = (_options.CellOptions(), _options.SemanticsOptions())
    simulate(asked, *plainly, pathway=pathway, output=_options.BriefOptions())
