"""Synchronous updates: all species at once, or fast species until they settle and then the slow ones.

States are packed into one integer, bit i for species i of the network's order, so that a state can be recognised
when it returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from her2cli.errors import LimitError
from her2cli.expression import run
from her2cli.logic.network import BooleanNetwork

STATE_LIMIT = 50_000  # states of one run: seconds of work for hundreds of species


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Where a run goes: the states it passes, the first of which is where it began, and the cycle it ends in.

    `states[entry:]` is the cycle, of length one for a fixed point.
    """

    states: tuple[int, ...]
    entry: int

    @property
    def cycle(self) -> tuple[int, ...]:
        return self.states[self.entry :]

    @property
    def end(self) -> int:
        """The fixed point, or the first state of the cycle."""
        return self.states[self.entry]


def packed(network: BooleanNetwork, state: Mapping[str, int]) -> int:
    """*state* as one integer."""
    return sum(1 << index for index, name in enumerate(network.species) if state[name])


def unpacked(network: BooleanNetwork, state: int) -> dict[str, int]:
    """The value of every species in a packed *state*."""
    return {name: state >> index & 1 for index, name in enumerate(network.species)}


def synchronous_run(network: BooleanNetwork, state: Mapping[str, int]) -> Settled:
    """All species updated at once, fast and slow alike, until a state returns.

    Raises `LimitError` after `STATE_LIMIT` states.
    """
    walk = _Walk(network, state)
    seen = {walk.key: 0}
    states = [walk.key]
    todo: Iterable[str] = network.species
    while True:
        todo = walk.apply(walk.moves(todo))
        if walk.key in seen:
            return Settled(states=tuple(states), entry=seen[walk.key])
        seen[walk.key] = len(states)
        states.append(walk.key)
        _check(states)


def settle(network: BooleanNetwork, state: Mapping[str, int], *, frozen_slow: bool = False) -> Settled:
    """Fast species are updated at once until they settle or cycle; then the slow species make one move; and so on.

    A slow species follows only what holds throughout a cycle of the fast ones: averages are left to the stochastic
    semantics. With *frozen_slow* the slow species keep their value. Raises `LimitError` after `STATE_LIMIT` states.
    """
    fast = frozenset(network.species) - network.slow
    slow = [] if frozen_slow else [name for name in network.species if name in network.slow]
    walk = _Walk(network, state)
    states = [walk.key]
    rounds: dict[int, int] = {}  # the states from which the fast species set out, after a move of the slow ones
    while True:
        if walk.key in rounds:
            return Settled(states=tuple(states[:-1]), entry=rounds[walk.key])
        rounds[walk.key] = len(states) - 1
        entry = _fast_run(walk, states, fast)
        moves = _steady(walk, states[entry:], slow)
        if not moves:
            return Settled(states=tuple(states), entry=entry)
        walk.apply(moves)
        states.append(walk.key)


def _fast_run(walk: _Walk, states: list[int], fast: frozenset[str]) -> int:
    """Let the fast species settle, adding to *states*; the index at which their fixed point or cycle begins."""
    seen = {walk.key: len(states) - 1}
    todo = [name for name in walk.network.species if name in fast]
    while moves := walk.moves(todo):
        todo = [name for name in walk.apply(moves) if name in fast]
        if walk.key in seen:
            return seen[walk.key]
        seen[walk.key] = len(states)
        states.append(walk.key)
        _check(states)
    return len(states) - 1


def _steady(walk: _Walk, cycle: list[int], slow: list[str]) -> dict[str, int]:
    """The moves of the slow species that every state of *cycle* asks for; the walk stands at its first state."""
    moves = walk.moves(slow)
    for key in cycle[1:]:
        if not moves:
            break
        here = _Walk(walk.network, unpacked(walk.network, key)).moves(moves)
        moves = {name: value for name, value in moves.items() if name in here}
    return moves


class _Walk:
    """A state that moves: the values by name, and the same packed."""

    def __init__(self, network: BooleanNetwork, state: Mapping[str, int]) -> None:
        self.network = network
        self.values = {name: int(bool(state[name])) for name in network.species}
        self.key = packed(network, self.values)
        self._bits = {name: 1 << index for index, name in enumerate(network.species)}

    def moves(self, names: Iterable[str]) -> dict[str, int]:
        """Those of *names* whose rule differs from their value, with the new value."""
        values, programs = self.values, self.network.programs
        return {name: value for name in names if (value := run(programs[name], values)) != values[name]}

    def apply(self, moves: Mapping[str, int]) -> list[str]:
        """Make *moves*; the species whose rules may have changed their mind by that, in file order."""
        self.values.update(moves)
        touched: set[str] = set()
        for name in moves:
            self.key ^= self._bits[name]
            touched.update(self.network.dependents[name])
        return sorted(touched, key=self._bits.__getitem__)


def average(network: BooleanNetwork, states: Iterable[int]) -> dict[str, float]:
    """The mean value of every species over *states*."""
    cycle = list(states)
    return {name: sum(state >> index & 1 for state in cycle) / len(cycle) for index, name in enumerate(network.species)}


def differences(network: BooleanNetwork, before: int, after: int) -> Iterator[tuple[str, int]]:
    """The species in which two packed states differ, with the later value, in file order."""
    changed = before ^ after
    for index, name in enumerate(network.species):
        if changed >> index & 1:
            yield name, after >> index & 1


def _check(states: list[int]) -> None:
    if len(states) > STATE_LIMIT:
        raise LimitError(f"the synchronous run passes more than {STATE_LIMIT} states without settling")
