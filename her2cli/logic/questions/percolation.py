"""What constants and held species lead to by themselves: of one set of changes, and of all sets of a size at once.

A species whose rule is decided by those that are known already is known, too, until nothing more follows. What follows
so holds in every trap space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, repeat
from math import comb
from typing import TypeAlias

from her2cli.expression import Expression, variables
from her2cli.logic.network.meaning import three_valued

OPEN = (1, 1)  # may be on, and may be off
SETS_LIMIT = 200_000  # all pairs of 600 changes: a fifth of a second

Held: TypeAlias = tuple[str, int]


def percolated(rules: Mapping[str, Expression], held: Mapping[str, int]) -> dict[str, int]:
    """What constants and *held* species alone bring all others to, in the order in which it follows."""
    readers = readers_of(rules)
    rails = dict.fromkeys(rules, OPEN)
    rails |= {name: (value, 1 - value) for name, value in held.items()}
    order = dict(held)
    queue = [name for name in rules if name not in held]
    queued = set(queue)
    while queue:
        name = queue.pop()
        queued.discard(name)
        found = three_valued(rules[name], rails.__getitem__)
        if found != rails[name]:
            rails[name] = found
            order[name] = found[0]
            for reader in readers.get(name, ()):
                if reader not in held and reader not in queued and rails[reader] == OPEN:
                    queue.append(reader)
                    queued.add(reader)
    return order


def readers_of(rules: Mapping[str, Expression]) -> dict[str, list[str]]:
    """For each name those whose rules read it."""
    found: dict[str, list[str]] = {}
    for name, rule in rules.items():
        for source in variables(rule):
            found.setdefault(source, []).append(name)
    return found


def forcing_sets(
    rules: Mapping[str, Expression], switches: Iterable[str], changes: Sequence[Held], size: int, target: Held
) -> Iterator[tuple[int, ...]]:
    """The sets of *size* of *changes*, as their numbers, that alone bring the *target* to its value.

    *switches* are off where no change puts them on. All sets are looked at together: bit i of a plane is set i. None
    where they are more than `SETS_LIMIT`.
    """
    if comb(len(changes), size) > SETS_LIMIT:
        return
    lanes = list(combinations(range(len(changes)), size))
    texts = [bytearray(b"0" * len(lanes)) for _ in changes]
    for lane, members in enumerate(lanes, start=1):
        for number in members:
            texts[number][-lane] = _ONE
    ones = (1 << len(lanes)) - 1
    put: dict[str, list[int]] = {}  # of each species the lanes where it is held off, and those where it is held on
    for (name, value), text in zip(changes, texts, strict=True):
        put.setdefault(name, [0, 0])[value] |= int(text, 2)
    rails = dict.fromkeys(rules, (ones, ones)) | dict.fromkeys(switches, (0, ones))
    for name, (off, on) in put.items():
        may_on, may_off = rails[name]
        rails[name] = may_on & ~off | on, may_off & ~on | off
    readers = readers_of(rules)
    order = _sources_first(rules, target[0])
    upstream, waiting = frozenset(order), set(order)
    for name in chain.from_iterable(repeat(order)):
        if not waiting:
            break
        if name not in waiting:
            continue
        waiting.discard(name)
        on, off = three_valued(rules[name], rails.__getitem__, ones)
        if name in put:
            held_off, held_on = put[name]
            on, off = on & ~held_off | held_on, off & ~held_on | held_off
        if (on, off) != rails[name]:
            rails[name] = on, off
            waiting.update(upstream.intersection(readers.get(name, ())))
    species, value = target
    hits = f"{ones & ~rails[species][value]:b}"[::-1]
    for lane in (each.start() for each in re.finditer("1", hits)):
        if len({changes[number][0] for number in lanes[lane]}) == size:  # a species is held at one value
            yield lanes[lane]


_ONE = ord("1")


def _sources_first(rules: Mapping[str, Expression], target: str) -> list[str]:
    """Those with a rule that can act on *target*, itself included; each after what it reads, as far as loops allow."""
    order: list[str] = []
    seen: set[str] = set()
    stack = [(target, False)]
    while stack:
        name, done = stack.pop()
        if done:
            order.append(name)
        elif name not in seen and name in rules:
            seen.add(name)
            stack.append((name, True))
            stack += [(source, False) for source in variables(rules[name])]
    return order
