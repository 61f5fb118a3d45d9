"""The shared clock on Python integers: all lanes of a replicate, the scenarios of a screen, see one sequence of events.

It knows stages and planes, not networks; `runs.stochastic` prepares the one and counts the other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from her2cli.logic.lanes.compiled import Plane, Planes, Span, functions, replicate
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
        state: Planes = ()
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
        self.stage, self.rules, self.random = stage, rules, random
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

        self.replicate = replicate(
            stage.program,
            moving=stage.moving,
            varying=self.varying,
            counted=tuple(counted),
            held=frozenset(species for species in stage.moving if self.free[species] != self.ones),
            slow=stage.slow.intersection(stage.moving),
            slow_rate=SLOW_RATE,
        )
        self.follow = self.replicate.run(self.base, self.free, self.ones, random=random.random)
        self.first: tuple[Planes, list[bool]] | None = None
        self.certain = before is None and not drawn
        self.rings, often = _rings(len(stage.moving), random)
        spans = [end - begin for begin, end in zip((0.0, *stage.times), stage.times, strict=False)]
        self.times = [(*poisson(span * often), _Tally(len(counted), lanes)) for span in spans]

    def _set(self, planes: list[int], species: int, chance: float) -> None:
        on = chance >= 1 or (chance > 0 and self.random.random() < chance)
        held_on, held_off = self.held.get(species, (0, 0))
        plane = ((self.ones if on else 0) | held_on) & ~held_off
        planes[2 * species], planes[2 * species + 1] = plane, plane ^ self.ones

    def run(self, state: Planes) -> Planes:
        """One replicate, from the planes of the species that varied in the stage before; those that vary in this one.

        Where the first stage leaves nothing to chance, it begins in the same way in every replicate.
        """
        first = self.first or self._begin(state)
        if self.certain:
            self.first = first
        return self.follow(first[0], first[1].copy(), self.rings, self._spans())

    def _spans(self) -> Iterator[Span]:
        """The spans of time between two counts, one after the other."""
        for least, weights, tally in self.times:
            value = self.random.random() * weights[-1]
            yield least + bisect_right(weights, value, hi=len(weights) - 1), tally.add

    def _begin(self, state: Planes) -> tuple[Planes, list[bool]]:
        """The state with what the stage sets, and who waits: the species that differ from their rules."""
        planes = list(self.base)
        for species, plane in zip(self.inherited, state, strict=True):
            planes[2 * species], planes[2 * species + 1] = plane, plane ^ self.ones
        for setting in self.settings:
            self._set(planes, *setting)
        for species, other in self.stage.begins_with:
            planes[2 * species] |= planes[2 * other] & self.free[species]
            planes[2 * species + 1] = planes[2 * species] ^ self.ones
        waiting = []
        for species in self.stage.moving:
            rule = self.rules[species]
            assert rule is not None, "an input never moves"
            waiting.append(bool((rule(planes) ^ planes[2 * species]) & self.free[species]))
        return self.replicate.state(planes, self.free), [*waiting, False]  # the last for rings that are nobody's

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


_BATCH = 64  # states that are counted together
_DISTINCT = 40  # planes of a species among them, with more of which it does not pay to look for equal ones
_KEPT = 1 << 10  # planes of a species that are remembered; more are added up
_KEPT_DIGITS = 1 << 27  # and so many of their binary digits, of all species


class _Tally:
    """In how many states each lane has each of some species on, as numbers whose binary digits are planes.

    Of most species few planes are all that ever comes, or all but a few. So equal ones are counted, and added up last.
    """

    def __init__(self, species: int, lanes: int) -> None:
        self.lanes = lanes
        self.digits: list[list[int]] = [[] for _ in range(species)]
        self.times: list[Counter[int] | None] = [Counter() for _ in range(species)]  # each plane came; None: added up
        self.most = min(_KEPT, _KEPT_DIGITS // max(1, species * lanes))
        self.waiting: list[Planes] = []

    def add(self, planes: Planes) -> None:
        """Count one more state, which has these planes."""
        self.waiting.append(planes)
        if len(self.waiting) == _BATCH:
            self._count()

    def _count(self) -> None:
        for place, planes in enumerate(zip(*self.waiting, strict=True)):
            times = self.times[place]
            if times is None:
                _add(self.digits[place], planes, 0)
            elif planes[0] == planes[-1] and planes.count(planes[0]) == len(planes):
                times[planes[0]] += len(planes)
            else:
                known = len(times)
                times.update(planes)
                if len(times) - known > _DISTINCT or len(times) > self.most:
                    _add_times(self.digits[place], times)
                    self.times[place] = Counter() if len(times) - known <= _DISTINCT else None
        self.waiting.clear()

    def numbers(self) -> list[array[int]]:
        """For each species the number of each lane."""
        self._count()
        for digits, times in zip(self.digits, self.times, strict=True):
            if times:
                _add_times(digits, times)
                times.clear()
        return [words(digits, self.lanes) for digits in self.digits]


def _add_times(digits: list[int], times: Mapping[int, int]) -> None:
    """Add planes, each as often as it came."""
    for place in range(max(times.values()).bit_length()):
        _add(digits, [plane for plane, number in times.items() if number >> place & 1], place)


def _add(digits: list[int], planes: Sequence[int], place: int) -> None:
    """Add planes at a place, eight at a time."""
    whole = len(planes) - len(planes) % 8
    for first in range(0, whole, 8):
        _add_eight(digits, planes[first : first + 8], place)
    for plane in planes[whole:]:
        _carry(digits, plane, place)


def _add_eight(digits: list[int], planes: Sequence[int], place: int) -> None:
    """Add eight planes at a place: three of a digit are added to two, one of them of the next digit.

    As in the bit counting of Harley and Seal (Muła, Kurz and Lemire 2018, doi:10.1093/comjnl/bxx046).
    """
    digits += [0] * (place + 3 - len(digits))
    a, b, c, d, e, f, g, h = planes
    ones, twos, fours = digits[place : place + 3]
    half = ones ^ a
    ones, two = half ^ b, ones & a | half & b
    half = ones ^ c
    ones, more = half ^ d, ones & c | half & d
    half = twos ^ two
    twos, four = half ^ more, twos & two | half & more
    half = ones ^ e
    ones, two = half ^ f, ones & e | half & f
    half = ones ^ g
    digits[place], more = half ^ h, ones & g | half & h
    half = twos ^ two
    digits[place + 1], more = half ^ more, twos & two | half & more
    half = fours ^ four
    digits[place + 2], carry = half ^ more, fours & four | half & more
    _carry(digits, carry, place + 3)


def _carry(digits: list[int], plane: int, place: int) -> None:
    """Add a plane at a place."""
    digits += [0] * (place - len(digits))
    while plane:
        if place == len(digits):
            digits.append(0)
        digits[place], plane = digits[place] ^ plane, digits[place] & plane
        place += 1
