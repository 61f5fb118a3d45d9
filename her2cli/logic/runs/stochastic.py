"""Probabilities over time of networks read as continuous-time Markov chains, with MaBoSS's semantics.

A species whose rule differs from its value flips at its rate (Stoll et al. 2012, doi:10.1186/1752-0509-6-116). Cells
of one scenario have their own events (`gillespie`, or `gillespie_numba` for large work); all scenarios of a screen see
the same ones (`lanes`). Both are exact.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from her2cli.errors import ScenarioError, UnknownName, shown
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.phases import Phase, Stage, Start, check, stages
from her2cli.logic.network.sampling import Engine, Progress, Sampling
from her2cli.logic.network.settled import SettledCells, settled
from her2cli.logic.runs.gillespie import Counts, Gillespie

BLOCK = 1 << 14  # cells in a block; memory depends on this, not on the replicates
_TRIED = 16  # cells that Python follows to see how much there is to do
LOADING_PAYS = 1_500_000  # changes of species, two seconds of Python; Numba takes one to load


class Course(NamedTuple):
    """In how many of the simulated cells each species was on, at each time of a phase."""

    species: tuple[str, ...]
    times: tuple[float, ...]
    replicates: int
    counts: tuple[tuple[int, ...], ...]  # for each time those of all species
    engine: Engine

    def probability(self, species: str, time: float | None = None) -> float:
        """The share of the cells in which *species* is on at *time*; at the end where no time is given."""
        row = self.counts[-1 if time is None else self.times.index(time)]
        return row[self.species.index(species)] / self.replicates

    @property
    def probabilities(self) -> dict[float, dict[str, float]]:
        """The probabilities of all species at each time."""
        return {
            time: {name: count / self.replicates for name, count in zip(self.species, row, strict=True)}
            for time, row in zip(self.times, self.counts, strict=True)
        }


class Screen(NamedTuple):
    """In how many replicates each scenario had a species on, at each time."""

    species: tuple[str, ...]
    times: tuple[float, ...]
    scenarios: int
    replicates: int
    engine: Engine
    counts: Mapping[str, tuple[array[int], ...]]  # species -> time -> scenario

    def probability(self, scenario: int, species: str, time: float | None = None) -> float:
        """The share of the replicates in which *species* is on in that scenario; at the end if no time is given."""
        row = self.counts[species][-1 if time is None else self.times.index(time)]
        return row[scenario] / self.replicates


def probabilities(
    network: BooleanNetwork, *, times: Sequence[float], start: Start = "zero", sampling: Sampling = Sampling()
) -> Course:
    """The probability of every species to be on at each of *times*, over independent cells, as `follow` has it."""
    return follow([Phase(network=network, times=tuple(times))], start=start, sampling=sampling)[0]


def follow(
    phases: Sequence[Phase],
    *,
    start: Start = "zero",
    sampling: Sampling = Sampling(),
    also: Sequence[Phase] = (),
    progress: Progress = None,
) -> tuple[Course, ...]:
    """The same cells through one phase after the other; *sampling* says how they are drawn.

    *start* is how the first phase begins (`phases.stages`). What the cells do when they go through *also* from where
    it ends comes after the other courses. *progress* is told the share of the cells that are done, block by block.

    Raises `ScenarioError` for impossible times, replicates or chances, `MissingExtra` where the engine is to be
    Numba and it is not installed.
    """
    check([*phases, *also], sampling.replicates)
    known = None
    if start == "file" and sampling.engine != "numba" and not phases[0].frozen:
        known = settled(phases[0].network)
        if known and (known.cells, known.seed, (known.time,)) != (sampling.replicates, sampling.seed, phases[0].times):
            known = None
    made = stages(phases[1:], start, phases[0]) if known else stages(phases, start)
    more = stages(also, start, phases[0])
    used, counts = _cells(made, sampling, also=more, known=known, progress=progress)
    return tuple(
        Course(phase.network.species, phase.times, sampling.replicates, tuple(map(tuple, counted)), used)
        for phase, counted in zip([*phases, *also], counts, strict=True)
    )


class _Cells:
    """Stages for cells in Python: the first, or what is *known* of its end; the others; and what cells *also* do."""

    def __init__(self, made: Sequence[Stage], also: Sequence[Stage] = (), known: SettledCells | None = None) -> None:
        self.known = known
        self.first = None if known else Gillespie(made[:1])
        after = self.first.possible if self.first else known.possible if known else ()
        self.then = [Gillespie(stages, after) for stages in (made if known else made[1:], also) if stages]

    @property
    def events(self) -> int:
        """How many there were so far."""
        return sum(each.events for each in (self.first, *self.then) if each)

    def follow(self, cells: int, random: Random) -> Counts:
        """In how many of so many cells each species is on, by stage, time and species."""
        if self.first:
            counts, on = self.first.follow(cells, random)
        elif self.known:
            counts, on = [[[each.bit_count() for each in self.known.on]]], self.known.on
            random.setstate(self.known.random)
        for each in self.then:
            counts += each.follow(cells, random, on)[0]
        return counts


def _cells(
    made: Sequence[Stage],
    sampling: Sampling,
    *,
    also: Sequence[Stage] = (),
    known: SettledCells | None = None,
    progress: Progress = None,
) -> tuple[Engine, Counts]:
    """The engine that followed the cells, each with its own events, and the counts by stage, time and species.

    Of cells whose first stage is *known*, *made* are the others.
    """
    if known:  # there are few of them
        return "python", _Cells(made, also, known).follow(known.cells, Random())
    from her2cli.logic import lanes  # a tumour whose cells are known does without

    replicates, seed, engine = sampling.replicates, sampling.seed, sampling.engine
    if engine != "numba":
        python = _Cells(made, also)
        if engine is None and lanes.has_numba():
            tried = min(replicates, _TRIED)
            python.follow(tried, Random(f"{seed}:tried"))
            engine = "numba" if python.events * replicates > LOADING_PAYS * tried else "python"
        engine = engine or "python"
    if engine == "numba":
        lanes.need_numba()
        from her2cli.logic.runs import gillespie_numba  # it takes half a second to import

        legs, literals = [*map(gillespie_numba.leg_of, [*made, *also])], 2 * len(made[0].program.species)
    totals = [[[0] * len(stage.program.species) for _ in stage.times] for stage in [*made, *also]]
    for block, first in enumerate(range(0, replicates, BLOCK)):
        cells = min(BLOCK, replicates - first)
        if engine == "numba":
            rows = gillespie_numba.follow(legs, literals, cells, Random(f"{seed}:{block}").getrandbits(26), len(made))
            counts = [found.tolist() for found in rows]
        else:
            counts = python.follow(cells, Random(f"{seed}:{block}"))
        for total, counted in zip(totals, counts, strict=True):
            for row, more in zip(total, counted, strict=True):
                row[:] = map(int.__add__, row, more)
        if progress:
            progress(min(1, (first + BLOCK) / replicates))
    return engine, totals


def screen(
    network: BooleanNetwork,
    scenarios: Sequence[Mapping[str, int]],
    *,
    times: Sequence[float],
    start: Start = "zero",
    species: Sequence[str] | None = None,
    sampling: Sampling = Sampling(),
) -> Screen:
    """Many scenarios through one phase, as `screen_phases` has it."""
    phase = Phase(network=network, times=tuple(times))
    return screen_phases([phase], scenarios, start=start, species=species, sampling=sampling)[0]


def screen_phases(
    phases: Sequence[Phase],
    scenarios: Sequence[Mapping[str, int]],
    *,
    start: Start = "zero",
    species: Sequence[str] | None = None,
    sampling: Sampling = Sampling(),
    told: Progress = None,
) -> tuple[Screen, ...]:
    """Many scenarios on the shared clock, through one phase after the other: a screen for each phase.

    A scenario maps the inputs and species that it holds, in every phase, to their values. Every replicate draws one
    sequence of events for all scenarios, so each scenario's law is exact and differences between scenarios are sharper
    than between independent runs. *species* are those to count; all where None. *told* hears which share is done.
    Raises as `follow` does, and `UnknownName` for a species that the network does not have.
    """
    from her2cli.logic import lanes

    check(phases, sampling.replicates)
    made = stages(phases, start)
    names = phases[0].network.species if species is None else tuple(species)
    counted = _places(phases[0].network, names)
    run = lanes.screen if lanes.suits(made) else _one_by_one
    used, counts = run(made, scenarios, counted=counted, sampling=sampling, told=told)
    return tuple(
        Screen(
            species=names,
            times=phase.times,
            scenarios=len(scenarios),
            replicates=sampling.replicates,
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


def _one_by_one(
    made: Sequence[Stage],
    scenarios: Sequence[Mapping[str, int]],
    *,
    counted: Sequence[int],
    sampling: Sampling,
    told: Progress = None,
) -> tuple[Engine, list[list[list[array[int]]]]]:
    """As `lanes.screen`, for what its clock cannot do: each scenario by itself, with its own cells."""
    index = {name: number for number, name in enumerate(made[0].program.species)}
    found = [[[array("Q") for _ in counted] for _ in stage.times] for stage in made]
    used: Engine = sampling.engine or "python"
    for number, scenario in enumerate(scenarios, start=1):
        for name, value in scenario.items():
            if name not in index:
                raise UnknownName("species", name)
            if value not in (0, 1):
                raise ScenarioError(f"{shown(name)} can be held at 0 or 1 only")
        held = {index[name]: value for name, value in scenario.items()}
        used, totals = _cells([_held(stage, held, first=stage is made[0]) for stage in made], sampling)
        for rows, total in zip(found, totals, strict=True):
            for columns, counts in zip(rows, total, strict=True):
                for column, species in zip(columns, counted, strict=True):
                    column.append(counts[species])
        if told:
            told(number / len(scenarios))
    return used, found


def _held(stage: Stage, held: Mapping[int, int], *, first: bool) -> Stage:
    """*stage* in which these species are held from its beginning on."""
    settings = tuple(each for each in stage.settings if each[0] not in held)
    return stage._replace(
        moving=tuple(each for each in stage.moving if each not in held),
        settings=settings + (tuple(held.items()) if first else ()),
        together=tuple(group.without(held) for group in stage.together),
        begins_with=tuple(pair for pair in stage.begins_with if pair[0] not in held),
    )
