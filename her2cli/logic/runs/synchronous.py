"""Synchronous updates: all species at once, or fast species until they settle and then the slow ones.

**The law.** In a step every species takes its rule's value at once (Kauffman 1969, doi:10.1016/0022-5193(69)90015-0).
Slow species are of a lower priority class (Fauré et al. 2006, doi:10.1093/bioinformatics/btl210): they move only where
the fast ones have come to rest or go round in a cycle, and then follow what holds throughout that cycle.

**The idea.** States are packed into one integer, bit i for species i of the network's order, so a state is recognised
when it returns. Only species whose regulators have moved are looked at in the next step.

**Why it is exact.** The next state hangs on this one alone, so a run whose state returns goes round for ever; nothing
is drawn by chance. What lasts of a cycle is told as shares of time, in whole numbers until the last division.

**What it costs.** Some microseconds a species that moves; a run is given up after `STATE_LIMIT` states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import lcm
from typing import NamedTuple, TypeAlias

from her2cli.errors import LimitError
from her2cli.expression import run
from her2cli.logic.network import BooleanNetwork

Lasting: TypeAlias = tuple[tuple[int, ...], ...]  # what fast species come to, between any two moves of slow ones

STATE_LIMIT = 50_000  # states of one run: seconds of work for hundreds of species
ALL_LIMIT = 4 * STATE_LIMIT  # of the runs from all moments of a cycle together


class Settled(NamedTuple):
    """Where a run goes: the states it passes, the first of which is where it began, and the cycle it ends in.

    `states[entry:]` is the cycle, of length one for a fixed point. One that slow species drive is entered where the
    fast ones have come to rest for the first time.
    """

    states: tuple[int, ...]
    entry: int
    rounds: tuple[Settled, ...] = ()  # the runs of the fast species alone, one before each move of the slow ones
    back: int = 0  # the round to which the last one leads

    @property
    def cycle(self) -> tuple[int, ...]:
        return self.states[self.entry :]

    @property
    def end(self) -> int:
        """The fixed point, or the first state of the cycle."""
        return self.states[self.entry]

    @property
    def lasting(self) -> Lasting:
        """What lasts of the cycle: the fixed points and cycles of the fast species, each as long as any other.

        Beside the slow species, which move in between, the moves of the fast ones take no time.
        """
        return tuple(each.cycle for each in self.rounds[self.back :]) or (self.cycle,)

    @property
    def moments(self) -> tuple[int, ...]:
        """The states of the cycle from which it goes on as it did, whenever a treatment comes; `end` is the first.

        All states of a cycle of fast species; of one that slow species drive, those in which they make their moves.
        """
        driven = self.rounds[self.back :]
        return tuple(each.end for each in driven) if len(driven) > 1 else self.cycle


def packed(network: BooleanNetwork, state: Mapping[str, int]) -> int:
    """*state* as one integer."""
    return sum(1 << index for index, name in enumerate(network.species) if state[name])


def unpacked(network: BooleanNetwork, state: int) -> dict[str, int]:
    """The value of every species in a packed *state*."""
    return {name: state >> index & 1 for index, name in enumerate(network.species)}


def settle(network: BooleanNetwork, state: Mapping[str, int], *, frozen_slow: bool = False) -> Settled:
    """Fast species are updated at once until they settle or cycle; then the slow species make one move; and so on.

    A slow species follows only what holds throughout a cycle of the fast ones: averages are left to the stochastic
    semantics. With *frozen_slow* the slow species keep their value. Raises `LimitError` after `STATE_LIMIT` states.
    """
    fast, slow = _classes(network)
    walk = _Walk(network, state)
    starts: dict[int, int] = {}  # the states from which the fast species set out, after a move of the slow ones
    rounds: list[Settled] = []
    passed = 0
    todo = every = [name for name in network.species if name in fast]
    while walk.key not in starts:
        starts[walk.key] = len(rounds)
        rounds.append(_fast_run(walk, fast, todo, passed))
        passed += len(rounds[-1].states)
        _check(passed)
        moves = {} if frozen_slow else _steady(walk, rounds[-1].cycle, slow)
        if not moves:
            break
        touched = walk.apply(moves)
        # Where the fast species have come to rest, only what reads a slow one that moves can move.
        todo = every if len(rounds[-1].cycle) > 1 else [name for name in touched if name in fast]
    back = starts[walk.key] if moves else len(rounds) - 1
    states = [state for each in rounds for state in each.states]
    entry = sum(len(each.states) for each in rounds[:back]) + rounds[back].entry
    if moves:  # close the cycle up to where it is entered
        states += rounds[back].states[: rounds[back].entry]
    return Settled(states=tuple(states), entry=entry, rounds=tuple(rounds), back=back)


def _classes(network: BooleanNetwork) -> tuple[frozenset[str], list[str]]:
    """The fast species, and the slow ones in file order."""
    return frozenset(network.species) - network.slow, [name for name in network.species if name in network.slow]


def _fast_run(walk: _Walk, fast: frozenset[str], todo: Iterable[str], passed: int) -> Settled:
    """Let the fast species settle, after *passed* states; the walk then stands where their cycle begins.

    At first only those of *todo* can move.
    """
    states: list[int] = [walk.key]
    seen = {walk.key: 0}
    while moves := walk.moves(todo):
        todo = [name for name in walk.apply(moves) if name in fast]
        if walk.key in seen:
            return Settled(states=tuple(states), entry=seen[walk.key])
        seen[walk.key] = len(states)
        states.append(walk.key)
        _check(passed + len(states))
    return Settled(states=tuple(states), entry=len(states) - 1)


def fates(
    network: BooleanNetwork, starts: Iterable[Mapping[str, int]], known: Mapping[int, Lasting] | None = None
) -> tuple[tuple[Lasting, Lasting], ...]:
    """For each of *starts* what lasts where `settle` comes to, first with the slow species frozen, then with them free.

    Of some early states it may be *known* what lasts in the end. Raises `LimitError` after `ALL_LIMIT` states of all
    runs together.
    """
    found, passed = [], 0
    ends = dict(known or {})  # most moments come to the same few early states, and go on as one
    for start in starts:
        early = settle(network, start, frozen_slow=True)
        passed += len(early.states)
        if early.end not in ends:
            late = settle(network, unpacked(network, early.end))
            passed += len(late.states)
            ends[early.end] = late.lasting
        found.append((early.lasting, ends[early.end]))
        if passed > ALL_LIMIT:
            raise LimitError(f"the runs from all moments of the untreated cycle pass more than {ALL_LIMIT} states")
    return tuple(found)


def slow_moves(network: BooleanNetwork, rest: Settled) -> dict[str, int]:
    """The moves that slow species make where the fast ones have come to *rest*."""
    return _steady(_Walk(network, unpacked(network, rest.end)), rest.cycle, _classes(network)[1])


def _steady(walk: _Walk, cycle: Sequence[int], slow: list[str]) -> dict[str, int]:
    """The moves of the slow species that every state of *cycle* asks for; the walk stands at its first state."""
    moves, network = walk.moves(slow), walk.network
    for key in cycle[1:]:
        if not moves:
            break
        moves = {
            name: value
            for name, value in moves.items()
            if run(network.programs[name], walk.elsewhere(key, network.regulators[name])) == value
        }
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

    def elsewhere(self, key: int, names: Iterable[str]) -> dict[str, int]:
        """The values of *names* in another packed state."""
        return {name: int(key & self._bits[name] > 0) for name in names}

    def apply(self, moves: Mapping[str, int]) -> list[str]:
        """Make *moves*; the species whose rules may have changed their mind by that, in file order."""
        self.values.update(moves)
        touched: set[str] = set()
        for name in moves:
            self.key ^= self._bits[name]
            touched.update(self.network.dependents[name])
        return sorted(touched, key=self._bits.__getitem__)


def shares_of_time(network: BooleanNetwork, ends: Sequence[Lasting]) -> dict[str, float]:
    """How much of the time every species is on in what lasts at the *ends* of runs, which count alike."""
    times = Counter(map(id, ends))  # runs that meet have one and the same end
    parts = [
        (times[id(end)], len(end) * len(part), part) for end in {id(end): end for end in ends}.values() for part in end
    ]
    whole = lcm(*(count for _, count, _ in parts))  # whole numbers, so that equal shares are equal numbers
    weights: dict[int, int] = {}
    for often, count, part in parts:
        for state in part:
            weights[state] = weights.get(state, 0) + often * whole // count
    total = whole * len(ends)
    return {
        name: sum(weight for state, weight in weights.items() if state >> index & 1) / total
        for index, name in enumerate(network.species)
    }


def differences(network: BooleanNetwork, before: int, after: int) -> Iterator[tuple[str, int]]:
    """The species in which two packed states differ, with the later value, in file order."""
    changed = before ^ after
    while changed:
        lowest = changed & -changed
        yield network.species[lowest.bit_length() - 1], int(after & lowest > 0)
        changed ^= lowest


def _check(states: int) -> None:
    if states > STATE_LIMIT:
        raise LimitError(f"the synchronous run passes more than {STATE_LIMIT} states without settling")
