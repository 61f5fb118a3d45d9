"""Phases of time, each under a network of its own, and the same as numbers, which is what the stochastic engines run.

Cells go through one phase after the other: a tumour settles, a drug comes, the early response, the late one. A phase
begins with the states in which the last one ended. What it sets is set at once: an input whose initial value or chance
is another than before, a species that has become constant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from math import isfinite
from typing import Literal, NamedTuple

from her2cli.errors import LimitError, ScenarioError, UnknownName, shown
from her2cli.expression import Const
from her2cli.logic.network import SLOW_RATE, BooleanNetwork, Rates
from her2cli.logic.network.programs import Program, conditions, reach

Start = Literal["file", "zero", "random"] | Mapping[str, int]

REPLICATE_LIMIT = 1_000_000_000
TICK_LIMIT = 1_000_000_000  # time multiplied by species: about as many events a cell can see


class Phase(NamedTuple):
    """A stretch of time under one network, counted at *times* from its beginning; the last time is its end.

    Species in *frozen* keep the value that they had. Those in *alarmed* move in some network that this one is compared
    with, if not in this: on a shared clock they have an alarm, so that both have the same events.
    """

    network: BooleanNetwork
    times: tuple[float, ...]
    frozen: frozenset[str] = frozenset()
    alarmed: frozenset[str] = frozenset()


class Together(NamedTuple):
    """Species that begin together, as a `JointStart` says."""

    species: tuple[int, ...]
    patterns: tuple[tuple[int, ...], ...]  # their values
    cumulated: tuple[float, ...]  # the weights of the patterns, added up

    def without(self, some: Collection[int]) -> Together:
        """The same of the other species alone."""
        kept = [place for place, species in enumerate(self.species) if species not in some]
        return Together(
            tuple(self.species[place] for place in kept),
            tuple(tuple(pattern[place] for place in kept) for pattern in self.patterns),
            self.cumulated,
        )


class StageRate(NamedTuple):
    """The rate at which a species takes the value *to* in some states."""

    species: int
    to: int
    rate: float


class Stage(NamedTuple):
    """A phase in numbers. Species are their place in `program.species`."""

    program: Program
    times: tuple[float, ...]  # when to count, from the stage's beginning; the last is its end
    moving: tuple[int, ...]  # the species that may change
    slow: frozenset[int]
    settings: tuple[tuple[int, float], ...]  # species set at the beginning, with the chance of being on
    rates: Mapping[int, Rates]  # of turning on and off, of species that have rates of their own
    state_rates: tuple[StageRate, ...] = ()  # that hold where the rule of the same number of `conditions` does
    conditions: Program | None = None
    together: tuple[Together, ...] = ()  # set after `settings`
    begins_with: tuple[tuple[int, int], ...] = ()  # species that also begin on wherever another does, set last
    clock: tuple[int, ...] = ()  # the species that a shared clock has an alarm for: those that move, and perhaps others

    def fastest(self, species: int) -> Rates:
        """The highest rates of turning on, and off, that a species has in any state.

        An engine lets its clock ring that often, and lets it count in a share of the cases: where the rate is lower,
        in its share of the highest (thinning: Lewis and Shedler 1979, doi:10.1002/nav.3800260304).
        """
        found = list(self.own(species))
        for each in self.state_rates:
            if each.species == species:
                found[1 - each.to] = max(found[1 - each.to], each.rate)
        return found[0], found[1]

    def own(self, species: int) -> Rates:
        """The rates of turning on, and off, where none of `state_rates` holds."""
        speed = SLOW_RATE if species in self.slow else 1.0
        return self.rates.get(species, (speed, speed))


def check(phases: Sequence[Phase], replicates: int) -> None:
    """Raise `ScenarioError` for impossible times, replicates, chances or rates, `LimitError` for a time too long."""
    if not 1 <= replicates <= REPLICATE_LIMIT:
        raise ScenarioError(f"--replicates {replicates}: from 1 to {REPLICATE_LIMIT:,} cells are drawn.")
    for phase in phases:
        times, network = phase.times, phase.network
        if not times or not all(isfinite(time) and time >= 0 for time in times) or list(times) != sorted(set(times)):
            raise ScenarioError(f"times must be rising numbers from 0 on, not {shown(str(list(times)))}")
        known = [*(rate for rates in network.rates.values() for rate in rates), *(o.rate for o in network.state_rates)]
        longest = TICK_LIMIT / max([1.0, *known]) / max(1, len(network.species))
        if times[-1] > longest:
            many = len(network.species)
            raise LimitError(f"a time of {times[-1]:g} is too long for {many} species; the longest is {int(longest)}")
        for name, chance in network.chances.items():
            if not 0 <= chance <= 1:
                raise ScenarioError(f"{shown(name)} cannot be on in a share of {chance:g} of the cells; it is 0 to 1")
        for name, rates in network.rates.items():
            if not all(isfinite(rate) and rate >= 0 for rate in rates):
                raise ScenarioError(f"the rates of {shown(name)} are {rates[0]:g} and {rates[1]:g}; they are 0 or more")
        for own in network.state_rates:
            if not (isfinite(own.rate) and own.rate >= 0):
                raise ScenarioError(f"a rate of {shown(own.species)} is {own.rate:g}; rates are 0 or more")


def stages(phases: Sequence[Phase], start: Start, after: Phase | None = None) -> list[Stage]:
    """*phases* in numbers, the first of which begins as *start* says, or where the phase *after* which it comes ended.

    "file" is what the network itself says of each species: its value, its share, what begins together. The others say
    it for the species that are no inputs: "zero", "random" (each on with chance 1/2, and so are the inputs that neither
    file nor scenario set), or a mapping, which may leave some as they are in the file. Raises `UnknownName` for a
    species that the network does not have.
    """
    found = []
    before = after
    for phase in phases:
        network = phase.network
        index = {name: number for number, name in enumerate(network.species)}
        settings = _first(network, start) if before is None else _changed(before.network, network)
        own = before is None and start == "file"
        still = set(network.inputs) | phase.frozen
        silent = still - (phase.alarmed - phase.frozen)
        found.append(
            Stage(
                program=network.program,
                times=phase.times,
                moving=tuple(index[name] for name in network.species if name not in still),
                slow=frozenset(index[name] for name in network.slow),
                settings=tuple((index[name], chance) for name, chance in settings.items()),
                rates={index[name]: rates for name, rates in network.rates.items()},
                state_rates=tuple(StageRate(index[each.species], each.to, each.rate) for each in network.state_rates),
                conditions=conditions(network.species, [e.where for e in network.state_rates])
                if network.state_rates
                else None,
                together=_together(network, index) if own else (),
                begins_with=tuple((index[a], index[b]) for a, b in network.begins_with.items()) if own else (),
                clock=tuple(index[name] for name in network.species if name not in silent),
            )
        )
        before = phase
    return found


def possible(
    stages: Sequence[Stage], allowed: Sequence[int], free: Sequence[int], lanes: int, after: Sequence[int] = ()
) -> list[list[int]]:
    """For each stage, and each literal, the lanes in which it may be true at some time: it is true in no others.

    *allowed* has for each literal the lanes in which nothing that holds its species forbids it, *free* for each species
    the lanes in which nothing holds it. *after* has those of the stage before the first, if there is one.
    """
    ones = (1 << lanes) - 1
    planes = list(after) or [0] * len(allowed)
    found = []
    for stage in stages:
        begins = dict(stage.settings)
        for group in stage.together:
            for place, species in enumerate(group.species):
                values = {pattern[place] for pattern in group.patterns}
                begins[species] = 0.5 if len(values) == 2 else float(values.pop())
        for species, chance in begins.items():
            fixed = ones ^ free[species]  # where it is held, it is that, whatever is set
            planes[2 * species] = allowed[2 * species] & (ones if chance > 0 else fixed)
            planes[2 * species + 1] = allowed[2 * species + 1] & (ones if chance < 1 else fixed)
        for species, other in stage.begins_with:
            planes[2 * species] |= allowed[2 * species] & planes[2 * other]
            planes[2 * species + 1] &= planes[2 * other + 1] | ones ^ free[species]
        reach(stage.program, stage.moving, planes, free, lanes)
        found.append(list(planes))
    return found


def _first(network: BooleanNetwork, start: Start) -> dict[str, float]:
    """For each species the chance of being on in the beginning."""
    own: dict[str, float] = {**network.initial, **network.chances}
    if start == "file":
        return own
    inputs = {name: own[name] for name in network.inputs}
    if isinstance(start, Mapping):
        for name in start:
            if name not in network.rules:
                raise UnknownName("species", name)
        return own | dict(start) | {name: network.chances[name] for name in inputs if name in network.chances}
    if start == "random":
        said = {*network.held, *network.hidden, *network.chances}
        inputs = {name: value if name in said else 0.5 for name, value in inputs.items()}
    given = dict.fromkeys(network.species, 0.5 if start == "random" else 0.0)
    return given | inputs | {name: network.initial[name] for name, how in network.held.items() if how == "clamp"}


def _together(network: BooleanNetwork, index: Mapping[str, int]) -> tuple[Together, ...]:
    return tuple(
        Together(
            tuple(index[name] for name in start.species),
            tuple(start.weights),
            tuple(accumulate(start.weights.values())),
        )
        for start in network.together
    )


def _changed(before: BooleanNetwork, after: BooleanNetwork) -> dict[str, float]:
    """What a new phase sets at its beginning."""
    settings: dict[str, float] = {}
    inputs = set(after.inputs)
    for name in after.species:
        rule = after.rules[name]
        if isinstance(rule, Const):
            if rule != before.rules[name]:
                settings[name] = rule.value
        elif name in inputs:
            chance = after.chances.get(name, after.initial[name])
            if name not in before.inputs or chance != before.chances.get(name, before.initial[name]):
                settings[name] = chance
    return settings
