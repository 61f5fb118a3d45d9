"""Which smallest sets of changes bring a species to a value wherever the network ends: in all minimal trap spaces.

**The question.** A set works if no minimal trap space of the changed network leaves the species another value. (Minimal
trap spaces are the attractors of the most-permissive semantics, Paulevé et al. 2020, doi:10.1038/s41467-020-18112-5.)
Which sets work, and have none within them that does?

**The idea.** The sets are found as a tree of hitting sets, a size at a time (Reiter 1987,
doi:10.1016/0004-3702(87)90062-2). Of a set that fails, `refutation` says which changes it takes to undo why it does; so
a larger set that has it and works has one of these, and only with them it grows. What is learned of one set counts for
all. (Lessons from counterexamples as in Riva et al. 2023, arXiv:2305.02442.)

**Why it is exact.** A set grows by every change that could mend it, and by no other. With nothing left to grow, the
answer is complete up to that size.

**What it costs.** Most sets need no solver: all of a size are looked at together, as bits of planes, and constants
alone bring the species to the value or away from it. `TRIES_LIMIT` sets are minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_

from her2cli.errors import LimitError
from her2cli.expression import Const, Expression, evaluate, variables
from her2cli.logic.network.meaning import literal, possible, possible_as_written
from her2cli.logic.network.percolation import percolated, upstream, worked_in
from her2cli.logic.network.planes import bits, planes_of
from her2cli.logic.questions.refutation import Held, Lesson, Possible, Refutation, Spaces, support

TRIES_LIMIT = 2_000_000  # sets that are looked at: minutes
_TOGETHER = 1 << 15  # sets that are looked at together


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
    acting = upstream(rules, [species])
    rules = _with_constants({name: rules[name] for name in rules if name in acting}, {each.species for each in changes})
    halves, uncertain = _possible(rules)
    search = _Search(halves, frozenset(switches), changes, species, value, bool(uncertain))
    return Controls(
        sets=tuple(search.run(size, told)), size=size, tried=search.tried, uncertain=tuple(sorted(uncertain))
    )


def _possible(rules: Mapping[str, Expression]) -> tuple[dict[str, tuple[Expression, Expression]], list[str]]:
    """When each rule may be off and on; and the names of those of which this is not exact."""
    halves: dict[str, tuple[Expression, Expression]] = {}
    uncertain: list[str] = []
    for name, rule in rules.items():
        try:
            halves[name] = possible(rule)
        except LimitError:
            halves[name] = possible_as_written(rule)
            uncertain.append(name)
    return halves, uncertain


def _with_constants(rules: Mapping[str, Expression], changeable: Set[str]) -> dict[str, Expression]:
    """*rules* in which what no change can touch and is constant stands as a constant."""
    known = percolated({name: rule for name, rule in rules.items() if name not in changeable}, {})
    return worked_in(rules, known) | {name: Const(value) for name, value in known.items()}


@dataclass(frozen=True, slots=True)
class _Node:
    """A set of the tree, and the changes that it is not to grow with, as their sets are found elsewhere."""

    numbers: tuple[int, ...]
    left_out: int


class _Search:
    """One question, with the sets that were found and what was learned from the others."""

    def __init__(
        self,
        halves: Possible,
        switches: frozenset[str],
        changes: Sequence[Change],
        species: str,
        value: int,
        doubtful: bool,
    ) -> None:
        self.halves, self.species, self.value, self.doubtful = halves, species, value, doubtful
        known = halves.keys() | switches
        places = [number for number, change in enumerate(changes) if change.species in known]
        self.places = places  # a change elsewhere has no say
        self.changes = [(changes[number].species, changes[number].value) for number in places]
        self.switches = switches & {name for name, _ in self.changes} | switches & _read(halves)
        self.refutation = Refutation(halves, self.switches, self.changes, species, value)
        self.lessons: list[Lesson] = []
        self.found: list[tuple[int, ...]] = []
        self.tried = 0

    def run(self, size: int, told: Callable[[int], None] | None) -> list[tuple[int, ...]]:
        nodes: Iterator[_Node] = iter([_Node((), 0)])
        for more in range(size, -1, -1):
            failing: list[_Node] = []
            while batch := list(islice(nodes, _TOGETHER)):
                self.tried += len(batch)
                if self.tried > TRIES_LIMIT:
                    raise LimitError(f"more than {TRIES_LIMIT:,} sets are to be tried; ask for smaller ones")
                failing += self._failing(batch, more, told)
            nodes = self._larger(failing, more)
        return [tuple(self.places[number] for number in each) for each in self.found]

    def _failing(self, batch: Sequence[_Node], more: int, told: Callable[[int], None] | None) -> list[_Node]:
        """Those of the sets that do not work and hold none that does; with *more* changes to come, why is learned."""
        sets = [node.numbers for node in batch]
        planes = planes_of(sets)
        ones = (1 << len(sets)) - 1
        alive = ones
        for found in self.found:
            alive &= ~reduce(and_, (planes.get(number, 0) for number in found), ones)
        forced = forcing_sets(self.halves, self.switches, self.changes, sets, self.species)
        works = forced[self.value] & alive
        left = alive & ~works
        if not more:
            left &= ~forced[1 - self.value]
        for lesson in self.lessons:
            left &= ~_refuted(lesson, planes, ones)
        while left:
            number = (left & -left).bit_length() - 1
            if told:
                told(self.tried)
            learned = self.refutation.lesson(sets[number], thorough=more > 1)
            if learned is not None:
                self.lessons.append(learned)
                left &= ~_refuted(learned, planes, ones)
            else:
                left &= ~(1 << number)
                if not self.doubtful:
                    works |= 1 << number
        self.found += (sets[number] for number in bits(works))
        return [batch[number] for number in bits(alive & ~works)]

    def _larger(self, failing: Sequence[_Node], more: int) -> Iterator[_Node]:
        """The sets with one change more that can come to work, of which *more* are allowed."""
        if not more:
            return
        every = (1 << len(self.changes)) - 1
        for node in failing:
            own = sum(1 << number for number in node.numbers)
            held = {self.changes[number][0] for number in node.numbers}
            free = every & ~node.left_out
            for name in held:
                free &= ~sum(1 << number for number in self.refutation.of[name])
            hit = [each.touching for each in self.lessons if not each.needed & ~own and not each.touching & own]
            if more == 1:
                grown = list(bits(reduce(and_, hit, free)))
            else:
                if hit:
                    free &= min(hit, key=lambda each: (each & free).bit_count())
                # What undoes most comes last: there, the others are left out.
                grown = sorted(bits(free), key=lambda number: sum(each >> number & 1 for each in hit))
            left_out = node.left_out
            for number in grown:
                yield _Node(tuple(sorted((*node.numbers, number))), left_out)
                left_out |= 1 << number


def forcing_sets(
    possible: Possible, switches: Iterable[str], changes: Sequence[Held], sets: Sequence[Sequence[int]], target: str
) -> tuple[int, int]:
    """Which of *sets* of changes, as their numbers, alone bring the *target* to 0, and which to 1: bit i is set i.

    *switches* are off where no change puts them on; *possible* says of each rule when it may be off and on. No set
    holds a species at both values.
    """
    ones = (1 << len(sets)) - 1
    held: dict[str, list[int]] = {}  # of each species the sets that hold it off, and those that hold it on
    for number, plane in planes_of(sets).items():
        name, value = changes[number]
        held.setdefault(name, [0, 0])[value] |= plane
    may = {literal(name, value): ones for name in possible for value in (0, 1)}
    may |= {literal(name, value): (1 - value) * ones for name in switches for value in (0, 1)}
    for name, (off, on) in held.items():
        may[literal(name, 0)] = may[literal(name, 0)] & ~on | off
        may[literal(name, 1)] = may[literal(name, 1)] & ~off | on
    readers: dict[str, list[str]] = {}
    for name, halves in possible.items():
        for source in dict.fromkeys(each[1:] for half in halves for each in variables(half)):
            readers.setdefault(source, []).append(name)
    waiting = dict.fromkeys(possible)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        off, on = held.get(name, (0, 0))
        for value, (kept, contrary) in enumerate(((off, on), (on, off))):
            key = literal(name, value)
            found = evaluate(possible[name][value], may, ones) & may[key] & ~contrary | kept
            if found != may[key]:
                may[key] = found
                waiting.update(dict.fromkeys(readers.get(name, ())))
    return ones & ~may[literal(target, 1)], ones & ~may[literal(target, 0)]


def _read(halves: Possible) -> set[str]:
    return {each[1:] for pair in halves.values() for half in pair for each in variables(half)}


def _refuted(lesson: Lesson, planes: Mapping[int, int], ones: int) -> int:
    """The sets of which the lesson speaks."""
    plane = ones
    for number in bits(lesson.needed):
        plane &= planes.get(number, 0)
    for number in bits(lesson.touching):
        plane &= ~planes.get(number, 0)
    return plane


def chain(
    rules: Mapping[str, Expression], held: Mapping[str, int], species: str, sources: Collection[str]
) -> dict[str, int]:
    """The shortest way, species by species, on which one of *sources* brings *species* to what it is in the end.

    Each with its value, so that two neighbours at the same value are one that raises and one that is raised.

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
        halves, _ = _possible(_with_constants(fixed, frozenset()))
        for value in (1, 0):
            space_of = Spaces(halves, frozenset(), (), species, 1 - value).against(())
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
            return {each: end for each in way if (end := space[each]) is not None}
        forced = space[name]
        if forced is None or name in held:
            continue
        seen = space
        if name in when:  # what came later cannot have forced it: a loop that holds itself is no reason
            seen = {each: space[each] if when.get(each, len(when)) < when[name] else None for each in space}
        for other in sorted(support(_possible({name: rules[name]})[0][name], forced, seen, sources)):
            if other not in before and other != species:
                before[other] = name
                queue.append(other)
    return {}
