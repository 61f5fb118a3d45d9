"""The stochastic engine on Python integers: bit i of every plane is lane i, one evaluation of a rule serves all lanes.

It knows stages and planes, not networks; `stochastic` prepares the one and counts the other. A state is a list of
planes, one for each literal of `_programs` and last the plane of ones.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from her2cli.logic._programs import Plane, Program, functions

SLOW_RATE = Fraction(1, 20)  # events per unit of time of a slow species; a fast one has 1
_PIECE = 256  # mean ticks between two looks at which species can still change


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of time under one network. Species are numbers, their place in `program.species`."""

    program: Program
    times: tuple[float, ...]  # when to count, from the stage's beginning; the last is its end
    moving: tuple[int, ...]  # the species that may change
    slow: frozenset[int]
    settings: tuple[tuple[int, float], ...]  # species set at the beginning, with the chance of being on


def independent(stages: Sequence[Stage], *, lanes: int, random: Random) -> list[list[list[int]]]:
    """How many of *lanes* independent cells have each species on: stage, time, species."""
    ones = (1 << lanes) - 1
    state = [0, ones] * len(stages[0].program.species) + [ones]
    counts = []
    for stage in stages:
        for species, chance in stage.settings:
            plane = bernoulli(Fraction(chance), ones, lanes, random)
            state[2 * species], state[2 * species + 1] = plane, plane ^ ones
        rules = functions(stage.program)
        now, counted = 0.0, []
        for time in stage.times:
            while now < time:
                now = _piece(stage, rules, state, now, time, lanes, random)
            counted.append([plane.bit_count() for plane in state[:-1:2]])
        counts.append(counted)
    return counts


def _piece(
    stage: Stage, rules: Sequence[Plane | None], state: list[int], now: float, end: float, lanes: int, random: Random
) -> float:
    """Run *state* on towards *end*, and return the time that was reached.

    Uniformised: in a tick every lane draws one of 2**bits slots, and the species in that slot takes its rule's value.
    Only species that can change before the next look have a slot.
    """
    movers = [(_rule(rules, species), 2 * species) for species in _movers(stage, rules, state)]
    if not movers:
        return end
    fast = sum(index // 2 not in stage.slow for _, index in movers)
    bits = (len(movers) - 1).bit_length()
    unit = 1.0 if fast else float(SLOW_RATE)
    rate = unit * (1 << bits)
    span = end - now if (end - now) * rate < 1.5 * _PIECE else _PIECE / rate
    widths = [-(-len(movers) >> (bits - level)) for level in range(1, bits + 1)]
    thin = len(movers) > fast > 0
    draw = random.getrandbits
    for alive in _alive(rate * span, lanes, random):
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
        for (rule, index), mask in zip(movers, masks, strict=True):
            change = (rule(state) ^ state[index]) & mask
            if change:
                state[index] ^= change
                state[index + 1] ^= change
    return now + span if span < end - now else end


def _rule(rules: Sequence[Plane | None], species: int) -> Plane:
    rule = rules[species]
    assert rule is not None, "an input never moves"
    return rule


def _movers(stage: Stage, rules: Sequence[Plane | None], state: list[int]) -> list[int]:
    """The species that differ from their rule in some lane, and all that follow from them; slow ones last."""
    moving = frozenset(stage.moving)
    found = {species for species in stage.moving if _rule(rules, species)(state) != state[2 * species]}
    stack = list(found)
    while stack:
        for target in stage.program.dependents[stack.pop()]:
            if target in moving and target not in found:
                found.add(target)
                stack.append(target)
    return sorted(found, key=lambda species: (species in stage.slow, species))


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
    while undecided and chance:
        chance *= 2
        plane = random.getrandbits(lanes)
        if chance >= 1:
            chance -= 1
            found |= undecided & ~plane
            undecided &= plane
        else:
            undecided &= ~plane
    return found


def _alive(mean: float, lanes: int, random: Random) -> Iterator[int]:
    """For each tick the lanes that still have it: every lane has its own Poisson number of ticks."""
    first, weights = poisson(mean)
    numbers = random.choices(range(first, first + len(weights)), cum_weights=weights, k=lanes)
    low, high = min(numbers), max(numbers)
    ones = (1 << lanes) - 1
    for _ in range(low):
        yield ones
    if high - low < 256:
        steps = bytes(number - low for number in numbers)
        for step in range(high - low):
            yield int(steps.translate(_ABOVE[255 - step : 511 - step]), 2)
    else:
        for tick in range(low, high):
            yield int("".join("01"[number > tick] for number in numbers), 2)


_ABOVE = b"0" * 256 + b"1" * 256  # a slice of it translates the bytes above some value to "1"


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


def shared(
    stages: Sequence[Stage],
    *,
    lanes: int,
    held: Sequence[tuple[int, int, int]],
    replicates: int,
    counted: Sequence[int],
    random: Random,
) -> list[list[list[array[int]]]]:
    """In how many replicates each lane has each species of *counted* on: stage, time, species, lane.

    All lanes of a replicate follow one sequence of events. *held* has for a species the lanes in which it is held on,
    and those in which it is held off.
    """
    ones = (1 << lanes) - 1
    runners = [_Runner(stage, ones, held) for stage in stages]
    tallies: list[list[list[list[int]]]] = [[[[] for _ in counted] for _ in stage.times] for stage in stages]
    for _ in range(replicates):
        state = [0, ones] * len(stages[0].program.species) + [ones]
        for runner, tally in zip(runners, tallies, strict=True):
            runner.begin(state, random)
            for time, planes in zip(runner.stage.times, tally, strict=True):
                runner.run(state, time, random)
                for species, digits in zip(counted, planes, strict=True):
                    _add(digits, state[2 * species])
    return [[[_numbers(digits, lanes) for digits in row] for row in tally] for tally in tallies]


class _Runner:
    """One stage of the shared clock: the events of one replicate after the other.

    An event is drawn only among species whose regulators changed since they were last evaluated; for all others it
    would change nothing. The pools hold those species, fast and slow.
    """

    def __init__(self, stage: Stage, ones: int, held: Sequence[tuple[int, int, int]]) -> None:
        self.stage, self.ones, self.held = stage, ones, held
        self.rules: list[Plane | None] = list(functions(stage.program))
        for species, on, off in held:
            rule = self.rules[species]
            if rule is not None:
                self.rules[species] = _held(rule, on, ones ^ off)
        moving = frozenset(stage.moving)
        self.dependents = [
            tuple(target for target in targets if target in moving) for targets in stage.program.dependents
        ]
        self.certain = all(chance in (0, 1) for _, chance in stage.settings)
        self.first: tuple[list[int], list[int]] | None = None
        self.now = self.next = 0.0
        self.waiting: tuple[list[int], list[int]] = [], []
        self.position: list[int] = []

    def begin(self, state: list[int], random: Random) -> None:
        """Set what the stage sets, and find the species that differ from their rules."""
        ones = self.ones
        for species, chance in self.stage.settings:
            plane = ones if chance >= 1 or (chance > 0 and random.random() < chance) else 0
            state[2 * species], state[2 * species + 1] = plane, plane ^ ones
        for species, on, off in self.held:
            plane = (state[2 * species] | on) & (ones ^ off)
            state[2 * species], state[2 * species + 1] = plane, plane ^ ones
        if self.first is None or len(self.stage.settings) < len(self.rules) or not self.certain:
            pools: tuple[list[int], list[int]] = [], []
            for species in self.stage.moving:
                if _rule(self.rules, species)(state) != state[2 * species]:
                    pools[species in self.stage.slow].append(species)
            self.first = pools
        self.waiting = list(self.first[0]), list(self.first[1])
        self.position = [-1] * len(self.rules)
        for pool in self.waiting:
            for place, species in enumerate(pool):
                self.position[species] = place
        self.now = 0.0
        self.next = self._wait(random)

    def _wait(self, random: Random) -> float:
        rate = len(self.waiting[0]) + len(self.waiting[1]) * float(SLOW_RATE)
        return self.now + random.expovariate(rate) if rate else float("inf")

    def run(self, state: list[int], end: float, random: Random) -> None:
        """All events until *end*."""
        fast, slow = self.waiting
        position, rules, dependents = self.position, self.rules, self.dependents
        is_slow, slow_rate = self.stage.slow, float(SLOW_RATE)
        uniform, wait = random.random, random.expovariate
        time = self.next
        while time <= end:
            pool = fast
            if slow and uniform() * (len(fast) + len(slow) * slow_rate) >= len(fast):
                pool = slow
            place = int(uniform() * len(pool))
            species = pool[place]
            last = pool.pop()
            if last != species:
                pool[place] = last
                position[last] = place
            position[species] = -1
            change = rules[species](state) ^ state[2 * species]  # type: ignore[misc]
            if change:
                state[2 * species] ^= change
                state[2 * species + 1] ^= change
                for target in dependents[species]:
                    if position[target] < 0:
                        pool = slow if target in is_slow else fast
                        position[target] = len(pool)
                        pool.append(target)
            rate = len(fast) + len(slow) * slow_rate
            if not rate:
                time = float("inf")
                break
            time += wait(rate)
        self.now, self.next = end, time


def _held(rule: Plane, on: int, free: int) -> Callable[[Sequence[int]], int]:
    return lambda state: (rule(state) | on) & free


def _add(digits: list[int], plane: int) -> None:
    """Add 1 in the lanes of *plane* to numbers whose binary digits are planes."""
    for place, digit in enumerate(digits):
        digits[place] = digit ^ plane
        plane &= digit
        if not plane:
            return
    if plane:
        digits.append(plane)


def _numbers(digits: Sequence[int], lanes: int) -> array[int]:
    """The number of each lane, from its binary digits."""
    found = [0] * lanes
    for start in range(0, len(digits), 4):  # four planes are one hexadecimal digit a lane
        joined = sum(int(f"{plane:b}", 16) << shift for shift, plane in enumerate(digits[start : start + 4]))
        text = f"{joined:0{lanes}x}"
        found = [total + (int(digit, 16) << start) for total, digit in zip(found, reversed(text), strict=True)]
    return array("Q", found)
