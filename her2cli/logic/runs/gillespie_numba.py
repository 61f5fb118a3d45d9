"""The loop of `gillespie` under Numba (extra `fast`), one cell after the other, for large work.

**The law** is that of `gillespie`: each species that differs from its rule flips at its rate (Stoll et al. 2012,
doi:10.1186/1752-0509-6-116). **The idea** is the same direct method (Gillespie 1977, doi:10.1021/j100540a008), written
plainly: a state is a row of bytes, one for each literal and each part of a rule, and a list has the species that wait.
Rules are run from tables of numbers, so the kernel is compiled once for all networks and kept in Numba's cache.

**Why it is exact:** as in `gillespie`, time is not cut into steps and no change is passed over. Random numbers come
from the Mersenne Twister that Numba has (`numpy.random`), seeded for each block of cells; they are not those of the
engine in Python, so a seed is good for one engine. Tests compare both with the matrix exponential of small networks.

**What it costs.** Loading takes about a second, compiling some three; a change then takes some 0.1 microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from her2cli.logic.network import SLOW_RATE
from her2cli.logic.network.phases import Stage
from her2cli.logic.network.programs import AND, OR


class _Leg(NamedTuple):
    """A stage as the kernel reads it. What belongs to species i stands from `first_...[i]` to `first_...[i + 1]`."""

    parts: int  # of the longest rule
    code: Any  # of each rule its parts: AND or OR, which part it is, how many operands, and these
    first_code: Any
    readers: Any  # the moving species that read it
    first_reader: Any
    moving: Any
    rates: Any  # of turning off, and on: two for each species, the highest that it has in any state
    accepted: Any  # of these in which the clock counts where no case holds
    cases: Any  # where the condition of that number holds: the species, the value it takes, in which share it counts
    set_species: Any  # set at the beginning
    set_chance: Any
    groups: Any  # of species that begin together: how many species and patterns, the species, the patterns
    cumulated: Any
    begins_with: Any
    times: Any


def follow(legs: Sequence[_Leg], literals: int, cells: int, seed: int, branch: int) -> list[Any]:
    """How many of so many cells have each species on, for each stage a row for each time.

    *literals* is twice the number of species. The stage with the number *branch* begins where the first one ended.
    """
    state = np.zeros((cells, literals), dtype=np.uint8)
    state[:, 1::2] = 1
    first, counts = state, []
    for place, leg in enumerate(legs):
        if place == branch:
            state = first
        counted = np.zeros((len(leg.times), literals // 2), dtype=np.int64)
        _run((seed * 64 + place) & 0xFFFFFFFF, state, counted, leg)
        counts.append(counted)
        if place == 0:
            first = state.copy()
    return counts


def leg_of(stage: Stage) -> _Leg:
    """What the kernel needs of a stage, once for all blocks."""
    program, species = stage.program, len(stage.program.species)
    code: list[int] = []
    first_code, most = [0], 1
    for rules in (program, stage.conditions) if stage.conditions is not None else (program,):
        for root in rules.rules:
            if isinstance(root, bool):
                code += [AND if root else OR, 2 * species, 0]
            elif root is not None:
                place = {number: 2 * species + at for at, number in enumerate(rules.parts(root))}
                for number, to in place.items():
                    kind, operands = rules.nodes[number]
                    code += [kind, to, len(operands), *(place.get(operand, operand) for operand in operands)]
                most = max(most, len(place))
                if not place:
                    code += [AND, 2 * species, 1, root]
            first_code.append(len(code))
    moves = frozenset(stage.moving)
    readers = [[other for other in program.dependents[each] if other in moves] for each in range(species)]
    rates, accepted = np.ones((species, 2)), np.ones((species, 2))
    rates[list(stage.slow)] = SLOW_RATE
    for each in {*stage.rates, *(one.species for one in stage.state_rates)}:
        rates[each] = stage.fastest(each)[::-1]
        accepted[each] = [
            own / most if most else 0.0 for own, most in zip(stage.own(each)[::-1], rates[each], strict=True)
        ]
    cases = [(one.species, one.to, one.rate / (rates[one.species, one.to] or 1.0)) for one in stage.state_rates]
    moving = np.zeros(species, dtype=np.bool_)
    moving[list(stage.moving)] = True
    groups = [
        number
        for group in stage.together
        for number in (len(group.species), len(group.patterns), *group.species, *(v for p in group.patterns for v in p))
    ]
    return _Leg(
        most,
        np.array(code, dtype=np.int64),
        np.array(first_code, dtype=np.int64),
        np.array([other for row in readers for other in row], dtype=np.int64),
        np.cumsum([0, *map(len, readers)]),
        moving,
        rates,
        accepted,
        np.array(cases, dtype=np.float64).reshape(-1, 3),
        np.array([each for each, _ in stage.settings], dtype=np.int64),
        np.array([chance for _, chance in stage.settings], dtype=np.float64),
        np.array(groups, dtype=np.int64),
        np.array([weight for group in stage.together for weight in group.cumulated], dtype=np.float64),
        np.array([each for pair in stage.begins_with for each in pair], dtype=np.int64),
        np.array(stage.times, dtype=np.float64),
    )


@njit(cache=True)
def _value(code, at, end, values):  # type: ignore[no-untyped-def]
    """The value of the rule whose parts stand from *at* to *end*."""
    found = np.uint8(0)
    while at < end:
        kind, to, count = code[at], code[at + 1], code[at + 2]
        found = np.uint8(1 - kind)
        for operand in code[at + 3 : at + 3 + count]:
            if values[operand] == kind:  # 0 decides a conjunction (0), 1 a disjunction (1)
                found = np.uint8(kind)
                break
        values[to] = found
        at += 3 + count
    return found


@njit(cache=True)
def _set(values, species, value):  # type: ignore[no-untyped-def]
    values[2 * species] = value
    values[2 * species + 1] = 1 - value


@njit(cache=True)
def _begin(values, set_species, set_chance, groups, cumulated, begins_with):  # type: ignore[no-untyped-def]
    for k in range(set_species.shape[0]):
        chance = set_chance[k]
        on = chance >= 1.0 or (chance > 0.0 and np.random.random() < chance)
        _set(values, set_species[k], np.int64(on))
    at = weight = 0
    while at < groups.shape[0]:
        many, patterns = groups[at], groups[at + 1]
        value = np.random.random() * cumulated[weight + patterns - 1]
        chosen = 0
        while chosen < patterns - 1 and value >= cumulated[weight + chosen]:
            chosen += 1
        for k in range(many):
            _set(values, groups[at + 2 + k], groups[at + 2 + many * (1 + chosen) + k])
        at += 2 + many * (1 + patterns)
        weight += patterns
    for k in range(0, begins_with.shape[0], 2):
        if values[2 * begins_with[k + 1]]:
            _set(values, begins_with[k], np.int64(1))


@njit(cache=True)
def _advance(now, end, values, waiting, where, count, leg):  # type: ignore[no-untyped-def]
    """Flip species of one cell, whose state and rules are *values*, until *end*; how many wait then, of *count* now.

    *waiting* begins with the species that differ from their rules, and *where* has of each its place among them. It is
    one loop, since functions that are called at each change, with what belongs to a leg, take a third more time.
    """
    code, first_code, rates, cases = leg.code, leg.first_code, leg.rates, leg.cases
    species = leg.moving.shape[0]
    while count:
        total = 0.0
        for k in range(count):
            i = waiting[k]
            total += rates[i, 1 - values[2 * i]]
        if total == 0.0:
            break
        now -= log(1.0 - np.random.random()) / total
        if now > end:
            break
        chosen = np.random.random() * total
        k = -1
        while True:  # the last one that can, where rounding misses all
            k += 1
            rate = rates[waiting[k], 1 - values[2 * waiting[k]]]
            if rate > 0.0:
                i = waiting[k]
                if chosen < rate:
                    break
                chosen -= rate
            if k == count - 1:
                break
        to = 1 - values[2 * i]
        share = leg.accepted[i, to]
        for k in range(cases.shape[0]):
            own = cases[k, 0] == i and cases[k, 1] == to
            if own and _value(code, first_code[species + k], first_code[species + k + 1], values):
                share = cases[k, 2]
                break
        if share < 1.0 and np.random.random() >= share:
            continue
        _set(values, i, to)
        count -= 1
        waiting[where[i]] = waiting[count]
        where[waiting[count]] = where[i]
        where[i] = -1
        for reader in leg.readers[leg.first_reader[i] : leg.first_reader[i + 1]]:
            differs = _value(code, first_code[reader], first_code[reader + 1], values) != values[2 * reader]
            if differs and where[reader] < 0:
                where[reader] = count
                waiting[count] = reader
                count += 1
            elif not differs and where[reader] >= 0:
                count -= 1
                waiting[where[reader]] = waiting[count]
                where[waiting[count]] = where[reader]
                where[reader] = -1
    return count


@njit(cache=True)
def _run(seed, state, counted, leg):  # type: ignore[no-untyped-def]
    """Take all cells of *state* through one stage, and add to *counted*, by time and species, those that are on."""
    np.random.seed(seed)
    code, first_code, moving, times = leg.code, leg.first_code, leg.moving, leg.times
    species = moving.shape[0]
    values = np.zeros(2 * species + leg.parts, dtype=np.uint8)
    waiting = np.empty(species, dtype=np.int64)
    where = np.empty(species, dtype=np.int64)
    for cell in range(state.shape[0]):
        for each in range(2 * species):  # a slice is not assigned: Numba compiles its error message, for three seconds
            values[each] = state[cell, each]
        _begin(values, leg.set_species, leg.set_chance, leg.groups, leg.cumulated, leg.begins_with)
        count = 0
        for i in range(species):
            where[i] = -1
            if moving[i] and _value(code, first_code[i], first_code[i + 1], values) != values[2 * i]:
                where[i] = count
                waiting[count] = i
                count += 1
        now = 0.0
        for time in range(times.shape[0]):
            count = _advance(now, times[time], values, waiting, where, count, leg)
            now = times[time]  # what waits goes on waiting: an exponential has no memory
            for i in range(species):
                counted[time, i] += values[2 * i]
        for each in range(2 * species):
            state[cell, each] = values[each]
