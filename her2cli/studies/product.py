"""The product of what is added to a scenario: pairs of drugs in pairs of alterations, each a scenario that is made only
when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import overload

from her2cli.model import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one place of an axis adds to a scenario; with *line* it stands in place of the tumour."""

    name: str
    drugs: tuple[str, ...] = ()
    alterations: tuple[str, ...] = ()
    ligands: tuple[str, ...] = ()
    clamps: tuple[tuple[str, int], ...] = ()
    line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What a screen runs along. The first level adds nothing, but for cell lines."""

    kind: str
    levels: tuple[Level, ...]
    idle: tuple[str, ...] = ()  # what was left out because it does nothing in this pathway
    contrary: tuple[str, ...] = ()  # alterations left out because the tumour has another amount of the same


@dataclass(frozen=True, kw_only=True)
class Scenarios(Sequence[Scenario]):
    """The product of *axes* over a scenario, the last axis running fastest. Each is made when it is asked for."""

    base: Scenario
    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return self._size

    @cached_property
    def _size(self) -> int:
        return prod(len(axis.levels) for axis in self.axes)

    @overload
    def __getitem__(self, place: int) -> Scenario: ...
    @overload
    def __getitem__(self, place: slice) -> list[Scenario]: ...
    def __getitem__(self, place: int | slice) -> Scenario | list[Scenario]:
        if isinstance(place, slice):
            return [self.of(self.levels(each)) for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.of(self.levels(place))

    def __iter__(self) -> Iterator[Scenario]:
        return map(self.of, map(self.levels, range(len(self))))

    def levels(self, place: int) -> tuple[Level, ...]:
        """What each axis adds to the scenario at *place*."""
        found = []
        for axis in reversed(self.axes):
            place, own = divmod(place, len(axis.levels))
            found.append(axis.levels[own])
        return tuple(found[::-1])

    def of(self, levels: Sequence[Level]) -> Scenario:
        """The scenario to which these levels are added."""
        base = self.base
        tumour: Level | Scenario = base
        for level in levels:
            if level.line:
                tumour = level
                break
        alterations = dict.fromkeys(tumour.alterations)
        ligands = dict.fromkeys((*tumour.ligands, *base.ligands))
        doses, clamps = dict(base.drugs), dict(base.clamps)
        for level in levels:  # most add one thing, and there may be 10^5 scenarios
            if level.alterations:
                alterations |= dict.fromkeys(level.alterations)
            if level.ligands:
                ligands |= dict.fromkeys(level.ligands)
            for drug in level.drugs:
                doses.setdefault(drug, 1.0)
            if level.clamps:
                clamps |= level.clamps
        return Scenario(
            alterations=tuple(alterations),
            ligands=tuple(ligands),
            drugs=tuple(doses.items()),
            clamps=tuple(clamps.items()),
            inputs=base.inputs,
            context=base.context,
        )
