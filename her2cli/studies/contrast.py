"""Two or more scenarios side by side: where they end apart, where they first part, and because of which edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from her2cli.errors import ScenarioError
from her2cli.expression import run
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.reasons import Reason, reasons
from her2cli.logic.questions.shares import NOTICEABLE, Readout
from her2cli.logic.questions.simulation import (
    Change,
    Simulation,
    Stepped,
    because,
    given,
    in_steps,
    reasoned,
    stepped,
    to_end,
)
from her2cli.logic.runs.synchronous import STATE_LIMIT, Settled, differences, packed, settle, slow_moves, unpacked
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

    Both are followed under one protocol, whether they have a treatment or not. `given` is what only one of them names,
    or names otherwise: drugs, alterations, ligands, clamps; a difference in these alone is no parting.
    """

    other: int  # which scenario, counting from 0
    phase: str  # untreated, early, late
    step: int  # of the phase, counting from 0; a run at rest waits for the other before slow species move
    numbers: tuple[int | None, int | None]  # of the same step in both simulations; None where one has no such step
    moment: int  # of the cycle before at which the treatment comes, counting from 0, which simulations follow
    given: tuple[str, ...]
    in_first: tuple[Change, ...]  # the changes that only the first one makes at that step
    in_other: tuple[Change, ...]
    # Where the reason for such a change names nothing that is given: why the other run does not make it.
    kept_in_first: tuple[Change, ...] = ()
    kept_in_other: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A scenario that runs as the first one does, step by step, apart from what only one of them names."""

    other: int
    given: tuple[str, ...]
    moments: int  # of the cycle before, from which both were followed under the treatment
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The answer of `compare`: one simulation a scenario, and what sets them apart from the first."""

    simulations: tuple[Simulation, ...]
    partings: tuple[Parting, ...]  # one for each scenario that parts from the first
    alike: tuple[Alike, ...]  # one for each that does not
    differences: tuple[Difference, ...]
    ends_alike: bool  # whether every species ends at the same value in all: differences are those worth noticing
    readouts: tuple[tuple[str, tuple[Readout, ...]], ...]

    @property
    def notes(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The notes of all simulations, each once, with the scenarios that it is about."""
        found: dict[str, list[int]] = {}
        for index, simulation in enumerate(self.simulations):
            for note in simulation.notes:
                found.setdefault(note, []).append(index)
        return tuple((note, tuple(indices)) for note, indices in found.items())


def compare(pathway: Pathway, scenarios: Sequence[Scenario]) -> Contrast:
    """Simulate *scenarios*, two or more, and say where they differ from the first and why.

    Raises `ScenarioError` for fewer than two, and as `in_steps` does.
    """
    if len(scenarios) < 2:
        raise ScenarioError("A comparison needs two scenarios or more; 'untreated' is one.")
    simulations = tuple(in_steps(pathway, scenario) for scenario in scenarios)
    sides = [_Side(pathway, simulation.scenario) for simulation in simulations]
    found = [_parting(pathway, sides[0], side, index) for index, side in enumerate(sides[1:], start=1)]
    return Contrast(
        simulations=simulations,
        partings=tuple(each for each in found if isinstance(each, Parting)),
        alike=tuple(each for each in found if isinstance(each, Alike)),
        differences=tuple(_differences(pathway, simulations)),
        ends_alike=all(len({s.values[name].late for s in simulations}) == 1 for name in pathway.species),
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


# --- where two runs part -------------------------------------------------------------------------------------------


class _Side:
    """One of two scenarios that are followed side by side."""

    def __init__(self, pathway: Pathway, scenario: Scenario) -> None:
        self.prepared: Prepared = prepare(pathway, scenario)
        self.course: Stepped = stepped(self.prepared)

    def number(self, phase: str, place: int | None) -> int | None:
        """The number that a simulation gives to the state at *place* of the run of *phase*; None where it has none."""
        course = self.course
        states = {"untreated": to_end(course.before), "early": to_end(course.early), "late": course.late.states}
        if place is None or place >= len(states[phase]) or (phase != "untreated" and not self.prepared.has_treatment):
            return None
        if phase == "untreated":
            return place
        place += len(states["untreated"])
        return place if phase == "early" else place + len(states["early"]) - 1  # the late run begins where early ends


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run is: in which state, from which it came, and the place of that state among those of the run alone."""

    state: int
    previous: int | None
    place: int | None  # None where it has not moved, or where alone it would be elsewhere


def _parting(pathway: Pathway, first: _Side, second: _Side, other: int) -> Parting | Alike:
    """Where *second* leaves *first*: while both settle untreated, or treated from one and the same moment."""
    sides = (first, second)
    named = _given(first.prepared.scenario, second.prepared.scenario)
    seen = sum(1 << index for index, name in enumerate(pathway.species) if name not in named)

    def parting(phase: str, pair: _Pair, moment: int = 0) -> Parting:
        networks, places = pair.networks, pair.places
        own = [_changes(network, place, seen) for network, place in zip(networks, places, strict=True)]
        only = [[change for change in own[i] if change not in own[1 - i]] for i in (0, 1)]
        kept = [_kept(networks[1 - i], places[1 - i], networks[i], places[i], only[1 - i], named) for i in (0, 1)]
        numbers = [side.number(phase, place.place) for side, place in zip(sides, places, strict=True)]
        return Parting(
            other=other,
            phase=phase,
            step=pair.step - (phase == "late"),  # the late run begins in the last state of the early one
            numbers=(None, None) if moment else (numbers[0], numbers[1]),
            moment=moment,
            given=named,
            in_first=_reasoned(networks[0], places[0], only[0], named),
            in_other=_reasoned(networks[1], places[1], only[1], named),
            kept_in_first=tuple(kept[0]),
            kept_in_other=tuple(kept[1]),
        )

    untreated = (first.prepared.untreated, second.prepared.untreated)
    pair = _Pair(untreated, [packed(network, network.initial) for network in untreated], seen)
    if pair.apart():
        return parting("untreated", pair)
    moments = _moments(first, second, seen)
    treated = (first.prepared.treated, second.prepared.treated)
    passed = tried = 0
    for index, moment in enumerate(moments):
        starts = [given(side.prepared, state) for side, state in zip(sides, moment, strict=True)]
        pair = _Pair(treated, [packed(*each) for each in zip(treated, starts, strict=True)], seen)
        if pair.apart(frozen_slow=True):
            return parting("early", pair, index)
        pair.begin_again()
        if pair.apart():
            return parting("late", pair, index)
        tried += 1
        passed += pair.passed
        if passed > STATE_LIMIT:
            break
    return Alike(other=other, given=named, moments=tried, of=len(moments))


def _moments(first: _Side, second: _Side, seen: int) -> list[tuple[int, int]]:
    """The moments of both at which a treatment may come, in pairs that agree in what is *seen*."""
    if not (first.prepared.has_treatment or second.prepared.has_treatment):
        return []
    ours, theirs = first.course.before.moments, second.course.before.moments
    if len(ours) == len(theirs) and all((a ^ b) & seen == 0 for a, b in zip(ours, theirs, strict=True)):
        return list(zip(ours, theirs, strict=True))
    known = {moment & seen: moment for moment in reversed(theirs)}
    return [(moment, known[moment & seen]) for moment in ours if moment & seen in known]


class _Pair:
    """Two runs that are followed step by step for as long as they agree in what is *seen*, in their cycles, too.

    Fast moves take no time beside slow ones: a run at rest waits for the other before the slow species of either move.
    """

    def __init__(self, networks: tuple[BooleanNetwork, BooleanNetwork], states: list[int], seen: int) -> None:
        self.networks, self.states, self.seen = networks, states, seen
        self.places: tuple[_Place, ...] = ()  # of both, where they part
        self.passed = 0
        self._alone = [True, True]  # whether each has gone as it would alone
        self.begin_again()

    def begin_again(self) -> None:
        """Count steps and places from here."""
        self.step = 0
        self._places = [0, 0]

    def apart(self, *, frozen_slow: bool = False) -> bool:
        """Whether the runs ever differ; if so they are at the first step at which they do, else where they settle."""
        known: set[tuple[int, ...]] = set()
        before: list[int | None] = [None, None]
        while tuple(self.states) not in known:
            known.add(tuple(self.states))
            runs = [
                settle(network, unpacked(network, state), frozen_slow=True)
                for network, state in zip(self.networks, self.states, strict=True)
            ]
            moves = [
                {} if frozen_slow else slow_moves(network, fast)
                for network, fast in zip(self.networks, runs, strict=True)
            ]
            # Two cycles that agree for as long as both together take are one and the same (Fine and Wilf 1965).
            rest = max(fast.entry for fast in runs)
            for index in range(rest + sum(len(fast.cycle) for fast in runs)):
                now = [_at(fast, index) for fast in runs]
                if (now[0] ^ now[1]) & self.seen:
                    self.step += index
                    self.places = tuple(
                        _Place(now[i], before[i], self._place(i, index, runs[i], moves[i], now[i] != before[i]))
                        for i in (0, 1)
                    )
                    return True
                before = list(now)
            before = [_at(fast, rest) for fast in runs]
            for i, (network, fast) in enumerate(zip(self.networks, runs, strict=True)):
                self._alone[i] = self._alone[i] and before[i] == fast.end and (frozen_slow or bool(moves[i]))
                self._places[i] += len(fast.states)
                self.states[i] = packed(network, unpacked(network, _at(fast, rest)) | moves[i])
                self.passed += len(fast.states)
            self.step += max(len(fast.states) for fast in runs)
            if not any(moves):
                break
        return False

    def _place(self, i: int, index: int, run: Settled, moves: Mapping[str, int], moved: bool) -> int | None:
        closing = index == len(run.states) and not moves
        return self._places[i] + index if moved and self._alone[i] and (index < len(run.states) or closing) else None


def _at(fast: Settled, index: int) -> int:
    """The state at *index* of a run of fast species, which goes on in its cycle."""
    return fast.states[index if index < len(fast.states) else fast.entry + (index - fast.entry) % len(fast.cycle)]


def _changes(network: BooleanNetwork, place: _Place, seen: int) -> list[tuple[str, int]]:
    if place.previous is None:
        return []
    return list(differences(network, place.previous & seen, place.state & seen))


def _reasoned(
    network: BooleanNetwork, place: _Place, changes: Sequence[tuple[str, int]], named: Sequence[str]
) -> tuple[Change, ...]:
    """The *changes* with their reasons, which are what is *named* wherever that suffices."""
    if place.previous is None:
        return ()
    values = unpacked(network, place.previous)
    return tuple(reasoned(network, values, name, value, rather=named) for name, value in changes)


def _kept(
    moving: BooleanNetwork,
    there: _Place,
    staying: BooleanNetwork,
    here: _Place,
    changes: Sequence[tuple[str, int]],
    named: Sequence[str],
) -> Iterator[Change]:
    """Why the run at *here* does not make those *changes* of the other that rest on nothing *named*."""
    if here.previous is None or there.previous is None:
        return
    values = unpacked(staying, here.previous)
    for name, value in changes:
        regulators, _ = because(moving, unpacked(moving, there.previous), name, rather=named)
        if not set(regulators) & set(named) and run(staying.programs[name], values) == 1 - value:
            yield reasoned(staying, values, name, 1 - value, rather=named)


def _given(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """What only one of two scenarios names, or names with another dose or value."""
    sets = [{*((name, "") for name in (*s.alterations, *s.ligands)), *s.drugs, *s.clamps} for s in (first, second)]
    return tuple(sorted({name for name, _ in sets[0] ^ sets[1]}))
