"""Readouts along one axis: over time after the treatment, and over the doses of a drug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from her2cli.logic.questions.shares import Shares
from her2cli.logic.questions.simulation import Simulation
from her2cli.model import Pathway, Scenario
from her2cli.render.console import stacked, text
from her2cli.render.plots import Curves, sparklines
from her2cli.render.responses import percent
from her2cli.render.runs import asked_words, scenario_data, where
from her2cli.render.tables import Table

if TYPE_CHECKING:
    from rich.console import RenderableType

UNIT = "Time runs in units of the mean delay of a fast species; a slow one (transcription, translation) takes 20."
STRAIGHT = "A cell is reached or not, so the curve of one drug is straight: all cells are a mixture of the two kinds."
MOST, SPREAD = 8, 6  # values of a row that are all written out; of more, so many are
ROOM = 7  # columns of a value


def over_time(result: Simulation) -> Curves:
    """The readouts of a simulation at the times that were asked for."""
    times = tuple(result.probabilities)
    lines = {name: [result.probabilities[time][name] for time in times] for name in result.readouts}
    errors = {name: [result.error(share) for share in shares] for name, shares in lines.items()}
    return Curves(x=times, lines=lines, errors=errors, along="time, in mean delays of a fast species")


def over_doses(doses: Sequence[float], values: Mapping[str, Sequence[float]], replicates: int) -> Curves:
    """The late readouts at each dose, which is the share of the cells that the drug reaches."""
    errors = {name: [sqrt(each * (1 - each) / replicates) for each in shares] for name, shares in values.items()}
    return Curves(x=tuple(doses), lines=values, errors=errors, along="dose, as the share of cells that it reaches")


def course(result: Simulation, pathway: Pathway, curves: Curves, *, width: int = 80) -> RenderableType:
    """A time course: a table of the readouts, and their curves where there are points enough."""
    return stacked(
        _head(pathway, result.scenario, result.replicates or 0, "over time"),
        _listed(curves, "time", width),
        sparklines(curves) if len(curves.x) > 2 else None,
        text(UNIT, "quiet"),
        *(text(f"Note: {note}.", "quiet") for note in result.notes),
    )


def doses(
    scenario: Scenario, pathway: Pathway, curves: Curves, replicates: int, drugs: Sequence[str], *, width: int = 80
) -> RenderableType:
    """A dose curve of *drugs*: a table of the late readouts, and their curves."""
    of = "" if len(drugs) == len(scenario.drugs) else f" of {' and '.join(drugs)}"
    return stacked(
        _head(pathway, scenario, replicates, f"late, over doses{of}, each the share of cells that it reaches"),
        _listed(curves, "dose", width),
        sparklines(curves) if len(curves.x) > 2 else None,
        text(STRAIGHT, "quiet") if len(drugs) == 1 else None,
    )


def _head(pathway: Pathway, scenario: Scenario, cells: int, what: str) -> RenderableType:
    from rich.console import Group

    said = asked_words(scenario, pathway)
    return Group(where(pathway, scenario), text(f"{said}, {what}. Shares of {cells:,} cells."))


def _listed(curves: Curves, along: str, width: int) -> Table:
    """One row a readout, with its values at places that are spread over the axis, as many as there is room for."""
    last = len(curves.x) - 1
    fit = max(2, (width - max(map(len, curves.lines), default=0)) // ROOM)
    count = last + 1 if last < min(MOST, fit) else min(SPREAD, fit)
    shown = [round(last * step / max(1, count - 1)) for step in range(count)]
    rows = [(name, *(percent(values[place] or 0.0) for place in shown)) for name, values in curves.lines.items()]
    columns = (along, *(f"{curves.x[place]:g}" for place in shown))
    return Table(columns=columns, rows=tuple(rows), styles={along: "name"})


def curve_table(curves: Curves) -> Table:
    """One row a place and readout, with the standard error."""
    rows = [
        (place, name, values[index], float(f"{curves.errors[name][index]:.2g}"))
        for index, place in enumerate(curves.x)
        for name, values in curves.lines.items()
    ]
    return Table(columns=("dose", "readout", "late", "error"), rows=tuple(rows))


def curve_data(scenario: Scenario, curves: Curves, found: Shares) -> dict[str, Any]:
    """A dose curve for JSON."""
    return {
        "scenario": scenario_data(scenario),
        "semantics": "stochastic",
        "replicates": found.replicates,
        "engine": found.engine,
        "doses": list(curves.x),
        "late": {name: list(values) for name, values in curves.lines.items()},
        "errors": {name: list(values) for name, values in curves.errors.items()},
    }


def brief(scenario: Scenario, curves: Curves) -> dict[str, Any]:
    """A curve in a few lines of JSON."""
    kept = dict(list(curves.lines.items())[:12])
    step = max(1, len(curves.x) // 20)
    return {
        "scenario": {key: value for key, value in scenario_data(scenario).items() if value},
        "along": curves.along,
        "x": [round(each, 3) for each in curves.x[::step]],
        "late": {name: [round(each or 0.0, 3) for each in values[::step]] for name, values in kept.items()},
    }
