"""Scenarios side by side. What a study found comes in as simulations, changes and reasons, which `logic` knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from her2cli.logic.questions.reasons import Reason
from her2cli.logic.questions.shares import NOTICEABLE
from her2cli.logic.questions.simulation import Change, Simulation
from her2cli.render.console import Words, text
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
    other: int,
    when: str,
    changes: tuple[Sequence[Change], Sequence[Change]],
    kept: tuple[Sequence[Change], Sequence[Change]],
) -> RenderableType:
    """The moment at which a scenario leaves the first, what each did just then, and why the other did not."""
    from rich.console import Group

    pairs: list[tuple[Words, Words]] = []
    for index, changed, stays in zip((0, other), changes, kept, strict=True):
        for change in changed:
            label = [(f"{letter(index)} ", "step"), *switched(change.species, change.value)]
            pairs.append((label, because(change)))
        for change in stays:
            label = [(f"{letter(index)} ", "step"), ("stays ", ""), *switched(change.species, change.value)]
            pairs.append((label, because(change)))
        if not changed and not stays:
            pairs.append(([(f"{letter(index)} ", "step")], [("makes no change of its own here", "")]))
    return Group(text(f"{letter(other)} first parts from {letter(0)} {when}", "heading"), Pairs(pairs=pairs, indent=2))


def moment(phase: str, step: int, numbers: tuple[int | None, int | None], moment: int) -> str:
    """When a scenario leaves the first, in words: by the number that `simulate` gives to that step, if it has one."""
    words = {"untreated": "in the untreated tumour", "early": "early under the treatment", "late": "late"}[phase]
    ours, theirs = numbers
    if ours is not None and theirs is not None and ours != theirs:
        return f"{words}, at step {theirs} ({ours} of {letter(0)})"
    if theirs is not None or ours is not None:
        return f"{words}, at step {ours if theirs is None else theirs}"
    told = {"early": f"{step} after it is added", "late": f"{step + 1} after fast species have settled"}.get(
        phase, f"{step}"
    )
    at = f", if it comes at moment {moment + 1} of the cycle before" if moment else ""
    return f"{words}, at step {told}{at}"


def alike(other: int, given: Sequence[str], moments: int, of: int) -> Text:
    """That a scenario never leaves the first."""
    names = f"; only what is named differs: {', '.join(given)}" if given else ""
    tried = (
        f" (followed from {moments} of the {of} moments of the cycle at which a treatment may come)"
        if moments < of
        else ""
    )
    return text(f"{letter(other)} runs as {letter(0)} does, step by step{tried}{names}.")


def notes(found: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, str]]:
    """What the reader should know of the scenarios: which scenarios and times each remark is about, and the remark."""
    about: dict[str, list[str]] = {}
    for note, which in found:
        times, _, rest = note.partition(": ")
        timed = set(times.replace(",", "").split()) <= {"before", "early", "late", "and"}
        for index in which:
            label = f"{letter(index)} {times}" if timed else letter(index)
            about.setdefault(rest if timed else note, []).append(label)
    return [("; ".join(labels), note) for note, labels in about.items()]


def differences(
    found: Sequence[tuple[str, tuple[float, ...], tuple[Reason, ...]]], *, exactly: bool = True
) -> RenderableType:
    """The species that end apart: late value in each scenario, and the first reason for it.

    *exactly* says whether all that is not *found* ends at the same value.
    """
    from rich.console import Group

    parts: list[RenderableType] = [text("What ends apart, and why", "heading")]
    if not found:
        parts.append(text("Nothing: all scenarios end alike." if exactly else f"Nothing by more than {NOTICEABLE:g}."))
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
    partings: Sequence[Mapping[str, Any]],
    alike: Sequence[Mapping[str, Any]],
    found: Sequence[tuple[str, tuple[float, ...], tuple[Reason, ...]]],
    notes: Sequence[tuple[str, Sequence[int]]],
) -> dict[str, Any]:
    """The comparison for JSON; the fields of *partings* and *alike* are those of the study."""
    changes = ("in_first", "in_other", "kept_in_first", "kept_in_other")
    return {
        "scenarios": [scenario_data(each.scenario) for each in simulations],
        "readouts": [simulation_data(each)["readouts"] for each in simulations],
        "partings": [
            dict(parting) | {name: [change_data(change) for change in parting[name]] for name in changes}
            for parting in partings
        ],
        "alike": [dict(each) for each in alike],
        "differences": [
            {"species": species, "late": list(late), "reasons": [reason_data(reason) for reason in reasons]}
            for species, late, reasons in found
        ],
        "notes": [{"note": note, "scenarios": list(which)} for note, which in notes],
    }
