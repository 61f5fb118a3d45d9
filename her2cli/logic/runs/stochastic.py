"""Continuous-time Markov chains on Boolean states, with MaBoSS's semantics: many cells at once, one bit each.

A species whose rule differs from its value flips at its rate: 1, or 1/20 for a slow one (Stoll et al. 2012,
doi:10.1186/1752-0509-6-116). Two exact clocks: *independent*, where every cell has its own events, and *shared*, where
all scenarios of a replicate see the same events; `distinct` finds which of them have to be run. The engines are
`planes` and `shared`, in pure Python, and `machine_words`, with Numba.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, sqrt
from random import Random
from types import ModuleType
from typing import Literal

from her2cli.errors import LimitError, MissingExtra, ScenarioError, UnknownName, shown
from her2cli.expression import Const
from her2cli.logic.lanes import planes, shared
from her2cli.logic.lanes.distinct import Distinct, distinct
from her2cli.logic.lanes.planes import Stage
from her2cli.logic.network import BooleanNetwork

Engine = Literal["python", "numba"]
Clock = Literal["independent", "shared"]
Start = Literal["zero", "random"] | Mapping[str, int]

REPLICATE_LIMIT = 1_000_000_000
TICK_LIMIT = 1_000_000_000  # time multiplied by species: about as many events a cell can see
_LANES = 1 << 14  # cells in a block; memory depends on this, not on the replicates
_SCENARIOS = 1 << 16  # scenarios in a block
_LOADING_PAYS = 1e8  # events, three to ten seconds of Python; Numba's kernels take a second to load, ten to compile


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of time under one network, counted at *times* from its beginning; the last time is its end.

    Species in *frozen* keep the value that they had.
    """

    network: BooleanNetwork
    times: tuple[float, ...]
    frozen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """In how many of the simulated cells each species was on, at each time of a phase."""

    species: tuple[str, ...]
    times: tuple[float, ...]
    replicates: int
    counts: tuple[tuple[int, ...], ...]  # for each time those of all species
    clock: Clock
    engine: Engine

    def probability(self, species: str, time: float | None = None) -> float:
        """The share of the cells in which *species* is on at *time*; at the end where no time is given."""
        row = self.counts[-1 if time is None else self.times.index(time)]
        return row[self.species.index(species)] / self.replicates

    def error(self, species: str, time: float | None = None) -> float:
        """The standard error of that probability."""
        share = self.probability(species, time)
        return sqrt(share * (1 - share) / self.replicates)

    @property
    def probabilities(self) -> dict[float, dict[str, float]]:
        """The probabilities of all species at each time."""
        return {
            time: {name: count / self.replicates for name, count in zip(self.species, row, strict=True)}
            for time, row in zip(self.times, self.counts, strict=True)
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """In how many replicates each scenario had a species on, at each time."""

    species: tuple[str, ...]
    times: tuple[float, ...]
    scenarios: int
    replicates: int
    engine: Engine
    counts: Mapping[str, tuple[array[int], ...]] = field(repr=False)  # species -> time -> scenario

    def probability(self, scenario: int, species: str, time: float | None = None) -> float:
        """The share of the replicates in which *species* is on in that scenario; at the end if no time is given."""
        row = self.counts[species][-1 if time is None else self.times.index(time)]
        return row[scenario] / self.replicates


def probabilities(
    network: BooleanNetwork,
    *,
    times: Sequence[float],
    start: Start = "zero",
    replicates: int = 1000,
    seed: int = 0,
    clock: Clock = "independent",
    engine: Engine | None = None,
    frozen: Iterable[str] = (),
) -> Course:
    """The probability of every species to be on at each of *times*, over *replicates* independent cells.

    *start* is the value of the species that are no inputs: "zero", "random" (each on with chance 1/2), or a mapping;
    species that it does not name, and inputs, have the network's own initial value. An input in `network.chances` is
    on in each cell with that chance, independently. *engine* None takes Numba where it is installed and the work is so
    large that loading it pays; the answer says which engine it was, and a seed is good for one engine.

    Raises `ScenarioError` for impossible times, replicates or chances, `MissingExtra` where *engine* is "numba" and
    Numba is not installed.
    """
    phase = Phase(network=network, times=tuple(times), frozen=frozenset(frozen))
    return follow([phase], start=start, replicates=replicates, seed=seed, clock=clock, engine=engine)[0]


def follow(
    phases: Sequence[Phase],
    *,
    start: Start = "zero",
    replicates: int = 1000,
    seed: int = 0,
    clock: Clock = "independent",
    engine: Engine | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[Course, ...]:
    """The same cells through one phase after the other, as `probabilities` follows them through one.

    A phase begins with the state in which the last one ended. What the new phase sets is set at once: an input whose
    initial value or chance is another than before, a species that has become constant. *progress* is told the share of
    the cells that are done, block by block.
    """
    stages = _stages(phases, start)
    _check(phases, replicates)
    if clock == "shared":
        made = _screen(stages, [{}], replicates, seed, engine, range(len(phases[0].network.species)))
        counts = [[[column[0] for column in row] for row in stage] for stage in made[1]]
        return _courses(phases, counts, replicates, clock, made[0])
    used, words = _engine(engine, stages, replicates)
    totals = [[[0] * len(stage.program.species) for _ in stage.times] for stage in stages]
    run, prepare = (words.independent, words.prepare) if words else (planes.independent, planes.prepare)
    rules = prepare(stages)
    for block, first in enumerate(range(0, replicates, _LANES)):
        counts = run(stages, rules, lanes=min(_LANES, replicates - first), random=Random(f"{seed}:{block}"))
        for total, counted in zip(totals, counts, strict=True):
            for row, more in zip(total, counted, strict=True):
                row[:] = map(int.__add__, row, more)
        if progress:
            progress(min(1, (first + _LANES) / replicates))
    return _courses(phases, totals, replicates, clock, used)


def screen(
    network: BooleanNetwork,
    scenarios: Sequence[Mapping[str, int]],
    *,
    times: Sequence[float],
    start: Start = "zero",
    species: Sequence[str] | None = None,
    replicates: int = 1000,
    seed: int = 0,
    engine: Engine | None = None,
) -> Screen:
    """Many scenarios on the shared clock: each maps the inputs and species that it holds to their values.

    Every replicate draws one sequence of events for all scenarios, so each scenario's law is exact and differences
    between scenarios are sharper than between independent runs. *species* are those to count; all where None.
    Raises as `probabilities` does, and `UnknownName` for a species that the network does not have.
    """
    phase = Phase(network=network, times=tuple(times))
    _check([phase], replicates)
    names = network.species if species is None else tuple(species)
    used, counts = _screen(_stages([phase], start), scenarios, replicates, seed, engine, _places(network, names))
    return Screen(
        species=names,
        times=phase.times,
        scenarios=len(scenarios),
        replicates=replicates,
        engine=used,
        counts={name: tuple(row[place] for row in counts[0]) for place, name in enumerate(names)},
    )


def screen_phases(
    phases: Sequence[Phase],
    scenarios: Sequence[Mapping[str, int]],
    *,
    start: Start = "zero",
    species: Sequence[str] | None = None,
    replicates: int = 1000,
    seed: int = 0,
    engine: Engine | None = None,
) -> tuple[Screen, ...]:
    """`screen` through one phase after the other: a screen for each phase, with the same cells in all of them.

    What a scenario holds is held in every phase. Raises as `screen` does.
    """
    _check(phases, replicates)
    names = phases[0].network.species if species is None else tuple(species)
    counted = _places(phases[0].network, names)
    used, counts = _screen(_stages(phases, start), scenarios, replicates, seed, engine, counted)
    return tuple(
        Screen(
            species=names,
            times=phase.times,
            scenarios=len(scenarios),
            replicates=replicates,
            engine=used,
            counts={name: tuple(row[place] for row in counted) for place, name in enumerate(names)},
        )
        for phase, counted in zip(phases, counts, strict=True)
    )


def _places(network: BooleanNetwork, names: Sequence[str]) -> list[int]:
    index = {name: number for number, name in enumerate(network.species)}
    for name in names:
        if name not in index:
            raise UnknownName("species", name)
    return [index[name] for name in names]


def _screen(
    stages: Sequence[Stage],
    scenarios: Sequence[Mapping[str, int]],
    replicates: int,
    seed: int,
    engine: Engine | None,
    counted: Sequence[int],
) -> tuple[Engine, list[list[list[array[int]]]]]:
    """The engine that ran, and the counts by stage, time, species and scenario."""
    # The lanes of a shared clock cost little: 64 scenarios are not much more work than one.
    used, words = _engine(engine, stages, replicates * (len(scenarios) + 63) // 64)
    index = {name: number for number, name in enumerate(stages[0].program.species)}
    run = words.shared if words else shared.shared
    # All blocks are looked at before the first one runs, so that a mistake in the last costs no time.
    blocks = [
        distinct(stages, scenarios[first : first + _SCENARIOS], index, counted)
        for first in range(0, len(scenarios), _SCENARIOS)
    ]

    def counts_of(block: Distinct) -> list[list[list[array[int]]]]:
        tallies = run(block, block.varying(counted), replicates=replicates, random=Random(f"{seed}:shared"))
        return block.counts(tallies, counted, replicates)

    if len(blocks) == 1:
        return used, counts_of(blocks[0])
    found = [[[array("Q") for _ in counted] for _ in stage.times] for stage in stages]
    for block in blocks:
        for rows, counts in zip(found, counts_of(block), strict=True):
            for columns, numbers in zip(rows, counts, strict=True):
                for column, more in zip(columns, numbers, strict=True):
                    column.extend(more)
    return used, found


def _stages(phases: Sequence[Phase], start: Start) -> list[Stage]:
    stages = []
    before: Phase | None = None
    for phase in phases:
        network = phase.network
        index = {name: number for number, name in enumerate(network.species)}
        settings = _first(network, start) if before is None else _changed(before.network, network)
        still = set(network.inputs) | phase.frozen
        stages.append(
            Stage(
                program=network.program,
                times=phase.times,
                moving=tuple(index[name] for name in network.species if name not in still),
                slow=frozenset(index[name] for name in network.slow),
                settings=tuple((index[name], chance) for name, chance in settings.items()),
            )
        )
        before = phase
    return stages


def _first(network: BooleanNetwork, start: Start) -> dict[str, float]:
    """For each species the chance of being on in the beginning."""
    if isinstance(start, Mapping):
        for name in start:
            if name not in network.rules:
                raise UnknownName("species", name)
        given: Mapping[str, float] = dict(network.initial) | dict(start)
    else:
        given = dict.fromkeys(network.species, 0.5 if start == "random" else 0.0)
        held = (*network.inputs, *(name for name, how in network.held.items() if how == "clamp"))
        given = {**given, **{name: network.initial[name] for name in held}}
    return {name: _chance(network, name, given[name]) for name in network.species}


def _changed(before: BooleanNetwork, after: BooleanNetwork) -> dict[str, float]:
    """What a new phase sets at its beginning."""
    settings: dict[str, float] = {}
    for name in after.species:
        rule = after.rules[name]
        if isinstance(rule, Const):
            if rule != before.rules[name]:
                settings[name] = rule.value
        elif name in after.inputs:
            chance = _chance(after, name, after.initial[name])
            if name not in before.inputs or chance != _chance(before, name, before.initial[name]):
                settings[name] = chance
    return settings


def _chance(network: BooleanNetwork, name: str, value: float) -> float:
    return network.chances.get(name, value) if name in network.inputs else value


def _check(phases: Sequence[Phase], replicates: int) -> None:
    if not 1 <= replicates <= REPLICATE_LIMIT:
        raise ScenarioError(f"replicates must be 1 to {REPLICATE_LIMIT}, not {replicates}")
    for phase in phases:
        times = phase.times
        if not times or not all(isfinite(time) and time >= 0 for time in times) or list(times) != sorted(set(times)):
            raise ScenarioError(f"times must be rising numbers from 0 on, not {shown(str(list(times)))}")
        if times[-1] * len(phase.network.species) > TICK_LIMIT:
            raise LimitError(f"a time of {times[-1]:g} is too long for {len(phase.network.species)} species")
        for name, chance in phase.network.chances.items():
            if not 0 <= chance <= 1:
                raise ScenarioError(f"{shown(name)} cannot be on in a share of {chance:g} of the cells; it is 0 to 1")


def _courses(
    phases: Sequence[Phase], counts: list[list[list[int]]], replicates: int, clock: Clock, engine: Engine
) -> tuple[Course, ...]:
    return tuple(
        Course(
            species=phase.network.species,
            times=phase.times,
            replicates=replicates,
            counts=tuple(tuple(row) for row in counted),
            clock=clock,
            engine=engine,
        )
        for phase, counted in zip(phases, counts, strict=True)
    )


def _engine(wanted: Engine | None, stages: Sequence[Stage], cells: int) -> tuple[Engine, ModuleType | None]:
    """The engine that will run, and its module where it is not the one in pure Python."""
    work = cells * sum(stage.times[-1] * len(stage.moving) for stage in stages)
    if wanted == "numba" or (wanted is None and work > _LOADING_PAYS):
        try:
            from her2cli.logic.lanes import machine_words  # Numba takes half a second to import
        except ImportError:
            if wanted == "numba":
                message = "the engine 'numba' needs the extra 'fast': pip install 'her2cli[fast]'"
                raise MissingExtra(message) from None
        else:
            return "numba", machine_words
    return "python", None
