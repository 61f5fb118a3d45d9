"""Shares of cells: in how many of a culture's cells each species is on, before the treatment, early and late under it.

One function answers for one scenario and for many; what is simulated, validated, compared and screened are its shares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from her2cli.errors import LimitError
from her2cli.logic.network.joint import Joint, join, surrounded
from her2cli.logic.network.phases import Phase
from her2cli.logic.network.sampling import Engine, Progress, Sampling, part
from her2cli.logic.network.scenario import Prepared, prepare, resolve
from her2cli.model import Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.logic.runs.stochastic import Course

NOTICEABLE = 0.1  # a readout that differs by more than this has gone up or down
SLIGHT = 0.05  # and one that differs by no more than that but by more than this, a little

# Times of the stochastic semantics, where a fast species moves after 1 on average and a slow one after 20: by 100 all
# but 1 in 150 slow moves are made. Where cells come to rest before, the engine stops.
SETTLED = 100.0
EARLY = 30.0
ALONE = 12  # scenarios of one question that are drawn each by itself; more take too long


def chance(cells: int) -> float:
    """By how much chance may move a share of so many *cells*: two standard errors of a half, from 0 to 1."""
    return 2 * sqrt(0.25 / cells)


def noticeable(cells: int | None) -> float:
    """Beyond which difference a readout of so many *cells* has gone up or down: never by what chance may do.

    None are the cells of an answer in on and off.
    """
    return max(NOTICEABLE, chance(cells)) if cells else NOTICEABLE


def slight(cells: int) -> float:
    """Beyond which difference a readout of so many *cells* has moved a little: two standard errors of two halves."""
    return max(SLIGHT, sqrt(2) * chance(cells))


class Readout(NamedTuple):
    """How much of a species is on, 0 to 1: before the treatment, early and late under it."""

    before: float
    early: float
    late: float


class Shares(NamedTuple):
    """The answer of `shares`: for each scenario, as it was asked, the readout of every species of the pathway."""

    values: Mapping[Scenario, Mapping[str, Readout]]
    replicates: int  # the cells behind each share
    engine: Engine  # what drew them


def shares(
    pathway: Pathway, scenarios: Sequence[Scenario], *, sampling: Sampling = Sampling(), progress: Progress = None
) -> Shares:
    """For each of *scenarios* the share of its cells in which each species is on, before, early and late.

    Each of up to `ALONE` scenarios has cells of its own, so that its shares hang on nothing but itself and the seed;
    so has one with doses below 1 or set inputs. More scenarios in the same surroundings see the same random numbers,
    which is quicker. A drug of dose 0 is none: its cells are those that do not get it.
    *progress* is told the share of the scenarios that are done. Raises as `prepare` does, and `MissingExtra` where the
    engine is to be Numba and it is not installed.
    """
    known = {scenario: _reaching(resolve(pathway, scenario)) for scenario in scenarios}
    # A tumour that is not treated is what a treated one was before.
    before = {each.untreated: scenario for scenario, each in known.items() if each.has_treatment}
    groups: dict[object, list[Scenario]] = {}
    few = len(known) <= ALONE
    for scenario, each in known.items():
        if not each.has_treatment and each.untreated in before:
            continue
        alone = few or any(dose != 1 for _, dose in scenario.drugs) or each.inputs is not None
        groups.setdefault(scenario if alone else surrounded(pathway, each), []).append(scenario)
    found: dict[Scenario, Mapping[str, Readout]] = {}
    used: Engine = sampling.engine or "python"
    for group in groups.values():
        if len(group) == 1:
            values, used = cells_of(prepare(pathway, known[group[0]]), sampling=sampling)
            found[group[0]] = {name: values[name] for name in pathway.species}
        else:
            answer = _joint_shares(pathway, group, sampling)
            found |= answer.values
            used = answer.engine
        if progress:
            progress(len(found) / len(known))
    for scenario in known.keys() - found.keys():
        treated = found[before[known[scenario].untreated]]
        found[scenario] = {name: Readout(each.before, each.before, each.before) for name, each in treated.items()}
    return Shares(values=found, replicates=sampling.replicates, engine=used)


def _reaching(scenario: Scenario) -> Scenario:
    """*scenario* without the drugs that reach no cell."""
    return replace(scenario, drugs=tuple(each for each in scenario.drugs if each[1]))


def along_doses(
    pathway: Pathway,
    scenario: Scenario,
    drugs: Sequence[str],
    doses: Sequence[float],
    *,
    sampling: Sampling = Sampling(),
    progress: Progress = None,
) -> tuple[list[dict[str, Readout]], Shares]:
    """The readouts of every species at each of *doses*, which all of *drugs* (ids) have, and the shares behind them.

    One drug takes two scenarios, however many doses (`full_doses`). The other drugs of *scenario* keep their doses.
    Raises as `shares` and `full_doses` do.
    """
    known = resolve(pathway, scenario)
    fixed = tuple(each for each in known.drugs if each[0] not in drugs)

    def parts(dose: float) -> list[tuple[float, Scenario]]:
        return full_doses(replace(known, drugs=(*fixed, *((drug, dose) for drug in drugs))), among=drugs)

    found = shares(pathway, [each for _, each in parts(0.5)], sampling=sampling, progress=progress)
    curve = []
    for dose in doses:
        mixed = [(weight, found.values[each]) for weight, each in parts(dose)]
        curve.append(
            {
                name: Readout(*(sum(w * values[name][time] for w, values in mixed) for time in range(3)))
                for name in pathway.species
            }
        )
    return curve, found


def cells_of(
    prepared: Prepared, *, sampling: Sampling = Sampling(), progress: Progress = None
) -> tuple[dict[str, Readout], Engine]:
    """The shares of one scenario, of cells of its own, each species of its networks included; and the engine."""
    from her2cli.logic.runs.stochastic import follow

    courses = follow(protocol(prepared), start="file", sampling=sampling, progress=progress)
    return settled(prepared, courses), courses[0].engine


def protocol(case: Prepared | Joint) -> list[Phase]:
    """What cells go through: they settle untreated; then fast species alone follow the treatment; then all do."""
    treated = case.treated
    alarmed = case.alarmed if isinstance(case, Joint) else frozenset[str]()
    phases = [Phase(network=case.untreated, times=(SETTLED,), alarmed=alarmed)]
    if case.has_treatment:
        phases.append(Phase(network=treated, times=(EARLY,), frozen=treated.slow, alarmed=alarmed))
        phases.append(Phase(network=treated, times=(SETTLED,), alarmed=alarmed))
    return phases


def settled(prepared: Prepared, courses: Sequence[Course]) -> dict[str, Readout]:
    """The readouts of all species, from the *courses* of those phases. Without a treatment all three are one."""
    ends = [course.probabilities[course.times[-1]] for course in courses[: 3 if prepared.has_treatment else 1]]
    before, early, late = ends if len(ends) == 3 else ends * 3
    hidden = prepared.treated.hidden
    return {n: Readout(before[n], early[n], late[n]) for n in prepared.treated.species if n not in hidden}


def _joint_shares(pathway: Pathway, scenarios: Sequence[Scenario], sampling: Sampling) -> Shares:
    """Those of scenarios in the same surroundings."""
    names = tuple(pathway.species)
    rows, used = _counted(join(pathway, [resolve(pathway, each) for each in scenarios]), names, sampling)
    found = {}
    for scenario, row in zip(scenarios, rows, strict=True):
        shares = [count / sampling.replicates for count in row]
        found[scenario] = {name: Readout(*shares[place :: len(names)]) for place, name in enumerate(names)}
    return Shares(values=found, replicates=sampling.replicates, engine=used)


def tallied(
    pathway: Pathway, scenarios: Sequence[Scenario], species: Sequence[str], *, sampling: Sampling = Sampling()
) -> tuple[list[tuple[float, ...]], Engine]:
    """For each of *scenarios*, every name in it an id, the shares of *species* before, then early, then late; and the
    engine that drew them.

    As `shares`, but for many scenarios of which little is asked: what the species asked for do not depend on is not
    run. Doses are mixed as `full_doses` says. Raises as `join` and `full_doses` do.
    """
    (rows,), used = batches(pathway, scenarios, species, (sampling,))
    return [tuple(count / sampling.replicates for count in row) for row in rows], used


def batches(
    pathway: Pathway,
    scenarios: Iterable[Scenario],
    species: Sequence[str],
    samplings: Iterable[Sampling],
    *,
    told: Progress = None,
) -> tuple[list[list[tuple[float, ...]]], Engine]:
    """As `tallied`, in how many cells, for each of *samplings*: prepared once and drawn by one engine.

    Whole numbers, but for doses below 1. *told* hears which share of the work is done.
    """
    groups: dict[tuple[Any, ...], dict[Scenario, int]] = {}
    around: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    parts: list[list[tuple[float, tuple[Any, ...], int]]] = []
    for scenario in scenarios:
        mixed = full_doses(scenario) if any(dose != 1 for _, dose in scenario.drugs) else ((1.0, scenario),)
        medium = scenario.context, scenario.ligands, scenario.inputs
        if medium not in around:
            around[medium] = *surrounded(pathway, scenario), scenario.inputs
        key = around[medium]
        group = groups.setdefault(key, {})
        parts.append([(weight, key, group.setdefault(each, len(group))) for weight, each in mixed])
    joints = {key: join(pathway, list(group)) for key, group in groups.items()}
    found = []
    used: Engine | None = None
    for sampling in samplings:
        rows = {}
        for number, (key, joint) in enumerate(joints.items()):
            heard = part(told, number / len(joints), 1 / len(joints))
            rows[key], used = _counted(joint, species, replace(sampling, engine=used or sampling.engine), heard)
        found.append([_mixed([(weight, rows[key][place]) for weight, key, place in own]) for own in parts])
    return found, used or "python"


def _mixed(rows: Sequence[tuple[float, tuple[int, ...]]]) -> tuple[float, ...]:
    """The counts of a scenario from the weighted ones of those that it is a mixture of."""
    if len(rows) == 1:
        return rows[0][1]
    return tuple(sum(weight * row[column] for weight, row in rows) for column in range(len(rows[0][1])))


DOSES_LIMIT = 6  # doses below 1 in one scenario, each of which doubles what is run


def full_doses(scenario: Scenario, *, among: Sequence[str] | None = None) -> list[tuple[float, Scenario]]:
    """The scenarios with full doses that *scenario* is a mixture of, and their weights.

    A drug with a dose below 1 reaches that share of the cells, each drug for itself, and a cell that it does not reach
    is one without it. Some drugs *among* others may be asked for; these keep theirs. Raises `LimitError` for too many.
    """
    below = [each for each in scenario.drugs if each[1] < 1 and (among is None or each[0] in among)]
    if len(below) > DOSES_LIMIT:
        raise LimitError(f"{len(below)} doses below 1 in one scenario are too many (the limit is {DOSES_LIMIT})")
    kept = tuple(each for each in scenario.drugs if each not in below)
    found = []
    for given in product((False, True), repeat=len(below)):
        weight = prod(dose if there else 1 - dose for there, (_, dose) in zip(given, below, strict=True))
        drugs = (*kept, *((name, 1.0) for there, (name, _) in zip(given, below, strict=True) if there))
        if weight:
            found.append((weight, replace(scenario, drugs=drugs, name="")))
    return found


def _counted(
    joint: Joint, species: Sequence[str], sampling: Sampling, told: Progress = None
) -> tuple[list[tuple[int, ...]], Engine]:
    """In how many cells each of *species* is on, before, early and late, in each scenario of *joint*."""
    from her2cli.logic.runs.stochastic import screen_phases

    screens = screen_phases(
        protocol(joint), joint.switched, start="file", species=species, sampling=sampling, told=told
    )
    many = len(species)
    columns = [screen.counts[name][0] for screen in screens for name in species]
    rows: list[tuple[int, ...]] = list(zip(*columns, strict=True))
    for place, scenario in enumerate(joint.scenarios):
        if not scenario.has_treatment:  # nothing is added: early and late are the settled tumour
            rows[place] = rows[place][:many] * 3
        elif scenario.clamps:  # a species that is clamped is that, whatever its rule in the joint network says
            values = list(rows[place])
            for name, value in scenario.clamps:
                if name in species:
                    values[many + species.index(name) :: many] = [value * sampling.replicates] * 2
            rows[place] = tuple(values)
    return rows, screens[0].engine
