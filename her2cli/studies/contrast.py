"""Two or more scenarios side by side: where they end apart, where they first part, and because of which edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from her2cli.errors import ScenarioError
from her2cli.logic.explain import Reason, reasons
from her2cli.logic.scenario import prepare
from her2cli.logic.simulation import NOTICEABLE, Change, Readout, Simulation, Step, simulate
from her2cli.model import Pathway, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A species on which the scenarios end apart: its late value in each, and why, in each."""

    species: str
    late: tuple[float, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """The first moment at which a scenario is in another state than the first one, and what each did just then.

    `given` is what only one of them names: drugs, alterations, ligands, clamps.
    """

    other: int  # which scenario, counting from 0
    phase: str  # untreated, early, late
    step: int  # counting from the beginning of the phase, which is 0
    given: tuple[str, ...]
    in_first: tuple[Change, ...]  # the changes that only the first one makes at that step
    in_other: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The answer of `compare`: one simulation a scenario, and what sets them apart from the first."""

    simulations: tuple[Simulation, ...]
    partings: tuple[Parting, ...]  # one for each scenario that parts from the first
    differences: tuple[Difference, ...]
    readouts: tuple[tuple[str, tuple[Readout, ...]], ...]


def compare(pathway: Pathway, scenarios: Sequence[Scenario]) -> Contrast:
    """Simulate *scenarios*, two or more, and say where they differ from the first and why.

    Raises `ScenarioError` for fewer than two, and as `simulate` does.
    """
    if len(scenarios) < 2:
        raise ScenarioError("A comparison needs two scenarios or more.")
    simulations = tuple(simulate(pathway, scenario) for scenario in scenarios)
    partings = (_parting(simulations[0], other, index) for index, other in enumerate(simulations[1:], start=1))
    return Contrast(
        simulations=simulations,
        partings=tuple(parting for parting in partings if parting),
        differences=tuple(_differences(pathway, simulations)),
        readouts=tuple((name, tuple(s.readouts[name] for s in simulations)) for name in simulations[0].readouts),
    )


def _differences(pathway: Pathway, simulations: Sequence[Simulation]) -> list[Difference]:
    found = []
    for name in pathway.species:
        late = tuple(simulation.values[name].late for simulation in simulations)
        if max(late) - min(late) > NOTICEABLE:
            found.append((name, late))
    names = [name for name, _ in found]
    explained = [reasons(pathway, prepare(pathway, simulation.scenario), names) for simulation in simulations]
    return [
        Difference(species=name, late=late, reasons=tuple(reason[index] for reason in explained))
        for index, (name, late) in enumerate(found)
    ]


def _parting(first: Simulation, second: Simulation, other: int) -> Parting | None:
    """Where *second* leaves *first*, step by step within each phase; None if only what is given differs."""
    given = _given(first.scenario, second.scenario)
    before: list[Sequence[Step]] = [(), ()]
    for phase in ("untreated", "early", "late"):
        ours, theirs = ([s for s in simulation.steps if s.phase == phase] for simulation in (first, second))
        ends = ours or before[0], theirs or before[1]  # a scenario without treatment stays where it is
        for step in range(max(len(ours), len(theirs))):
            if _on(ends[0], step if ours else -1, given) != _on(ends[1], step if theirs else -1, given):
                return Parting(
                    other=other,
                    phase=phase,
                    step=step,
                    given=given,
                    in_first=_only(ours, theirs, step),
                    in_other=_only(theirs, ours, step),
                )
        before = list(ends)
    return None


def _on(steps: Sequence[Step], number: int, given: tuple[str, ...]) -> frozenset[str]:
    """What is on at that step, apart from what only one scenario names; the last state lasts."""
    return frozenset(steps[min(number, len(steps) - 1)].on).difference(given)


def _only(steps: Sequence[Step], others: Sequence[Step], number: int) -> tuple[Change, ...]:
    """The changes of that step that the other run does not make in the same step."""
    here = steps[number].changed if number < len(steps) else ()
    there = others[number].changed if number < len(others) else ()
    same = {(change.species, change.value) for change in there}
    return tuple(change for change in here if (change.species, change.value) not in same)


def _given(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """What only one of two scenarios names, or names with another dose or value."""
    sets = [{*((name, "") for name in (*s.alterations, *s.ligands)), *s.drugs, *s.clamps} for s in (first, second)]
    return tuple(sorted({name for name, _ in sets[0] ^ sets[1]}))
