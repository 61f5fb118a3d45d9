"""What constants and held species lead to by themselves: of one set of changes, and of many sets at once.

A species whose rule is decided by those that are known already is known, too, until nothing more follows. What follows
so holds in every trap space.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from her2cli.expression import Expression, evaluate, variables
from her2cli.logic.network.meaning import literal, three_valued

OPEN = (1, 1)  # may be on, and may be off

Held: TypeAlias = tuple[str, int]
Possible: TypeAlias = Mapping[str, tuple[Expression, Expression]]  # `meaning.possible` of each rule


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


def membership(sets: Sequence[Sequence[int]]) -> dict[int, int]:
    """For each change that is in one of the *sets* the plane of the sets that have it: bit i is set i."""
    texts: dict[int, bytearray] = {}
    for place, members in enumerate(sets, start=1):
        for number in members:
            if number not in texts:
                texts[number] = bytearray(b"0" * len(sets))
            texts[number][-place] = _ONE
    return {number: int(text, 2) for number, text in texts.items()}


def forcing_sets(
    possible: Possible, switches: Iterable[str], changes: Sequence[Held], sets: Sequence[Sequence[int]], target: str
) -> tuple[int, int]:
    """Which of *sets* of changes, as their numbers, alone bring the *target* to 0, and which to 1: bit i is set i.

    *switches* are off where no change puts them on; *possible* says of each rule when it may be off and on. No set
    holds a species at both values.
    """
    ones = (1 << len(sets)) - 1
    held: dict[str, list[int]] = {}  # of each species the sets that hold it off, and those that hold it on
    for number, plane in membership(sets).items():
        name, value = changes[number]
        held.setdefault(name, [0, 0])[value] |= plane
    may = {literal(name, value): ones for name in possible for value in (0, 1)}
    may |= {literal(name, value): (1 - value) * ones for name in switches for value in (0, 1)}
    for name, (off, on) in held.items():
        may[literal(name, 0)] = may[literal(name, 0)] & ~on | off
        may[literal(name, 1)] = may[literal(name, 1)] & ~off | on
    readers: dict[str, list[str]] = {}
    for name, halves in possible.items():
        for source in {each[1:] for half in halves for each in variables(half)}:
            readers.setdefault(source, []).append(name)
    waiting = dict.fromkeys(possible)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        off, on = held.get(name, (0, 0))
        for value, (kept, contrary) in enumerate(((off, on), (on, off))):
            key = literal(name, value)
            found = evaluate(possible[name][value], may, ones) & may[key] & ~contrary | kept
            if found != may[key]:
                may[key] = found
                waiting.update(dict.fromkeys(readers.get(name, ())))
    return ones & ~may[literal(target, 1)], ones & ~may[literal(target, 0)]


_ONE = ord("1")
