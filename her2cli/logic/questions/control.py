"""Which smallest sets of changes bring a species to a value wherever the network ends: in all minimal trap spaces.

A set works if no minimal trap space of the changed network leaves the species another value. The sets are found as
hitting sets. Some minimal trap space shows of each set that fails why it does, and it goes on being one, whatever
changes are made that do not touch it: so of all further sets those are left out that make only such changes. One
answer-set program picks the smallest set that is left, another looks for a minimal trap space against it, and both
keep what they have learned; with nothing left to pick, the answer is complete up to that size. (Counterexample-guided
search as in Riva et al. 2023, arXiv:2305.02442; minimal trap spaces are the attractors of the most-permissive
semantics, Paulevé et al. 2020, doi:10.1038/s41467-020-18112-5.)

It costs a call of the solver for each set that is tried: milliseconds, on a network of a hundred species.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from her2cli.errors import LimitError
from her2cli.expression import And, Const, Expression, fold, substitute, variables
from her2cli.logic.ends.answer_sets import derive
from her2cli.logic.network.meaning import certain
from her2cli.logic.questions.percolation import forcing_sets, percolated, readers_of

if TYPE_CHECKING:
    from clingo.backend import Backend

TRIES_LIMIT = 200_000  # sets that are looked at: minutes

Space = Mapping[str, int | None]  # None: free
_Support: TypeAlias = "tuple[int, frozenset[str]] | None"  # how many of its species are new; None: nothing forces it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that can be done to a network: a species that is held, or a switch that is put on."""

    name: str
    species: str
    value: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """The smallest sets of changes, each as numbers of changes; `complete` says whether all up to that size are here.

    Where not all could be proven, `uncertain` names the species whose rules three-valued evaluation cannot decide; what
    is here is right all the same.
    """

    sets: tuple[tuple[int, ...], ...]
    size: int
    tried: int
    uncertain: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.uncertain


def controls(
    rules: Mapping[str, Expression],
    species: str,
    value: int,
    changes: Sequence[Change],
    *,
    size: int,
    switches: Iterable[str] = (),
    told: Callable[[int], None] | None = None,
) -> Controls:
    """All smallest sets of at most *size* of *changes* after which *species* is at *value* in all minimal trap spaces.

    *switches* are species that are off unless a change puts them on, and *rules* have no rule for them. *told* hears
    how many sets were tried. A rule that three-valued evaluation cannot decide and that is too large to be rewritten
    leaves the answer sound, not complete: a set counts only where constants alone lead to the value.

    Raises `LimitError` for more than `TRIES_LIMIT` sets to try.
    """
    off = frozenset(switches)
    rules = _with_constants(rules, {change.species for change in changes})
    exact, uncertain = _exact(rules)
    search = _Search(exact, species, value, changes, off, bool(uncertain))
    return Controls(
        sets=tuple(search.run(size, told)), size=size, tried=search.tried, uncertain=tuple(sorted(uncertain))
    )


def _exact(rules: Mapping[str, Expression]) -> tuple[dict[str, Expression], list[str]]:
    """Rules of the same meaning of which three-valued evaluation is exact, and the names of those that have none."""
    exact: dict[str, Expression] = {}
    uncertain: list[str] = []
    for name, rule in rules.items():
        try:
            exact[name] = certain(rule)
        except LimitError:
            exact[name] = rule
            uncertain.append(name)
    return exact, uncertain


def _with_constants(rules: Mapping[str, Expression], changeable: Set[str]) -> dict[str, Expression]:
    """*rules* in which what no change can touch and is constant stands as a constant."""
    found = dict(rules)
    readers = readers_of(rules)
    known = [name for name, rule in rules.items() if isinstance(rule, Const) and name not in changeable]
    while known:
        constants = {name: found[name] for name in known}
        touched = dict.fromkeys(reader for name in known for reader in readers.get(name, ()))
        known = []
        for name in touched:
            if not isinstance(found[name], Const):
                found[name] = substitute(found[name], constants)
                if isinstance(found[name], Const) and name not in changeable:
                    known.append(name)
    return found


class _Search:
    """One question, with the two programs and what they have learned."""

    def __init__(
        self,
        rules: Mapping[str, Expression],
        species: str,
        value: int,
        changes: Sequence[Change],
        switches: frozenset[str],
        doubtful: bool,
    ) -> None:
        self.rules, self.species, self.value = rules, species, value
        self.changes, self.switches, self.doubtful = changes, switches, doubtful
        self.tried = 0

    @cached_property
    def spaces(self) -> _Spaces:
        return _Spaces(self.rules, self.switches, self.changes, self.species, self.value)

    @cached_property
    def picker(self) -> _Picker:
        return _Picker(self.rules, self.switches, self.changes, self.species, self.value)

    def run(self, size: int, told: Callable[[int], None] | None) -> list[tuple[int, ...]]:
        found: list[tuple[int, ...]] = []
        if self._is_so_anyway():
            return [()]
        for count in range(1, min(size, len(self.changes)) + 1):
            for picked in self._forcing(count, found):
                self.tried += 1
                found.append(picked)
                self.picker.found(picked)
            learned = True
            while learned:
                learned = False
                begin = len(found)
                with self.picker.picked(count) as every:
                    for picked in every:
                        self.tried += 1
                        if self.tried > TRIES_LIMIT:
                            raise LimitError(f"more than {TRIES_LIMIT:,} sets are to be tried; ask for smaller ones")
                        if told:
                            told(self.tried)
                        against = self.spaces.against(picked)
                        if against is None and not (self.doubtful and not self._percolates(picked)):
                            found.append(picked)
                            continue
                        learned = True  # which may speak against the next ones, too: they are picked anew
                        break
                for each in found[begin:]:
                    self.picker.found(each)
                if learned and against is not None:
                    self.picker.learn(*self._lesson(against, picked))
                elif learned:
                    self.picker.learn((), picked, exactly=True)
        return found

    def _is_so_anyway(self) -> bool:
        """Whether no change is needed; where one is, why is learned."""
        if self._percolates(()):
            return True
        against = self.spaces.against(())
        if against is not None:
            self.picker.learn(*self._lesson(against, ()))
        return against is None and not self.doubtful

    def _forcing(self, count: int, found: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
        """The sets of *count* changes that hold none *found* before and need no solver, as most that work do."""
        smaller = set(found)
        held = [(change.species, change.value) for change in self.changes]
        for picked in forcing_sets(self.rules, self.switches, held, count, (self.species, self.value)):
            if not any(part in smaller for size in range(count) for part in combinations(picked, size)):
                yield picked

    def _percolates(self, picked: Sequence[int]) -> bool:
        held = {self.changes[number].species: self.changes[number].value for number in picked}
        held = dict.fromkeys(self.switches, 0) | held
        return percolated(self.rules, held).get(self.species) == self.value

    def _lesson(self, space: Space, picked: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Which changes touch *space*, a minimal trap space under *picked*, and which of *picked* it needs.

        A set that has those that it needs and none that touch it fails as *picked* does. What it takes is the core of
        the space: the species itself; of each of the core that is fixed, a few that force it; of each that keeps
        changing, all that its rule reads. What is fixed in the core holds itself, so it is a trap space; and what keeps
        changing in it depends on nothing outside, so it goes on as it does, in a minimal trap space of the whole.
        """
        held = {self.changes[number].species: number for number in picked}
        core = {self.species: None}
        stack = [self.species]
        needed = []
        while stack:
            name = stack.pop()
            if name in held:
                needed.append(held[name])
            elif name not in self.switches:
                value = space[name]
                rule = self.rules[name]
                for other in variables(rule) if value is None else _support(rule, value, space, core):
                    if other not in core:
                        core[other] = None
                        stack.append(other)
        touching = [
            number
            for name in core
            for number in self._changes_of.get(name, ())
            if self.changes[number].value != space[name]
        ]
        return tuple(touching), tuple(sorted(needed))

    @cached_property
    def _changes_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, change in enumerate(self.changes):
            found.setdefault(change.species, []).append(number)
        return found


def _support(rule: Expression, value: int, space: Space, at_hand: Container[str]) -> frozenset[str]:
    """A small set of species whose values in *space* force *rule* to *value*; those *at_hand* cost nothing."""
    free: _Support = (0, frozenset())

    def var(name: str) -> tuple[_Support, _Support]:
        """Of a part, here and below: what forces it off, and what forces it on."""
        fixed, own = space[name], (int(name not in at_hand), frozenset((name,)))
        return own if fixed == 0 else None, own if fixed == 1 else None

    def joined(kind: object, parts: list[tuple[_Support, _Support]]) -> tuple[_Support, _Support]:
        offs, ons = zip(*parts, strict=True)
        return (_least(offs), _all(ons)) if kind is And else (_all(offs), _least(ons))

    forced: _Support = fold(
        rule,
        var=var,
        const=lambda value: (None, free) if value else (free, None),
        negated=lambda part: (part[1], part[0]),
        joined=joined,
    )[value]
    assert forced is not None, "a minimal trap space has every value that a rule gives in it"
    return forced[1]


def _least(options: Sequence[_Support]) -> _Support:
    return min((each for each in options if each is not None), key=lambda each: (each[0], len(each[1])), default=None)


def _all(parts: Sequence[_Support]) -> _Support:
    known = [each for each in parts if each is not None]
    if len(known) < len(parts):
        return None
    return sum(cost for cost, _ in known), frozenset().union(*(names for _, names in known))


class _Spaces:
    """The program whose answer sets are the minimal trap spaces, under changes that are put on and off."""

    def __init__(
        self,
        rules: Mapping[str, Expression],
        switches: frozenset[str],
        changes: Sequence[Change],
        species: str,
        value: int,
    ) -> None:
        import clingo  # machine code that only such questions need

        self.control = clingo.Control(["1", "--warn=none"])
        self.false = clingo.TruthValue.False_
        names = (*rules, *sorted(switches))
        with self.control.backend() as backend:
            self.may_be = {name: (backend.add_atom(), backend.add_atom()) for name in names}
            self.on = [backend.add_atom() for _ in changes]
            made: dict[str, list[int]] = {}
            for atom, change in zip(self.on, changes, strict=True):
                backend.add_external(atom, self.false)
                backend.add_rule([self.may_be[change.species][change.value]], [atom])
                made.setdefault(change.species, []).append(-atom)
            for name in names:
                off, on = self.may_be[name]
                if name in switches:
                    backend.add_rule([off], made.get(name, []))
                    continue
                rule = rules[name]
                for held, atom in enumerate((off, on)):
                    if name in made:
                        derived = backend.add_atom()
                        derive(backend, rule, held, derived, self.may_be, dual=True)
                        backend.add_rule([atom], [derived, *made[name]])
                    else:
                        derive(backend, rule, held, atom, self.may_be, dual=True)
                backend.add_rule([off, on])
            backend.add_rule([], [-self.may_be[species][1 - value]])
        self.put_on: set[int] = set()

    def against(self, picked: Sequence[int]) -> Space | None:
        """A minimal trap space under the changes *picked* in which the species may have the other value, if any has."""
        for number in self.put_on.symmetric_difference(picked):
            self.control.assign_external(self.on[number], number in picked)
        self.put_on = set(picked)
        with self.control.solve(yield_=True) as models:
            for model in models:
                true = model.is_true
                return {name: (None if true(off) else 1) if true(on) else 0 for name, (off, on) in self.may_be.items()}
        return None


class _Picker:
    """The program that picks a set of so many changes that nothing learned speaks against.

    It picks none under which no trap space at all has the value: where the species would go on changing in the only
    one there is, no lesson has to say so.
    """

    def __init__(
        self,
        rules: Mapping[str, Expression],
        switches: frozenset[str],
        changes: Sequence[Change],
        species: str,
        value: int,
    ) -> None:
        import clingo

        self.control = clingo.Control(["0", "--warn=none", "--project=project"])
        self.at_least: dict[int, int] = {}
        places: dict[tuple[str, int], int] = {}
        with self.control.backend() as backend:
            self.atoms = [backend.add_atom() for _ in changes]
            if self.atoms:
                backend.add_rule(self.atoms, choice=True)
            for atom, change in zip(self.atoms, changes, strict=True):
                places[change.species, change.value] = atom
                other = places.get((change.species, 1 - change.value))
                if other is not None:
                    backend.add_rule([], [atom, other])
            backend.add_project(self.atoms)
            self._some_space(backend, rules, switches, changes, species, value)

    def _some_space(
        self,
        backend: Backend,
        rules: Mapping[str, Expression],
        switches: frozenset[str],
        changes: Sequence[Change],
        species: str,
        value: int,
    ) -> None:
        """There is a trap space under the changes in which the species has the value."""
        may_be = {name: (backend.add_atom(), backend.add_atom()) for name in (*rules, *sorted(switches))}
        picked: dict[str, list[int]] = {}
        for atom, change in zip(self.atoms, changes, strict=True):
            own, other = may_be[change.species][change.value], may_be[change.species][1 - change.value]
            backend.add_rule([own], [atom])
            backend.add_rule([], [atom, other])
            picked.setdefault(change.species, []).append(-atom)
        for name, (off, on) in may_be.items():
            if name in switches:
                backend.add_rule([off], picked.get(name, []))
                continue
            backend.add_rule([off, on], choice=True)
            backend.add_rule([], [-off, -on])
            for held, atom in enumerate((off, on)):
                derived = backend.add_atom()
                derive(backend, rules[name], held, derived, may_be, dual=True)
                backend.add_rule([atom], [derived, *picked.get(name, [])])
        backend.add_rule([], [may_be[species][1 - value]])

    @contextmanager
    def picked(self, count: int) -> Iterator[Iterator[tuple[int, ...]]]:
        """The sets of *count* changes that are left, one after the other; nothing is learned meanwhile."""
        for least in (count, count + 1):
            if least not in self.at_least:
                with self.control.backend() as backend:
                    self.at_least[least] = backend.add_atom()
                    backend.add_weight_rule([self.at_least[least]], least, [(atom, 1) for atom in self.atoms])
        with self.control.solve(assumptions=[self.at_least[count], -self.at_least[count + 1]], yield_=True) as models:
            yield (tuple(number for number, atom in enumerate(self.atoms) if model.is_true(atom)) for model in models)

    def learn(self, touching: Sequence[int], needed: Sequence[int], *, exactly: bool = False) -> None:
        """A set that has all of *needed* has one of *touching*; or, *exactly*, it is not *needed* itself."""
        others = [number for number in range(len(self.atoms)) if number not in needed] if exactly else touching
        with self.control.backend() as backend:
            backend.add_rule(
                [], [*(self.atoms[number] for number in needed), *(-self.atoms[number] for number in others)]
            )

    def found(self, picked: Sequence[int]) -> None:
        """No further set has all of these."""
        with self.control.backend() as backend:
            backend.add_rule([], [self.atoms[number] for number in picked])


def chain(
    rules: Mapping[str, Expression], held: Mapping[str, int], species: str, sources: Collection[str]
) -> tuple[str, ...]:
    """The shortest way, species by species, on which one of *sources* brings *species* to what it is in the end.

    The end is what constants and what is *held* lead to by themselves; where they leave *species* open, a minimal trap
    space. Each species of the way is one of a few that force the next; one that is as it is without the sources, too,
    is none of them. Empty where no source is behind it.
    """
    rules = _with_constants(rules, frozenset(sources) | held.keys())
    known = percolated(rules, held)
    when = {name: number for number, name in enumerate(known)}
    space: dict[str, int | None] = {**dict.fromkeys(rules), **known}
    if space[species] is None:
        fixed = {**rules, **{name: Const(value) for name, value in held.items()}}
        exact, _ = _exact(_with_constants(fixed, frozenset()))
        for value in (1, 0):
            space_of = _Spaces(exact, frozenset(), (), species, 1 - value).against(())
            if space_of is not None and space_of[species] == value:
                space = dict(space_of)
                break
    before: dict[str, str] = {}
    queue = [species]
    for name in queue:
        if name in sources:
            way = [name]
            while way[-1] != species:
                way.append(before[way[-1]])
            return tuple(way)
        forced = space[name]
        if forced is None or name in held:
            continue
        seen = space
        if name in when:  # what came later cannot have forced it: a loop that holds itself is no reason
            seen = {each: space[each] if when.get(each, len(when)) < when[name] else None for each in space}
        for other in sorted(_support(rules[name], forced, seen, sources)):
            if other not in before and other != species:
                before[other] = name
                queue.append(other)
    return ()
