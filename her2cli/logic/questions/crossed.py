"""The product of what is added to a scenario: pairs of drugs in pairs of alterations, each a scenario that is made only
when it is asked for. What is counted of them needs none of them made.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import overload

from her2cli.logic.network import own_rates, state_rates
from her2cli.logic.network.joint import join, surrounded
from her2cli.logic.network.phases import Phase
from her2cli.logic.network.recent import recent
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import resolve
from her2cli.logic.questions.shares import full_doses, phases_of
from her2cli.model import Pathway, Scenario

Told = Callable[[float], None]  # which share of the work is done


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


@dataclass(frozen=True, kw_only=True)
class Scenarios(Sequence[Scenario]):
    """The product of *axes* over a scenario, the last axis running fastest. Each is made when it is asked for."""

    base: Scenario
    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return prod(len(axis.levels) for axis in self.axes)

    @overload
    def __getitem__(self, place: int) -> Scenario: ...
    @overload
    def __getitem__(self, place: slice) -> list[Scenario]: ...
    def __getitem__(self, place: int | slice) -> Scenario | list[Scenario]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.of(self.levels(place))

    def __iter__(self) -> Iterator[Scenario]:
        return map(self.__getitem__, range(len(self)))

    def levels(self, place: int) -> tuple[Level, ...]:
        """What each axis adds to the scenario at *place*."""
        found = []
        for axis in reversed(self.axes):
            place, own = divmod(place, len(axis.levels))
            found.append(axis.levels[own])
        return tuple(reversed(found))

    def columns(self, places: Sequence[int]) -> Iterator[list[int]]:
        """Of each axis the numbers of the levels of the scenarios at *places*."""
        stride = len(self)
        for axis in self.axes:
            count, stride = len(axis.levels), stride // len(axis.levels)
            yield [place // stride % count for place in places]

    def of(self, levels: Sequence[Level]) -> Scenario:
        """The scenario to which these levels are added."""
        base = self.base
        line = next((level for level in levels if level.line), None)
        tumour, medium = (line.alterations, line.ligands) if line else (base.alterations, base.ligands)
        others = [level for level in levels if not level.line]
        doses = dict(base.drugs)
        for level in others:
            for name in level.drugs:
                doses.setdefault(name, 1.0)
        clamps = dict(base.clamps) | {name: value for level in others for name, value in level.clamps}
        return replace(
            base,
            alterations=_unique(tumour, *(level.alterations for level in others)),
            ligands=_unique(medium, base.ligands, *(level.ligands for level in others)),
            drugs=tuple(doses.items()),
            clamps=tuple(clamps.items()),
            name="",
        )


def _unique(*names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names for name in each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """In how many cells of each scenario each species is on: a row a scenario, with before, early and late of each.

    Whole numbers, but for doses below 1, of which a scenario is a mixture.
    """

    rows: array[int] | array[float]
    engine: Engine


def engine_matters(pathway: Pathway) -> bool:
    """Whether the engines draw different numbers: they do where the scenarios of a pathway have to run one by one."""
    return bool(pathway.joint_starts or own_rates(pathway) or state_rates(pathway))


def typecode(replicates: int) -> str:
    """Of an array that holds counts up to so many."""
    return "H" if replicates < 1 << 16 else "I"


def counted(
    pathway: Pathway,
    scenarios: Scenarios,
    places: Sequence[int],
    species: Sequence[str],
    *,
    sampling: Sampling = Sampling(),
    told: Told | None = None,
) -> Counts:
    """The counts of *species* in the scenarios at *places*: the same for each, whichever others are there.

    Doses below 1 are as in `tallied`. Raises as `join` does, and `LimitError` for too many such doses.
    """
    mixed = (
        full_doses(scenarios.base) if any(dose != 1 for _, dose in scenarios.base.drugs) else [(1.0, scenarios.base)]
    )
    total: array[int] | array[float] = array("d", bytes(8 * 3 * len(species) * len(places)))
    for number, (weight, base) in enumerate(mixed):
        every = replace(scenarios, base=base)
        heard = _nth(told, number, len(mixed))
        own, used = _whole(pathway, every, places, species, sampling, heard)
        if len(mixed) == 1:
            return Counts(rows=own, engine=used)
        sampling = replace(sampling, engine=used)
        total = array("d", (one + weight * more for one, more in zip(total, own, strict=True)))
    return Counts(rows=total, engine=sampling.engine or "python")


def _nth(told: Told | None, number: int, count: int) -> Told | None:
    return (lambda share: told((number + share) / count)) if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The scenarios in the same surroundings as one network: what the base, and each level of each axis, hold on."""

    phases: list[Phase]
    base: list[str]
    levels: list[list[list[str]]]  # by axis and level
    off: list[list[list[str]]]  # what a level takes back: a species that was clamped to the other value


def _whole(
    pathway: Pathway,
    scenarios: Scenarios,
    places: Sequence[int],
    species: Sequence[str],
    sampling: Sampling,
    told: Told | None,
) -> tuple[array[int], Engine]:
    """`counted`, where no dose is below 1."""
    from her2cli.logic.lanes.distinct import FREE, Columns
    from her2cli.logic.runs.stochastic import screen_phases

    around, groups = _groups(pathway, scenarios)
    levels = list(scenarios.columns(places))
    wide = 3 * len(species)
    rows = array(typecode(sampling.replicates), [0]) * (wide * len(places))
    for number, asked in enumerate(groups):
        own = [at for at, level in enumerate(levels[around.axis]) if around.group[level] == number]
        if not own:
            continue
        held = {name: bytearray(b"\1") * len(own) for name in asked.base}
        for column, on, off in zip(levels, asked.levels, asked.off, strict=True):
            for lane, at in enumerate(own):
                for name in on[column[at]]:
                    if name not in held:
                        held[name] = bytearray((FREE,)) * len(own)
                    held[name][lane] = 1
                for name in off[column[at]]:
                    if name in held:
                        held[name][lane] = FREE
        screens = screen_phases(
            asked.phases,
            Columns(len(own), held),
            start="file",
            species=species,
            sampling=sampling,
            told=_nth(told, number, len(groups)),
        )
        sampling = replace(sampling, engine=screens[0].engine)
        for at, counts in enumerate(screen.counts[name][0] for screen in screens for name in species):
            if len(own) == len(places):
                rows[at::wide] = array(rows.typecode, counts)
            else:
                for place, value in zip(own, counts, strict=True):
                    rows[place * wide + at] = value
    _settle(scenarios, levels, species, sampling.replicates, rows)
    return rows, sampling.engine or "python"


def _settle(
    scenarios: Scenarios, levels: Sequence[Sequence[int]], species: Sequence[str], replicates: int, rows: array[int]
) -> None:
    """Where nothing is added early and late are before, and a species that is clamped is that, whatever its rule."""
    count, wide = len(species), 3 * len(species)
    treated = [[bool(level.drugs or level.clamps) for level in axis.levels] for axis in scenarios.axes]
    clamps = [[_clamps(level.clamps, species) for level in axis.levels] for axis in scenarios.axes]
    base = _clamps(scenarios.base.clamps, species)
    if not scenarios.base.drugs and not scenarios.base.clamps:
        for place, own in enumerate(zip(*levels, strict=True)):
            if not any(map(list.__getitem__, treated, own)):
                begin = place * wide
                rows[begin : begin + wide] = rows[begin : begin + count] * 3
    if base or any(map(any, clamps)):
        for place, own in enumerate(zip(*levels, strict=True)):
            for column, value in (*base, *(each for some in map(list.__getitem__, clamps, own) for each in some)):
                rows[place * wide + count + column] = rows[place * wide + 2 * count + column] = value * replicates


def _clamps(clamps: Sequence[tuple[str, int]], species: Sequence[str]) -> list[tuple[int, int]]:
    return [(species.index(name), value) for name, value in clamps if name in species]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """Which axis decides on the surroundings, and for each of its levels the group of those that have the same."""

    axis: int
    group: list[int]


@recent(8)
def _groups(pathway: Pathway, scenarios: Scenarios) -> tuple[_Around, list[_Asked]]:
    """The scenarios by their surroundings, each group as one network."""
    axes = scenarios.axes
    axis = next((number for number, each in enumerate(axes) if any(level.ligands for level in each.levels)), 0)
    scenarios = replace(scenarios, base=resolve(pathway, scenarios.base))
    groups: dict[object, list[Level]] = {}
    of = []
    for level in axes[axis].levels:
        key = surrounded(pathway, scenarios.of([level]))
        groups.setdefault(key, []).append(level)
        of.append(list(groups).index(key))
    return _Around(axis=axis, group=of), [_asked(pathway, scenarios, axis, own) for own in groups.values()]


def _asked(pathway: Pathway, scenarios: Scenarios, axis: int, own: Sequence[Level]) -> _Asked:
    """The network of those scenarios that have one of the levels *own* on an *axis*."""
    # A few scenarios that have among them every level, and so all that can be added; each level by itself, for together
    # one may take back what another adds.
    there = [own if number == axis else each.levels for number, each in enumerate(scenarios.axes)]
    others = (level for number, levels in enumerate(there) if number != axis for level in levels)
    some = [*(scenarios.of([level]) for level in own), *(scenarios.of([own[0], level]) for level in others)]
    joint = join(pathway, some)
    lines = any(level.line for levels in there for level in levels)
    base = replace(scenarios.base, alterations=(), ligands=()) if lines else scenarios.base
    known = set(own)

    def on(level: Level) -> list[str]:
        drugs = tuple((name, 1.0) for name in level.drugs)
        added = Scenario(drugs=drugs, alterations=level.alterations, clamps=level.clamps)
        ligands = (*level.ligands, *scenarios.base.ligands) if level.line else level.ligands
        return joint.on(replace(added, ligands=_unique(ligands)))

    return _Asked(
        phases=phases_of(joint, treated=any(each.drugs or each.clamps for each in some)),
        base=joint.on(base),
        levels=[
            [on(level) if number != axis or level in known else [] for level in each.levels]
            for number, each in enumerate(scenarios.axes)
        ],
        off=[
            [
                [joint.switches[name, 1 - value] for name, value in level.clamps if (name, 1 - value) in joint.switches]
                for level in each.levels
            ]
            for each in scenarios.axes
        ],
    )
