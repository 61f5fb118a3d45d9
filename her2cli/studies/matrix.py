"""Scenarios side by side in shares of cells: a row a scenario, a column a readout, and why a row is not as another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from her2cli.errors import ScenarioError
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.responses import Case, Idle, Move, chain_to, idle
from her2cli.logic.questions.shares import Readout, noticeable, shares
from her2cli.logic.questions.simulation import clamp_notes, left_out_notes, readout_names
from her2cli.logic.questions.sweeps import Cells, Swept, sweep
from her2cli.model import Edge, Pathway, Scenario

NAMED = ("alterations", "ligands", "drugs", "clamps")  # of a scenario, the parts that have names


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a readout of one row is not as that of the row it is set against."""

    readout: str
    by: float  # late, this row less the other
    chain: tuple[Edge, ...]  # from what only one of the two has; empty where none was found
    without: bool = False  # whether the chain is that of the other row, and is missing here


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One scenario: its readouts, and how it differs from the most similar of the rows above it."""

    scenario: Scenario
    readouts: Mapping[str, Readout]
    against: int | None = None  # the row that it is set against; None for the first
    reasons: tuple[Reason, ...] = ()  # of the readouts that differ noticeably, the largest difference first
    idle: tuple[Idle, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The answer of `matrix`."""

    rows: tuple[Row, ...]
    readouts: tuple[str, ...]
    replicates: int
    engine: Engine

    def differs(self, row: Row, readout: str) -> int:
        """Whether the readout is late noticeably above (1) or below (-1) that of the first row, or as there (0)."""
        by = row.readouts[readout].late - self.rows[0].readouts[readout].late
        least = noticeable(self.replicates)
        return (by > least) - (by < -least)


def matrix(
    pathway: Pathway,
    scenarios: Sequence[Scenario],
    *,
    readouts: Sequence[str] = (),
    time: str = "late",
    sampling: Sampling = Sampling(),
) -> Matrix:
    """*scenarios*, two or more, in shares of cells, and why rows differ at that *time* (early or late).

    Raises `ScenarioError` for fewer, and as `prepare` does.
    """
    if len(scenarios) < 2:
        raise ScenarioError("A comparison needs two scenarios or more; 'untreated' is one.")
    asked = tuple(readouts) or readout_names(pathway)
    prepared = [prepare(pathway, each) for each in scenarios]
    known = [each.scenario for each in prepared]
    drawn = shares(pathway, known, sampling=sampling)
    values = [drawn.values[each] for each in known]
    cases = [
        Case(pathway=pathway, prepared=each, values=own, replicates=drawn.replicates)
        for each, own in zip(prepared, values, strict=True)
    ]
    rows = []
    for index, each in enumerate(prepared):
        against = _most_similar(known, index)
        others = {
            drug: values[place]
            for drug, _ in each.scenario.drugs
            for place, other in enumerate(known)
            if replace(other, name="") == _without(each.scenario, drug)
        }
        rows.append(
            Row(
                scenario=each.scenario,
                readouts={name: values[index][name] for name in asked},
                against=against,
                reasons=() if against is None else _reasons(cases[index], cases[against], asked, time),
                idle=tuple(idle(cases[index], others)),
                notes=(*left_out_notes(each), *clamp_notes(pathway, each.scenario)),
            )
        )
    return Matrix(rows=tuple(rows), readouts=asked, replicates=drawn.replicates, engine=drawn.engine)


def _without(scenario: Scenario, drug: str) -> Scenario:
    return replace(scenario, drugs=tuple(each for each in scenario.drugs if each[0] != drug), name="")


def _parts(scenario: Scenario) -> set[object]:
    around = (("context", scenario.context), ("inputs", scenario.inputs))
    return {*scenario.alterations, *scenario.ligands, *scenario.drugs, *scenario.clamps, *around}


def _most_similar(known: Sequence[Scenario], index: int) -> int | None:
    """Of the rows above, the one that differs in the fewest parts; the last of equals."""
    return min(range(index), key=lambda each: (len(_parts(known[each]) ^ _parts(known[index])), -each), default=None)


def _named(part: str | tuple[str, float]) -> str:
    return part if isinstance(part, str) else part[0]


def _names(scenario: Scenario) -> list[str]:
    return [_named(part) for field in NAMED for part in getattr(scenario, field)]


def _turned(case: Case, other: Case, name: str) -> Prepared:
    """*case* without what only it names so, or with what only *other* does."""
    one, two = case.prepared.scenario, other.prepared.scenario
    parts: dict[str, Any] = {
        field: (
            *(part for part in getattr(one, field) if _named(part) != name),
            *(part for part in getattr(two, field) if _named(part) == name),
        )
        for field in NAMED
    }
    return prepare(case.pathway, replace(one, **parts))


def _reasons(here: Case, there: Case, asked: Sequence[str], time: str) -> tuple[Reason, ...]:
    """Why *here* is not as *there*, by what only one of them names and makes the most of the difference by itself."""
    by = {name: getattr(value, time) - getattr(there.values[name], time) for name, value in here.values.items()}
    differing = [name for name in asked if abs(by[name]) > here.least]
    if not differing:
        return ()
    names, others = _names(here.prepared.scenario), _names(there.prepared.scenario)
    own, missing = ([name for name in some if name not in rest] for some, rest in ((names, others), (others, names)))
    seen = (sweep(there.prepared)[time], sweep(here.prepared)[time])
    networks = there.prepared.treated, here.prepared.treated
    taken, added = (
        Cells(network=network, before=before, after=after, late=time == "late")
        for network, before, after in zip(networks, seen[::-1], seen, strict=True)
    )
    sides = {True: (here, by, added), False: (there, {name: -change for name, change in by.items()}, taken)}
    parts = (*own, *missing)
    turned: dict[str, tuple[Swept, Swept]] = {}  # both with one part turned, where there are several
    if len(parts) > 1:
        for name in parts:
            turned[name] = sweep(_turned(there, here, name))[time], sweep(_turned(here, there, name))[time]

    def made(name: str, readout: str) -> int:
        """How many cells that part moves the right way: given to the one, and taken from the other."""
        first, second = (
            (was[readout].bit_count() - now[readout].bit_count())
            for was, now in zip(seen, turned.get(name, seen), strict=True)
        )
        return second - first if by[readout] > 0 else first - second

    found = []
    for readout in differing:
        chain: tuple[Edge, ...] = ()
        for name in sorted(parts, key=lambda name: -made(name, readout)):
            case, moved, cells = sides[name in own]
            if chain := chain_to(case, Move(moved, {name}, cells, time), readout):
                break
        found.append(Reason(readout=readout, by=by[readout], chain=chain, without=bool(chain) and name in missing))
    return tuple(sorted(found, key=lambda each: -abs(each.by)))
