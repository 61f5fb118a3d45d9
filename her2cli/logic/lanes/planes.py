"""The stochastic engine on Python integers: bit i of every plane is lane i, one evaluation of a rule serves all lanes.

It knows stages and planes, not networks; `stochastic` prepares the one and counts the other. A state is a list of
planes, one for each literal of `programs` and last the plane of ones.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from random import Random

from her2cli.logic.lanes.compiled import Plane, functions
from her2cli.logic.network.programs import Program

SLOW_RATE = Fraction(1, 20)  # events per unit of time of a slow species; a fast one has 1
Rules = Sequence[Plane | None]

TICKS, MOST_TICKS = 512, 1 << 16  # mean ticks of the first piece of a stage; each further one is twice as long
LOOK = 32  # ticks between two looks at which species can still change
WIDE = 2048  # lanes from which on operations on fewer of them cost less


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of time under one network. Species are numbers, their place in `program.species`."""

    program: Program
    times: tuple[float, ...]  # when to count, from the stage's beginning; the last is its end
    moving: tuple[int, ...]  # the species that may change
    slow: frozenset[int]
    settings: tuple[tuple[int, float], ...]  # species set at the beginning, with the chance of being on


def prepare(stages: Sequence[Stage]) -> list[Rules]:
    """What `independent` needs of each stage, once for all blocks."""
    return [functions(stage.program) for stage in stages]


def independent(
    stages: Sequence[Stage], rules: Sequence[Rules], *, lanes: int, random: Random
) -> list[list[list[int]]]:
    """How many of *lanes* independent cells have each species on: stage, time, species."""
    ones = (1 << lanes) - 1
    state = [0, ones] * len(stages[0].program.species) + [ones]
    counts = []
    for stage, planes in zip(stages, rules, strict=True):
        for species, chance in stage.settings:
            plane = bernoulli(Fraction(chance), ones, lanes, random)
            state[2 * species], state[2 * species + 1] = plane, plane ^ ones
        now, counted = 0.0, []
        ticks = TICKS
        for time in stage.times:
            while now < time:
                now = _piece(stage, planes, state, now, time, ticks, lanes, random)
                ticks = min(2 * ticks, MOST_TICKS)
            counted.append([plane.bit_count() for plane in state[:-1:2]])
        counts.append(counted)
    return counts


def _piece(
    stage: Stage, rules: Rules, state: list[int], now: float, end: float, ticks: int, lanes: int, random: Random
) -> float:
    """Run *state* on towards *end*, for a mean of about that many ticks, and return the time that was reached.

    Uniformised: in a tick every lane draws one of 2**bits slots, and the species in that slot takes its rule's value.
    Only species that can change have a slot; where none is left that can, the end is reached at once. Where most lanes
    have settled, the others are packed together and go on alone.
    """
    movers, unsettled = _look(stage, rules, state, stage.moving)
    if not movers:
        return end
    fast = sum(species not in stage.slow for species in movers)
    bits = (len(movers) - 1).bit_length()
    rate = (1.0 if fast else float(SLOW_RATE)) * (1 << bits)
    span = end - now if (end - now) * rate < 1.5 * ticks else ticks / rate
    widths = [-(-len(movers) >> (bits - level)) for level in range(1, bits + 1)]
    thin = len(movers) > fast > 0
    running = [(slot, _rule(rules, species), 2 * species) for slot, species in enumerate(movers)]
    packed: list[tuple[Packing, list[int]]] = []  # what was left out on the way, and the state it was left out of
    cells = state
    clock = _Clock(rate * span, lanes, random)
    draw = random.getrandbits
    tick = 0
    while tick < clock.most:
        if tick % LOOK == 0:
            if tick:
                left, unsettled = _look(stage, rules, cells, movers)
                if not left:
                    span = end - now
                    break
                running = [mover for mover in running if mover[2] // 2 in left]
            if lanes >= WIDE and 2 * unsettled.bit_count() <= lanes:
                packing = Packing(unsettled, lanes)
                packed.append((packing, cells))
                cells, lanes = packing.state(cells), packing.lanes
                clock.pack(packing)
        alive = clock.alive(tick, cells[-1])
        tick += 1
        masks = [alive]
        for width in widths:
            plane = draw(lanes)
            ones = [mask & plane for mask in masks]
            split = [0] * (2 * len(masks))
            split[::2] = ones
            split[1::2] = [mask ^ one for mask, one in zip(masks, ones, strict=True)]
            masks = split[:width]
        if thin:
            masks[fast:] = _thinned(masks[fast:], lanes, random)
        for slot, rule, index in running:
            mask = masks[slot]
            if mask:
                change = (rule(cells) ^ cells[index]) & mask
                if change:
                    cells[index] ^= change
                    cells[index + 1] ^= change
    for packing, whole in reversed(packed):
        for species in movers:
            packing.put(whole, cells, 2 * species)
        cells = whole
    return now + span if span < end - now else end


def _rule(rules: Rules, species: int) -> Plane:
    rule = rules[species]
    assert rule is not None, "an input never moves"
    return rule


def _look(stage: Stage, rules: Rules, state: list[int], among: Sequence[int]) -> tuple[list[int], int]:
    """The species that differ from their rule in some lane, and all that follow from them; slow ones last. And the
    lanes in which any differs; in the others nothing changes any more.

    Only species in *among* are looked at: all that move, or all that could be found in a look before.
    """
    moving = frozenset(among)
    found, unsettled = set(), 0
    for species in among:
        differing = _rule(rules, species)(state) ^ state[2 * species]
        if differing:
            found.add(species)
            unsettled |= differing
    stack = list(found)
    while stack:
        for target in stage.program.dependents[stack.pop()]:
            if target in moving and target not in found:
                found.add(target)
                stack.append(target)
    return sorted(found, key=lambda species: (species in stage.slow, species)), unsettled


class Packing:
    """Some lanes of a plane moved together, and back again (Warren 2013, Hacker's Delight, 7-4: compress and expand).

    In step i the lanes whose way down has the binary digit i move by 2**i.
    """

    def __init__(self, chosen: int, lanes: int) -> None:
        self.chosen, self.lanes = chosen, chosen.bit_count()
        self.steps: list[tuple[int, int]] = []
        ones = (1 << lanes) - 1
        absent = (chosen ^ ones) << 1 & ones  # on where the lane below is left out
        shift = 1
        while shift < lanes:
            odd, width = absent, 1  # on where an odd number of lanes from here down are
            while width < lanes:
                odd ^= odd << width & ones
                width *= 2
            going = odd & chosen
            if going:
                self.steps.append((shift, going))
                chosen = chosen ^ going | going >> shift
            absent &= ~odd
            shift *= 2

    def pack(self, plane: int) -> int:
        """The chosen lanes of *plane*."""
        plane &= self.chosen
        for shift, going in self.steps:
            part = plane & going
            plane = plane ^ part | part >> shift
        return plane

    def state(self, state: Sequence[int]) -> list[int]:
        """The chosen lanes of all planes."""
        ones = (1 << self.lanes) - 1
        packed = [self.pack(plane) for plane in state[:-1:2]]
        return [half for plane in packed for half in (plane, plane ^ ones)] + [ones]

    def put(self, whole: list[int], packed: Sequence[int], index: int) -> None:
        """Put the plane at *index* of the *packed* state, and the one of its negation, back into the *whole* state."""
        plane = packed[index]
        for shift, going in reversed(self.steps):
            part = plane << shift & going
            plane = plane & ~(going >> shift) | part
        change = (whole[index] ^ plane) & self.chosen
        whole[index] ^= change
        whole[index + 1] ^= change


def _thinned(masks: list[int], lanes: int, random: Random) -> list[int]:
    union = 0
    for mask in masks:
        union |= mask
    kept = bernoulli(SLOW_RATE, union, lanes, random)
    return [mask & kept for mask in masks]


def bernoulli(chance: Fraction, lanes_asked: int, lanes: int, random: Random) -> int:
    """A plane in which each lane of *lanes_asked* is on with exactly that chance.

    It compares a random binary fraction per lane with *chance*, digit by digit, until no lane is undecided.
    """
    if chance >= 1:
        return lanes_asked
    found, undecided = 0, lanes_asked
    rest, whole = chance.numerator, chance.denominator
    while undecided and rest:
        rest *= 2
        plane = random.getrandbits(lanes)
        if rest >= whole:
            rest -= whole
            found |= undecided & ~plane
            undecided &= plane
        else:
            undecided &= ~plane
    return found


class _Clock:
    """How many ticks each lane has: a Poisson number, drawn independently of everything else."""

    def __init__(self, mean: float, lanes: int, random: Random) -> None:
        self.steps, self.first = _poisson_numbers(mean, lanes, random)
        self.digits: list[int] = []
        self._count()

    def _count(self) -> None:
        self.least = min(self.steps)
        self.most = self.first + max(self.steps)

    def pack(self, packing: Packing) -> None:
        """Keep the lanes that are packed.

        As long as all lanes have ticks left, it does not matter whose number is whose.
        """
        if self.digits:
            self.digits = [packing.pack(digit) for digit in self.digits]
        else:
            del self.steps[packing.lanes :]
            self._count()

    def alive(self, tick: int, ones: int) -> int:
        """The lanes that have more than *tick* ticks."""
        step = tick - self.first
        if step < self.least:
            return ones
        if not self.digits:
            self.digits = self._digits()
        above, equal = 0, ones  # compared with the step, highest digit first
        for place in range(len(self.digits) - 1, -1, -1):
            digit = self.digits[place]
            if step >> place & 1:
                equal &= digit
            else:
                above |= equal & digit
                equal &= ~digit
        return above

    def _digits(self) -> list[int]:
        """The numbers as planes, one for each binary digit."""
        if sys.byteorder == "big":
            self.steps.byteswap()
        halves = self.steps.tobytes()
        places = range((self.most - self.first).bit_length())
        return [int(halves[place >> 3 :: 2].translate(_DIGIT[place & 7]), 2) for place in places]


_DIGIT = [bytes(b"01"[value >> place & 1] for value in range(256)) for place in range(8)]


def _poisson_numbers(mean: float, lanes: int, random: Random) -> tuple[array[int], int]:
    """A Poisson number for each lane, less the one returned beside them.

    Two random bytes choose a number where one number covers all of their interval, else more digits decide.
    """
    first, weights = poisson(mean)
    scale = weights[-1] / 65536
    table = array("H", [_OPEN]) * 65536
    begin = 0.0
    for number, end in enumerate(weights):
        inner, outer = ceil(begin / scale), min(floor(end / scale), 65536)
        if outer > inner:
            table[inner:outer] = array("H", [number]) * (outer - inner)
        begin = end
    draws = memoryview(random.randbytes(2 * lanes)).cast("H")
    steps = array("H", map(table.__getitem__, draws))
    for place in [place for place, step in enumerate(steps) if step == _OPEN]:
        value = (draws[place] + random.random()) * scale
        steps[place] = min(bisect_right(weights, value), len(weights) - 1)
    return steps, first


_OPEN = 65535  # more weights than there can be


@lru_cache(maxsize=64)
def poisson(mean: float) -> tuple[int, list[float]]:
    """The smallest number with a weight that counts, and from there on the cumulated weights, not normalised.

    Only additions, products and quotients, so that every machine has the same weights.
    """
    mode = int(mean)
    below: list[float] = []
    weight, number = 1.0, mode
    while number > 0 and weight > 1e-18:
        weight *= number / mean
        number -= 1
        below.append(weight)
    above = []
    weight, last = 1.0, mode
    while weight > 1e-18:
        last += 1
        weight *= mean / last
        above.append(weight)
    total, cumulated = 0.0, []
    for weight in [*reversed(below), 1.0, *above]:
        total += weight
        cumulated.append(total)
    return number, cumulated


def spread(planes: Sequence[int], lanes: int) -> bytes:
    """For each lane a byte, whose binary digits are what up to eight planes have there, the first one lowest."""
    blocks = -(-lanes // 8)
    rows = bytearray(8 * blocks)
    for place, plane in enumerate(planes):
        rows[place::8] = plane.to_bytes(blocks, "little")
    return _transposed(int.from_bytes(rows, "little"), blocks)[:lanes]


def words(planes: Sequence[int], lanes: int) -> array[int]:
    """For each lane a word, whose binary digits are what up to 64 planes have there, the first one lowest."""
    whole = bytearray(8 * lanes)
    for first in range(0, len(planes), 8):
        whole[first // 8 :: 8] = spread(planes[first : first + 8], lanes)
    found = array("Q", bytes(whole))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def gathered(numbers: int, lanes: int) -> list[int]:
    """The planes of the eight binary digits of bytes, one a lane; given as one number, the first lane lowest."""
    blocks = -(-lanes // 8)
    rows = _transposed(numbers, blocks)
    return [int.from_bytes(rows[place::8], "little") for place in range(8)]


def _transposed(numbers: int, blocks: int) -> bytes:
    """Blocks of eight bytes in which byte i has as its digit j what byte j had as its digit i.

    Half of what is to move changes places with the other half, in squares of one, two and four digits (Warren 2013,
    Hacker's Delight, 7-3).
    """
    for distance, mask in zip((7, 14, 28), _squares(blocks), strict=True):
        moved = (numbers ^ numbers >> distance) & mask
        numbers ^= moved ^ moved << distance
    return numbers.to_bytes(8 * blocks, "little")


@lru_cache(maxsize=16)
def _squares(blocks: int) -> tuple[int, ...]:
    """Of each step the digits that change places with others further on."""
    words = (0x00AA00AA00AA00AA, 0x0000CCCC0000CCCC, 0x00000000F0F0F0F0)
    return tuple(int.from_bytes(word.to_bytes(8, "little") * blocks, "little") for word in words)
