"""Why a set of changes fails to bring a species to a value in all minimal trap spaces, told as a lesson for other sets.

**The question.** A set fails where some trap space has within it none that has the value. Which other sets fail for the
same reason?

**The idea.** Two programs look: one for a trap space with the value in a given region, one for a minimal trap space
with another value, which is such a region. Where the first finds none, the solver says which of what it was told it has
used: which changes are made, which are not made, and which borders of the region. (Riva et al. 2023, arXiv:2305.02442,
learn from counterexamples in the same way.)

**Why it is exact.** What was not used is no part of the proof. Whatever else is changed, a set that agrees with what
was used fails as well.

**What it costs.** Two questions to clingo for a set, and `SHAKES` more in which a proof is made smaller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from her2cli.expression import And, Expression, fold, variables
from her2cli.logic.ends.answer_sets import derive
from her2cli.logic.network.meaning import literal
from her2cli.logic.network.planes import bits

if TYPE_CHECKING:
    from clingo.backend import Backend

SHAKES = 4  # how often a proof is looked for anew among what the one before it used: each time it needs less

Held: TypeAlias = tuple[str, int]
Possible: TypeAlias = Mapping[str, tuple[Expression, Expression]]  # `meaning.possible` of each rule
Space = Mapping[str, int | None]  # None: free
_May: TypeAlias = "dict[str, tuple[int, int]]"
_Support: TypeAlias = "tuple[int, frozenset[str]] | None"  # how many of its species are new; None: nothing forces it


@dataclass(frozen=True, slots=True)
class Lesson:
    """Each set fails that has all changes *needed* and none that is *touching*: bits are changes."""

    needed: int
    touching: int


class Refutation:
    """One question, with what its proofs have used so far: changes that were of use before are preferred."""

    def __init__(
        self, possible: Possible, switches: Set[str], changes: Sequence[Held], species: str, value: int
    ) -> None:
        self.possible, self.switches, self.changes = possible, switches, changes
        self.species, self.value = species, value
        self.used: Counter[int] = Counter()
        self.of: dict[str, list[int]] = {}
        for number, (name, _) in enumerate(changes):
            self.of.setdefault(name, []).append(number)

    @cached_property
    def _region(self) -> _Region:
        return _Region(self.possible, self.switches, self.changes, self.species, self.value)

    @cached_property
    def _spaces(self) -> Spaces:
        return Spaces(self.possible, self.switches, self.changes, self.species, self.value)

    def lesson(self, picked: Sequence[int], *, thorough: bool = False) -> Lesson | None:
        """Why the set *picked* fails, None where it does not; with more work, *thorough*, more is learned."""
        order = sorted(range(len(self.changes)), key=lambda number: -self.used[number])
        proof = self._region.proof(picked, {}, order, thorough)
        if proof is not None:
            found = self._told(picked, {}, *proof)
        else:
            space = self._spaces.against(picked)
            if space is None:
                return None
            proof = self._region.proof(picked, space, order, thorough)
            assert proof is not None, "a minimal trap space has none within it"
            found = self._told(picked, space, *proof)
            if space[self.species] is not None:  # then it is enough that this value holds itself
                other = self._told(picked, space, (self.species,), (), ())
                found = min(found, other, key=lambda each: (each.touching.bit_count(), each.needed.bit_count()))
        self.used.update(bits(found.touching))
        return found

    def _told(
        self, picked: Sequence[int], space: Space, borders: Iterable[str], made: Iterable[int], unmade: Iterable[int]
    ) -> Lesson:
        """The lesson of a proof within *borders* of *space*, and of what keeps these: of each a few that force it."""
        held = {self.changes[number][0]: number for number in picked}
        needed, touching = set(made), set(unmade)
        core = dict.fromkeys(borders)
        stack = list(core)
        while stack:
            name = stack.pop()
            if name in held:
                needed.add(held[name])
                continue
            touching.update(number for number in self.of.get(name, ()) if self.changes[number][1] != space[name])
            if name not in self.switches:
                value = space[name]
                assert value is not None, "a border is fixed"
                for other in sorted(support(self.possible[name], value, space, core)):
                    if other not in core:
                        core[other] = None
                        stack.append(other)
        for number in needed:  # a species that is held cannot be held otherwise
            touching.difference_update(self.of[self.changes[number][0]])
        return Lesson(sum(1 << number for number in needed), sum(1 << number for number in touching))


def support(halves: tuple[Expression, Expression], value: int, space: Space, at_hand: Container[str]) -> frozenset[str]:
    """A small set of species whose values in *space* force a rule to *value*; those *at_hand* cost nothing."""
    free: _Support = (0, frozenset())

    def var(text: str) -> _Support:
        """What shuts the possibility out."""
        name = text[1:]
        fixed = space[name]
        shut = fixed is not None and literal(name, fixed) != text
        return (int(name not in at_hand), frozenset((name,))) if shut else None

    forced: _Support = fold(
        halves[1 - value],
        var=var,
        const=lambda given: None if given else free,
        negated=lambda part: part,  # there are none
        joined=lambda kind, parts: _least(parts) if kind is And else _all(parts),
    )
    assert forced is not None, "a minimal trap space has every value that a rule gives in it"
    return forced[1]


def _least(options: Sequence[_Support]) -> _Support:
    return min((each for each in options if each is not None), key=lambda each: (each[0], len(each[1])), default=None)


def _all(parts: Sequence[_Support]) -> _Support:
    known = [each for each in parts if each is not None]
    if len(known) < len(parts):
        return None
    return sum(cost for cost, _ in known), frozenset().union(*(names for _, names in known))


class Spaces:
    """The program whose answer sets are the minimal trap spaces, under changes that are put on and off."""

    def __init__(
        self, possible: Possible, switches: Set[str], changes: Sequence[Held], species: str, value: int
    ) -> None:
        import clingo  # machine code that only such questions need

        self.control = clingo.Control(["1", "--warn=none"])
        self.false = clingo.TruthValue.False_
        with self.control.backend() as backend:
            self.on = [backend.add_atom() for _ in changes]
            for atom in self.on:
                backend.add_external(atom, self.false)
            self.may, unheld = _spaces(backend, possible, switches, changes, self.on)
            for name, (off, on) in self.may.items():
                if name in switches:
                    continue
                backend.add_rule([off, on])
                for atom, given in zip((off, on), _given(backend, possible[name], self.may), strict=True):
                    backend.add_rule([atom], [given, *unheld.get(name, ())])
            backend.add_rule([], [-self.may[species][1 - value]])
        self.put_on: set[int] = set()

    def against(self, picked: Sequence[int]) -> Space | None:
        """A minimal trap space under the changes *picked* in which the species may have the other value, if any has."""
        for number in self.put_on.symmetric_difference(picked):
            self.control.assign_external(self.on[number], number in picked)
        self.put_on = set(picked)
        with self.control.solve(yield_=True) as models:
            for model in models:
                true = model.is_true
                return {name: (None if true(off) else 1) if true(on) else 0 for name, (off, on) in self.may.items()}
        return None


class _Region:
    """The program for a trap space that has the value, within a region and under changes that are assumed."""

    def __init__(
        self, possible: Possible, switches: Set[str], changes: Sequence[Held], species: str, value: int
    ) -> None:
        import clingo

        # Lemmas (8) are forgotten after each proof: one stands for all changes that its proof needed, and a later proof
        # that makes use of it would need them, too.
        self.control = clingo.Control(["1", "--warn=none", "--forget-on-step=8"])
        with self.control.backend() as backend:
            self.made = [backend.add_atom() for _ in changes]
            if self.made:
                backend.add_rule(self.made, choice=True)
            self.may, unheld = _spaces(backend, possible, switches, changes, self.made)
            for atom, (name, held) in zip(self.made, changes, strict=True):
                backend.add_rule([], [atom, self.may[name][1 - held]])
            for name, (off, on) in self.may.items():
                if name in switches:
                    continue
                backend.add_rule([off, on], choice=True)
                backend.add_rule([], [-off, -on])
                for atom, given in zip((off, on), _given(backend, possible[name], self.may), strict=True):
                    backend.add_rule([], [given, *unheld.get(name, ()), -atom])
        self.goal = -self.may[species][1 - value]

    def proof(
        self, picked: Sequence[int], region: Space, order: Sequence[int], thorough: bool
    ) -> tuple[list[str], list[int], list[int]] | None:
        """That there is none: the borders, changes made, and changes not made that it rests on; None if there is one.

        What is assumed first is used first: changes not made in *order*, and those that are made last of all, as a
        proof without them speaks of more sets.
        """
        borders = {-self.may[name][1 - value]: name for name, value in region.items() if value is not None}
        unmade = {-self.made[number]: number for number in order if number not in picked}
        made = {self.made[number]: number for number in picked}
        core = self._core([self.goal, *borders, *unmade, *made])
        if core is None:
            return None
        for turn in range(SHAKES):
            others = [each for each in core if each not in made]
            others = others[::-1] if turn % 2 == 0 else [*others[1::2], *others[::2]]
            less = self._core([*others, *(each for each in core if each in made)])
            assert less is not None, "it was a proof before"
            stable, core = len(less) == len(core), less
            if stable and turn:
                break
        if thorough:
            rank = {each: place for place, each in enumerate((self.goal, *borders, *unmade, *made))}
            core.sort(key=lambda each: rank[each])
            for each in core[::-1]:
                if each != self.goal and each in core:
                    fewer = self._core([other for other in core if other != each])
                    if fewer is not None:
                        core = fewer
        return (
            [borders[each] for each in core if each in borders],
            [made[each] for each in core if each in made],
            [unmade[each] for each in core if each in unmade],
        )

    def _core(self, assumed: Sequence[int]) -> list[int] | None:
        """Those of *assumed* that rule a trap space out, in this order; None where there is one."""
        with self.control.solve(assumptions=assumed, yield_=True) as handle:
            if handle.get().satisfiable:
                return None
            core = set(handle.core())
        return [each for each in assumed if each in core]


def _spaces(
    backend: Backend, possible: Possible, switches: Set[str], changes: Sequence[Held], atoms: Sequence[int]
) -> tuple[_May, dict[str, list[int]]]:
    """For each species the atoms that it may be off and on, which *changes* set; and what says that none holds it."""
    may = {name: (backend.add_atom(), backend.add_atom()) for name in (*possible, *sorted(switches))}
    unheld: dict[str, list[int]] = {}
    for atom, (name, value) in zip(atoms, changes, strict=True):
        backend.add_rule([may[name][value]], [atom])
        unheld.setdefault(name, []).append(-atom)
    for name in sorted(switches):
        backend.add_rule([may[name][0]], unheld.get(name, ()))
    return may, unheld


def _given(backend: Backend, halves: tuple[Expression, Expression], may: _May) -> tuple[int, int]:
    """Atoms that the rule of *halves* may be off and on."""
    names = dict.fromkeys(each for half in halves for each in variables(half))  # in order: a run is as the one before
    literals = {each: (0, may[each[1:]][int(each[0])]) for each in names}
    found = (backend.add_atom(), backend.add_atom())
    for half, atom in zip(halves, found, strict=True):
        derive(backend, half, 1, atom, literals, dual=True)
    return found
