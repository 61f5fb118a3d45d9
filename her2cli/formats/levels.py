"""Species of more than two levels as Boolean ones (Van Ham 1979): `A_b1` is on from level 1 on, `A_b2` from level 2 on.

What they may be together, the admissible states, is 000, 100, 110, 111. The rules here lead from every other state to
one of these and never out of them, one level at a time, so that fixed points and asynchronous attractors are those of
the multi-valued model (Didier, Remy and Chaouiya 2011, doi:10.1016/j.jtbi.2010.09.017).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from her2cli.errors import shown
from her2cli.expression import ONE, ZERO, Expression, Var, all_of, any_of, negation
from her2cli.model import Species

HIGHEST = 15  # published models reach 9
_TOLD = 3


def bits(key: str, highest: int) -> tuple[str, ...]:
    """The Boolean species of *key*, for level 1, 2 ... *highest*; *key* itself where there are two levels."""
    return (key,) if highest <= 1 else tuple(f"{key}_b{level}" for level in range(1, highest + 1))


def at_least(key: str, highest: int, level: int) -> Expression:
    """Where *key* is at that *level* or above it."""
    if level <= 0:
        return ONE
    return Var(bits(key, highest)[level - 1]) if level <= highest else ZERO


def exactly(key: str, highest: int, level: int) -> Expression:
    """Where *key* is at that *level*."""
    return all_of([at_least(key, highest, level), negation(at_least(key, highest, level + 1))])


def rules(key: str, highest: int, reached: Sequence[Expression]) -> Iterator[tuple[str, Expression]]:
    """The rule of each Boolean species, where *reached* says when the level to go to is 1, 2 ... or more."""
    if highest <= 1:
        yield key, reached[0]
        return
    for level, name in enumerate(bits(key, highest), start=1):
        below, above = at_least(key, highest, level - 1), at_least(key, highest, level + 1)
        yield name, all_of([below, any_of([reached[level - 1], above])])


def kept(key: str, highest: int) -> Iterator[tuple[str, Expression]]:
    """The rules of an input: `A_b1` is one, the others keep what they are while those below them are on."""
    names = bits(key, highest)
    yield names[0], Var(names[0])
    for below, name in pairwise(names):
        yield name, all_of([Var(below), Var(name)])


def species(known: Species, highest: int, initial: int) -> Iterator[Species]:
    """The Boolean species of *known*, beginning at level *initial*."""
    if highest <= 1:
        yield replace(known, initial=min(initial, 1))
        return
    for level, name in enumerate(bits(known.id, highest), start=1):
        yield replace(
            known, id=name, name=f"{known.name or known.id}, level {level} or more", initial=int(initial >= level)
        )


def remark(levels: Mapping[str, int]) -> tuple[str, ...]:
    """What a reader says of the species that have more than two levels, if there are any."""
    several = [f"{shown(key)} (0 to {highest})" for key, highest in levels.items() if highest > 1]
    if not several:
        return ()
    more = f" and {len(several) - _TOLD:,} more" if len(several) > _TOLD else ""
    first = shown(next(key for key, highest in levels.items() if highest > 1))
    return (
        f"of more than two levels: {', '.join(several[:_TOLD])}{more}. Each is read as Boolean species: "
        f"{first}_b1 is on from level 1 on, {first}_b2 from level 2 on (Van Ham's encoding).",
    )
