"""Whether attractors lie outside of all minimal trap spaces, which is rare and takes long to search for.

**The question.** An asynchronous attractor need not lie in a minimal trap space. Does one lie outside of all of them?

**The idea.** A species that can change only once is constant in the end. Where some species of every negative cycle is
such, all others come to rest as well (Richard 2010, arXiv:0907.5096). So each attractor has a state in which the
network would then rest; where all these states lead into minimal trap spaces, nothing is outside.

**Why it is exact.** A network that can change some species only once has fewer ways to go than before, so from inside
an attractor it comes to rest inside. A random walk that has seen a state lead inside has proved it; one that has not
proves nothing, and then nothing is answered here.

**What it costs.** The states at rest are listed once, and walked all at once, a bit each: 10 to 200 milliseconds on
published networks of 20 to 80 species that are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from her2cli.expression import Expression, Var, all_of, any_of, evaluate
from her2cli.logic.network.meaning import effects
from her2cli.loops import components

_ROUNDS = 8  # in which each species is updated at even odds, between looking where the states are
_PATIENCE = 50  # times that one looks and no further state has come in

Signs = Mapping[str, Mapping[str, int | None]]


def at_rest(rules: Mapping[str, Expression], kept: Mapping[str, int]) -> dict[str, Expression]:
    """*rules* under which some species of each negative cycle cannot leave the value that *kept* has for it."""
    held = dict(rules)
    for name in _negative_feedback(rules):
        join = any_of if kept[name] else all_of
        held[name] = join((Var(name), rules[name]))
    return held


def lead_inside(
    rules: Mapping[str, Expression], states: Mapping[str, int], count: int, spaces: Sequence[Mapping[str, int]]
) -> bool:
    """Whether all *count* states, lanes of the planes *states*, were seen to lead to a fixed point or into *spaces*.

    Asynchronous updates in random order, of all states at once. False means nothing but that the walk was too short.
    """
    ones = (1 << count) - 1
    planes, random = dict(states), Random(0)
    left, waited = count + 1, 0
    while waited < _PATIENCE:
        outside = 0
        for name, rule in rules.items():
            outside |= planes[name] ^ evaluate(rule, planes, ones)
        for space in spaces:
            differing = 0
            for name, value in space.items():
                differing |= planes[name] ^ (ones if value else 0)
            outside &= differing
        if not outside:
            return True
        left, waited = (outside.bit_count(), 0) if outside.bit_count() < left else (left, waited + 1)
        for _ in range(_ROUNDS):
            for name, rule in rules.items():
                planes[name] ^= (planes[name] ^ evaluate(rule, planes, ones)) & random.getrandbits(count)
    return False


def _negative_feedback(rules: Mapping[str, Expression]) -> list[str]:
    """A few species without which there is no negative cycle."""
    signs = {
        name: {source: sign for source, sign in effects(rule).items() if sign != 0} for name, rule in rules.items()
    }
    chosen: list[str] = []
    todo = [list(rules)]
    while todo:
        inside = set(members := todo.pop())
        for part in components({name: [s for s in signs[name] if s in inside] for name in members}):
            if not _balanced(part, signs):
                chosen.append(_busiest(part, signs))
                todo.append([name for name in part if name != chosen[-1]])
    return chosen


def _balanced(part: list[str], signs: Signs) -> bool:
    """Whether all cycles are positive: the species fall into two sides, and what crosses over is negative."""
    near: dict[str, list[tuple[str, int]]] = {name: [] for name in part}
    for name in part:
        for source, sign in signs[name].items():
            if source in near:
                if sign is None:
                    return False
                near[name].append((source, sign))
                near[source].append((name, sign))
    side, todo = {part[0]: 1}, [part[0]]
    while todo:
        name = todo.pop()
        for other, sign in near[name]:
            if other not in side:
                side[other] = side[name] * sign
                todo.append(other)
            elif side[other] != side[name] * sign:
                return False
    return True


def _busiest(part: list[str], signs: Signs) -> str:
    """The species that most cycles of *part* seem to pass through; one that inhibits itself must be taken."""
    inside = set(part)
    read = dict.fromkeys(part, 0)
    for name in part:
        if signs[name].get(name, 1) != 1:
            return name
        for source in signs[name].keys() & inside:
            read[source] += 1
    return max(part, key=lambda name: (len(signs[name].keys() & inside) * read[name], name))
