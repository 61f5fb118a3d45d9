"""Where a network ends when some of its species are held: many trials at once, one bit each.

The ends are those of `synchronous.settle`, which the few trials that do not fit into this are run with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from her2cli.errors import LimitError
from her2cli.expression import Const, run
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.percolation import upstream
from her2cli.logic.network.planes import bits, planes_of
from her2cli.logic.runs.synchronous import STATE_LIMIT, settle

Trial: TypeAlias = tuple[tuple[str, int], ...]  # species with the value at which each is held

WORK_LIMIT = 80_000_000  # operations on integers that are not long: seconds
_CALL = 15  # of these operations, what a rule takes however short it is
_DEAR = 20_000  # trials of which an operation takes about twice as long as of one
_BLOCK_BITS = 100_000_000  # bits of all species in all trials that are run together, some 12 MB
_RUN_LIMIT = STATE_LIMIT // 2  # states of all single runs: seconds
_LARGE = 2_000  # operations of a network whose states count more than once
_BEGIN = 20  # states that could be passed in the time in which a run is begun


@dataclass(frozen=True, slots=True)
class Ends:
    """The trials, as bits, in which a species ends on throughout, ends off throughout, and those that ran too long.

    In all others it keeps changing.
    """

    on: int = 0
    off: int = 0
    unknown: int = 0


def ends(
    network: BooleanNetwork,
    state: Mapping[str, int],
    species: str,
    trials: Sequence[Trial],
    *,
    frozen_slow: bool = False,
) -> Ends:
    """How *species* ends when *network* in *state* is held as each of *trials* says, and settles."""
    names = upstream_of(network, species)
    size = max(_BLOCK_BITS // len(names), 1_000)
    on = off = left = 0
    work = WORK_LIMIT
    for start in range(0, len(trials), size):
        settling = _Trials(network, state, species, names, trials[start : start + size], frozen_slow)
        work = settling.follow(work)
        on, off, left = on | settling.on << start, off | settling.off << start, left | settling.unknown << start
    unknown, states = 0, _RUN_LIMIT
    dear = 1 + sum(map(len, network.programs.values())) // _LARGE
    bit = 1 << network.species.index(species)
    for index in bits(left):
        if states <= 0:
            unknown |= 1 << index
            continue
        changed = _tried(network, state, trials[index])
        try:
            settled = settle(changed, changed.initial, frozen_slow=frozen_slow)
        except LimitError:
            states -= STATE_LIMIT
            unknown |= 1 << index
            continue
        states -= dear * (len(settled.states) + _BEGIN)
        kept = {bool(each & bit) for part in settled.lasting for each in part}
        on |= (kept == {True}) << index
        off |= (kept == {False}) << index
    return Ends(on, off, unknown)


def _tried(network: BooleanNetwork, state: Mapping[str, int], trial: Trial) -> BooleanNetwork:
    """*network* in *state* with *trial* held from now on: it begins in that state."""
    values = {name: value for agent, value in trial for name in (agent, *_helpers(network, agent))}
    return BooleanNetwork(
        species=network.species,
        rules={**network.rules, **{name: Const(value) for name, value in values.items()}},
        initial={**state, **values},
        slow=network.slow,
    )


def _helpers(network: BooleanNetwork, agent: str) -> list[str]:
    """The helper inputs that go with a drug or an alteration."""
    return [helper for helper, other in network.hidden.items() if other == agent]


def upstream_of(network: BooleanNetwork, species: str) -> list[str]:
    """*species* and all that can act on it, however far away, in file order."""
    found = upstream(network.rules, [species])
    return [name for name in network.species if name in found]


class _Trials:
    """A run of all trials at once. A lane is one bit of every species' integer, and is open until its end is known.

    Only what is upstream of the species is run. Whatever else a network does, it changes only how long the fast species
    take to come to rest, and with that at which moment of a fast cycle slow species move: a lane in which they do is
    left to `settle`.

    A cycle is found as Brent finds it: the state is kept at the steps 1, 2, 4, 8 and so on, and a lane that comes back
    to the state that was kept last has gone once around. What held at every step since then holds for ever; where slow
    species move, what held whenever the fast ones were at rest, since only that lasts.
    """

    def __init__(
        self,
        network: BooleanNetwork,
        state: Mapping[str, int],
        species: str,
        names: Sequence[str],
        trials: Sequence[Trial],
        frozen_slow: bool,
    ) -> None:
        self.network, self.species = network, species
        self.open = ones = (1 << len(trials)) - 1
        self.on = self.off = self.unknown = 0
        self.values = {name: ones if state[name] else 0 for name in names}
        self.free = dict.fromkeys(names, ones)
        for (agent, value), lanes in planes_of(trials).items():
            for name in (agent, *_helpers(network, agent)):
                if name in self.free:
                    self.free[name] &= ~lanes
                    self.values[name] = self.values[name] | lanes if value else self.values[name] & ~lanes
        inputs = frozenset(network.inputs)
        moving = [name for name in names if name not in inputs]
        self.fast = {name: index for index, name in enumerate(moving) if name not in network.slow}
        self.slow = [name for name in moving if name in network.slow and not frozen_slow]
        self.wants = dict.fromkeys(self.slow, 0)  # the lanes in which a slow species differs from its rule
        dear = 1 + len(trials) // _DEAR
        self.cost = {name: _CALL + dear * len(network.programs[name]) for name in moving}
        self.ones = ones

    def follow(self, work: int) -> int:
        """Run until each lane has an end or *work* is done; how much of that is left."""
        stale: Iterable[str] = self.values  # the species whose rules may have changed their mind
        steps, next_mark = 0, 1
        self._mark()
        while self.open:
            fast = [name for name in stale if name in self.fast]
            slow = [name for name in stale if name in self.wants]
            work -= sum(self.cost[name] for name in (*fast, *slow)) + len(self.changed)
            if work < 0:
                self.unknown |= self.open
                break
            moves = {name: flips for name in fast if (flips := self._differs(name) & self.open)}
            self.wants.update((name, self._differs(name)) for name in slow)
            moves |= self._late(moves)
            stale = self._apply(moves)
            self._close(moves)
            steps += 1
            if steps == next_mark:
                next_mark *= 2
                self._mark()
        return work

    def _differs(self, name: str) -> int:
        return (run(self.network.programs[name], self.values, self.ones) ^ self.values[name]) & self.free[name]

    def _late(self, moves: Mapping[str, int]) -> dict[str, int]:
        """The moves of the slow species, in lanes whose fast ones rest. Lanes in which nothing moves are at their end.

        What every state since the mark has in common is brought up to date with this state.
        """
        resting = self.open
        for flips in moves.values():
            resting &= ~flips
        late = {name: flips for name, wants in self.wants.items() if (flips := wants & resting)}
        still = resting
        for flips in late.values():
            still &= ~flips
        here = self.values[self.species]
        self.kept_on &= here
        self.kept_off &= ~here
        self.rest_on &= here | ~resting
        self.rest_off &= ~here | ~resting
        self._end(still, here, ~here)
        for name, wants in self.wants.items():
            self.wanted[name] &= wants
        self.made_slow |= resting & ~still
        return {name: flips for name, wants in late.items() if (flips := wants & self.open)}

    def _end(self, lanes: int, on: int, off: int) -> None:
        self.on |= lanes & on
        self.off |= lanes & off
        self.open &= ~lanes

    def _apply(self, moves: Mapping[str, int]) -> set[str]:
        """Make *moves*; the species whose rules may have changed their mind by that."""
        values, dependents = self.values, self.network.dependents
        stale: set[str] = set()
        for name, flips in moves.items():
            values[name] ^= flips
            stale.update(dependents[name])
        self.changed.update(moves)
        stale.update(moves.keys() & self.wants.keys())
        return stale

    def _mark(self) -> None:
        """Keep this state, to see which lanes come back to it."""
        self.marked = dict(self.values)
        self.changed: set[str] = set()  # the species that have moved in any lane since then
        self.kept_on = self.kept_off = self.ones  # the lanes in which the species was so at every state since then
        self.rest_on = self.rest_off = self.ones  # the same of the states in which the fast species were at rest
        self.made_slow = 0  # the lanes in which a slow species has moved since then
        self.wanted = dict.fromkeys(self.slow, self.ones)  # `wants` at every state since then

    def _close(self, moved: Iterable[str]) -> None:
        """Give an end to the lanes that are back in the state that was marked."""
        back = self.open
        for name in chain(moved, self.changed):  # what has just moved is the likeliest to differ
            back &= ~(self.values[name] ^ self.marked[name])
            if not back:
                return
        # Around a cycle of the fast species alone, what a slow species wants at every state of it, it does.
        asked = 0
        for wanted in self.wanted.values():
            asked |= wanted
        unsure = back & asked & ~self.made_slow
        self.unknown |= unsure
        self.open &= ~unsure
        back &= ~unsure
        self._end(back & ~self.made_slow, self.kept_on, self.kept_off)
        self._end(back & self.made_slow, self.rest_on, self.rest_off)
