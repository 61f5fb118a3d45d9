"""All states of a small network at once: the synchronous cycles and the asynchronous attractors, by walking.

**The question.** Which smallest sets of states do updates not leave, of all species at once (Kauffman 1969,
doi:10.1016/0022-5193(69)90015-0) or of one at a time (Thomas 1991, doi:10.1016/S0022-5193(05)80350-9)?

**The idea.** A set of states is one Python integer: state j is lane j, and bit i of j is the value of name i. Where a
name is on, and where its rule changes it, are two such sets; a change moves a whole set of states by a shift.

**Why it is exact.** Every state is looked at. From any state one walks to what does not lead back, until all that is
reached leads back: that is an attractor. What leads to one is left out, and the search begins anew.

**What it costs.** Planes of 2^n bits for n names, a pass over all names for each step of a walk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from her2cli.expression import Expression, evaluate
from her2cli.logic.network.meaning import columns
from her2cli.logic.network.planes import turned

Move = tuple[int, int, int]  # of a name: where it is on, where its rule changes it, how far the changed state is


def asynchronous(
    rules: Mapping[str, Expression], names: Sequence[str], start: int | None = None
) -> Iterator[tuple[str, int]]:
    """The smallest subspace around each asynchronous attractor, over *names*, and its number of states.

    With *start* only of those that this state leads to.
    """
    ones = (1 << (1 << len(names))) - 1
    given = columns(len(names))
    moves = [
        (on, on ^ plane, 1 << place) for place, (on, plane) in enumerate(zip(given, _next(rules, names), strict=True))
    ]
    within = ones if start is None else _after(1 << start, moves)
    still = within
    for _, changing, _ in moves:
        still &= ones ^ changing
    rest = still
    while rest:
        state = rest & -rest
        rest ^= state
        yield _hull(state, given), 1
    left = within & ~_before(still, within, moves)
    while left:
        attractor = _terminal(left & -left, moves)
        yield _hull(attractor, given), attractor.bit_count()
        left &= ~_before(attractor, left, moves)


def _terminal(state: int, moves: Sequence[Move]) -> int:
    """An attractor that *state* leads to: what does not lead back is where to begin anew."""
    while True:
        states = _after(state, moves)
        away = states & ~_before(state, states, moves)
        if not away:
            return states
        state = away & -away


def _after(states: int, moves: Sequence[Move]) -> int:
    """All that *states* lead to, themselves included."""
    known = 0
    while known != states:
        known = states
        for on, changing, step in moves:
            going = states & changing
            down = going & on
            states |= down >> step | (going ^ down) << step
    return states


def _before(states: int, within: int, moves: Sequence[Move]) -> int:
    """All states of *within* that lead to *states* inside of it, themselves included."""
    known = 0
    while known != states:
        known = states
        for on, changing, step in moves:
            down = states & on
            states |= (down >> step | (states ^ down) << step) & changing & within
    return states


def _hull(states: int, given: Sequence[int]) -> str:
    return "".join("0" if not states & on else "1" if not states & ~on else "*" for on in given)


def _next(rules: Mapping[str, Expression], names: Sequence[str]) -> list[int]:
    """For each name the states in which its rule is on."""
    given = dict(zip(names, columns(len(names)), strict=True))
    ones = (1 << (1 << len(names))) - 1
    return [evaluate(rules[name], given, ones) for name in names]


def synchronous(rules: Mapping[str, Expression], names: Sequence[str]) -> Iterator[list[int]]:
    """The states of each cycle of updating all names at once, in their order."""
    following = turned(_next(rules, names), 1 << len(names))
    seen = bytearray(len(following))  # 1: on the path that is walked now, 2: walked before
    for start in range(len(following)):
        path, state = [], start
        while not seen[state]:
            seen[state] = 1
            path.append(state)
            state = following[state]
        if seen[state] == 1:
            yield path[path.index(state) :]
        for walked in path:
            seen[walked] = 2
