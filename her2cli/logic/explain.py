"""Why a species is on or off: the reasons, down to inputs, drugs and alterations, and what would flip it.

A reason is the smallest set of regulators that forces the value. How a network comes to its state is in `simulation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb
from typing import TypedDict

from her2cli.errors import UnknownName
from her2cli.expression import Const, Var, run, text
from her2cli.logic.meaning import forcing
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.scenario import Prepared, prepare
from her2cli.logic.simulation import edges_behind, follow, visible
from her2cli.logic.synchronous import Settled, average, differences, settle, unpacked
from her2cli.model import Edge, Pathway, Rule, Scenario

LANE_LIMIT = 30_000  # sets of changes that are tried at once, a fraction of a second for a hundred species
SIZE_LIMIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one species has its value: what its rule needed, and in turn the reasons for that.

    `kind` is `rule` where `because` forces the value through the rule; `constant` where the rule is 0 or 1; `input`,
    `drug`, `alteration`, `ligand`, `clamp` where the value was given; `slow` where the species has not had time to
    follow its rule; `cycle` where it keeps changing, with the changing regulators as `because`; `loop` where the
    species is itself being explained further up, so that the species in `loop` keep each other at their value;
    `again` where it is explained elsewhere in the same tree.
    """

    species: str
    value: float  # 0 or 1; the share of a cycle in which it is on, for the kind `cycle`
    kind: str
    rule: str = ""
    edges: tuple[Edge, ...] = ()  # by which the regulators in `because` act
    because: tuple[Reason, ...] = ()
    loop: tuple[str, ...] = ()
    smallest: bool = True  # no smaller set of regulators forces the value; False where this is not proven
    note: str = ""  # of the rule
    evidence: tuple[str, ...] = ()  # of the rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrary:
    """The smallest changes that would flip a species: sets of species with the value to hold each at.

    Each set is applied to the settled state and held; then the network settles again. `size` is the largest size that
    was searched, all smaller ones included; nothing was found where `sets` is empty.
    """

    sets: tuple[tuple[tuple[str, int], ...], ...]
    size: int
    candidates: int  # of how many species the sets were made


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer of `explain_scenario`."""

    scenario: Scenario
    species: str
    time: str
    value: float
    reason: Reason
    from_inputs: Contrary | None = None  # by inputs, ligands, drugs and alterations; None for a species that cycles
    from_species: Contrary | None = None  # by holding any species


def explain_scenario(pathway: Pathway, scenario: Scenario, species: str, *, time: str = "late") -> Explanation:
    """Why *species* is on or off in *scenario* before the treatment, early or late under it, and what would flip it.

    Raises `UnknownName` for a species that the pathway does not have, and as `prepare` does.
    """
    prepared = prepare(pathway, scenario)
    name = _named(pathway, prepared, species)
    network, state, options = _situation(prepared, time)
    value = options["shares"][name]
    frozen = bool(options["frozen"])
    changing = 0 < value < 1
    return Explanation(
        scenario=prepared.scenario,
        species=name,
        time=time,
        value=value,
        reason=explain(network, state, name, rules=pathway.rules, **options),
        from_inputs=None if changing else contrary(network, state, name, inputs_only=True, frozen=frozen),
        from_species=None if changing else contrary(network, state, name, frozen=frozen),
    )


def reasons(pathway: Pathway, prepared: Prepared, names: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons alone for the late values of *names*, which are ids."""
    network, state, options = _situation(prepared, "late")
    return tuple(explain(network, state, name, rules=pathway.rules, **options) for name in names)


def explain(
    network: BooleanNetwork,
    state: Mapping[str, int],
    species: str,
    *,
    shares: Mapping[str, float] | None = None,
    frozen: frozenset[str] = frozenset(),
    age: Mapping[str, int] | None = None,
    rules: Mapping[str, Rule] | None = None,
) -> Reason:
    """The reasons for the value of *species* in a settled *state*, as a tree. Each species is expanded once.

    *shares* are the averages over a cycle of which *state* is one state. The species in *frozen* keep their value.
    *age* says when each species took its value, so that among equally small reasons the older is given. *rules* are
    those of the pathway, for their notes and evidence.
    """
    explainer = _Explainer(network, state, shares or {}, frozen, age or {}, rules or {})
    return explainer.tree(species)


class _Explainer:
    """One tree of reasons. It is built without recursion, since a chain may be as long as the network."""

    def __init__(
        self,
        network: BooleanNetwork,
        state: Mapping[str, int],
        shares: Mapping[str, float],
        frozen: frozenset[str],
        age: Mapping[str, int],
        rules: Mapping[str, Rule],
    ) -> None:
        self.network, self.state, self.shares = network, state, shares
        self.frozen, self.age, self.rules = frozen, age, rules

    def tree(self, root: str) -> Reason:
        path = [_Branch(*self._regulators(root), species=root)]
        seen = {root}
        while True:
            branch = path[-1]
            if branch.todo:
                name = branch.todo.pop(0)
                if name not in seen:
                    seen.add(name)
                    path.append(_Branch(*self._regulators(name), species=name))
                    continue
                branch.because.append(self._known(name, [above.species for above in path]))
                continue
            reason = self._reason(branch)
            path.pop()
            if not path:
                return reason
            path[-1].because.append(reason)

    def _regulators(self, name: str) -> tuple[str, list[str], bool]:
        """The kind of reason for *name*, the regulators that it rests on, and whether they are proven fewest."""
        rule = self.network.rules[name]
        if self._changes(name):
            return "cycle", [other for other in self.network.regulators[name] if self._changes(other)], True
        if rule == Var(name) and name in self.network.inputs:
            return self.network.held.get(name, "input"), [], True
        if isinstance(rule, Const):
            return self.network.held.get(name, "constant"), [], True
        regulators, smallest = forcing(rule, self.state, age=self.age)
        if name in self.frozen and run(self.network.programs[name], self.state) != self.state[name]:
            return "slow", [], True
        return "rule", list(visible(self.network, regulators)), smallest

    def _changes(self, name: str) -> bool:
        return 0 < self.shares.get(name, 0) < 1

    def _value(self, name: str) -> float:
        return self.shares[name] if self._changes(name) else self.state[name]

    def _known(self, name: str, path: list[str]) -> Reason:
        """A species that the tree has already: further up, which makes a loop, or elsewhere."""
        loop = tuple(path[path.index(name) :]) if name in path else ()
        kind, regulators, _ = self._regulators(name)
        if loop or regulators:
            kind = "loop" if loop else "again"
        return Reason(species=name, value=self._value(name), kind=kind, loop=loop)

    def _reason(self, branch: _Branch) -> Reason:
        name = branch.species
        own = branch.kind in {"rule", "cycle", "slow", "constant"}
        rule = self.rules.get(name) if own else None
        return Reason(
            species=name,
            value=self._value(name),
            kind=branch.kind,
            rule=text(self.network.rules[name]) if own else "",
            edges=edges_behind(self.network, [reason.species for reason in branch.because], name),
            because=tuple(branch.because),
            smallest=branch.smallest,
            note=rule.note if rule else "",
            evidence=rule.evidence if rule else (),
        )


class _Branch:
    """A reason that is being put together."""

    def __init__(self, kind: str, todo: list[str], smallest: bool, *, species: str) -> None:
        self.kind, self.todo, self.smallest, self.species = kind, todo, smallest, species
        self.because: list[Reason] = []


# --- what would flip it --------------------------------------------------------------------------------------------


def contrary(
    network: BooleanNetwork,
    state: Mapping[str, int],
    species: str,
    *,
    inputs_only: bool = False,
    frozen: bool = False,
) -> Contrary:
    """The smallest sets of changes to a settled *state* that flip *species*, all of that size, what was given first.

    Sizes up to `SIZE_LIMIT` are searched as long as no more than `LANE_LIMIT` sets have to be tried. All sets of a
    size are tried at once, one bit each; a set under which fast species never come to rest counts as no answer. With
    *inputs_only* the changes are to inputs, ligands, drugs and alterations; with *frozen* slow species stay.
    """
    candidates = [name for name in _upstream(network, species) if name != species and name not in network.hidden]
    candidates.sort(key=lambda name: name not in network.held)
    if inputs_only:
        given = {"drug", "alteration", "ligand"}
        candidates = [n for n in candidates if n in network.inputs or network.held.get(n) in given]
    searched = 0
    for size in range(1, min(SIZE_LIMIT, len(candidates)) + 1):
        if comb(len(candidates), size) > LANE_LIMIT:
            break
        searched = size
        trials = list(combinations(candidates, size))
        flipped = _flipped(network, state, species, trials, frozen)
        found = [trial for index, trial in enumerate(trials) if flipped >> index & 1]
        sets = tuple(tuple((name, 1 - state[name]) for name in trial) for trial in found)
        kept = tuple(change for change in sets if _holds(network, state, species, change, frozen))
        if kept:
            return Contrary(sets=kept, size=size, candidates=len(candidates))
    return Contrary(sets=(), size=searched, candidates=len(candidates))


def held(network: BooleanNetwork, state: Mapping[str, int], changes: Iterable[tuple[str, int]]) -> BooleanNetwork:
    """*network* in *state* with *changes* held from now on: it begins in that state."""
    values = dict(changes)
    for name, value in list(values.items()):  # a drug's or an alteration's helper inputs go with it
        values |= {helper: value for helper, agent in network.hidden.items() if agent == name}
    return BooleanNetwork(
        species=network.species,
        rules={**network.rules, **{name: Const(value) for name, value in values.items()}},
        initial={**state, **values},
        slow=network.slow,
        edges=network.edges,
    )


def _holds(
    network: BooleanNetwork, state: Mapping[str, int], species: str, changes: tuple[tuple[str, int], ...], frozen: bool
) -> bool:
    """Whether *changes* flip *species*, run once more on their own."""
    changed = held(network, state, changes)
    final = settle(changed, changed.initial, frozen_slow=frozen)
    return average(changed, final.cycle)[species] == 1 - state[species]


def _flipped(
    network: BooleanNetwork, state: Mapping[str, int], species: str, trials: list[tuple[str, ...]], frozen: bool
) -> int:
    """The trials, as bits, whose run settles with *species* at the other value."""
    ones = (1 << len(trials)) - 1
    held_in = _held_lanes(network, trials)
    values = {name: (ones if state[name] else 0) ^ held_in.get(name, 0) for name in network.species}
    order = [name for name in network.species if name not in network.inputs]
    fast = [name for name in order if name not in network.slow]
    slow = [] if frozen else [name for name in order if name in network.slow]
    for _ in range(4 * len(network.species) + 50):  # a lane that takes longer is taken for a cycle
        moves = _moves(network, fast, values, held_in, ones)
        moving = 0
        for flips in moves.values():
            moving |= flips
        if moving != ones and slow:
            late = _moves(network, slow, values, held_in, ones ^ moving)
            moves |= late
            for flips in late.values():
                moving |= flips
        if not moving:
            break
        for name, flips in moves.items():
            values[name] ^= flips
    steady = ones ^ moving
    return steady & (values[species] ^ (ones if state[species] else 0))


def _moves(
    network: BooleanNetwork, names: Iterable[str], values: Mapping[str, int], held_in: Mapping[str, int], lanes: int
) -> dict[str, int]:
    """The lanes in which each of *names* differs from its rule and is free to move."""
    moves = {}
    for name in names:
        flips = (run(network.programs[name], values, lanes) ^ values[name]) & lanes & ~held_in.get(name, 0)
        if flips:
            moves[name] = flips
    return moves


def _held_lanes(network: BooleanNetwork, trials: list[tuple[str, ...]]) -> dict[str, int]:
    """For each species the trials that hold it."""
    lanes: dict[str, bytearray] = {}
    for index, trial in enumerate(trials):
        for name in trial:
            row = lanes.setdefault(name, bytearray(len(trials) // 8 + 1))
            row[index >> 3] |= 1 << (index & 7)
    found = {name: int.from_bytes(row, "little") for name, row in lanes.items()}
    for helper, agent in network.hidden.items():
        if agent in found:
            found[helper] = found[agent]
    return found


def _upstream(network: BooleanNetwork, species: str) -> list[str]:
    """All species that can act on *species*, however far away, in file order."""
    found, stack = {species}, [species]
    while stack:
        for name in network.regulators[stack.pop()]:
            if name not in found:
                found.add(name)
                stack.append(name)
    return [name for name in network.species if name in found]


# --- what a scenario adds ------------------------------------------------------------------------------------------


def _named(pathway: Pathway, prepared: Prepared, name: str) -> str:
    """The id of the species, or of the scenario's drug or alteration, that *name* means."""
    try:
        return pathway.find_species(name)
    except UnknownName:
        for find in (pathway.find_drug, pathway.find_alteration):
            try:
                agent = find(name)
            except UnknownName:
                continue
            if agent in prepared.treated.species:
                return agent
        raise


class _Options(TypedDict):
    """What `explain` can be told about a state."""

    shares: Mapping[str, float]
    frozen: frozenset[str]
    age: Mapping[str, int]


def _situation(prepared: Prepared, time: str) -> tuple[BooleanNetwork, Mapping[str, int], _Options]:
    """The network that rules at *time*, the state that it has settled in, and how it came there."""
    course = follow(prepared)
    runs = [course.before]
    if prepared.has_treatment and time != "before":
        runs += [course.early] if time == "early" else [course.early, course.late]
    network = prepared.untreated if len(runs) == 1 else prepared.treated
    settled = runs[-1]
    options = _Options(
        shares=average(network, settled.cycle),
        frozen=network.slow if len(runs) == 2 else frozenset(),
        age=_age(network, runs),
    )
    return network, unpacked(network, settled.end), options


def _age(network: BooleanNetwork, runs: Iterable[Settled]) -> dict[str, int]:
    """For each species the step at which it last changed on the way to the state that is explained."""
    states = [state for settled in runs for state in settled.states[: settled.entry + 1]]
    age = dict.fromkeys(network.species, 0)
    for step, (previous, state) in enumerate(pairwise(states), start=1):
        age |= {name: step for name, _ in differences(network, previous, state)}
    return age
