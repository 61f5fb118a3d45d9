"""The species that close a network's feedback loops: once these few have a value, that of every other one follows.

**The question.** Which few species do it, so that fixed points and trap spaces can be told as their values alone?

**The idea.** A set of species without which no loop is left, a feedback vertex set, gives all others an order in which
each is worked out from those before it. (Aracena et al. 2020, arXiv:2004.01259, find all fixed points from the 2^P
values of P such species, which then need to close the positive loops only.) The strongly connected parts come one after
the other, those upstream first.

**Why it is exact.** The values that follow are worked out by the rules themselves (`columns`), for all answers at once,
a bit of a plane each. Which set it is changes no answer, only how short it is told: the few that many loops pass
through are looked for greedily (`_closing`).

**What it costs.** Milliseconds for hundreds of species.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from her2cli.expression import Expression, variables
from her2cli.logic.network.meaning import three_valued
from her2cli.loops import components

Graph = Mapping[str, Collection[str]]
Rails = tuple[int, int]  # the lanes in which a species may be on, and those in which it may be off


@dataclass(frozen=True, slots=True)
class Part:
    """A strongly connected part: the species that close its loops, and the others in an order to evaluate them."""

    feedback: list[str]
    followers: list[str]


def parts_of(rules: Mapping[str, Expression]) -> list[Part]:
    """The strongly connected parts, each after those that it reads."""
    sources = {name: variables(rule) for name, rule in rules.items()}
    return [_part(members, sources) for members in components(sources)]


def columns(rows: list[str], parts: Sequence[Part], rules: Mapping[str, Expression]) -> dict[str, str]:
    """For each species a character for each of the *rows*, which have the values of all feedback of *parts*."""
    feedback = [name for part in parts for name in part.feedback]
    followers = [name for part in parts for name in part.followers]
    if not rows:
        return dict.fromkeys((*feedback, *followers), "")
    if not followers:
        return dict(zip(feedback, map("".join, zip(*reversed(rows), strict=True)), strict=True))
    rails = _rails(rows, feedback)
    for name in followers:
        rails[name] = three_valued(rules[name], rails.__getitem__, (1 << len(rows)) - 1)
    return {name: _text(on, off, len(rows)) for name, (on, off) in rails.items()}


# --- lanes ----------------------------------------------------------------------------------------------------------


def _rails(rows: list[str], names: Sequence[str]) -> dict[str, Rails]:
    """The lanes of *names*, lane j as row j says."""
    texts = ("".join(column) for column in zip(*reversed(rows), strict=True))
    return {
        name: (int(text.translate(_MAY_BE_ON), 2), int(text.translate(_MAY_BE_OFF), 2))
        for name, text in zip(names, texts, strict=True)
    }


_MAY_BE_ON = str.maketrans("*", "1")
_MAY_BE_OFF = str.maketrans("01*", "101")
_VALUES = str.maketrans("123", "10*")


def _text(on: int, off: int, count: int) -> str:
    """What `_rails` reads as these lanes: on is the first bit of a hexadecimal digit, off the second."""
    if not on & off:
        return f"{on:0{count}b}"
    return f"{int(f'{on:b}', 16) + 2 * int(f'{off:b}', 16):0{count}x}".translate(_VALUES)


# --- loops ----------------------------------------------------------------------------------------------------------


def _part(members: list[str], sources: Graph) -> Part:
    name = members[0]
    if len(members) == 1:
        return Part([name], []) if name in sources[name] else Part([], [name])
    inside = set(members)
    part = {name: [source for source in sources[name] if source in inside] for name in members}
    feedback = _closing(part)
    rest = {
        name: [source for source in part[name] if source not in feedback] for name in members if name not in feedback
    }
    return Part(feedback, [name for (name,) in components(rest)])


def _closing(sources: Graph) -> list[str]:
    """A few names without which there is no loop: those that many loops pass through are taken first.

    What lies on no loop is left out, and what has one way in or out is passed over, which keeps all loops
    (Levy and Low 1988, doi:10.1016/0196-6774(88)90013-2).
    """
    before = {name: set(names) for name, names in sources.items()}
    after: dict[str, set[str]] = {name: set() for name in sources}
    for name, names in before.items():
        for source in names:
            after[source].add(name)
    chosen: list[str] = []
    todo = list(before)
    while before:
        while todo:
            name = todo.pop()
            if name not in before:
                continue
            if name in before[name]:
                chosen.append(name)
                through: set[str] = set()
            elif len(before[name]) <= 1 or len(after[name]) <= 1:
                through = after[name]
            else:
                continue
            _remove(name, before, after, through, todo)
        if before:
            name = max(before, key=lambda name: (len(before[name]) * len(after[name]), name))
            chosen.append(name)
            _remove(name, before, after, set(), todo)
    return chosen


def _remove(
    name: str, before: dict[str, set[str]], after: dict[str, set[str]], through: set[str], todo: list[str]
) -> None:
    """Take *name* out, its ways in joined to the ways out in *through*; what it touched is to be looked at again."""
    ways_in, ways_out = before.pop(name), after.pop(name)
    todo += sorted(ways_in | ways_out)
    for source in ways_in - {name}:
        after[source].discard(name)
        after[source] |= through
    for target in ways_out - {name}:
        before[target].discard(name)
        if through:
            before[target] |= ways_in
