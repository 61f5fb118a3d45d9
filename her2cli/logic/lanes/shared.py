"""The shared clock: how a replicate goes, and how it does so on Python's integers."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from her2cli.logic.lanes.distinct import Distinct
from her2cli.logic.lanes.rings import Rings
from her2cli.logic.network.phases import Stage
from her2cli.logic.network.planes import words
from her2cli.logic.network.programs import Program, compiled
from her2cli.logic.network.sampling import Progress, Sampling

Rule = Callable[[Sequence[int]], int]  # its value, from the planes of all literals and, last, the one of 1

_TOGETHER = 24  # operands on a line: CPython's own compiler recurses along it


class Running(Protocol):
    """A stage as an engine runs it. The moving species ring one after the other, at random; a ring gives a species its
    rule's value. It is evaluated only while it waits, that is if a regulator changed since it was last evaluated: else
    nothing would change.
    """

    def begin(self, settings: Sequence[tuple[int, bool]]) -> bool:
        """Go on from where the stage before ended, with these species set. Whether a species waits."""

    def ring(self, rings: Any) -> bool:
        """Hear *rings*, one after the other. Whether a species waits."""

    def count(self, time: int) -> None:
        """Count the state at that time of the stage."""


def run(rings: Sequence[Rings], running: Sequence[Running], *, replicates: int, told: Progress = None) -> None:
    """Take so many *replicates* through the stages."""
    for replicate in range(replicates):
        for own, stage in zip(rings, running, strict=True):
            waits = stage.begin(own.settings())
            for time, stretch in enumerate(own.replicate(replicate)):
                while waits and (some := next(stretch, None)) is not None:
                    waits = stage.ring(some)
                stage.count(time)
        if told:
            told((replicate + 1) / replicates)


def tallies(
    asked: Distinct, counted: Sequence[Sequence[int]], *, sampling: Sampling, told: Progress = None
) -> list[list[list[array[int]]]]:
    """In how many replicates each scenario has each species on that is *counted* in a stage.

    By stage, time, species and scenario, as its lane has it. Those counted are of the species that move, or begin by
    chance, in that stage or one before.
    """
    running: list[_Running] = []
    for stage, species in zip(asked.stages, counted, strict=True):
        running.append(_Running(stage, running[-1] if running else None, asked, species))
    rings = [Rings(stage, number, sampling.seed) for number, stage in enumerate(asked.stages)]
    run(rings, running, replicates=sampling.replicates, told=told)
    found = [[tally.numbers() for tally in each.tallies] for each in running]
    if asked.lanes == len(asked.lane_of):
        return found
    return [[[array("Q", map(row.__getitem__, asked.lane_of)) for row in rows] for rows in times] for times in found]


@lru_cache(maxsize=16)
def functions(made: Program) -> tuple[Rule | None, ...]:
    """A Python function for each rule, None for an input."""
    lines: list[str] = []
    for index, root in enumerate(made.rules):
        if root is None:
            continue
        lines.append(f"def f{index}(s):")
        parts = [] if isinstance(root, bool) else made.parts(root)
        for number in parts:
            kind, operands = made.nodes[number]
            names = [f"t{each}" if each in made.nodes else f"s[{each}]" for each in operands]
            for first in range(0, len(names), _TOGETHER):
                some = [f"t{number}"] * (first > 0) + names[first : first + _TOGETHER]
                lines.append(f"  t{number} = {'&|'[kind].join(some)}")
        always = "s[-1]" if root else "0"
        lines.append(f"  return {f't{root}' if parts else always if isinstance(root, bool) else f's[{root}]'}")
    found = compiled(lines)
    return tuple(found.get(f"f{index}") for index in range(len(made.rules)))


class _Running:
    """A stage on Python's integers."""

    def __init__(self, stage: Stage, before: _Running | None, asked: Distinct, counted: Sequence[int]) -> None:
        rules = functions(stage.program)
        self.before, self.counted = before, counted
        self.ones = (1 << asked.lanes) - 1
        self.held = {species: (on, off) for species, on, off in asked.held}
        self.free = [self.ones] * len(rules)
        for species, (on, off) in self.held.items():
            self.free[species] = self.ones ^ (on | off)
        self.begins_with = stage.begins_with
        self.planes = [0, self.ones] * len(rules) + [self.ones]
        self.set = [
            (species, self._plane(species, chance > 0)) for species, chance in stage.settings if chance in (0, 1)
        ]
        if before is None:  # these are set once and for all
            for species, plane in self.set:
                self.planes[2 * species], self.planes[2 * species + 1] = plane, plane ^ self.ones
            self.set = []
        self.first = self.planes
        place = {species: number for number, species in enumerate(stage.moving)}
        # Of each species that moves, by its place: itself, its rule, and the places that read it.
        self.moves: list[tuple[int, Any, list[int]]] = [
            (
                species,
                rules[species],
                [place[reader] for reader in stage.program.dependents[species] if reader in place],
            )
            for species in stage.moving
        ]
        self.waiting: list[bool] = []
        self.tallies = [_Tally(len(counted), asked.lanes) for _ in stage.times]

    def _plane(self, species: int, on: bool) -> int:
        held_on, held_off = self.held.get(species, (0, 0))
        return ((self.ones if on else 0) | held_on) & ~held_off

    def begin(self, settings: Sequence[tuple[int, bool]]) -> bool:
        planes = (self.before.planes if self.before else self.first).copy()
        ones, free = self.ones, self.free
        for species, plane in (*self.set, *((each, self._plane(each, on)) for each, on in settings)):
            planes[2 * species], planes[2 * species + 1] = plane, plane ^ ones
        for species, other in self.begins_with:
            planes[2 * species] |= planes[2 * other] & free[species]
            planes[2 * species + 1] = planes[2 * species] ^ ones
        self.planes = planes
        self.waiting = [bool((rule(planes) ^ planes[2 * species]) & free[species]) for species, rule, _ in self.moves]
        return any(self.waiting)

    def ring(self, rings: Sequence[int]) -> bool:
        planes, waiting, moves, free = self.planes, self.waiting, self.moves, self.free
        for ring in rings:
            if waiting[ring]:
                waiting[ring] = False
                species, rule, readers = moves[ring]
                change = (rule(planes) ^ planes[2 * species]) & free[species]
                if change:
                    planes[2 * species] ^= change
                    planes[2 * species + 1] ^= change
                    for reader in readers:
                        waiting[reader] = True
        return any(waiting)

    def count(self, time: int) -> None:
        self.tallies[time].add([self.planes[2 * species] for species in self.counted])


class _Tally:
    """In how many states each lane has each of some species on, as numbers whose binary digits are planes."""

    def __init__(self, species: int, lanes: int) -> None:
        self.lanes = lanes
        self.digits: list[list[int]] = [[] for _ in range(species)]

    def add(self, planes: Iterable[int]) -> None:
        """Count one more state, which has these planes: each is carried as far as there are ones to add it to."""
        for digits, plane in zip(self.digits, planes, strict=True):
            place = 0
            while plane:
                if place == len(digits):
                    digits.append(0)
                digits[place], plane = digits[place] ^ plane, digits[place] & plane
                place += 1

    def numbers(self) -> list[array[int]]:
        """For each species the number of each lane."""
        return [words(digits, self.lanes) for digits in self.digits]
