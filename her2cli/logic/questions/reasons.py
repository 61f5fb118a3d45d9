"""Why a species is on or off: the reasons, down to inputs, drugs and alterations, and what would flip it.

A reason is the smallest set of regulators that forces the value. How a network comes to its state is in `simulation`,
where it goes when species are held in `flips`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, pairwise, product
from math import prod
from typing import NamedTuple

from her2cli.errors import AmbiguousName, UnknownName
from her2cli.expression import Const, Var, evaluate, parse, run, substitute, text, variables
from her2cli.logic.network import BooleanNetwork, is_input, pathway_rules
from her2cli.logic.network.meaning import acting, decided, forcing_among
from her2cli.logic.network.planes import bits
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.flips import Trial, ends, upstream_of
from her2cli.logic.questions.simulation import edges_behind, given, stepped, visible
from her2cli.logic.questions.sweeps import sweep
from her2cli.logic.runs.synchronous import Settled, differences, shares_of_time, unpacked
from her2cli.model import Edge, Part, Pathway, Rule, Scenario
from her2cli.recent import recent

TRIAL_LIMIT = 30_000  # sets of changes that are tried at once, a fraction of a second for a hundred species
SIZE_LIMIT = 3
DOUBTFUL, KINDS_TRIED = 10, 24  # what is drawn by chance in a cell, and kinds of cell, that are looked through


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one species has its value: what its rule needed, and in turn the reasons for that.

    `kind` is `rule` where `because` forces the value through the rule, whatever the other regulators do; `constant`
    where the rule is always 0 or always 1; `input`, `drug`, `alteration`, `ligand`, `clamp` where the value was given;
    `slow` where the species has not had time to follow its rule, or where the rule changes too fast for it, with the
    changing regulators as `because`. Where the network cycles, `throughout` says that what keeps still does not force
    the value, but that `because`, some of which changes, does at every moment of the cycle; `cycle` that the species
    itself keeps changing, with the changing regulators that can act on it as `because`. `loop` where the species is
    itself being explained further up, so that the species in `loop` keep each other at their value or changing; `again`
    where it is explained elsewhere in the same tree.
    """

    species: str
    value: float  # 0 or 1; the share of a cycle in which it is on, for the kind `cycle`
    kind: str
    rule: str = ""
    edges: tuple[Edge, ...] = ()  # by which the regulators in `because` act
    because: tuple[Reason, ...] = ()
    loop: tuple[str, ...] = ()
    # No smaller set does, for the kind `rule` of those that keep still; below what cycles, each has an effect. False
    # where this is not proven.
    smallest: bool = True
    note: str = ""  # of the rule
    evidence: tuple[str, ...] = ()  # of the rule
    parts: tuple[tuple[Part, int], ...] = ()  # of the rule, by which `because` forces the value, and what each is

    def within(self) -> Iterator[Reason]:
        """It, and the reasons for that, and so on."""
        waiting = [self]
        while waiting:
            reason = waiting.pop()
            yield reason
            waiting += reason.because


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrary:
    """The smallest changes after which a species keeps `value`: sets of species with the value to hold each at.

    Each set is applied to the settled state, in a cycle to its first, and held; then the network settles again. What
    keeps still is held at its other value, what changes at either. `size` is the largest size that was searched, all
    smaller ones included; nothing was found where `sets` is empty.
    """

    value: int
    sets: tuple[Trial, ...]
    size: int
    tried: tuple[str, ...]  # the species of which the sets were made
    unsearched: int = 0  # sets of up to that size whose runs were too long to be followed

    @property
    def candidates(self) -> int:
        """Of how many species the sets were made."""
        return len(self.tried)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The answer of `explain_scenario`.

    The contraries are one, of the other value; for a species that keeps changing two, of on and of off.
    """

    scenario: Scenario
    species: str
    time: str
    value: float
    reason: Reason
    from_inputs: tuple[Contrary, ...]  # by inputs, ligands, drugs, alterations and clamps
    from_species: tuple[Contrary, ...]  # by holding any species
    # By holding one species, at whatever value, from the treatment on; those that `from_species` has are left out.
    from_treatment: tuple[Contrary, ...] = ()


def explain_scenario(
    pathway: Pathway, scenario: Scenario, species: str, *, time: str = "late", cell: Mapping[str, int] | None = None
) -> Explanation:
    """Why *species* is on or off in *scenario* before the treatment, early or late under it, and what would flip it.

    In which the cells of a culture differ (`BooleanNetwork.chances`) is as in *cell*, and as the network has it where
    that says nothing. Raises `UnknownName` for a species that the pathway does not have, and as `prepare` does.
    """
    prepared = in_cell(prepare(pathway, scenario), cell or {})
    name = _named(pathway, prepared, species)
    there = _situation(prepared, time)
    network, frozen = there.network, bool(there.frozen)
    rules = pathway_rules(pathway)
    inputs = {*network.held, *(name for name in rules if is_input(name, rules[name], pathway.edges_into(name)))}
    search = partial(contraries, network, there.state, name, shares=there.shares, frozen=frozen)
    return Explanation(
        scenario=prepared.scenario,
        species=name,
        time=time,
        value=there.shares[name],
        reason=_Explainer(there, pathway.rules).tree(name),
        from_inputs=search(among=inputs),
        from_species=(from_species := search()),
        from_treatment=_from_treatment(prepared, name, from_species) if time == "late" else (),
    )


@recent(KINDS_TRIED + 8)  # of each the steps are kept, too: other species are asked about in the same ones
def in_cell(prepared: Prepared, cell: Mapping[str, int]) -> Prepared:
    """*prepared* for one kind of cell: what is drawn by chance is as *cell* says."""
    untreated, treated = prepared.untreated, prepared.treated
    known = {name: value for name, value in cell.items() if name in treated.chances}
    before = {name: value for name, value in known.items() if name in untreated.chances}
    return replace(prepared, untreated=untreated.beginning(before), treated=treated.beginning(known))


def usual_cell(
    prepared: Prepared, species: str, value: int, *, time: str = "late", or_other: bool = False
) -> dict[str, int] | None:
    """The most frequent kind of cell in which *species* has *value* all the time; None if none of the first few does.

    With *or_other* it is then one in which it has the other value.

    A kind is told by what is drawn by chance: the species in which the cells differ, and whether a drug that acts in a
    share of the cells acts in this one.
    """
    chances = prepared.treated.chances
    doubtful = sorted(chances, key=lambda name: abs(chances[name] - 0.5))[:DOUBTFUL]
    likely = {name: int(chance >= 0.5) for name, chance in chances.items()}
    kinds = [likely | dict(zip(doubtful, values, strict=True)) for values in product((0, 1), repeat=len(doubtful))]
    kinds.sort(key=lambda kind: -prod(chances[name] if kind[name] else 1 - chances[name] for name in doubtful))
    other = None
    for kind in kinds[:KINDS_TRIED]:
        share = _situation(in_cell(prepared, kind), time).shares[species]
        if share == value:
            return kind
        if or_other and share == 1 - value and other is None:
            other = kind
    return other


def cell_that_differs(
    here: Prepared, there: Prepared, species: str, value: int, *, times: tuple[str, str] = ("late", "late")
) -> dict[str, int] | None:
    """A frequent kind of cell in which *species* has *value* *here*, and the other one *there*, both all the time.

    It is the most frequent of a few of the cells that differ so when they are swept; where none of these keeps still,
    the one in which the time with *value* differs most. None where there is no such cell.
    """
    swept = [sweep(each)[time] for each, time in zip((here, there), times, strict=True)]
    differ = swept[0][species] & ~swept[1][species] if value else swept[1][species] & ~swept[0][species]
    chances = {**there.treated.chances, **here.treated.chances}
    drawn = {**swept[1], **swept[0]}
    kinds = [{name: drawn[name] >> place & 1 for name in chances} for place in bits(differ)]
    kinds.sort(key=lambda kind: -prod(chances[name] if on else 1 - chances[name] for name, on in kind.items()))
    best, found = 0.0, None
    for kind in kinds[:KINDS_TRIED]:
        one, other = (
            _situation(in_cell(each, kind), time).shares[species]
            for each, time in zip((here, there), times, strict=True)
        )
        apart = one - other if value else other - one
        if apart > best:
            best, found = apart, kind
        if apart == 1:
            break
    return found


def _from_treatment(prepared: Prepared, name: str, known: Iterable[Contrary]) -> tuple[Contrary, ...]:
    """The single species that do it when they are held from the treatment on, and do not when they are held later."""
    if not prepared.has_treatment:
        return ()
    network = prepared.treated
    state = given(prepared, stepped(prepared).before.moments[0])
    candidates = tuple(each for each in upstream_of(network, name) if each != name and each not in network.hidden)
    trials = [((each, value),) for each in candidates for value in (1, 0)]
    if len(trials) > TRIAL_LIMIT:
        return ()
    end = ends(network, state, name, trials)
    found = []
    for each in known:
        sets = {frozenset(trial) for trial in each.sets}
        lanes = end.on if each.value else end.off
        more = tuple(trials[index] for index in bits(lanes) if frozenset(trials[index]) not in sets)
        found.append(Contrary(value=each.value, sets=more, size=1, tried=candidates))
    return tuple(found)


def reasons(pathway: Pathway, prepared: Prepared, names: Iterable[str]) -> tuple[Reason, ...]:
    """The reasons alone for the late values of *names*, which are ids."""
    explainer = _Explainer(_situation(prepared, "late"), pathway.rules)
    return tuple(explainer.tree(name) for name in names)


class _Situation:
    """The states in which a network has settled, and how it came there."""

    def __init__(
        self,
        network: BooleanNetwork,
        cycle: tuple[int, ...],
        shares: Mapping[str, float],  # of the time
        frozen: frozenset[str] = frozenset(),  # the species that keep their value
        age: Mapping[str, int] | None = None,  # the step at which each took its value: of equal reasons, the older
    ) -> None:
        self.network, self.cycle, self.shares, self.frozen, self.age = network, cycle, shares, frozen, age or {}
        self.state = unpacked(network, cycle[0])
        self._indices = {name: index for index, name in enumerate(network.species)}

    def changes(self, name: str) -> bool:
        return 0 < self.shares[name] < 1

    def states(self, names: Iterable[str]) -> list[dict[str, int]]:
        """The different values that *names* have together in the course of the cycle."""
        columns = [(name, self._indices[name]) for name in names]
        mask = sum(1 << index for _, index in columns)
        return [
            {name: state >> index & 1 for name, index in columns}
            for state in dict.fromkeys(state & mask for state in self.cycle)
        ]


class _Explainer:
    """Trees of reasons. They are built without recursion, since a chain may be as long as the network."""

    def __init__(self, there: _Situation, rules: Mapping[str, Rule]) -> None:
        self.there, self.network, self.rules = there, there.network, rules
        self._found: dict[str, _Found] = {}

    def tree(self, root: str) -> Reason:
        path = [_Branch(root, self._regulators(root))]
        above = {root: 0}  # the species on the path, with their depth
        seen = {root}
        while True:
            branch = path[-1]
            if branch.todo:
                name = branch.todo.pop()
                if name in seen:
                    loop = tuple(each.species for each in path[above[name] :]) if name in above else ()
                    branch.because.append(self._known(name, loop))
                else:
                    seen.add(name)
                    above[name] = len(path)
                    path.append(_Branch(name, self._regulators(name)))
                continue
            reason = self._reason(branch)
            path.pop()
            del above[branch.species]
            if not path:
                return reason
            path[-1].because.append(reason)

    def _regulators(self, name: str) -> _Found:
        if name not in self._found:
            self._found[name] = self._found_for(name)
        return self._found[name]

    def _found_for(self, name: str) -> _Found:
        there, state, rule = self.there, self.there.state, self.network.rules[name]
        if rule == Var(name) and name in self.network.inputs:
            return _Found(self.network.held.get(name, "input"))
        if isinstance(rule, Const):
            return _Found(self.network.held.get(name, "constant"))
        regulators = self.network.regulators[name]
        still = [other for other in regulators if not there.changes(other)]
        if there.changes(name):
            return self._moved(name, still, "cycle")
        forced = forcing_among(rule, [state], still, age=there.age)
        if forced:
            if run(self.network.programs[name], state) != state[name]:
                return _Found("slow")
            names, smallest = forced
            told = visible(self.network, names, name)
            return _Found("rule" if told else "input" if names else "constant", told, smallest)
        states = there.states(regulators)
        if all(evaluate(rule, each) == state[name] for each in states):
            forced = forcing_among(rule, states, regulators, age=there.age)
            names, smallest = forced or (regulators, False)
            return _Found("throughout", visible(self.network, names, name), smallest)
        return self._moved(name, still, "slow")

    def _moved(self, name: str, still: Iterable[str], kind: str) -> _Found:
        """The changing regulators of *name* that have an effect, those that keep *still* being as they are."""
        known = {other: Const(self.there.state[other]) for other in still}
        return _Found(kind, *acting(substitute(self.network.rules[name], known)))

    def _value(self, name: str) -> float:
        return self.there.shares[name] if self.there.changes(name) else self.there.state[name]

    def _known(self, name: str, loop: tuple[str, ...]) -> Reason:
        """A species that the tree has already: further up, which makes a *loop*, or elsewhere."""
        found = self._regulators(name)
        kind = "loop" if loop else "again" if found.regulators else found.kind
        return Reason(species=name, value=self._value(name), kind=kind, loop=loop)

    def _told(self, name: str) -> str:
        """The rule of *name* as it is told: an input that stands for a part of a drug's actions is the drug."""
        rule, hidden = self.network.rules[name], self.network.hidden
        inner = {each: Var(hidden[each]) for each in self.network.regulators[name] if each in hidden}
        told = text(substitute(rule, inner) if inner else rule)
        for agent in dict.fromkeys(hidden[each] for each in inner):
            for word in ("and", "or"):  # the drug, and its part that acts in fewer or more cells, are the drug
                told = told.replace(f"({agent} {word} {agent})", agent).replace(
                    f" {agent} {word} {agent} ", f" {agent} "
                )
        return told

    def _reason(self, branch: _Branch) -> Reason:
        name, found = branch.species, branch.found
        own = found.kind in {"rule", "throughout", "cycle", "slow", "constant"}
        rule = self.rules.get(name) if own else None
        return Reason(
            species=name,
            value=self._value(name),
            kind=found.kind,
            rule=self._told(name) if own else "",
            edges=edges_behind(self.network, [reason.species for reason in branch.because], name),
            because=tuple(branch.because),
            smallest=found.smallest,
            note=" ".join((rule.note, *map(str, rule.parts))).strip() if rule else "",
            evidence=rule.evidence if rule else (),
            parts=parts_behind(rule, self.there.state, found.regulators) if rule and found.kind == "rule" else (),
        )


def parts_behind(rule: Rule, state: Mapping[str, int], regulators: Iterable[str]) -> tuple[tuple[Part, int], ...]:
    """By which parts of *rule* the values that *regulators* have in *state* force its own, and what each part is.

    None where they do so past the parts, as a drug does that acts on the species itself.
    """
    if not rule.parts:
        return ()
    known = {name: state[name] for name in regulators}
    for part in rule.parts:
        if (value := decided(parse(part.text), known)) is not None:
            known[part.name] = value
    written, names = parse(rule.written), {part.name for part in rule.parts}
    value = decided(written, known)
    if value is None or value != evaluate(parse(rule.text), state):
        return ()
    forced = forcing_among(written, [dict.fromkeys(variables(written), 0) | known], known)
    chosen = names.intersection(forced[0]) if forced else ()
    return tuple((part, known[part.name]) for part in rule.parts if part.name in chosen)


class _Found(NamedTuple):
    """The kind of reason, the regulators that it rests on, and whether they are proven fewest."""

    kind: str
    regulators: tuple[str, ...] = ()
    smallest: bool = True


class _Branch:
    """A reason that is being put together."""

    def __init__(self, species: str, found: _Found) -> None:
        self.species, self.found = species, found
        self.todo = list(reversed(found.regulators))
        self.because: list[Reason] = []


# --- what would flip it --------------------------------------------------------------------------------------------


def contraries(
    network: BooleanNetwork,
    state: Mapping[str, int],
    species: str,
    *,
    shares: Mapping[str, float] | None = None,
    among: Container[str] | None = None,
    frozen: bool = False,
) -> tuple[Contrary, ...]:
    """The smallest sets of changes to a settled *state* after which *species* keeps a value that it does not keep now.

    That is one answer, or for a species that keeps changing two: on, then off. Each has all sets of its size, what was
    given first. Sizes up to `SIZE_LIMIT` are searched as long as no more than `TRIAL_LIMIT` sets have to be tried.
    *shares* are the averages over a cycle of which *state* is the first; changes are to species in *among*, to any
    where that is None; with *frozen* slow species stay.
    """
    averages = shares or state
    candidates = [
        name
        for name in upstream_of(network, species)
        if name != species and name not in network.hidden and (among is None or name in among)
    ]
    candidates.sort(key=lambda name: name not in network.held)
    options = {name: [(name, value) for value in (1, 0) if averages[name] != value] for name in candidates}
    wanted = {value: 0 for value in (1, 0) if averages[species] != value}  # with the size that was searched
    found: dict[int, tuple[Trial, ...]] = {}
    unsearched = dict.fromkeys(wanted, 0)
    for size in range(1, min(SIZE_LIMIT, len(candidates)) + 1):
        left = [value for value in wanted if value not in found]
        if not left or any(unsearched.values()) or _count(options.values(), size) > TRIAL_LIMIT:
            break
        trials = [trial for names in combinations(options, size) for trial in product(*map(options.__getitem__, names))]
        end = ends(network, state, species, trials, frozen_slow=frozen)
        for value in left:
            wanted[value] = size
            unsearched[value] = end.unknown.bit_count()
            lanes = end.on if value else end.off
            if lanes:
                found[value] = tuple(trials[index] for index in bits(lanes))
    return tuple(
        Contrary(
            value=value, sets=found.get(value, ()), size=size, tried=tuple(candidates), unsearched=unsearched[value]
        )
        for value, size in wanted.items()
    )


def _count(options: Iterable[Sequence[object]], size: int) -> int:
    """How many sets of *size* species there are, with a value for each."""
    counts = [1, *[0] * size]
    for each in options:
        for members in range(size, 0, -1):
            counts[members] += counts[members - 1] * len(each)
    return counts[size]


# --- what a scenario adds ------------------------------------------------------------------------------------------


def _named(pathway: Pathway, prepared: Prepared, name: str) -> str:
    """The id of the species, or of the scenario's drug or alteration, that *name* means."""
    try:
        return pathway.find_species(name)
    except AmbiguousName:
        raise
    except UnknownName:
        for find in (pathway.find_drug, pathway.find_alteration):
            try:
                agent = find(name)
            except UnknownName:
                continue
            if agent in prepared.treated.species:
                return agent
        raise


def _situation(prepared: Prepared, time: str) -> _Situation:
    """What the network that rules at *time* has settled in, and how it came there."""
    course = stepped(prepared)
    runs = [course.before]
    if prepared.has_treatment and time != "before":
        runs += [course.early] if time == "early" else [course.early, course.late]
    network = prepared.untreated if len(runs) == 1 else prepared.treated
    frozen = network.slow if len(runs) == 2 else frozenset()
    ends = course.lasting[time if len(runs) > 1 else "before"]
    states = dict.fromkeys([runs[-1].end, *(state for end in ends for part in end for state in part)])
    return _Situation(network, tuple(states), shares_of_time(network, ends), frozen, _age(network, runs))


def _age(network: BooleanNetwork, runs: Iterable[Settled]) -> dict[str, int]:
    """For each species the step at which it last changed on the way to the state that is explained."""
    states = [state for settled in runs for state in settled.states[: settled.entry + 1]]
    age = dict.fromkeys(network.species, 0)
    for step, (previous, state) in enumerate(pairwise(states), start=1):
        age |= {name: step for name, _ in differences(network, previous, state)}
    return age
