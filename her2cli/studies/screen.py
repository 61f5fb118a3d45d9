"""Which drug, which pair, which alteration: many scenarios, a score for each, and a rank.

A screen runs along one axis (drugs, cell lines, ...) or along the product of several. Its scenarios are made when they
are asked for, run by `room`, and kept as columns of numbers.
"""

from __future__ import annotations

import sys
import tempfile
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import chain, combinations
from math import sqrt
from os import SEEK_END
from struct import Struct
from typing import Any

from her2cli.columns import Tabular
from her2cli.errors import Her2Error, LimitError, Mistakes, ScenarioError, UnknownName, each_of, shown
from her2cli.logic.network import own_rates, state_rates
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import resolve
from her2cli.logic.questions.shares import batches
from her2cli.model import CONTEXT, TIMES, Pathway, Scenario, check_time, find
from her2cli.studies.product import Axis, Level, Scenarios
from her2cli.studies.room import How, Work, answered

KINDS = {
    "drugs": "each drug",
    "pairs": "each pair of drugs",
    "alterations": "each alteration, added to the tumour",
    "alteration-pairs": "each pair of alterations, added to the tumour",
    "cell-lines": "each cell line, in place of the tumour",
    "knockouts": "each species held off",
    "activations": "each species held on",
}
NAMES = {"drugs": "drug", "pairs": "drugs", "alterations": "alteration", "alteration-pairs": "alterations"}
NAMES |= {"cell-lines": "cell line", "knockouts": "knockout", "activations": "held on"}
TREATMENTS = ("drugs", "pairs", "knockouts", "activations")
NOTHING = "none"  # the level of an axis that adds nothing
SCENARIO_LIMIT = 10_000_000
PART = 1 << 15  # scenarios that are run together: more share more, fewer need less memory
_IN_MEMORY = 1 << 23  # bytes of an answer that are kept there; more lie in a temporary file
_NUMBA_PAYS = 5_000_000  # cells of all scenarios, with more of which the second that Numba takes to load is won back


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A species, and the value that a treatment is to bring it to."""

    species: str
    value: int

    def __str__(self) -> str:
        return f"{self.species} {'on' if self.value else 'off'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One row of a screen. `shares` has those of all readouts at the screen's time, `before` those of the untreated."""

    place: int  # among the screen's scenarios, counted from 0
    rank: int  # the same for all that cannot be told apart from the best of them; 0 for a reference
    names: tuple[str, ...]  # of the levels, one for each axis
    score: float
    error: float
    shares: Mapping[str, float]
    errors: Mapping[str, float]
    before: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Screen(Tabular):
    """The answer of `screen`: of each scenario the shares of all readouts, and its score.

    The score is the mean, over the goals, of the share of cells that are at the goal. A scenario is a *reference*
    where an axis of treatments adds nothing: it is not ranked.
    """

    pathway: str
    scenarios: Scenarios
    readouts: tuple[str, ...]
    goals: tuple[Goal, ...]
    time: str
    replicates: int
    seed: int
    engine: Engine
    counts: Rows = field(repr=False)  # in how many cells each readout is on, before, then early, then late
    order: Sequence[int] = field(repr=False)  # places, the best score first, references among them
    ranks: Sequence[int] = field(repr=False)  # of those places; 0 for a reference

    def __len__(self) -> int:
        return len(self.scenarios)

    @property
    def names(self) -> tuple[str, ...]:
        """What the names of a row are names of."""
        return tuple(NAMES[axis.kind] for axis in self.scenarios.axes)

    @property
    def heading(self) -> str:
        """How the score is made, in words."""
        return score_in_words(self.goals, self.time)

    def share(self, place: int, readout: str, time: str = "") -> float:
        """The share of the cells of a scenario in which a readout is on."""
        return self._shares(place, time or self.time)[self.readouts.index(readout)]

    def _shares(self, place: int, time: str) -> list[float]:
        begin = TIMES.index(time) * len(self.readouts)
        return [count / self.replicates for count in self.counts[place][begin : begin + len(self.readouts)]]

    def error_of(self, share: float) -> float:
        """The standard error of a *share*."""
        return sqrt(max(share * (1 - share), 0.0) / self.replicates)

    def score(self, place: int) -> float:
        """The score of a scenario."""
        shares = self._shares(place, self.time)
        return sum(shares[at] if value else 1 - shares[at] for at, value in self._wanted) / len(self._wanted)

    def error(self, place: int) -> float:
        """At most the standard error of the score: readouts of the same cells may go together."""
        shares = self._shares(place, self.time)
        return sum(self.error_of(shares[at]) for at, _ in self._wanted) / len(self._wanted)

    @cached_property
    def _wanted(self) -> list[tuple[int, int]]:
        return [(self.readouts.index(goal.species), goal.value) for goal in self.goals]

    def hit(self, number: int) -> Hit:
        """The row at *number*, counted from 0, best first."""
        place = self.order[number]
        shares = dict(zip(self.readouts, self._shares(place, self.time), strict=True))
        return Hit(
            place=place,
            rank=self.ranks[number],
            names=tuple(level.name for level in self.scenarios.levels(place)),
            score=self.score(place),
            error=self.error(place),
            shares=shares,
            errors={name: self.error_of(share) for name, share in shares.items()},
            before=dict(zip(self.readouts, self._shares(place, "before"), strict=True)),
        )

    def hits(self, *, worst: bool = False) -> Iterator[Hit]:
        """All rows, best first, or worst first."""
        numbers = range(len(self))
        return map(self.hit, reversed(numbers) if worst else numbers)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of `rows`."""
        shares = [f"{name}{end}" for name in self.readouts for end in ("", "_error", "_before")]
        return ("rank", *(name.replace(" ", "_") for name in self.names), "score", "score_error", *shares)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """One row for each scenario, best first: rank (None for a reference), names, score, shares and errors."""
        for each in self.hits():
            shares = [
                value for name in self.readouts for value in (each.shares[name], each.errors[name], each.before[name])
            ]
            yield (each.rank or None, *each.names, each.score, each.error, *shares)


def score_in_words(goals: Sequence[Goal], time: str) -> str:
    """How a score is made: "mean share of cells, late, with PROLIFERATION off, APOPTOSIS on"."""
    of = "share" if len(goals) == 1 else "mean share"
    return f"{of} of cells, {time}, with {', '.join(map(str, goals))}"


def screen(
    pathway: Pathway,
    base: Scenario,
    along: Sequence[str],
    *,
    readouts: Sequence[str] = (),
    time: str = "late",
    sampling: Sampling = Sampling(replicates=300),
    how: How | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Screen | None:
    """Screen *base* along the product of the axes *along*: words of `KINDS`, or `drugs=lapatinib,tucatinib`.

    *readouts* are species, or `AKT=0`, `AKT=1`: a readout with the value that is its goal. Without any they are the
    pathway's own, of which those count that have a goal; where none has one, the goal of each is 0. *told* hears how
    many of how many scenarios are done. None where *how* asks for a share of the parts only and others are missing.

    Raises `ScenarioError` for axes that contradict each other, `UnknownName`, `LimitError` for too many scenarios.
    """
    check_time(time)
    return run(
        pathway,
        Scenarios(base=base, axes=axes(pathway, base, along)),
        readouts=readouts,
        time=time,
        sampling=sampling,
        how=how,
        told=told,
    )


def run(
    pathway: Pathway,
    scenarios: Scenarios,
    *,
    study: str = "screen",
    readouts: Sequence[str] = (),
    time: str = "late",
    sampling: Sampling = Sampling(replicates=300),
    how: How | None = None,
    told: Callable[[int, int], None] | None = None,
) -> Screen | None:
    """The screen of *scenarios* that are there already, as `screen` has it. Raises as it does."""
    if len(scenarios) > SCENARIO_LIMIT:
        raise LimitError(
            f"{len(scenarios):,} scenarios are too many (the limit is {SCENARIO_LIMIT:,}); name some of each kind"
        )
    names, goals = read_out(pathway, readouts)
    scenarios = replace(scenarios, base=resolve(pathway, scenarios.base))
    sampling = replace(sampling, engine=chosen_engine(sampling.engine, len(scenarios) * sampling.replicates))
    work = Work(
        study=study,
        answer=partial(_answer, pathway, scenarios, names, sampling),
        items=range(len(scenarios)),
        size=PART,
        identity={
            **fingerprint(pathway),
            "scenarios_sha256": sha256(repr(scenarios).encode("utf-8", "backslashreplace")).hexdigest(),
            "readouts": list(names),
            **asdict(sampling if _engine_matters(pathway) else replace(sampling, engine=None)),
        },
    )
    counts = Rows(typecode=_typecode(scenarios, sampling), width=3 * len(names))
    for rows in answered(work, how, told=(lambda done: told(done, len(scenarios))) if told else None):
        counts.extend(rows)
    if len(counts) < len(scenarios):
        return None
    order, ranks = _ranked(scenarios, counts, names, goals, time, sampling.replicates)
    return Screen(
        pathway=pathway.name,
        scenarios=scenarios,
        readouts=names,
        goals=goals,
        time=time,
        **asdict(sampling),
        counts=counts,
        order=order,
        ranks=ranks,
    )


def _answer(
    pathway: Pathway,
    scenarios: Scenarios,
    readouts: Sequence[str],
    sampling: Sampling,
    places: Sequence[int],
    told: Callable[[float], None] | None = None,
) -> bytes:
    """In how many cells each readout is on in the scenarios at those places, the same bytes on every machine."""
    (rows,), _ = batches(pathway, map(scenarios.__getitem__, places), readouts, (sampling,), told=told)
    found = array(_typecode(scenarios, sampling), chain.from_iterable(rows))
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def _typecode(scenarios: Scenarios, sampling: Sampling) -> str:
    """Of an array that holds counts of so many cells; those of doses below 1 are no whole numbers."""
    if any(dose != 1 for _, dose in scenarios.base.drugs):
        return "d"
    return "H" if sampling.replicates < 1 << 16 else "I"


def _engine_matters(pathway: Pathway) -> bool:
    """Whether the engines draw different numbers: they do where the scenarios of a pathway have to run one by one."""
    return bool(pathway.joint_starts or own_rates(pathway) or state_rates(pathway))


class Rows:
    """Rows of numbers, all of the same *width*: the first in memory, and past `_IN_MEMORY` all in a temporary file."""

    def __init__(self, *, typecode: str, width: int) -> None:
        self._row = Struct(f"<{width}{typecode}")
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (it lives as long as the rows)
        self._length = 0

    def extend(self, rows: bytes) -> None:
        """Add *rows*, one after the other. Raises `Her2Error` where the disk is full."""
        try:
            self._file.seek(0, SEEK_END)
            self._file.write(rows)
        except OSError as error:
            raise Her2Error(f"{tempfile.gettempdir()} cannot take the answer: {error.strerror}.") from None
        self._length += len(rows) // self._row.size

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: int) -> tuple[float, ...]:
        self._file.seek(place * self._row.size)
        return self._row.unpack(self._file.read(self._row.size))

    def __iter__(self) -> Iterator[tuple[float, ...]]:
        """All rows, of which few are in memory at a time; no other may be asked for meanwhile."""
        self._file.seek(0)
        while some := self._file.read(self._row.size << 10):
            yield from self._row.iter_unpack(some)


def fingerprint(pathway: Pathway) -> dict[str, str]:
    """What tells the content of *pathway* from that of another one, for `Work.identity`."""
    from her2cli.loading import pathway_hash

    return {"pathway": pathway.name, "pathway_sha256": pathway_hash(pathway)}


def chosen_engine(wanted: Engine | None, cells: int) -> Engine:
    """The engine for a study of that many cells in all, the same for all of its parts: Numba where it pays."""
    if wanted:
        return wanted
    if cells < _NUMBA_PAYS:
        return "python"
    from her2cli.logic.lanes import has_numba

    return "numba" if has_numba() else "python"


def read_out(pathway: Pathway, readouts: Sequence[str]) -> tuple[tuple[str, ...], tuple[Goal, ...]]:
    """The species to read out, and the goals by which scenarios are ranked, as `screen` says. Raises as it does."""
    from her2cli.logic.questions.simulation import readout_names

    if not readouts:
        names = readout_names(pathway)
        wanted = {name: pathway.species[name].goal for name in names}
        goals = {name: value for name, value in wanted.items() if value is not None} or dict.fromkeys(names, 0)
        return names, tuple(Goal(species=name, value=value) for name, value in goals.items())
    chosen: dict[str, int] = {}
    mistakes = Mistakes()
    for text in readouts:
        name, equals, value = text.rpartition("=") if "=" in text else (text, "", "")
        with mistakes:
            species = pathway.find_species(name)
            if equals and value not in ("0", "1"):
                raise ScenarioError(f"{shown(text)}: a readout's goal is 0, it is to be off, or 1, it is to be on.")
            goal = int(value) if equals else pathway.species[species].goal or 0
            if chosen.setdefault(species, goal) != goal:
                raise ScenarioError(f"{species} is to be read out both off and on.")
    mistakes.tell()
    return tuple(chosen), tuple(Goal(species=name, value=value) for name, value in chosen.items())


# --- axes ----------------------------------------------------------------------------------------------------------


def axes(pathway: Pathway, base: Scenario, along: Sequence[str]) -> tuple[Axis, ...]:
    """The axes that *along* names. Raises as `screen` does."""
    words = [word for word in along if word != "x"]
    if not words:
        raise ScenarioError(f"Name what to screen: {', '.join(KINDS)}.")
    kinds = [word.partition("=")[0] for word in words]
    mistakes = Mistakes()
    for kind in kinds:
        with mistakes:
            if kind not in KINDS:
                raise UnknownName("kind of screen", kind, (), f"There are {', '.join(KINDS)}.")
    mistakes.tell()
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise ScenarioError(f"{kind} stands twice; pairs are asked as pairs or alteration-pairs.")
    return tuple(each_of(lambda word: _axis(pathway, base, *word.partition("=")), words))


def _axis(pathway: Pathway, base: Scenario, kind: str, equals: str, listed: str) -> Axis:
    from her2cli.logic.network.scenario import acting
    from her2cli.model import markers

    asked = [name.strip() for name in listed.split(",") if name.strip()]
    if equals and not asked:
        raise ScenarioError(f"{kind}={shown(listed)} names none; {kind} alone takes all of them.")
    if kind == "cell-lines":
        return _lines(pathway, kind, asked)
    idle: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    if kind in ("drugs", "pairs", "alterations", "alteration-pairs"):
        of_drugs = kind in ("drugs", "pairs")
        shelf: Mapping[str, object] = pathway.drugs if of_drugs else pathway.alterations
        finder = pathway.find_drug if of_drugs else pathway.find_alteration
        there = {name for name, _ in base.drugs} if of_drugs else set(base.alterations)
        names = [name for name in dict.fromkeys(each_of(finder, asked) if asked else shelf) if name not in there]
        able = set(acting(pathway, names))
        idle = tuple(name for name in names if name not in able)
        names = [name for name in names if name in able]
        if asked and not names:
            raise ScenarioError(f"None of {', '.join(asked)} adds anything in the pathway {shown(pathway.name)}.")
        groups = list(combinations(names, 2) if kind in ("pairs", "alteration-pairs") else ((name,) for name in names))
        if not of_drugs:
            # What one marker tells apart are amounts of it (HER2-low, HER2-positive), which no tumour has together.
            told = {name: markers(pathway, [name]) for name in names}
            has = markers(pathway, base.alterations)
            contrary = tuple(name for name in names if not has.isdisjoint(told[name]))
            groups = [
                group
                for group in groups
                if not set(group) & {*contrary} and all(told[a].isdisjoint(told[b]) for a, b in combinations(group, 2))
            ]
            if asked and not groups and contrary:
                have = f"{', '.join(contrary)}: {' + '.join(base.alterations)} has another amount of the same"
                raise ScenarioError(f"{have}; -a none, or another -a, is a tumour in which they can be screened.")
        levels = [
            Level(name=" + ".join(group), **{"drugs" if of_drugs else "alterations": group})  # type: ignore[arg-type]
            for group in groups
        ]
    else:
        value = int(kind == "activations")
        names = list(dict.fromkeys(each_of(pathway.find_species, asked))) if asked else _holdable(pathway, base)
        levels = [Level(name=f"{name}={value}", clamps=((name, value),)) for name in names]
    if not levels and asked:
        raise ScenarioError(f"{kind}={listed}: a pair takes two that add something; name two or more.")
    if not levels:
        raise ScenarioError(f"The pathway {shown(pathway.name)} has no {kind} to screen.{_how_to_add(kind)}")
    return Axis(kind=kind, levels=(Level(name=NOTHING), *levels), idle=idle, contrary=contrary)


def _lines(pathway: Pathway, kind: str, asked: Sequence[str]) -> Axis:
    """The cell lines that are *asked* for, or all that a tumour can be."""
    from her2cli.model import check_amounts, one_amount

    lines = each_of(lambda name: find(pathway.cell_lines, name, "cell line"), asked) or list(pathway.cell_lines)
    levels = [_line(pathway, name) for name in dict.fromkeys(lines)]
    if asked:  # of all, such lines are left out
        each_of(lambda level: check_amounts(pathway, level.alterations), levels)
    contrary = tuple(
        level.name for level in levels if len(one_amount(pathway, level.alterations)) < len(level.alterations)
    )
    levels = [level for level in levels if level.name not in contrary]
    known = [level for level in levels if level.alterations or not pathway.cell_lines[level.name].alterations]
    if not known:
        raise ScenarioError(f"The pathway {shown(pathway.name)} has no cell lines of whose alterations it knows any.")
    idle = tuple(level.name for level in levels if level not in known)
    return Axis(kind=kind, levels=tuple(known), idle=idle, contrary=contrary)


def _how_to_add(kind: str) -> str:
    """What gives a pathway drugs or alterations, for those who have one of their own."""
    what = "drug" if kind in ("drugs", "pairs") else "alteration"
    if kind not in ("drugs", "pairs", "alterations", "alteration-pairs"):
        return ""
    return f" Add some under {what}s: in its file, or begin one with her2 new FILE --{what} NAME."


def _line(pathway: Pathway, name: str) -> Level:
    from her2cli.logic.network.scenario import acting
    from her2cli.model import meant_by

    line = pathway.cell_lines[name]
    keys = dict.fromkeys(key for each in line.alterations for key in meant_by(pathway.alterations, each, "alteration"))
    able = set(acting(pathway, keys))
    return Level(
        name=name,
        alterations=tuple(each for each in keys if each in able),
        ligands=tuple(name for name in line.ligands if name in pathway.species),
        line=True,
    )


def _holdable(pathway: Pathway, base: Scenario) -> list[str]:
    """The species that an experiment could hold: none of the file's readouts, no phenotype, nothing that is held."""
    held = {name for name, _ in base.clamps}.union(pathway.readouts)
    return [
        name
        for name, species in pathway.species.items()
        if name not in held and not species.is_phenotype and species.kind not in (CONTEXT, "process")
    ]


# --- ranks ---------------------------------------------------------------------------------------------------------


def _ranked(
    scenarios: Scenarios, counts: Rows, readouts: Sequence[str], goals: Sequence[Goal], time: str, cells: int
) -> tuple[array[int], array[int]]:
    """The places, the best score first, and their ranks.

    A scenario has the rank of those before it from which it cannot be told apart: whose scores are within two standard
    errors of the difference, as if they were drawn apart. They see the same events, so the true errors are smaller.
    """
    start = TIMES.index(time) * len(readouts)
    wanted = [(start + readouts.index(goal.species), goal.value) for goal in goals]
    error_of = lru_cache(1 << 16)(lambda count: sqrt(max(count * (cells - count), 0.0) / cells) / cells)
    same: dict[float, array[int]] = {}  # the places of each score, in cells of all goals
    errors = array("d")
    for place, row in enumerate(counts):
        score = sum(row[column] if value else cells - row[column] for column, value in wanted)
        same.setdefault(round(score, 6), array("I")).append(place)
        errors.append(sum(error_of(row[column]) for column, _ in wanted) / len(wanted))
    treatments = [axis.kind in TREATMENTS for axis in scenarios.axes]
    sizes = [len(axis.levels) for axis in scenarios.axes]
    order, ranks, ahead, scores = array("I"), array("I"), array("I"), array("d")
    beyond = 0
    for total in sorted(same, reverse=True):
        score = total / cells / len(wanted)
        for place in same.pop(total):
            order.append(place)
            if _is_reference(place, sizes, treatments):
                ranks.append(0)
                continue
            error = errors[place]
            while beyond < len(ahead):
                apart = 2 * sqrt(errors[ahead[beyond]] ** 2 + error**2) + 1e-9
                if scores[beyond] - score <= apart:
                    break
                beyond += 1
            ahead.append(place)
            scores.append(score)
            ranks.append(beyond + 1)
    return order, ranks


def _is_reference(place: int, sizes: Sequence[int], treatments: Sequence[bool]) -> bool:
    """Whether an axis of treatments adds nothing."""
    for size, treatment in zip(reversed(sizes), reversed(treatments), strict=True):
        place, level = divmod(place, size)
        if treatment and level == 0:
            return True
    return False
