"""The shared clock on Python integers: all lanes of a replicate, the scenarios of a screen, see one sequence of events.

It knows stages and planes, not networks; `runs.stochastic` prepares the one and counts the other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from her2cli.logic.lanes.compiled import Plane, functions
from her2cli.logic.lanes.distinct import Distinct, Held
from her2cli.logic.lanes.planes import words
from her2cli.logic.lanes.poisson import poisson
from her2cli.logic.network import SLOW_RATE
from her2cli.logic.network.phases import Stage


def shared(
    asked: Distinct, counted: Sequence[Sequence[int]], *, replicates: int, random: Random
) -> list[list[list[array[int]]]]:
    """In how many replicates each scenario has each species on that is *counted* in a stage.

    By stage, time, species and scenario, as its lane has it. Those counted are of the species that move, or begin by
    chance, in that stage or one before.
    """
    runners: list[_Runner] = []
    for stage, species in zip(asked.stages, counted, strict=True):
        before = runners[-1] if runners else None
        rules = functions(stage.program)
        runners.append(_Runner(stage, rules, before, asked.lanes, asked.held, species, random))
    for _ in range(replicates):
        state: list[int] = []
        for runner in runners:
            state = runner.run(state)
    found = [runner.numbers() for runner in runners]
    if asked.lanes == len(asked.lane_of):
        return found
    return [[_of_scenarios(rows, asked.lane_of) for rows in times] for times in found]


def _of_scenarios(rows: Sequence[array[int]], lane_of: Sequence[int]) -> list[array[int]]:
    """For each of the *rows*, which have a number for each lane, the number of each scenario's lane."""
    found = []
    for first in range(0, len(rows), _TOGETHER):
        some = rows[first : first + _TOGETHER]
        size = 8 * len(some)
        table = memoryview(bytearray(size * len(some[0]))).cast("Q")
        for place, row in enumerate(some):
            table[place :: len(some)] = memoryview(row)
        whole = table.tobytes()
        lanes = [whole[begin : begin + size] for begin in range(0, len(whole), size)]
        every = memoryview(b"".join(map(lanes.__getitem__, lane_of))).cast("Q")
        found += [array("Q", every[place :: len(some)].tobytes()) for place in range(len(some))]
    return found


_TOGETHER = 32  # rows whose numbers of a lane are moved as one


class _Runner:
    """One stage: the events of one replicate after the other.

    The moving species ring one after the other, at random; a ring gives a species its rule's value. It is evaluated
    only while it waits, that is if a regulator changed since it was last evaluated: else nothing would change.
    """

    def __init__(
        self,
        stage: Stage,
        rules: Sequence[Plane | None],
        before: _Runner | None,
        lanes: int,
        held: Held,
        counted: Sequence[int],
        random: Random,
    ) -> None:
        self.stage, self.random, self.counted = stage, random, counted
        self.ones = (1 << lanes) - 1
        self.held = {species: (on, off) for species, on, off in held}
        self.free = [self.ones] * len(rules)
        for species, (on, off) in self.held.items():
            self.free[species] = self.ones ^ (on | off)
        self.inherited = before.varying if before else ()
        drawn = {species for species, chance in stage.settings if 0 < chance < 1}
        self.varying: tuple[int, ...] = tuple(
            sorted(drawn.union(stage.moving, self.inherited, (species for species, _ in stage.begins_with)))
        )
        self.settings = [setting for setting in stage.settings if setting[0] in self.varying]
        self.base: list[int] = list(before.base) if before else [0, self.ones] * len(rules) + [self.ones]
        for species, chance in stage.settings:
            if not 0 < chance < 1:
                self._set(self.base, species, chance)
        place = {species: number for number, species in enumerate(stage.moving)}
        # Of each species that moves, by its place: itself, its rule, whether it is slow, and the places that read it.
        self.moves: list[tuple[int, Plane, bool, list[int]]] = []
        for species in stage.moving:
            rule = rules[species]
            assert rule is not None, "an input never moves"
            readers = [place[reader] for reader in stage.program.dependents[species] if reader in place]
            self.moves.append((species, rule, species in stage.slow, readers))
        self.first: tuple[list[int], list[bool]] | None = None
        self.certain = before is None and not drawn
        self.rings, often = _rings(len(stage.moving), random)
        spans = [end - begin for begin, end in zip((0.0, *stage.times), stage.times, strict=False)]
        self.times = [(*poisson(span * often), _Tally(len(counted), lanes)) for span in spans]

    def _set(self, planes: list[int], species: int, chance: float) -> None:
        on = chance >= 1 or (chance > 0 and self.random.random() < chance)
        held_on, held_off = self.held.get(species, (0, 0))
        plane = ((self.ones if on else 0) | held_on) & ~held_off
        planes[2 * species], planes[2 * species + 1] = plane, plane ^ self.ones

    def run(self, state: Sequence[int]) -> list[int]:
        """One replicate, from the planes of the species that varied in the stage before; those that vary in this one.

        Where the first stage leaves nothing to chance, it begins in the same way in every replicate.
        """
        first = self.first or self._begin(state)
        if self.certain:
            self.first = first
        planes, waiting = first[0].copy(), first[1].copy()
        moves, free, rings, random = self.moves, self.free, self.rings, self.random.random
        still = [False] * len(waiting)
        for least, weights, tally in self.times:
            value = random() * weights[-1]
            left = least + bisect_right(weights, value, hi=len(weights) - 1)
            while left > 0 and waiting != still:
                some = next(rings)
                if left < len(some):
                    some = some[:left]
                left -= len(some)
                for ring in some:
                    if not waiting[ring]:
                        continue
                    species, rule, slow, readers = moves[ring]
                    if slow and random() >= SLOW_RATE:
                        continue
                    waiting[ring] = False
                    change = (rule(planes) ^ planes[2 * species]) & free[species]
                    if change:
                        planes[2 * species] ^= change
                        planes[2 * species + 1] ^= change
                        for reader in readers:
                            waiting[reader] = True
            tally.add([planes[2 * species] for species in self.counted])
        return [planes[2 * species] for species in self.varying]

    def _begin(self, state: Sequence[int]) -> tuple[list[int], list[bool]]:
        """The state with what the stage sets, and who waits: the species that differ from their rules."""
        planes = list(self.base)
        for species, plane in zip(self.inherited, state, strict=True):
            planes[2 * species], planes[2 * species + 1] = plane, plane ^ self.ones
        for setting in self.settings:
            self._set(planes, *setting)
        for species, other in self.stage.begins_with:
            planes[2 * species] |= planes[2 * other] & self.free[species]
            planes[2 * species + 1] = planes[2 * species] ^ self.ones
        waiting = [
            bool((rule(planes) ^ planes[2 * species]) & self.free[species]) for species, rule, _, _ in self.moves
        ]
        return planes, [*waiting, False]  # the last for rings that are nobody's

    def numbers(self) -> list[list[array[int]]]:
        """For each time, and each species counted, in how many replicates each lane had it on."""
        return [tally.numbers() for *_, tally in self.times]


def _rings(movers: int, random: Random) -> tuple[Iterator[Sequence[int]], float]:
    """Rings of that many species, each with the same chance, some at a time without end.

    And how many there are in a unit of time, so that each species has one. They are drawn as bytes, or pairs of bytes,
    of which some are left over when all are shared out: these are nobody's, and have the number after the last.
    """
    count = max(movers, 1)  # where none moves, none is asked for
    span = 256 if 4 * (256 % count) <= 256 > count else 65536
    limit = span - span % count
    shared = [*list(range(movers)) * (limit // count), *[movers] * (span - limit)] if movers else [0] * span
    size = 4 * count + 32

    def drawn() -> Iterator[Sequence[int]]:
        table = bytes(shared) if span == 256 else b""
        while True:
            if table:
                rings: Sequence[int] = random.randbytes(40 * size).translate(table)
            else:
                rings = [shared[value] for value in memoryview(random.randbytes(32 * size)).cast("H")]
            for first in range(0, len(rings), size):
                yield rings[first : first + size]

    return drawn(), count * span / limit


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
