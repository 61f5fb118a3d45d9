"""What a treatment does to a tumour: settle the untreated tumour, add the treatment, and follow.

The protocol of the bench: readouts before, early (fast species settled, slow ones still at their untreated value) and
late. A tumour that cycles may be treated at any moment of its cycle, and readouts are averaged over these. Each step
keeps what changed and because of which edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from typing import NamedTuple, TypeAlias

from her2cli.errors import ScenarioError, shown
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import forcing
from her2cli.logic.network.phases import Phase
from her2cli.logic.network.sampling import Engine, Progress, Sampling, part
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.shares import Readout, noticeable, protocol, settled
from her2cli.logic.runs.synchronous import Lasting, Settled, differences, fates, settle, shares_of_time, unpacked
from her2cli.model import CONTEXT, TIMES, Edge, Pathway, Scenario
from her2cli.recent import recent

Probabilities: TypeAlias = Mapping[float, Mapping[str, float]]  # by time, then species

_NO_TIMES: Probabilities = {}

STARTS = ("untreated", "file", "zero", "random")
COURSE = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


class Change(NamedTuple):
    """A species that took a new value, and why."""

    species: str
    value: int
    because: tuple[Edge, ...] = ()  # from the smallest set of regulators that forces the value
    reason: str = ""  # the same in words: "EGFR_HER2 on, PTEN off"


class Step(NamedTuple):
    """One state of the cascade: what is on, and what changed since the step before."""

    number: int
    phase: str  # untreated, early, late
    on: tuple[str, ...]
    changed: tuple[Change, ...] = ()


class Simulation(NamedTuple):
    """The answer of `in_steps` and `over_time`."""

    scenario: Scenario
    semantics: str
    readouts: Mapping[str, Readout]  # of the pathway's readouts
    values: Mapping[str, Readout]  # of every species, the scenario's drugs and alterations among them
    steps: tuple[Step, ...] = ()
    probabilities: Probabilities = _NO_TIMES
    replicates: int | None = None  # the cells behind each share, under the stochastic semantics
    engine: Engine | None = None  # what drew them
    notes: tuple[str, ...] = ()  # what the reader should know: a cycle that was averaged, actions without a target

    def error(self, share: float) -> float:
        """The standard error of a *share* of this simulation: 0 where no cells were drawn."""
        return sqrt(share * (1 - share) / self.replicates) if self.replicates else 0.0

    @property
    def least(self) -> float:
        """By how much a readout differs that has moved."""
        return noticeable(self.replicates)

    @property
    def gained(self) -> tuple[str, ...]:
        """The readouts that the treatment turned up."""
        return tuple(name for name, value in self.readouts.items() if value.late - value.before > self.least)

    @property
    def lost(self) -> tuple[str, ...]:
        """The readouts that the treatment turned down."""
        return tuple(name for name, value in self.readouts.items() if value.before - value.late > self.least)


class Stepped(NamedTuple):
    """The synchronous runs behind a simulation: from the initial state, then both phases under treatment.

    A treatment may come at any of the `moments` of the run before. The runs are those from the first moment; `lasting`
    has what lasts at the end of the run from each, by time.
    """

    before: Settled
    early: Settled
    late: Settled
    lasting: Mapping[str, tuple[Lasting, ...]]


def in_steps(pathway: Pathway, scenario: Scenario) -> Simulation:
    """One cell in on and off, step by step under synchronous updates.

    Raises as `prepare` does, and `LimitError` where a run does not settle within the cap.
    """
    prepared = prepare(pathway, scenario)
    course = stepped(prepared)
    values = readouts(prepared, course)
    return Simulation(
        scenario=prepared.scenario,
        semantics="synchronous",
        readouts={name: values[name] for name in readout_names(pathway)},
        values=values,
        steps=steps(prepared, course),
        notes=(*course_notes(prepared, course), *clamp_notes(pathway, prepared.scenario)),
    )


def over_time(
    pathway: Pathway,
    scenario: Scenario,
    times: Sequence[float] = COURSE,
    *,
    start: str = "untreated",
    sampling: Sampling = Sampling(),
    progress: Progress = None,
) -> Simulation:
    """Shares of cells, with those at *times* after the treatment.

    *start* says from where these run: "untreated", the settled tumour, whose cells are then the same as those of the
    readouts, "file", the beginning that the file has, or "zero" or "random" for all species that are no inputs.
    *progress* is told the share of the cells that are done. Raises as `prepare` does, and `ScenarioError` for options
    that make no sense.
    """
    from her2cli.logic.runs.stochastic import follow  # the synchronous semantics starts without it

    if start not in STARTS:
        raise ScenarioError(f"Cells cannot start {shown(start)!r}; they start {', '.join(STARTS)}.")
    prepared = prepare(pathway, scenario)
    phases, course = protocol(prepared), [Phase(network=prepared.treated, times=tuple(sorted(set(times))))]
    if start == "untreated":
        courses = follow(phases, start="file", sampling=sampling, also=course, progress=progress)
    else:
        courses = follow(phases, start="file", sampling=sampling, progress=part(progress, 0, 0.5))
        same = replace(sampling, engine=courses[0].engine)
        courses += follow(course, start=start, sampling=same, progress=part(progress, 0.5, 0.5))  # type: ignore[arg-type]
    values = settled(prepared, courses)
    return Simulation(
        scenario=prepared.scenario,
        semantics="stochastic",
        readouts={name: values[name] for name in readout_names(pathway)},
        values=values,
        probabilities={
            time: {name: share for name, share in row.items() if name in values}
            for time, row in courses[-1].probabilities.items()
        },
        replicates=sampling.replicates,
        engine=courses[0].engine,
        notes=(*left_out_notes(prepared), *clamp_notes(pathway, prepared.scenario)),
    )


def on_and_off(pathway: Pathway, scenario: Scenario) -> dict[str, Readout]:
    """Every species as `in_steps` has it, without the steps: their reasons take ten times as long."""
    prepared = prepare(pathway, scenario)
    return readouts(prepared, stepped(prepared))


def course_notes(prepared: Prepared, course: Stepped) -> tuple[str, ...]:
    """What the reader of a synchronous answer should know."""
    return (
        *_dose_notes(prepared),
        *_efficacy_notes(prepared),
        *_cycle_notes(prepared, course),
        *left_out_notes(prepared),
    )


def scenario_notes(prepared: Prepared) -> Iterator[str]:
    """What an answer in on and off leaves out of a scenario, whatever is asked: doses, and actions without a target."""
    yield from _dose_notes(prepared)
    yield from left_out_notes(prepared)


def _dose_notes(prepared: Prepared) -> Iterator[str]:
    """What on and off cannot say: that a drug reaches only a share of the cells, and how fast a species is."""
    partial_doses = [f"{drug} {dose:g}" for drug, dose in prepared.scenario.drugs if 0 < dose < 1]
    if partial_doses:
        yield f"{', '.join(partial_doses)}: on and off knows no shares of cells, so the dose acts in all of them here"
    rates = prepared.treated.rates
    if rates:
        named = ", ".join(list(rates)[:3]) + (f" and {len(rates) - 3:,} more" if len(rates) > 3 else "")
        yield f"{named}: rates of their own are for cells that are drawn, and are not used here"


def _efficacy_notes(prepared: Prepared) -> Iterator[str]:
    """That a drug, or one of its actions, happens in a share of the cells only, which one cell cannot tell."""
    partly = [name for name, dose in prepared.scenario.drugs if dose == 1 and _partly(prepared, name)]
    if partly:
        does = "do" if partly[1:] else "does"
        yield f"what {', '.join(partly)} {does} in a share of the cells only (efficacy) acts fully here, in on and off"


def _partly(prepared: Prepared, drug: str) -> bool:
    """Whether a drug, or one of its actions, happens in a share of the cells it reaches."""
    treated = prepared.treated
    own = [drug, *(helper for helper, agent in treated.hidden.items() if agent == drug)]
    return any(0 < treated.chances.get(name, 0) < 1 for name in own)


def readout_names(pathway: Pathway) -> tuple[str, ...]:
    """What *pathway* is read out by: the species it names, else its phenotypes, else those at its ends, else all."""
    phenotypes = tuple(name for name, species in pathway.species.items() if species.is_phenotype)
    ends = tuple(name for name in pathway.species if not pathway.edges_from(name))
    return pathway.readouts or phenotypes or ends or tuple(pathway.species)


# --- the synchronous semantics -------------------------------------------------------------------------------------


@recent(32)  # more than the kinds of cell that are looked through for one of a species' value
def stepped(prepared: Prepared) -> Stepped:
    """The synchronous course of a scenario. Without a treatment all three runs end in the same states."""
    untreated, treated = prepared.untreated, prepared.treated
    before = settle(untreated, untreated.initial)
    settled = (before.lasting,)
    if not prepared.has_treatment:
        lasting = dict.fromkeys(TIMES, settled)
        return Stepped(before=before, early=before, late=before, lasting=lasting)
    starts = [given(prepared, moment) for moment in before.moments]
    early = settle(treated, starts[0], frozen_slow=True)
    late = settle(treated, unpacked(treated, early.end))
    ends = {early.end: late.lasting}
    first, end = zip((early.lasting, ends[early.end]), *fates(treated, starts[1:], ends), strict=True)
    return Stepped(before=before, early=early, late=late, lasting={"before": settled, "early": first, "late": end})


def given(prepared: Prepared, state: int) -> dict[str, int]:
    """*state* at the moment at which the treatment is added: drugs on, clamped species at their value."""
    treated = prepared.treated
    values = unpacked(treated, state)
    added = [*(name for name, _ in prepared.scenario.drugs), *(name for name, _ in prepared.scenario.clamps)]
    values |= {name: treated.initial[name] for name in (*added, *treated.hidden)}
    return values


def readouts(prepared: Prepared, course: Stepped) -> dict[str, Readout]:
    """Every species' share of the states that each run ends in."""
    network = prepared.treated
    before, early, late = (shares_of_time(network, course.lasting[time]) for time in TIMES)
    return {n: Readout(before[n], early[n], late[n]) for n in network.species if n not in network.hidden}


def steps(prepared: Prepared, course: Stepped) -> tuple[Step, ...]:
    """The states of *course*, treated at the first moment, each with what changed since the one before and why."""
    untreated, treated = prepared.untreated, prepared.treated
    found = [Step(number=0, phase="untreated", on=_on(untreated, course.before.states[0]))]
    found += _phase(untreated, "untreated", to_end(course.before), 1)
    if prepared.has_treatment:
        start = course.early.states[0]
        changed = tuple(
            Change(species=name, value=value, reason="treatment")
            for name, value in differences(treated, course.before.end, start)
            if name not in treated.hidden
        )
        found.append(Step(number=len(found), phase="early", on=_on(treated, start), changed=changed))
        found += _phase(treated, "early", to_end(course.early), len(found))
        found += _phase(treated, "late", course.late.states, len(found))
    return tuple(found)


def because(
    network: BooleanNetwork, state: Mapping[str, int], name: str, *, rather: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[Edge, ...]]:
    """The smallest set of regulators that forces the rule of *name* in *state*, and the edges by which they act.

    Of sets of the same size one that is made of *rather* is given.
    """
    first = set(rather)
    age = {other: 0 if network.hidden.get(other, other) in first else 1 for other in network.regulators[name]}
    regulators, _ = forcing(network.rules[name], state, age=age if first else None)
    return visible(network, regulators, name), edges_behind(network, regulators, name)


def reasoned(
    network: BooleanNetwork, state: Mapping[str, int], name: str, value: int, *, rather: Iterable[str] = ()
) -> Change:
    """That *name* takes, or keeps, the *value* that its rule has in *state*, and why, as `because` says."""
    regulators, edges = because(network, state, name, rather=rather)
    return Change(species=name, value=value, because=edges, reason=in_words(state, regulators))


def visible(network: BooleanNetwork, names: Iterable[str], target: str) -> tuple[str, ...]:
    """*names*, regulators of *target*, with helper inputs replaced by the drug or alteration that they stand for.

    What stands for the medium of the target itself is left out.
    """
    seen = dict.fromkeys(network.hidden.get(name, name) for name in names if network.hidden.get(name) != target)
    return tuple(seen)


def edges_behind(network: BooleanNetwork, regulators: Iterable[str], target: str) -> tuple[Edge, ...]:
    """The edges by which *regulators* act on *target*, those that they condition included."""
    edges = network.edges.get(target, ())
    found: list[Edge] = []
    for name in visible(network, regulators, target):
        own = [edge for edge in edges if edge.source == name]
        found += own or [edge for edge in edges if name in edge.requires or name in edge.unless]
    return tuple(edge for edge in edges if any(edge is other for other in found))


def in_words(state: Mapping[str, int], names: Iterable[str]) -> str:
    """The values of *names* as a reason is told: "EGFR_HER2 on, PTEN off"."""
    return ", ".join(f"{name} {'on' if state[name] else 'off'}" for name in names)


def left_out_notes(prepared: Prepared) -> Iterator[str]:
    """One remark for each drug or alteration of which this pathway can only carry a part."""
    actions: dict[str, set[str]] = {}
    for edge in prepared.left_out:
        actions.setdefault(edge.source, set()).add(" -> ".join(edge.blocks or (edge.target,)))
    for agent, targets in actions.items():
        yield f"{agent} also acts on {', '.join(sorted(targets))}; this pathway does not have that"


TOLD = 2  # alterations that a clamp is a part of; where more are, it is not of one that it is asked


def clamp_notes(pathway: Pathway, scenario: Scenario) -> Iterator[str]:
    """The alterations that hold what a clamp holds, and more: what they do beyond it, and the clamps that say so."""
    given = [f"{species}={value}" for species, value in scenario.clamps]
    held = {name: _held_by(pathway, name) for name in pathway.alterations if name not in scenario.alterations}
    told = [clamp for clamp in given if sum(clamp in clamps for clamps in held.values()) <= TOLD]
    for name, clamps in held.items():
        same = [clamp for clamp in told if clamp in clamps]
        beyond = [clamp for clamp in clamps if clamp not in given]
        if same and beyond:
            ends = (("on", [c[:-2] for c in beyond if c[-1] == "1"]), ("off", [c[:-2] for c in beyond if c[-1] == "0"]))
            also = " and ".join(f"{' and '.join(names)} {end}" for end, names in ends if names)
            yield f"{name} does more than {' and '.join(same)}: it holds {also}, too (-s {' -s '.join(beyond)})"


def _held_by(pathway: Pathway, alteration: str) -> tuple[str, ...]:
    """The clamps that say what an *alteration* does; none where clamps cannot say it.

    That its cells are no normal ones, which a context says of others, is left out: a normal cell can be clamped, too.
    """
    marks = {each.species for context in pathway.contexts.values() for each in context.species}
    marks = {name for name in marks if name in pathway.species and pathway.species[name].kind == CONTEXT}
    edges = [
        edge for edge in pathway.actions(alteration) if edge.target in pathway.species and edge.target not in marks
    ]
    brought = {edge.target for edge in edges if edge.sign > 0}
    edges = [edge for edge in edges if not brought.intersection(edge.unless)]  # which it keeps off itself
    thing = pathway.alterations[alteration]
    if thing.efficacy != 1 or any(e.requires or e.unless or e.blocks or e.efficacy is not None for e in edges):
        return ()
    return tuple(dict.fromkeys(f"{edge.target}={int(edge.sign > 0)}" for edge in edges))


# --- small pieces --------------------------------------------------------------------------------------------------


def _phase(network: BooleanNetwork, phase: str, states: Sequence[int], number: int) -> list[Step]:
    found: list[Step] = []
    for previous, state in pairwise(states):
        values = unpacked(network, previous)
        changed = tuple(reasoned(network, values, name, value) for name, value in differences(network, previous, state))
        found.append(Step(number=number + len(found), phase=phase, on=_on(network, state), changed=changed))
    return found


def _on(network: BooleanNetwork, state: int) -> tuple[str, ...]:
    return tuple(n for i, n in enumerate(network.species) if state >> i & 1 and n not in network.hidden)


def to_end(run: Settled) -> tuple[int, ...]:
    """The states up to the one from which the next phase sets out: a cycle is passed once and closed."""
    return run.states if len(run.cycle) == 1 else (*run.states, run.end)


def _cycle_notes(prepared: Prepared, course: Stepped) -> Iterator[str]:
    """Where readouts are averages: over a cycle, and over the moments of a cycle at which the treatment may come."""
    told: dict[str, list[str]] = {}
    for time, run in (("before", course.before), ("early", course.early), ("late", course.late)):
        if prepared.has_treatment or time == "before":
            ends = course.lasting[time]
            shares = shares_of_time(prepared.treated, ends)
            moving = ", ".join(n for n, share in shares.items() if 0 < share < 1 and n not in prepared.treated.hidden)
            if moving:
                told.setdefault(f"{_averaged(run, ends)}: {moving}", []).append(time)
    for note, times in told.items():
        yield f"{' and '.join([', '.join(times[:-1]), times[-1]] if times[1:] else times)}: {note}"
    moments = len(course.before.moments)
    if prepared.has_treatment and moments > 1:
        yield (
            f"the treatment comes at any of {moments} moments of the cycle before; early and late are averages over "
            "these, and the steps follow the first"
        )


def _averaged(run: Settled, ends: Sequence[Lasting]) -> str:
    """Over what the *ends* are averaged, of which that of *run* is one."""
    once = {id(end): end for end in ends}.values()  # runs that meet have one and the same end
    if len({min(map(min, end)) for end in once}) > 1:
        return "the end depends on the moment of the treatment; differing"
    lasting, states = sum(map(len, run.lasting)), len(run.cycle)
    if lasting == states:
        return f"no fixed point but a cycle of {states} states, over which readouts are averaged; changing"
    return (
        f"no fixed point but a cycle of {states} states; readouts are averaged over the {lasting} in which fast "
        "species have come to rest; changing"
    )
