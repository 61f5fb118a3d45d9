"""What of a screen has to be run: the species that change in some scenario and matter to what is counted, and one lane
for all scenarios that are the same to these.

A scenario that holds a species which nobody reads, or sets an input whose readers are all held, takes the course that
it would take without; the same events give such scenarios the same states, so one lane stands for all.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from itertools import compress
from operator import xor
from typing import Any, NamedTuple

from her2cli.errors import ScenarioError, UnknownName, shown
from her2cli.logic.network.phases import Stage, possible
from her2cli.logic.network.planes import bits, flags, planes_of, words
from her2cli.logic.network.programs import AND, Program

Held = list[tuple[int, int, int]]  # a species, the lanes in which it is held on, and those in which it is held off

_SHARING_PAYS = 3 / 4  # lanes for each scenario; with more of them, finding each scenario's counts costs what it saves


class Distinct(NamedTuple):
    """The scenarios of a screen as lanes."""

    stages: list[Stage]  # with those species alone moving that can change in some scenario
    examples: Sequence[int]  # of each lane a scenario that has it
    lane_of: Sequence[int]  # of each scenario
    held: Held  # in lanes
    possible: list[list[int]]  # for each stage, and each literal, the scenarios in which it is ever true

    @property
    def lanes(self) -> int:
        """How many there are."""
        return len(self.examples)

    @property
    def scenarios(self) -> int:
        """Of how many scenarios."""
        return len(self.lane_of)

    def varying(self, counted: Sequence[int]) -> list[list[int]]:
        """For each stage those of the species *counted* that are not the same throughout, in some scenario."""
        return [
            [species for species in counted if planes[2 * species] & planes[2 * species + 1]]
            for planes in self.possible
        ]

    def counts(
        self, tallies: Sequence[Sequence[Sequence[array[int]]]], counted: Sequence[int], replicates: int
    ) -> list[list[list[array[int]]]]:
        """In how many replicates each species *counted* is on: by stage, time, species and scenario.

        *tallies* have that of the species that `varying` names, as the example of each one's lane has it.
        """
        scenarios = len(self.lane_of)
        found = []
        for planes, tally, varying in zip(self.possible, tallies, self.varying(counted), strict=True):
            same = {
                species: _always(planes[2 * species], scenarios, replicates)
                for species in set(counted).difference(varying)
            }
            others = self._others(planes, varying)
            rows = []
            for numbers in tally:
                row = same | dict(zip(varying, numbers, strict=True))
                for species, scenario, value in others:
                    row[species][scenario] = replicates * value
                rows.append([row[species] for species in counted])
            found.append(rows)
        return found

    def _others(self, planes: Sequence[int], varying: Sequence[int]) -> list[tuple[int, int, int]]:
        """The species, and scenarios, that are the same throughout, but not what their lane is. And what they are."""
        count = len(self.lane_of)
        found: list[tuple[int, int, int]] = []
        if self.lanes == count:
            return found
        for first in range(0, len(varying), 64):
            group = varying[first : first + 64]
            own = words([planes[2 * species] & ~planes[2 * species + 1] for species in group], count)
            lane = [own[scenario] for scenario in self.examples]
            differ = list(map(xor, own, map(lane.__getitem__, self.lane_of)))
            for scenario in compress(range(count), differ):
                for place in bits(differ[scenario]):
                    found.append((group[place], scenario, own[scenario] >> place & 1))
        return found


def as_lanes(
    stages: Sequence[Stage],
    scenarios: Sequence[Mapping[str, int]],
    index: Mapping[str, int],
    counted: Sequence[int] | None = None,
) -> Distinct:
    """The lanes of *scenarios*, each of which maps the species that it holds to their values.

    Where only some species are *counted*, the others are as they must be for these.

    Raises `ScenarioError` where a value is not 0 or 1, `UnknownName` for a species that is not in *index*.
    """
    count = len(scenarios)
    held = held_in(scenarios, index)
    possible = _possible(stages, held, count)
    moved = []
    for stage, planes in zip(stages, possible, strict=True):
        moving = tuple(species for species in stage.moving if planes[2 * species] & planes[2 * species + 1])
        moved.append(stage._replace(moving=moving))
    counted = range(len(index)) if counted is None else counted
    rows, matter = _told(moved, possible, counted, count)
    moved = [
        stage._replace(moving=tuple(species for species in stage.moving if species in each))
        for stage, each in zip(moved, matter, strict=True)
    ]
    # What each scenario is to all that changes: a word, or as many as it takes.
    told = [words(rows[first : first + 64], count).tolist() for first in range(0, len(rows), 64)]
    kinds: Sequence[Any] = told[0] if len(told) == 1 else list(zip(*told, strict=True)) or [()] * count
    last = dict(zip(kinds, range(count), strict=True))
    examples: Sequence[int] = range(count)
    lane_of: Sequence[int] = examples
    if len(last) <= _SHARING_PAYS * count:
        examples = sorted(last.values())
        lane = {kinds[scenario]: number for number, scenario in enumerate(examples)}
        lane_of = list(map(lane.__getitem__, kinds))
    if len(examples) < count:
        held = held_in([scenarios[example] for example in examples], index)
    return Distinct(stages=moved, examples=examples, lane_of=lane_of, held=held, possible=possible)


def held_in(scenarios: Sequence[Mapping[str, int]], index: Mapping[str, int]) -> Held:
    """What each of *scenarios* holds, as lanes. Raises `ScenarioError` and `UnknownName` as `as_lanes` does."""
    planes = planes_of([scenario.items() for scenario in scenarios])
    for name, value in planes:
        if not isinstance(value, int) or value not in (0, 1):
            raise ScenarioError(f"{shown(name)} can be held at 0 or 1 only")
    names = sorted({name for name, _ in planes})
    for name in names:
        if name not in index:
            raise UnknownName("species", name)
    return [(index[name], planes.get((name, 1), 0), planes.get((name, 0), 0)) for name in names]


def _possible(stages: Sequence[Stage], held: Held, lanes: int) -> list[list[int]]:
    """For each stage, and each literal, the lanes in which it may be true at some time: it is true in no others."""
    ones = (1 << lanes) - 1
    free = [ones] * len(stages[0].program.species)
    allowed = [ones] * (2 * len(free))
    for species, on, off in held:
        free[species] = ones ^ (on | off)
        allowed[2 * species], allowed[2 * species + 1] = ones ^ off, ones ^ on
    return possible(stages, allowed, free, lanes)


def _told(
    stages: Sequence[Stage], possible: Sequence[Sequence[int]], counted: Collection[int], lanes: int
) -> tuple[list[int], list[frozenset[int]]]:
    """Planes that tell scenarios apart, and for each stage the species whose moves matter to those *counted*.

    A part of a rule is open where it may have both values, and matters where the species does whose rule it is of, and
    all parts around it are open: elsewhere one of them is decided by another operand. What is decided within an open
    part leaves it as it is, true in a conjunction and false in a disjunction; so what is open and matters tells all
    that is left of the rules. Stages are gone through from the last one to the first, for what a species is at the end
    of a stage matters wherever it does in the next.

    What is only to change in a later stage is what it was set to before, the same in all scenarios: one that holds it
    never changes it.
    """
    ones = (1 << lanes) - 1
    species = len(possible[0]) // 2
    matters = [0] * species
    for each in counted:
        matters[each] = ones
    rows: dict[int, None] = {}
    moving: list[frozenset[int]] = []
    for stage, planes in zip(reversed(stages), reversed(possible), strict=True):
        true, open_ = _open(stage.program, planes)
        read: dict[int, int] = {}
        moves = frozenset(stage.moving)
        done = dict.fromkeys(moves, 0)
        queue = [each for each in stage.moving if matters[each]]
        while queue:
            each = queue.pop()
            where = matters[each] & open_[2 * each]
            new = where & ~done[each]
            root = stage.program.rules[each]
            if not new or root is None or isinstance(root, bool):
                continue
            done[each] = where
            rows[where & true[root] & ~open_[root]] = None  # it may begin at chance, and end as its rule is
            reached = {root: new}
            for number in reversed(stage.program.parts(root)):
                inside = reached.get(number, 0) & open_[number]
                if inside:
                    for operand in stage.program.nodes[number][1]:
                        reached[operand] = reached.get(operand, 0) | inside
            for number, plane in reached.items():
                read[number] = read.get(number, 0) | plane
                if number < 2 * species and plane & open_[number] & ~matters[number // 2]:
                    matters[number // 2] |= plane & open_[number]
                    if number // 2 in moves:
                        queue.append(number // 2)
        rows |= dict.fromkeys(plane & open_[number] for number, plane in read.items())
        rows |= dict.fromkeys(plane & open_[2 * each] for each, plane in enumerate(matters))
        moving.append(frozenset(each for each in moves if matters[each] & open_[2 * each]))
    return [row for row in rows if row], moving[::-1]


def _open(program: Program, planes: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """For each literal and part of a rule the lanes where it may be true, and those of them where it may be false."""
    true = dict(enumerate(planes))
    false = {literal: planes[literal ^ 1] for literal in true}
    for number in sorted(program.nodes):
        kind, operands = program.nodes[number]
        may, not_ = true[operands[0]], false[operands[0]]
        for operand in operands[1:]:
            if kind == AND:
                may, not_ = may & true[operand], not_ | false[operand]
            else:
                may, not_ = may | true[operand], not_ & false[operand]
        true[number], false[number] = may, not_
    return true, {number: may & false[number] for number, may in true.items()}


def _always(plane: int, lanes: int, replicates: int) -> array[int]:
    """The counts of a species that has that *plane* in all replicates."""
    return array("Q", [replicates * flag for flag in flags(plane, lanes)])
