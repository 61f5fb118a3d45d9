"""A few hundred cells of a scenario, a bit of an integer each, to tell which edge moved what, and was needed.

The same cells in every scenario: what is drawn by chance is drawn by name, so that a cell with a drug can be set beside
the same cell without it. The shares that her2 answers with are not from here (`shares`): these cells update in sweeps,
which is quick and tells causes, but keeps no time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random
from types import MappingProxyType

from her2cli.expression import run
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.phases import Phase, stages
from her2cli.logic.network.scenario import Prepared
from her2cli.logic.network.settled import settled
from her2cli.recent import recent

CELLS = 512
EVERY = (1 << CELLS) - 1
MASKS = 61  # which of the cells follow a rule in a sweep; prime, so that species and sweeps run through all of them
FAST, ROUNDS = 6, 8  # sweeps of the fast species between two of the slow ones, and how often

NONE: Mapping[str, int] = MappingProxyType({})

Swept = Mapping[str, int]  # of each species, and each agent, the cells in which it is on
Times = Mapping[str, Swept]  # "before", "early", "late"


@recent(12)
def sweep(prepared: Prepared) -> Times:
    """The cells of a scenario before its treatment, early, and late, when the slow species have followed."""
    untreated, treated = prepared.untreated, prepared.treated
    known = settled(untreated)
    before = known.swept if known else swept(untreated)
    (added,) = stages([Phase(network=treated, times=(1.0,))], "file", Phase(network=untreated, times=(1.0,)))
    early = _settled(treated, {**before, **_drawn(treated, added.settings)}, rounds=0)
    return {"before": before, "early": early, "late": _settled(treated, early, rounds=ROUNDS)}


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The same cells before and after, early or late, and as they would be had a species stayed as it was in each."""

    network: BooleanNetwork  # of what was given in between
    before: Swept
    after: Swept
    late: bool = True

    @cached_property
    def _held(self) -> tuple[Mapping[str, int], Swept]:
        """The place of each species that moved; and the cells after, once for each place, in which it is held there."""
        inputs, before, after = set(self.network.inputs), self.before, self.after
        state = {name: after[name] if name in inputs or name not in before else before[name] for name in after}
        names = [name for name in self.network.species if name in before and before[name] != after[name]]
        places = {name: place for place, name in enumerate(names)}
        side_by_side = sum(1 << CELLS * place for place in range(len(places)))
        state = {name: cells * side_by_side for name, cells in state.items()}
        for name in inputs.intersection(places):  # these no rule moves
            state[name] ^= (before[name] ^ after[name]) << CELLS * places[name]
        held = {name: EVERY << CELLS * place for name, place in places.items()}
        state = _settled(self.network, state, rounds=0, copies=side_by_side, held=held)
        if self.late:
            state = _settled(self.network, state, rounds=ROUNDS, copies=side_by_side, held=held)
        return places, state

    def moved(self, target: str, *, rises: bool) -> int:
        """The cells in which *target* rose, or fell."""
        before, after = self.before[target], self.after[target]
        return after & ~before if rises else before & ~after

    def needed(self, species: str, target: str, *, rises: bool) -> int:
        """The cells in which *target* rose (or fell), and would not have, had *species* stayed as it was."""
        kept = self._kept(species, target)
        return self.moved(target, rises=rises) & (~kept if rises else kept)

    def carried(self, species: str, target: str, *, rises: bool) -> int:
        """In how many more cells *target* is on (or off) than it would be, had *species* stayed as it was.

        Below zero where what *species* does to it in other cells is the contrary, and more.
        """
        more = self.after[target].bit_count() - self._kept(species, target).bit_count()
        return more if rises else -more

    def _kept(self, species: str, target: str) -> int:
        """The cells in which *target* is on, had *species* stayed as it was."""
        places, state = self._held
        return state[target] >> CELLS * places[species] & EVERY if species in places else self.after[target]


def swept(network: BooleanNetwork) -> Swept:
    """The cells of *network* when they have settled."""
    (stage,) = stages([Phase(network=network, times=(1.0,))], "file")
    begin = dict.fromkeys(network.species, 0) | _drawn(network, stage.settings)
    begin |= {network.species[a]: begin[network.species[b]] for a, b in stage.begins_with}
    return _settled(network, begin, rounds=ROUNDS)


def explained(
    network: BooleanNetwork, target: str, sources: Sequence[str], *, before: Swept, after: Swept, rises: bool
) -> int:
    """The cells in which *target* rose (or fell) and its *sources*, moving together, are why.

    They are if the target's rule would turn back in the cell as it is after, were they as before; or if it turned in
    the cell as it was before, were they as after.
    """
    moved = ~before[target] & after[target] if rises else before[target] & ~after[target]
    if not moved:
        return 0
    program = network.programs[target]
    was, now = ({name: state.get(name, 0) for name in network.regulators[target]} for state in (before, after))
    with_, without = run(program, now, EVERY), run(program, was, EVERY)
    turned_back = with_ ^ run(program, now | {name: was[name] for name in sources}, EVERY)
    turned = without ^ run(program, was | {name: now[name] for name in sources}, EVERY)
    wanted = (with_ if rises else ~with_) & turned_back | (~without if rises else without) & turned
    return moved & wanted


def _drawn(network: BooleanNetwork, settings: Sequence[tuple[int, float]]) -> dict[str, int]:
    found = {}
    for index, chance in settings:
        name = network.species[index]
        found[name] = _cells_on(name, chance) if 0 < chance < 1 else EVERY if chance else 0
    return found


@lru_cache(maxsize=1024)
def _cells_on(name: str, chance: float) -> int:
    draw = Random(name).random
    return sum((draw() < chance) << place for place in range(CELLS))


def _settled(
    network: BooleanNetwork, begin: Swept, *, rounds: int, copies: int = 1, held: Mapping[str, int] = NONE
) -> dict[str, int]:
    """The cells after sweeps of the fast species alone, and then of *rounds* in which the slow ones move as well.

    There may be several *copies* of all cells side by side, a bit where each begins; a species does not move in the
    cells in which it is *held*.
    """
    state = dict(begin)
    drawn = Random(0)
    masks = [drawn.getrandbits(CELLS) * copies for _ in range(MASKS)]
    every = EVERY * copies
    inputs = set(network.inputs)
    places = {name: place for place, name in enumerate(network.species) if name not in inputs}
    readers = {name: [other for other in network.dependents[name] if other in places] for name in places}
    slowly, fast = ([name for name in places if (name in network.slow) == slow] for slow in (True, False))
    programs, stale = network.programs, set(places)
    for sweep in range(2 * FAST + rounds * (FAST + 1)):
        slow = sweep >= 2 * FAST and (sweep - 2 * FAST) % (FAST + 1) == 0
        for name in [name for name in (slowly if slow else fast) if name in stale]:
            wanted = run(programs[name], state, every)
            if name in held:
                wanted ^= (state[name] ^ wanted) & held[name]
            change = (state[name] ^ wanted) & masks[(7 * places[name] + sweep) % MASKS]
            if change:
                state[name] ^= change
                stale.update(readers[name])
            if state[name] == wanted and name not in network.regulators[name]:
                stale.discard(name)
    return state
