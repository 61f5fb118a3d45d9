"""Scenarios side by side. What a study found comes in as simulations, changes and reasons, which `logic` knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from her2cli.logic.explain import Reason
from her2cli.logic.simulation import Change, Simulation
from her2cli.render.console import text
from her2cli.render.reasons import kind, reason_data, value
from her2cli.render.runs import (
    because,
    change_data,
    change_of,
    scenario_data,
    scenario_fields,
    simulation_data,
    switched,
)
from her2cli.render.tables import Cell, Pairs, Table

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def letter(index: int) -> str:
    """The name of a scenario in the tables: A, B, C and so on."""
    return chr(ord("A") + index) if index < 26 else f"S{index + 1}"


def scenarios(simulations: Sequence[Simulation]) -> Table:
    """What is compared."""
    told = [scenario_fields(simulation.scenario) for simulation in simulations]
    names = [name for name in told[0] if any(each[name] for each in told)]
    return Table(
        columns=("scenario", *names),
        rows=tuple((letter(index), *(each[name] for name in names)) for index, each in enumerate(told)),
        styles={"scenario": "step"},
    )


def readouts(simulations: Sequence[Simulation], title: str = "") -> Table:
    """Before, early and late of each readout, one row a scenario and readout."""
    rows: list[tuple[Cell, ...]] = []
    for name in simulations[0].readouts:
        for index, simulation in enumerate(simulations):
            each = simulation.readouts[name]
            label = name if index == 0 or not title else ""
            change = change_of(name, simulation)
            rows.append((label, letter(index), each.before, each.early, each.late, change))
    return Table(
        title=title,
        columns=("readout", "scenario", "before", "early", "late", "change"),
        rows=tuple(rows),
        styles={"readout": "name", "scenario": "step"},
    )


def parting(
    other: int, phase: str, step: int, in_first: Sequence[Change], in_other: Sequence[Change]
) -> RenderableType:
    """The moment at which a scenario leaves the first, and what each did just then."""
    from rich.console import Group

    when = {"untreated": "in the untreated tumour", "early": "early under the treatment", "late": "late"}[phase]
    title = text(f"{letter(other)} first parts from {letter(0)} {when}, at step {step}", "heading")
    pairs: list[tuple[Text, Text]] = []
    for index, changes in ((0, in_first), (other, in_other)):
        for change in changes:
            label = text(f"{letter(index)} ", "step").append_text(switched(change.species, change.value))
            pairs.append((label, because(change)))
        if not changes:
            pairs.append((text(f"{letter(index)} ", "step"), text("makes no change of its own here")))
    return Group(title, Pairs(pairs=pairs, indent=2))


def differences(found: Sequence[tuple[str, tuple[float, ...], tuple[Reason, ...]]]) -> RenderableType:
    """The species that end apart: late value in each scenario, and the first reason for it."""
    from rich.console import Group

    parts: list[RenderableType] = [text("What ends apart, and why", "heading")]
    if not found:
        parts.append(text("Nothing: all scenarios end alike."))
    for species, late, reasons in found:
        parts.append(text(species, "name"))
        pairs = [
            (text(f"{letter(index)} ", "step").append_text(value(share)), text(_shortly(reason)))
            for index, (share, reason) in enumerate(zip(late, reasons, strict=True))
        ]
        parts.append(Pairs(pairs=pairs, indent=2))
    return Group(*parts)


def _shortly(reason: Reason) -> str:
    told = [f"{cause.species} {value(cause.value).plain}" for cause in reason.because]
    because = f"because {', '.join(told)}" if told else ""
    said = kind(reason)
    return f"{because} ({said})" if because and said else because or said


def data(
    simulations: Sequence[Simulation],
    partings: Sequence[tuple[int, str, int, Sequence[Change], Sequence[Change]]],
    found: Sequence[tuple[str, tuple[float, ...], tuple[Reason, ...]]],
) -> dict[str, Any]:
    """The comparison for JSON."""
    return {
        "scenarios": [scenario_data(each.scenario) for each in simulations],
        "readouts": [simulation_data(each)["readouts"] for each in simulations],
        "partings": [
            {
                "other": other,
                "phase": phase,
                "step": step,
                "in_first": [change_data(change) for change in first],
                "in_other": [change_data(change) for change in second],
            }
            for other, phase, step, first, second in partings
        ],
        "differences": [
            {"species": species, "late": list(late), "reasons": [reason_data(reason) for reason in reasons]}
            for species, late, reasons in found
        ],
    }
