"""What of a screen has to be run: the species that change in some scenario, and one lane for all scenarios that are
the same to everything that changes.

A scenario that holds a species which nobody reads, or sets an input whose readers are all held, takes the course that
it would take without; the same events give such scenarios the same states, so one lane stands for all. A species that
nothing reads which changes is held in no lane: what its scenarios hold it at is put into their counts.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import xor
from typing import Any

from her2cli.errors import ScenarioError, UnknownName, shown
from her2cli.logic.lanes.planes import Packing, Stage, gathered, words
from her2cli.logic.network.programs import reach

Held = list[tuple[int, int, int]]  # a species, the lanes in which it is held on, and those in which it is held off

_SHARING_PAYS = 3 / 4  # lanes for each scenario; with more of them, finding each scenario's counts costs what it saves


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """The scenarios of a screen as lanes."""

    stages: list[Stage]  # with those species alone moving that can change in some scenario
    examples: Sequence[int]  # of each lane a scenario that has it
    lane_of: Sequence[int]  # of each scenario
    held: Held  # in lanes
    unread: Held  # of species that nothing reads which changes, in scenarios: no lane holds these
    possible: list[list[int]]  # for each stage, and each literal, the scenarios in which it is ever true

    @property
    def lanes(self) -> int:
        """How many there are."""
        return len(self.examples)

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
        unread = {species: sides for species, *sides in self.unread if species in varying}
        found = [
            (species, scenario, value)
            for species, sides in unread.items()
            for value, plane in zip((1, 0), sides, strict=True)
            for scenario in compress(range(count), _digits(plane, count))
        ]
        varying = [species for species in varying if species not in unread] if self.lanes < count else ()
        for first in range(0, len(varying), 64):
            group = varying[first : first + 64]
            own = words([planes[2 * species] & ~planes[2 * species + 1] for species in group], count)
            lane = [own[scenario] for scenario in self.examples]
            differ = list(map(xor, own, map(lane.__getitem__, self.lane_of)))
            for scenario in compress(range(count), differ):
                digits = differ[scenario]
                while digits:
                    place = digits.bit_length() - 1
                    digits ^= 1 << place
                    found.append((group[place], scenario, own[scenario] >> place & 1))
        return found


def distinct(stages: Sequence[Stage], scenarios: Sequence[Mapping[str, int]], index: Mapping[str, int]) -> Distinct:
    """The lanes of *scenarios*, each of which maps the species that it holds to their values.

    Raises `ScenarioError` where a value is not 0 or 1, `UnknownName` for a species that is not in *index*.
    """
    count = len(scenarios)
    held = _held(scenarios, index)
    possible = _possible(stages, held, count)
    moved = []
    for stage, planes in zip(stages, possible, strict=True):
        moving = tuple(species for species in stage.moving if planes[2 * species] & planes[2 * species + 1])
        moved.append(replace(stage, moving=moving))
    unread = _unread(moved)
    rows = _rows(stages, possible, unread)
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
    put_in = [each for each in held if each[0] in unread]
    held = [each for each in held if each[0] not in unread]
    if len(examples) < count:
        packing = Packing(sum(1 << scenario for scenario in examples), count)
        held = [(species, packing.pack(on), packing.pack(off)) for species, on, off in held]
    return Distinct(stages=moved, examples=examples, lane_of=lane_of, held=held, unread=put_in, possible=possible)


def _held(scenarios: Sequence[Mapping[str, int]], index: Mapping[str, int]) -> Held:
    free = bytes((_FREE,)) * len(scenarios)
    found: dict[str, bytearray] = {}
    try:
        for place, scenario in enumerate(scenarios):
            for name, value in scenario.items():
                try:
                    found[name][place] = value
                except KeyError:
                    found[name] = bytearray(free)
                    found[name][place] = value
    except (TypeError, ValueError):  # no number of one byte
        _refuse(scenarios)
        raise
    # A million scenarios have many values, so each is looked at as a byte among others.
    if sum(values.count(0) + values.count(1) for values in found.values()) != sum(map(len, scenarios)):
        _refuse(scenarios)
    for name in sorted(found.keys() - index.keys()):
        raise UnknownName("species", name)
    names, lanes, held = sorted(found), len(scenarios), []
    ones, digits = (1 << lanes) - 1, int.from_bytes(b"\3" * lanes, "little")
    for first in range(0, len(names), 4):
        # Two digits for each of four species: off is 0, on is 1, free is 3.
        four = names[first : first + 4]
        numbers = 0
        for place, name in enumerate(four):
            numbers |= (int.from_bytes(found[name], "little") & digits) << 2 * place
        planes = gathered(numbers, lanes)
        for name, low, high in zip(four, planes[::2], planes[1::2], strict=False):
            held.append((index[name], low ^ high, ones ^ low))
    return held


def _refuse(scenarios: Sequence[Mapping[str, int]]) -> None:
    for scenario in scenarios:
        for name, value in scenario.items():
            if not isinstance(value, int) or value not in (0, 1):
                raise ScenarioError(f"{shown(name)} can be held at 0 or 1 only")


_FREE = 255  # in a scenario that does not hold the species


def _possible(stages: Sequence[Stage], held: Held, lanes: int) -> list[list[int]]:
    """For each stage, and each literal, the lanes in which it may be true at some time: it is true in no others."""
    ones = (1 << lanes) - 1
    free = [ones] * len(stages[0].program.species)
    allowed = [ones] * (2 * len(free))
    for species, on, off in held:
        free[species] = ones ^ (on | off)
        allowed[2 * species], allowed[2 * species + 1] = ones ^ off, ones ^ on
    possible = [0] * len(allowed)
    found = []
    for stage in stages:
        for species, chance in stage.settings:
            fixed = ones ^ free[species]  # where it is held, it is that, whatever is set
            possible[2 * species] = allowed[2 * species] & (ones if chance > 0 else fixed)
            possible[2 * species + 1] = allowed[2 * species + 1] & (ones if chance < 1 else fixed)
        reach(stage.program, stage.moving, possible, free, lanes)
        found.append(list(possible))
    return found


def _unread(stages: Sequence[Stage]) -> frozenset[int]:
    """The species that change, but that no other reads which changes at that time."""
    read = {
        species
        for stage in stages
        for species, readers in enumerate(stage.program.dependents)
        if not frozenset(stage.moving).isdisjoint(readers)
    }
    return frozenset(species for stage in stages for species in stage.moving).difference(read)


def _rows(stages: Sequence[Stage], possible: Sequence[Sequence[int]], unread: Collection[int]) -> list[int]:
    """Planes that tell scenarios apart: where a species changes, and what one is that does not, where it is read.

    It is read there by a species that changes; those *unread* may do so everywhere, for no lane holds them. What is
    only to change in a later stage is what it was set to before, the same in all scenarios: one that holds it never
    changes it.
    """
    rows: dict[int, None] = {}
    for stage, planes in zip(stages, possible, strict=True):
        changes = [on & off for on, off in zip(planes[::2], planes[1::2], strict=True)]
        reads = [~0 if species in unread else where for species, where in enumerate(changes)]
        for species, readers in enumerate(stage.program.dependents):
            read = 0
            for reader in readers:
                read |= reads[reader]
            rows[planes[2 * species] & read & ~changes[species]] = None
            if species not in unread:
                rows[changes[species]] = None
    return [row for row in rows if row]


def _digits(plane: int, lanes: int) -> bytes:
    """Zeros and ones, the first lane's first."""
    return f"{plane:0{lanes}b}".encode()[::-1].translate(bytes.maketrans(b"01", b"\0\1"))


def _always(plane: int, lanes: int, replicates: int) -> array[int]:
    """The counts of a species that has that *plane* in all replicates."""
    digits = _digits(plane, lanes)
    numbers = bytearray(8 * lanes)  # of each number its eight bytes
    for place, byte in enumerate(replicates.to_bytes(8, sys.byteorder)):
        if byte:
            numbers[place::8] = digits.translate(bytes.maketrans(b"\1", bytes((byte,))))
    return array("Q", bytes(numbers))
