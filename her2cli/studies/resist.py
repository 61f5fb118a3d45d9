"""What makes a drug fail: the smallest sets of alterations, or of held species, after which a readout stays as it was.

Asked of on and off, in all minimal trap spaces of the treated tumour; the shares of cells stand beside each set, from
the stochastic semantics. What keeps the readout in some of these ends only is found by its share of cells. And what
would block the readout again: the smallest sets of further drugs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain as joined
from itertools import pairwise
from math import prod

from her2cli.errors import ScenarioError, UnknownName, shown
from her2cli.expression import Const, Expression, Var, substitute
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import acting, prepare, resolve
from her2cli.logic.questions.control import Change, chain, controls
from her2cli.logic.questions.responses import chain_of
from her2cli.logic.questions.shares import noticeable, tallied
from her2cli.logic.questions.simulation import readout_names
from her2cli.model import Alteration, Drug, Effect, Pathway, Scenario, markers

OVER = ("alterations", "species", "both")
COUNTER_LIMIT = 2  # drugs in a counter
EXPLAINED = 200  # sets for which shares, reasons and counters are computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a reason: what a species does to the next there, through whatever stands between them in its rule."""

    source: str
    target: str
    effect: Effect


@dataclass(frozen=True, kw_only=True)
class Way:
    """One smallest set that makes the drug fail."""

    names: tuple[str, ...]
    scenario: Scenario  # the treatment with these in the tumour
    share: float  # of the cells in which the readout is as it was, late
    error: float
    tell: Callable[[], tuple[Link, ...]] = field(repr=False, compare=False)
    experiments: tuple[str, ...]  # published: these alterations under this drug
    evidence: tuple[str, ...]  # references of these experiments, or else of the alterations
    counters: tuple[tuple[str, ...], ...] = ()  # the smallest sets of further drugs that block again, the best first
    everywhere: bool = True  # in every end that a cell may come to; or found by its share of cells alone

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The chain from one of them to the readout, worked out where it is asked for."""
        return self.tell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resistance:
    """The answer of `resist`. Where the drug does not block the readout in the first place, `blocked` is False."""

    scenario: Scenario
    readout: str
    value: int  # what the readout is to stay at for the drug to fail
    blocked: bool
    over: str
    candidates: int
    size: int
    without: float  # the share of cells in which the readout is as it was though nothing was added
    ways: tuple[Way, ...]  # those that keep the readout in most cells first, as in `partly`
    partly: tuple[Way, ...]  # single changes that do it in noticeably more cells than without, not in every end
    more: int  # sets that were found and not explained
    tried: int
    uncertain: tuple[str, ...]
    counter: int  # the largest counter that was looked for
    replicates: int
    engine: str

    @property
    def guarantee(self) -> str:
        """What the list of sets is worth, in words."""
        what = {
            "alterations": "alterations",
            "species": "holds of a species",
            "both": "alterations and holds of species",
        }
        found = f"of at most {min(self.size, self.candidates)} of {self.candidates} {what[self.over]}"
        where = "in all minimal trap spaces (the most-permissive attractors), inputs as in the scenario"
        if self.uncertain:
            return f"Sound, not complete {found}: {', '.join(self.uncertain[:3])} cannot be decided; {where}."
        return f"Complete: all smallest sets {found}, {where}; {self.tried:,} sets were tried."

    def adds(self, way: Way) -> bool:
        """Whether *way* keeps the readout in noticeably more cells than the treatment leaves by itself."""
        return way.share - self.without > noticeable(self.replicates)

    def records(self) -> list[dict[str, object]]:
        """The sets as dicts."""
        return [
            {
                "set": list(way.names),
                "share": way.share,
                "error": way.error,
                "chain": [way.links[0].source, *(link.target for link in way.links)] if way.links else [],
                "experiments": list(way.experiments),
                "evidence": list(way.evidence),
                "counters": [list(each) for each in way.counters],
                "everywhere": way.everywhere,
            }
            for way in (*self.ways, *self.partly)
        ]


def resist(
    pathway: Pathway,
    scenario: Scenario,
    *,
    readout: str = "",
    over: str = "alterations",
    size: int = 2,
    counter: int = 0,
    sampling: Sampling = Sampling(replicates=300),
    told: Callable[[int], None] | None = None,
) -> Resistance:
    """All smallest sets, of at most *size*, after which *readout* stays as it was under the treatment of *scenario*.

    *over* says of what: the alterations that the tumour does not have, species held on or off, or both. *readout* is a
    species, or `AKT=0`, `AKT=1`: what it is to stay at; without one it is the first of the pathway's readouts with a
    goal that is not at it before the treatment, and does not stay so. *counter* asks for each set for the drugs, up to
    so many, that block again. *told* hears how many sets were tried.

    Raises `ScenarioError`, `UnknownName`, `LimitError`.
    """
    _check(scenario, over, counter)
    scenario = resolve(pathway, scenario)
    species, value = _asked(pathway, scenario, readout)
    alterations = _addable(pathway, scenario.alterations) if over != "species" else []
    drugs = _others(pathway, pathway.drugs, {name for name, _ in scenario.drugs}) if counter else []
    plain = _switched(pathway, scenario, alterations, drugs) | dict.fromkeys(drugs, Const(0))
    changes = _changes(pathway, scenario, species, alterations, over)
    bare = {name: rule for name, rule in plain.items() if name not in alterations}
    found = controls(bare, species, value, changes, size=size, switches=alterations, told=told)
    blocked = () not in found.sets
    listed = _smallest(found.sets, changes) if blocked else []
    alone = [(change,) for change in changes if (change,) not in listed] if blocked else []
    cells = _Kept(pathway=pathway, scenario=scenario, species=species, value=value, sampling=sampling)
    (without, *kept), engine = cells.shares([(), *listed, *alone])
    ways = []
    for each, share in zip(listed, kept, strict=False):
        held = {change.species: Const(change.value) for change in each}
        chosen = {**plain, **dict.fromkeys(alterations, Const(0)), **held}
        counters = _counters(chosen, species, 1 - value, drugs, counter)
        ways.append(cells.ranked(cells.way(each, share, rules=chosen, counters=counters)))
    beyond = without + noticeable(sampling.replicates)
    partly = cells.beyond(beyond, zip(alone, kept[len(listed) :], strict=True))
    return Resistance(
        scenario=scenario,
        readout=species,
        value=value,
        blocked=blocked,
        over=over,
        candidates=len(changes),
        size=size,
        without=without,
        ways=tuple(sorted(ways, key=lambda way: -way.share)),
        partly=tuple(cells.countered(way, drugs, beyond) if counter else way for way in partly),
        more=len(found.sets) - len(listed) if blocked else 0,
        tried=found.tried,
        uncertain=found.uncertain,
        counter=counter,
        replicates=sampling.replicates,
        engine=engine,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """In how many cells the treatment of *scenario* leaves *species* at *value*, with changes of the tumour."""

    pathway: Pathway
    scenario: Scenario
    species: str
    value: int
    sampling: Sampling

    def shares(self, changes: Sequence[Sequence[Change]]) -> tuple[list[float], str]:
        return self._late([_with(self.scenario, each) for each in changes])

    def way(
        self,
        changes: Sequence[Change],
        share: float,
        *,
        rules: Mapping[str, Expression] | None = None,
        counters: tuple[tuple[str, ...], ...] = (),
        everywhere: bool = True,
    ) -> Way:
        """A set: its chain, of the cells in which it makes the difference, or else of the *rules* with it alone."""
        experiments, evidence = _evidence(self.pathway, self.scenario, changes)
        scenario = _with(self.scenario, changes)
        sources = tuple(change.species for change in changes)
        return Way(
            names=tuple(change.name for change in changes),
            scenario=scenario,
            share=share,
            error=(share * (1 - share) / self.sampling.replicates) ** 0.5,
            tell=partial(self._chain, scenario, sources, rules),
            experiments=experiments,
            evidence=evidence,
            counters=counters,
            everywhere=everywhere,
        )

    def beyond(self, least: float, found: Iterable[tuple[Sequence[Change], float]]) -> list[Way]:
        """Of changes and the shares that were *found* with them, those above *least*, the largest share first."""
        ways = [self.way(each, share, everywhere=False) for each, share in found if share > least]
        return sorted(ways, key=lambda way: -way.share)

    def countered(self, way: Way, drugs: Sequence[str], beyond: float) -> Way:
        """*way* with the single drugs, the best first, that leave no more cells than the treatment does without it."""
        left = self._left(way, drugs)
        return replace(way, counters=tuple((drug,) for drug in left if left[drug] <= beyond))

    def ranked(self, way: Way) -> Way:
        """*way* with its counters the best first: by the cells that each of their drugs leaves alone."""
        left = self._left(way, list(dict.fromkeys(joined.from_iterable(way.counters))))
        return replace(
            way, counters=tuple(sorted(way.counters, key=lambda each: (prod(left[drug] for drug in each), each)))
        )

    def _left(self, way: Way, drugs: Sequence[str]) -> dict[str, float]:
        """The share of cells that each of *drugs* leaves under *way*, the smallest first."""
        added = [replace(way.scenario, drugs=(*way.scenario.drugs, (drug, 1.0))) for drug in drugs]
        shares = zip(self._late(added)[0], drugs, strict=True) if added else ()
        return {drug: share for share, drug in sorted(shares)}

    def _chain(
        self, scenario: Scenario, sources: Sequence[str], rules: Mapping[str, Expression] | None
    ) -> tuple[Link, ...]:
        edges = chain_of(self.pathway, self.scenario, scenario, sources, self.species, rises=bool(self.value))
        ends = [edge.blocks[1] if edge.blocks else edge.target for edge in edges]
        told = tuple(
            Link(source=each.source, target=end, effect=each.effect) for each, end in zip(edges, ends, strict=True)
        )
        return told or _links(chain(rules, {}, self.species, sources) if rules else {})

    def _late(self, scenarios: Sequence[Scenario]) -> tuple[list[float], str]:
        rows, engine = tallied(self.pathway, scenarios, [self.species], sampling=self.sampling)
        return [late if self.value else 1 - late for *_, late in rows], engine


def _check(scenario: Scenario, over: str, counter: int) -> None:
    """Raise `ScenarioError` where there is nothing to ask."""
    if over not in OVER:
        raise ScenarioError(f"No {shown(over)!r} to look over; there are {', '.join(OVER)}.")
    if not scenario.drugs and not scenario.clamps:
        raise ScenarioError("Resistance is to a treatment: name a drug.")
    if not 0 <= counter <= COUNTER_LIMIT:
        raise ScenarioError(f"A counter has at most {COUNTER_LIMIT} drugs.")


def _smallest(sets: Iterable[tuple[int, ...]], changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """The first of *sets* of changes by their numbers, in order."""
    ordered = sorted(sets, key=lambda each: (len(each), each))
    return [tuple(changes[number] for number in each) for each in ordered[:EXPLAINED]]


def _changes(pathway: Pathway, scenario: Scenario, readout: str, alterations: Sequence[str], over: str) -> list[Change]:
    """What may be added: *alterations*, and what *over* says, holds of the species other than *readout*."""
    changes = [Change(name=name, species=name) for name in alterations]
    if over != "alterations":
        free = [name for name in pathway.species if name != readout and name not in dict(scenario.clamps)]
        changes += [Change(name=f"{name}={held}", species=name, value=held) for name in free for held in (1, 0)]
    if not changes:
        raise ScenarioError(
            f"{shown(pathway.name)} has no alterations that could be added here; --over species holds each of its "
            "species on and off."
        )
    return changes


def _asked(pathway: Pathway, scenario: Scenario, readout: str) -> tuple[str, int]:
    """The readout, and the value that it is to stay at."""
    if readout:
        name, equals, text = readout.rpartition("=") if "=" in readout else (readout, "", "")
        species = pathway.find_species(name)
        if equals and text not in ("0", "1"):
            raise ScenarioError(f"{shown(readout)}: a readout stays at 0, off, or at 1, on.")
        goal = pathway.species[species].goal
        return species, int(text) if equals else 1 - (goal or 0)
    goals = {name: pathway.species[name].goal for name in readout_names(pathway)}
    wanted = {name: goal for name, goal in goals.items() if goal is not None} or dict.fromkeys(goals, 0)
    treated, untreated = (_fixed(prepare(pathway, each).treated) for each in (scenario, scenario.untreated))
    for name, goal in wanted.items():
        before, after = (() in controls(rules, name, 1 - goal, (), size=0).sets for rules in (untreated, treated))
        if before and not after:
            return name, 1 - goal
    first = next(iter(wanted.items()), None)
    if first is None:
        raise UnknownName("readout", "", (), "Name one with --readout.")
    return first[0], 1 - first[1]


def _others(
    pathway: Pathway, shelf: Mapping[str, Drug] | Mapping[str, Alteration], present: Sequence[str] | set[str]
) -> list[str]:
    """Those of a *shelf* that are not *present* and do something here, in any cell at all."""
    return [name for name in acting(pathway, shelf) if name not in present and shelf[name].efficacy > 0]


def _addable(pathway: Pathway, present: Sequence[str]) -> list[str]:
    """The other alterations; not another amount of what the tumour has an amount of."""
    has = markers(pathway, present)
    others = _others(pathway, pathway.alterations, present)
    return [name for name in others if markers(pathway, [name]).isdisjoint(has)]


def _fixed(network: BooleanNetwork) -> dict[str, Expression]:
    """The rules of *network*, its inputs as constants."""
    inputs = set(network.inputs)
    return {name: Const(network.initial[name]) if name in inputs else rule for name, rule in network.rules.items()}


def _switched(
    pathway: Pathway, scenario: Scenario, alterations: Sequence[str], drugs: Sequence[str]
) -> dict[str, Expression]:
    """The rules under treatment, in which further alterations and drugs are inputs."""
    everything = replace(
        scenario,
        alterations=(*scenario.alterations, *alterations),
        drugs=(*scenario.drugs, *((name, 1.0) for name in drugs)),
    )
    network = prepare(pathway, everything).treated
    switches = {*alterations, *drugs}
    # What stands for a part of an agent's actions is there where the agent is.
    helpers: dict[str, Expression] = {
        helper: Var(agent) if network.initial[helper] else Const(0)
        for helper, agent in network.hidden.items()
        if agent in switches
    }
    rules = {name: rule for name, rule in _fixed(network).items() if name not in helpers}
    if helpers:
        rules = {name: substitute(rule, helpers) for name, rule in rules.items()}
    return rules


def _with(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    alterations = tuple(change.name for change in changes if change.name == change.species)
    clamps = tuple((change.species, change.value) for change in changes if change.name != change.species)
    return replace(
        scenario,
        alterations=(*scenario.alterations, *alterations),
        clamps=tuple({**dict(scenario.clamps), **dict(clamps)}.items()),
        name="",
    )


def _evidence(
    pathway: Pathway, scenario: Scenario, changes: Sequence[Change]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The experiments with these alterations under one of the drugs; and references, theirs or the alterations'."""
    names = {change.name for change in changes}
    drugs = {name for name, _ in scenario.drugs}
    found = [
        each
        for each in pathway.experiments.values()
        if names <= set(each.scenario.alterations) and drugs.intersection(name for name, _ in each.scenario.drugs)
    ]
    if found:
        return tuple(each.id for each in found), tuple(dict.fromkeys(key for each in found for key in each.evidence))
    own = [pathway.alterations[each.name].evidence for each in changes if each.name in pathway.alterations]
    return (), tuple(dict.fromkeys(key for keys in own for key in keys))


def _links(way: Mapping[str, int]) -> tuple[Link, ...]:
    return tuple(
        Link(source=source, target=target, effect=Effect.activates if way[source] == way[target] else Effect.inhibits)
        for source, target in pairwise(way)
    )


def _counters(
    rules: Mapping[str, Expression], species: str, value: int, drugs: Sequence[str], size: int
) -> tuple[tuple[str, ...], ...]:
    """The smallest sets of *drugs*, up to *size* of them, that bring *species* to *value* under *rules*."""
    if not size:
        return ()
    without = {name: rule for name, rule in rules.items() if name not in drugs}
    changes = [Change(name=name, species=name) for name in drugs]
    found = controls(without, species, value, changes, size=size, switches=drugs)
    fewest = min(map(len, found.sets), default=0)
    return tuple(tuple(drugs[number] for number in each) for each in sorted(found.sets) if len(each) == fewest)
