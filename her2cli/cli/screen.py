"""`her2 screen`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from her2cli.cli import _cells, _elsewhere, _names, _options, _scenario
from her2cli.cli._errors import remark
from her2cli.cli._output import Answer, show, width
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import counted
from her2cli.cli._room import RoomOptions
from her2cli.cli._rows import IntoOptions
from her2cli.errors import Her2Error, ScenarioError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.logic.network.sampling import Sampling
    from her2cli.model import Pathway
    from her2cli.render.plots import Grid
    from her2cli.render.tables import Table
    from her2cli.studies.screen import Hit, Screen

DRAWN, DRAWN_ACROSS = 240, 90  # rows and columns of a picture; more would be too small to read
DRAWN_NAMES = 60  # characters of a label there, where what is the same throughout stands together
ROWS = 10  # with what stands around them a screen of 24 lines
NO_GAIN = 0.005  # a score this close to 1 leaves nothing to gain


Worst = Annotated[
    bool, Option("--worst", help="Show the worst first; unasked of alterations under a drug, which protect from it.")
]
Best = Annotated[bool, Option("--best", help="Show the best first.")]


def screen(
    along: Annotated[
        list[str],
        Argument(
            metavar="KIND...",
            help=(
                "drugs, pairs, alterations, alteration-pairs, cell-lines, knockouts or activations; several kinds are "
                "multiplied. drugs=lapatinib,tucatinib takes these only."
            ),
            autocompletion=_names.screens,
        ),
    ],
    scenario: _options.ScenarioOptions,
    readout: _options.Readouts = None,
    time: _options.When = "late",
    limit: Annotated[int, Option("--limit", "-n", metavar="N", min=1, help="How many rows to show.")] = ROWS,
    worst: Worst = False,
    best: Best = False,
    why: Annotated[int | None, Option("--why", metavar="N", min=1, help="Explain the row that stands there.")] = None,
    *,
    into: IntoOptions,
    pathway: _options.Network = None,
    cells: _cells.FewerCells,
    room: RoomOptions,
    output: _options.OutputOptions,
) -> None:
    """Which drug, pair, alteration, cell line or knock-out: all of them, ranked.

    The score is the mean, over the readouts, of the share of cells in which the readout is as a treatment is to bring
    it: on or off, as the heading says. A rank is one more than the rows that are surely better: by more than two
    standard errors. Two kinds also make a heat map. With the same --seed a scenario has the same numbers,
    whatever is screened beside it and in whatever parts.

    her2 screen drugs --cell-line HCC1954
    her2 screen pairs -a ERBB2_amp -a PTEN_loss --limit 10
    her2 screen drugs cell-lines -o table.csv
    """
    picture = into.check(pathway)
    _check(along, scenario, why, worst and best, output)
    with _scenario.asked(pathway, scenario) as asked:
        found = _ranked(asked, along, readout or (), time, cells.sampling, room)
        if found is None:
            room.tell_share()
            return
        asked.remarks += _left_out(asked.pathway, found, asked.scenario.alterations)
    if why is not None and why > len(found):
        raise Her2Error(f"--why {why}: there {'is 1 row' if len(found) == 1 else f'are {len(found):,} rows'}.")
    first = worst or (not best and _protecting(found))
    _save(into, found, _pictured(asked.pathway, found, worst=first) if picture else None)
    answer = Answer(
        command="screen",
        pathway=asked.pathway,
        look=lambda: _look(asked.pathway, found, limit, worst=first),
        table=lambda: _table(found),
        data=lambda: _data(asked.pathway, found),
    )
    show(answer, output)
    if why is not None:
        _explain(found, why, worst=first, pathway=pathway)


def _save(into: IntoOptions, found: Screen, drawn: Grid | None) -> None:
    """Write what was asked for, and say so; of a picture that has not all rows, that it has not, and what has."""
    into.save((lambda: drawn) if drawn else None, lambda: (found.header, found.rows()))
    if into.into is None:
        return
    if drawn is None:
        remark(f"her2: {len(found):,} row{' is' if len(found) == 1 else 's are'} in {into.into}.")
        return
    more = "; -o with a name that ends in .csv writes every row" if "left out" in drawn.title else ""
    remark(f"her2: the heat map is in {into.into}{more}.")


def _ranked(
    asked: _scenario.Asked,
    along: Sequence[str],
    readouts: Sequence[str],
    time: str,
    sampling: Sampling,
    room: RoomOptions,
) -> Screen | None:
    from her2cli.model import Scenario, check_time
    from her2cli.studies.screen import axes, read_out
    from her2cli.studies.screen import screen as run

    path = asked.pathway
    asked.checked(lambda: check_time(time), lambda: axes(path, Scenario(), along), lambda: read_out(path, readouts))
    with room.at_work(), counted("scenarios") as told:
        return run(
            asked.pathway,
            asked.scenario,
            along,
            readouts=readouts,
            time=time,
            sampling=sampling,
            how=room.how,
            told=told,
        )


def _check(
    along: Sequence[str],
    scenario: _options.ScenarioOptions,
    why: int | None,
    both_ends: bool,
    output: _options.OutputOptions,
) -> None:
    """Raise what is wrong with a line whatever is found: two options that exclude each other."""
    if why is not None and (output.json or output.csv or output.tsv):
        raise Her2Error("--why explains a row to people; leave out --json, --csv and --tsv.")
    if both_ends:
        raise Her2Error("Either --worst or --best stands first: leave out one.")
    if any(each.partition("=")[0] == "cell-lines" for each in along) and (scenario.cell_line or scenario.alteration):
        raise ScenarioError(
            "Cell lines stand in place of the tumour: leave out --cell-line and --alteration, or screen cell-lines "
            "alterations=NAME."
        )


def _left_out(pathway: Pathway, found: Screen, alterations: Sequence[str]) -> Iterator[str]:
    """What was asked for and is in no scenario, and why."""
    for axis in found.scenarios.axes:
        if axis.idle:
            yield f"{len(axis.idle)} {axis.kind} that do nothing in {pathway.name} were left out: {_some(axis.idle)}."
    for axis in found.scenarios.axes:
        if axis.contrary and axis.kind == "cell-lines":
            yield f"{_some(axis.contrary)}: left out, for a tumour has one amount of a thing, not two."
        elif axis.contrary:
            yield f"{_some(axis.contrary)}: left out, for {' + '.join(alterations)} has another amount of it."


def _some(names: Sequence[str], size: int = 80) -> str:
    """As many of *names* as take about *size* characters, and how many more there are."""
    count = 1
    while count < len(names) and len(", ".join(names[: count + 1])) <= size:
        count += 1
    return ", ".join(names[:count]) + (f" +{len(names) - count}" if count < len(names) else "")


# --- what it looks like --------------------------------------------------------------------------------------------


def _look(pathway: Pathway, found: Screen, limit: int, *, worst: bool) -> RenderableType:
    from her2cli.render.console import Block, stacked, text
    from her2cli.render.matrices import with_contrary
    from her2cli.render.plots import heat_map
    from her2cli.render.runs import where
    from her2cli.render.screens import Line, Ranking
    from her2cli.studies.article import contrary_screen
    from her2cli.studies.screen import NOTHING

    product = len(found.scenarios.axes) == 2
    groups = _first(found, min(limit, 5) if product else limit, worst=worst)
    lines = [
        Line(
            rank=str(hits[0].rank or ""),
            names=tuple(
                _some(tuple(dict.fromkeys(names)), 30) for names in zip(*(hit.names for hit in hits), strict=True)
            ),
            score=f"{hits[0].score:.2f} ± {hits[0].error:.2f}",
            shares=tuple(round(100 * hits[0].shares[name]) for name in found.readouts),
        )
        for hits in groups
    ]
    order = _order(found, sum(map(len, groups)), worst=worst)
    ties = sum(rank == 1 for rank in found.ranks)
    shared = f"; {ties:,} share rank 1" if ties > 1 else ""
    notes = [f"Shares in percent of {found.replicates:,} cells, {found.time}. {order}"]
    (first, *_), *others = (axis.levels for axis in found.scenarios.axes)
    if not others and first.name == NOTHING and found.score(0) > 1 - NO_GAIN:
        notes.append("As it is, it meets every goal, so nothing can be better: -s NAME=1 or --inputs 1 changes that.")
    if _of_normal_cells(pathway, found):
        notes.append("A normal cell: what ranks first harms it most, which says little of a tumour.")
    notes.append(f"Rank: one more than the rows better by two standard errors{shared}.")
    best = Ranking(
        names=found.names,
        readouts=found.readouts,
        lines=lines,
        goals={goal.species: goal.value for goal in found.goals},
        notes=tuple(notes),
    )
    shown = [hit.place for hits in groups for hit in hits if hit.rank]
    look = stacked(
        Block([where(pathway, found.scenarios.base), text(f"{_tumour(pathway, found)}. Score: {_score(found)}.")]),
        heat_map(_grid(found, limit=limit, width=width(), worst=worst)) if product else None,
        best,
    )
    return with_contrary(look, _elsewhere.contrary_of(contrary_screen, pathway, found, shown))


def _pictured(pathway: Pathway, found: Screen, *, worst: bool) -> Grid:
    """The heat map of a file, which says what it is of, and what is not in it."""
    from her2cli.render.runs import about

    grid = _grid(found, limit=DRAWN, columns=DRAWN_ACROSS, names=DRAWN_NAMES, worst=worst)
    title = grid.title if len(found.names) == 1 else f"{grid.title}: {_score(found)}"
    return replace(grid, about=about(found.scenarios.base, pathway, _tumour(pathway, found)), title=title)


def _of_normal_cells(pathway: Pathway, found: Screen) -> bool:
    """Whether treatments are ranked in a cell that has none of the alterations that *pathway* knows."""
    kinds = {axis.kind for axis in found.scenarios.axes}
    untouched = not kinds & {"alterations", "cell-lines"} and not found.scenarios.base.alterations
    return bool(pathway.alterations and kinds & {"drugs", "pairs"}) and untouched


def _score(found: Screen) -> str:
    """How the score is made; of very many goals the first are named, and how many there are."""
    from her2cli.studies.screen import score_in_words

    more = len(found.goals) - 8
    if more <= 0:
        return found.heading
    return f"{score_in_words(found.goals[:8], found.time)} and {more} more (--json names all)"


def _tumour(pathway: Pathway, found: Screen) -> str:
    """What all scenarios have in common, in one line."""
    from her2cli.render.runs import scenario_words

    base = found.scenarios.base
    lines = any(axis.kind == "cell-lines" for axis in found.scenarios.axes)
    tumour = "Cell lines" if lines else scenario_words(replace(base, ligands=(), inputs=None), pathway)[0]
    given = [name if dose == 1 else f"{name} (dose {dose:g})" for name, dose in base.drugs]
    given += [f"{name}={value}" for name, value in base.clamps]
    words = [
        tumour,
        f"under {' + '.join(given)}" if given else "",
        f"with {', '.join(base.ligands)}" if base.ligands else "",
    ]
    return ", ".join(word for word in words if word)


def _order(found: Screen, shown: int, *, worst: bool) -> str:
    end = "worst" if worst else "best"
    if shown == len(found):
        return f"All {shown:,} rows, {end} first."
    other = "--best" if worst else "--worst"
    return f"The {shown:,} {end} of {len(found):,} rows; -n shows more, {other} the others, -o writes all."


def _protecting(found: Screen) -> bool:
    """Whether alterations alone are screened under a drug: those that protect from it, the worst, are asked for."""
    kinds = [axis.kind for axis in found.scenarios.axes]
    return kinds == ["alterations"] and bool(found.scenarios.base.drugs)


def _first(found: Screen, count: int, *, worst: bool) -> list[list[Hit]]:
    """The rows that are shown on *count* lines. Along one axis all that have the same shares stand on one line."""
    groups: list[list[Hit]] = []
    for hit in found.hits(worst=worst):
        alike = groups and len(hit.names) == 1 and (groups[-1][0].rank, groups[-1][0].shares) == (hit.rank, hit.shares)
        if alike:
            groups[-1].append(hit)
        elif len(groups) == count:
            break
        else:
            groups.append([hit])
    return groups


def _rows_of(found: Screen, limit: int, *, worst: bool) -> Grid:
    """The shares of all readouts, a row each, as far as *limit* rows go; what they leave out is said."""
    from her2cli.render.plots import Grid

    hits = list(islice(found.hits(worst=worst), limit))
    more = f"; left out: {len(found) - limit:,} of {len(found):,} rows" if len(found) > limit else ""
    return Grid(
        rows=[" x ".join(hit.names) for hit in hits],
        columns=found.readouts,
        values=[[hit.shares[name] for name in found.readouts] for hit in hits],
        down=" x ".join(found.names),
        title=f"Score: {found.heading}{more}",
    )


def _grid(
    found: Screen, *, limit: int, columns: int | None = None, names: int = 24, width: int | None = None, worst: bool
) -> Grid:
    """The scores of two axes, as far as they fit into *limit* rows and *width* characters; of one its rows.

    Rows that are the same throughout are one, and so are columns; *names* is the room for what they are called.
    """
    from her2cli.render.plots import CELL, Grid, room_for

    axes = found.scenarios.axes
    if len(axes) != 2:
        return _rows_of(found, limit, worst=worst)
    down, across = axes
    wide = len(across.levels)
    scores = [[found.score(row * wide + column) for column in range(wide)] for row in range(len(down.levels))]
    every = _alike(list(zip(*scores, strict=True)), [level.name for level in across.levels])
    rows = _alike([tuple(row) for row in scores], [level.name for level in down.levels])
    rows.sort(key=lambda row: -sum(row[0]), reverse=worst)
    shown_rows = rows[:limit]
    heads = [found.names[0], *(_some(alike, names) for _, alike in shown_rows)]
    shown_columns = every[: max((width - room_for(heads, width)) // CELL, 1) if width else columns]
    place = {level.name: number for number, level in enumerate(across.levels)}
    title = " in ".join(f"each {axis.kind.removesuffix('s').replace('-', ' ')}" for axis in axes)
    title = f"Score of {title}"
    left = [
        _more(axis.kind, sum(len(each) for _, each in all_[len(some) :]))
        for axis, all_, some in ((down, rows, shown_rows), (across, every, shown_columns))
        if len(some) < len(all_)
    ]
    title += f"; left out: {' and '.join(left)}" if left else ""
    return Grid(
        rows=heads[1:],
        columns=[_some(alike, names) for _, alike in shown_columns],
        values=[[row[place[alike[0]]] for _, alike in shown_columns] for row, _ in shown_rows],
        down=found.names[0],
        across=found.names[1],
        of="score",
        title=title,
    )


def _more(kind: str, count: int) -> str:
    """So many more of a *kind* of axis: `1 more cell line`."""
    words = kind.replace("-", " ")
    return f"{count} more {words.removesuffix('s') if count == 1 else words}"


def _alike(rows: Sequence[tuple[float, ...]], names: Sequence[str]) -> list[tuple[tuple[float, ...], list[str]]]:
    """Each of the different *rows*, with the names of all that are so."""
    found: dict[tuple[float, ...], list[str]] = {}
    for row, name in zip(rows, names, strict=True):
        found.setdefault(row, []).append(name)
    return list(found.items())


def _table(found: Screen) -> Table:
    from her2cli.render.tables import Table

    return Table(columns=found.header, rows=tuple(found.rows()))


def _data(pathway: Pathway, found: Screen) -> dict[str, Any]:
    from her2cli.render.matrices import contrary_data
    from her2cli.render.runs import scenario_data
    from her2cli.studies.article import ROWS as ASKED
    from her2cli.studies.article import contrary_screen

    best = [hit.place for hit in islice(found.hits(), ASKED) if hit.rank]

    return {
        "seed": found.seed,
        "engine": found.engine,
        "replicates": found.replicates,
        "scenario": scenario_data(found.scenarios.base),
        "along": [axis.kind for axis in found.scenarios.axes],
        "left_out": {
            axis.kind: [*axis.idle, *axis.contrary] for axis in found.scenarios.axes if axis.idle or axis.contrary
        },
        "score": found.heading,
        "goals": {goal.species: goal.value for goal in found.goals},
        "time": found.time,
        "rows": [
            {
                "rank": each.rank or None,
                **dict(zip((name.replace(" ", "_") for name in found.names), each.names, strict=True)),
                "score": each.score,
                "error": each.error,
                "readouts": {
                    name: {"share": each.shares[name], "error": each.errors[name], "before": each.before[name]}
                    for name in found.readouts
                },
            }
            for each in found.hits()
        ],
        "article": contrary_data(_elsewhere.contrary_of(contrary_screen, pathway, found, best)),
    }


def _explain(found: Screen, number: int, *, worst: bool, pathway: str | None) -> None:
    """The row that stands at that place, as `simulate` tells it, and the line that asks for it."""
    from shlex import quote

    from her2cli.cli._output import write
    from her2cli.cli.simulate import simulate

    hit = found.hit(len(found) - number if worst else number - 1)
    asked = _options.as_options(found.scenarios[hit.place])
    line = " ".join(["her2 simulate", *_options.as_words(asked), *(["-p", quote(pathway)] if pathway else [])])
    write(f"\nRow {number}, {' x '.join(hit.names)}: {line}\n\n")
    plainly = (_options.CellOptions(), _options.SemanticsOptions())
    simulate(asked, *plainly, pathway=pathway, output=_options.BriefOptions())
