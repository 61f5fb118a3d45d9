"""Where a network ends when some of its species are held: many trials at once, one bit each.

The ends are those of `synchronous.settle`, which says how fast and slow species move.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from her2cli.expression import run
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.percolation import upstream
from her2cli.logic.network.planes import bits, planes_of

Trial: TypeAlias = tuple[tuple[str, int], ...]  # species with the value at which each is held

WORK_LIMIT = 80_000_000  # operations on integers that are not long: seconds
_CALL = 15  # of these operations, what a rule takes however short it is
_DEAR = 20_000  # trials of which an operation takes about twice as long as of one
_BLOCK_BITS = 100_000_000  # bits of all species in all trials that are run together, some 12 MB


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
    """How *species* ends when *network* in *state* is held as each of *trials* says, and settles.

    Only what is upstream of the species is run at first. Whatever else a network does, it changes only how long the
    fast species take to come to rest, and with that at which moment of a fast cycle slow species move: the trials in
    which they do are run again, with all species.
    """
    on = off = unknown = 0
    work = WORK_LIMIT
    places: Sequence[int] = range(len(trials))
    for names in (upstream_of(network, species), network.species):
        begin = {name: state[name] for name in names}
        size = max(_BLOCK_BITS // len(begin), 1_000)  # trials that are run together
        left: list[int] = []
        for start in range(0, len(places), size):
            some = places[start : start + size]
            runs = _Trials(network, begin, species, [trials[place] for place in some], frozen_slow)
            work = runs.follow(work)
            on, off = on | _placed(runs.on, some), off | _placed(runs.off, some)
            unknown |= _placed(runs.unknown, some)
            left += [some[lane] for lane in bits(runs.left)]
        places = left
    return Ends(on, off, unknown)


def _placed(lanes: int, places: Sequence[int]) -> int:
    """*lanes* as bits at their *places* among all trials."""
    if isinstance(places, range):
        return lanes << places[0]
    return sum(1 << places[lane] for lane in bits(lanes))


def _helpers(network: BooleanNetwork, agent: str) -> list[str]:
    """The helper inputs that go with a drug or an alteration."""
    return [helper for helper, other in network.hidden.items() if other == agent]


def upstream_of(network: BooleanNetwork, species: str) -> list[str]:
    """*species* and all that can act on it, however far away, in file order."""
    found = upstream(network.rules, [species])
    return [name for name in network.species if name in found]


class _Round(NamedTuple):
    """What the fast species come to in a round. Planes say in which lanes."""

    on: int  # the species is on at all that lasts
    off: int
    wants: dict[str, int]  # all that lasts asks a slow species to move
    cycles: dict[int, int]  # by their length, those that cycle


class _Trials:
    """A run of all trials at once. A lane is one bit of every species' integer, and is open until its end is known.

    All lanes go in rounds, as in `settle`: the fast species run until they rest or have gone once around a cycle, then
    the slow ones make one move. A cycle is found as Brent finds it (1980, doi:10.1007/BF01933190): the state is kept at
    the steps 0, 1, 2, 4, 8 and so on, and a lane that comes back to the state that was kept last has gone around once.
    What held at every step since then holds for ever. Rounds that come back are found in the same way.
    """

    def __init__(
        self,
        network: BooleanNetwork,
        begin: Mapping[str, int],
        species: str,
        trials: Sequence[Trial],
        frozen_slow: bool,
    ) -> None:
        """*begin* has the species that are run, with their values."""
        self.network, self.species = network, species
        self.open = self.ones = ones = (1 << len(trials)) - 1
        self.on = self.off = self.unknown = 0
        self.left = 0  # the lanes in which species that are not run here decide when slow ones move
        self.values = {name: ones if value else 0 for name, value in begin.items()}
        self.free = dict.fromkeys(begin, ones)
        for (agent, value), lanes in planes_of(trials).items():
            for name in (agent, *_helpers(network, agent)):
                if name in self.free:
                    self.free[name] &= ~lanes
                    self.values[name] = self.values[name] | lanes if value else self.values[name] & ~lanes
        dear = 1 + len(trials) // _DEAR
        inputs = frozenset(network.inputs)
        cost = {name: _CALL + dear * len(network.programs[name]) for name in begin if name not in inputs}
        self.fast = {name: each for name, each in cost.items() if name not in network.slow}
        self.slow = {} if frozen_slow else {name: each for name, each in cost.items() if name in network.slow}
        self.wants = dict.fromkeys(self.slow, 0)  # the lanes in which a slow species differs from its rule
        self.whole = len(begin) == len(network.species)

    def follow(self, work: int) -> int:
        """Run until each lane has an end or *work* is done; how much of that is left."""
        self.work = work
        stale: Iterable[str] = self.values  # the species whose rules may have changed their mind
        rounds = 0
        while self.open:
            if not rounds & rounds - 1:
                mark, on, off = dict(self.values), self.ones, self.ones
            begun = dict(self.values)
            came = self._round(stale)
            on, off = on & came.on, off & came.off
            moves = {name: flips for name, lanes in came.wants.items() if (flips := lanes & self.open)}
            moving = _any(moves.values())
            self._end(self.open & ~moving, came.on, came.off)
            turning = {length: lanes & moving for length, lanes in came.cycles.items() if lanes & moving}
            if turning and self.whole:
                self._enter(begun, turning)
            elif turning:
                self.left |= (turned := _any(turning.values()))
                self.open &= ~turned
            touched = self._apply(self.values, moves)
            stale = self.values if turning else touched | moves.keys()
            self._end(self._same(self.values, mark, self.open), on, off)
            rounds += 1
        return self.work

    def _round(self, stale: Iterable[str]) -> _Round:
        """Run the fast species. Lanes then stand where these rest, or somewhere in their cycle."""
        values, running = self.values, self.open
        on = off = steps = 0
        asking = dict.fromkeys(self.slow, 0)
        cycles: dict[int, int] = {}
        while running := running & self.open:
            if not steps & steps - 1:
                marked, mark, kept_on, kept_off = steps, dict(values), self.ones, self.ones
                asked = dict.fromkeys(self.slow, self.ones)
            self.wants.update((name, self._differs(values, name)) for name in stale if name in self.slow)
            moves = self._moves(values, running, stale)
            resting = running & ~_any(moves.values())
            here = values[self.species]
            kept_on, kept_off = kept_on & here, kept_off & ~here
            for name, lanes in self.wants.items():
                asked[name] &= lanes
                asking[name] |= lanes & resting
            stale = self._apply(values, moves)
            steps += 1
            back = self._same(values, mark, running & ~resting)
            if back:
                cycles[steps - marked] = cycles.get(steps - marked, 0) | back
                for name, lanes in asked.items():
                    asking[name] |= lanes & back
            on |= resting & here | back & kept_on
            off |= resting & ~here | back & kept_off
            running &= ~(resting | back)
        return _Round(on, off, asking, cycles)

    def _enter(self, begun: Mapping[str, int], cycles: Mapping[int, int]) -> None:
        """Go to where lanes came into their cycle, by its length, in a round that has *begun* so.

        Of two runs, one ahead by the length of the cycle, that is where they meet for the first time.
        """
        ahead, behind = dict(begun), dict(begun)
        stale = set(self.fast)
        for steps in range(max(cycles)):
            going = _any(lanes for length, lanes in cycles.items() if length > steps)
            stale = self._apply(ahead, self._moves(ahead, going, stale))
        lanes = apart = _any(cycles.values())
        stale = stale_behind = set(self.fast)
        while apart := apart & self.open & ~self._same(ahead, behind, apart):
            stale = self._apply(ahead, self._moves(ahead, apart, stale))
            stale_behind = self._apply(behind, self._moves(behind, apart, stale_behind))
        for name, value in behind.items():
            self.values[name] = self.values[name] & ~lanes | value & lanes

    def _differs(self, values: Mapping[str, int], name: str) -> int:
        return (run(self.network.programs[name], values, self.ones) ^ values[name]) & self.free[name]

    def _moves(self, values: Mapping[str, int], lanes: int, stale: Iterable[str]) -> dict[str, int]:
        """The moves of the fast species among *stale*, in *lanes*. When no work is left, all lanes are given up."""
        names = [name for name in stale if name in self.fast]
        self.work -= sum(map(self.fast.__getitem__, names))
        if self.work < 0:
            self.unknown |= self.open
            self.open = 0
        return {name: flips for name in names if (flips := self._differs(values, name) & lanes)}

    def _apply(self, values: dict[str, int], moves: Mapping[str, int]) -> set[str]:
        """Make *moves*; the species whose rules may have changed their mind by that."""
        stale: set[str] = set()
        for name, flips in moves.items():
            values[name] ^= flips
            stale.update(self.network.dependents[name])
        return stale

    def _same(self, state: Mapping[str, int], other: Mapping[str, int], lanes: int) -> int:
        """Those of *lanes* in which two states are the same."""
        for name, value in state.items():
            if not lanes:
                break
            lanes &= ~(value ^ other[name])
        return lanes

    def _end(self, lanes: int, on: int, off: int) -> None:
        self.on |= lanes & on
        self.off |= lanes & off
        self.open &= ~lanes


def _any(planes: Iterable[int]) -> int:
    """The lanes of any of *planes*."""
    return reduce(or_, planes, 0)
