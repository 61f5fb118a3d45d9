"""What a treatment does to a tumour, in shares of its cells, and by which chain of edges.

A readout that moves is explained by a chain of signed edges from what was given (a drug, a clamp, an alteration) to the
readout, along which every species moves the way its edge says, and is needed: had it stayed as it was, the readout
would have, in many of the cells. A readout that stays is explained by
the alteration without which it would move. A drug that changes nothing is told what it lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from math import sqrt
from typing import NamedTuple

from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.shares import NOTICEABLE, Readout, noticeable, shares, slight
from her2cli.logic.questions.simulation import Simulation, clamp_notes, left_out_notes, readout_names
from her2cli.logic.questions.sweeps import CELLS, EVERY, Cells, Swept, Times, explained, sweep
from her2cli.model import Edge, Effect, Pathway, Scenario

HINT = 1.8  # standard errors by which a species on a chain moves, which chance alone hardly does
SEVERAL = "by several ways, none of which is needed alone"  # of an edge that stands for these
UNWRITTEN = "named in its rule"  # of a drug or an alteration that has no edge there
HALF = 0.05  # what a cell counts for an edge whose source is needed there or that is why there, and not both
TELLING = 0.25  # what a cell counts for an edge that only tells in which cells others act
CARRIED = 0.25  # of how far the goal moved, what goes at least where a species on the chain stays as it was
WEAKEST = 4  # the power by which the step that is needed in the fewest cells decides, and the length a little
WEAKLY = 1e12  # what a species costs that does not carry the move, where none is without
NEVER = 0.5  # what counts as the cells of an edge that moves its target in none: no chain has it that has another way
UNWRITTEN_STEP = 1e8  # what an edge costs that only a rule names, as one does that is needed in five cells of CELLS
BACK = 2 / 3  # of an early move, what is undone late of a readout that returns
ABSENT, EVERYWHERE = 0.02, 0.98  # a share below which a species is as good as off, and above which as good as on


class Outcome(NamedTuple):
    """What becomes of one readout, and why."""

    readout: str
    word: str  # falls, rises, stays, returns; empty where there is nothing to compare with
    chain: tuple[Edge, ...] = ()  # from what was given to the readout; empty where none was found
    time: str = "late"  # when the chain is at work: early of a readout that returns
    held_by: str = ""  # the alteration without which a readout that stays would not be where it is
    slightly: str = ""  # falls or rises, of a readout that stays but for a little
    held_too: tuple[tuple[str, str], ...] = ()  # others without which it would move, and how

    @property
    def moves(self) -> bool:
        return bool(self.slightly) or self.word not in ("", "stays")

    @property
    def told(self) -> str:
        """What becomes of it, in words."""
        return "kept" if self.held_by else f"{self.slightly} a little" if self.slightly else self.word


class Lack(NamedTuple):
    """Why one action of a drug does not happen: what it needs, what prevents it, or that there is nothing to act on."""

    edge: Edge
    needs: tuple[str, ...] = ()
    prevented_by: tuple[str, ...] = ()
    without_object: bool = False  # its target is off, or on, already
    turned_on_by: tuple[str, ...] = ()  # alterations that would give it something to act on


class Idle(NamedTuple):
    """A drug that changes nothing in this scenario, and what each of its actions lacks; or of which nothing is seen."""

    drug: str
    lacks: tuple[Lack, ...]
    reaches: float = 1.0  # the share of the cells that its dose reaches, where it acts in these and they are too few


class Response(NamedTuple):
    """The answer of `respond`. Without a treatment `before` is the normal cell in the same context, where there is one
    to compare with.
    """

    simulation: Simulation
    outcomes: tuple[Outcome, ...]
    idle: tuple[Idle, ...] = ()
    against_normal: bool = False  # whether `before` is the normal cell rather than the untreated tumour

    def outcome(self, readout: str) -> Outcome:
        return next(each for each in self.outcomes if each.readout == readout)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A scenario, its networks, and the shares of the cells that were drawn of it: what chains are told from."""

    pathway: Pathway
    prepared: Prepared
    values: Mapping[str, Readout]  # of all species
    replicates: int

    @cached_property
    def hint(self) -> float:
        """By how much a species on a chain moves: of the difference of two shares near one half."""
        return HINT * sqrt(0.5 / self.replicates)

    @property
    def least(self) -> float:
        """By how much a readout differs that has moved."""
        return noticeable(self.replicates)

    @property
    def slight(self) -> float:
        """By how much a readout differs that has moved a little."""
        return slight(self.replicates)


class Move(NamedTuple):
    """What a chain explains: by how much each species moved, from what, and the same cells before and after."""

    by: Mapping[str, float]
    sources: Collection[str]
    cells: Cells
    time: str = "late"


class _Beside:
    """A scenario and what is followed beside it, to tell what each part does; cells are swept where a chain asks."""

    def __init__(self, pathway: Pathway, prepared: Prepared) -> None:
        self._pathway, self._prepared = pathway, prepared
        self.main = scenario = prepared.scenario
        self.without: dict[str, Scenario] = {}  # one of its parts
        self.normal: Scenario | None = None
        self._moved: dict[str, Cells] = {}  # to a time, and by a part
        if not prepared.has_treatment:
            self.normal = replace(scenario, alterations=()) if scenario.alterations else None
            return
        if len(scenario.drugs) + len(scenario.clamps) > 1:
            for drug in scenario.drugs:
                self.without[drug[0]] = replace(scenario, drugs=tuple(each for each in scenario.drugs if each != drug))
        for name in scenario.alterations:
            if name not in pathway.default_alterations:
                kept = tuple(each for each in scenario.alterations if each != name)
                self.without[name] = replace(scenario, alterations=kept)

    @property
    def every(self) -> list[Scenario]:
        return [self.main, *self.without.values(), *([self.normal] if self.normal else [])]

    @property
    def compared(self) -> bool:
        return self._prepared.has_treatment or self.normal is not None

    @cached_property
    def _main(self) -> Times:
        return sweep(self._prepared)

    def _late(self, scenario: Scenario) -> Swept:
        return sweep(prepare(self._pathway, scenario))["late"]

    def before_and(self, time: str) -> Cells:
        """The cells before and after: before the treatment, or of a normal cell."""
        if time not in self._moved:
            before = self._main["before"] if self.normal is None else self._late(self.normal)
            after = self._main[time]
            self._moved[time] = Cells(network=self._prepared.treated, before=before, after=after, late=time == "late")
        return self._moved[time]

    def without_and_with(self, part: str) -> Cells:
        """The cells without one of the parts, and with it."""
        if part not in self._moved:
            before, after = self._late(self.without[part]), self._main["late"]
            self._moved[part] = Cells(network=self._prepared.treated, before=before, after=after)
        return self._moved[part]


def respond(
    pathway: Pathway, scenario: Scenario, *, readouts: Sequence[str] = (), sampling: Sampling = Sampling()
) -> Response:
    """What becomes of *readouts* (ids; the pathway's own, if none) in *scenario*, in shares of cells.

    Raises as `prepare` does.
    """
    prepared = prepare(pathway, scenario)
    beside = _Beside(pathway, prepared)
    drawn = shares(pathway, beside.every, sampling=sampling)
    values = dict(drawn.values[beside.main])
    if beside.normal is not None:
        normal = drawn.values[beside.normal]
        values = {name: Readout(normal[name].late, each.late, each.late) for name, each in values.items()}
    asked = tuple(readouts) or readout_names(pathway)
    told = {name: values[name] for name in asked}
    simulation = Simulation(
        scenario=prepared.scenario,
        semantics="stochastic",
        readouts=told,
        values=values,
        replicates=drawn.replicates,
        engine=drawn.engine,
        notes=(*left_out_notes(prepared), *clamp_notes(pathway, prepared.scenario)),
    )
    others = {name: drawn.values[each] for name, each in beside.without.items()}
    case = Case(pathway=pathway, prepared=prepared, values=values, replicates=drawn.replicates)
    return Response(
        simulation=simulation,
        outcomes=tuple(_outcome(case, others, beside, name) for name in asked),
        idle=tuple(idle(case, others)),
        against_normal=beside.normal is not None,
    )


def word_of(value: Readout, least: float = NOTICEABLE) -> str:
    """What becomes of a readout: falls, rises, stays; returns, where it moved early and is back late.

    Each by more than *least*. It is back where most of that move, two thirds, is undone.
    """
    change = abs(value.late - value.before)
    if change > least:
        return "falls" if value.late < value.before else "rises"
    early = abs(value.early - value.before)
    return "returns" if early > least and change <= (1 - BACK) * early else "stays"


# --- chains --------------------------------------------------------------------------------------------------------


def _outcome(case: Case, others: Mapping[str, Mapping[str, Readout]], beside: _Beside, name: str) -> Outcome:
    if not beside.compared:
        return Outcome(readout=name, word="")
    scenario, values = case.prepared.scenario, case.values
    word = word_of(values[name], case.least)
    slightly = word_of(values[name], case.slight) if word == "stays" else ""
    if slightly in ("stays", "returns"):
        return _held(case, others, beside, name)._replace(word=word)
    time = "early" if word == "returns" else "late"
    moved = {key: getattr(each, time) - each.before for key, each in values.items()}
    given = {*(drug for drug, _ in scenario.drugs), *(species for species, _ in scenario.clamps)}
    if not case.prepared.has_treatment:
        given = set(scenario.alterations)
    chain = chain_to(case, Move(moved, given, beside.before_and(time), time), name)
    return Outcome(readout=name, word=word, chain=chain, time=time, slightly=slightly)


def _held(case: Case, others: Mapping[str, Mapping[str, Readout]], beside: _Beside, name: str) -> Outcome:
    """What keeps a readout that stays: the alteration without which it would move farthest, and others without which
    it would move at all.
    """
    off = Readout(0.0, 0.0, 0.0)  # an alteration that a rule names is none of the species without it
    moves: dict[str, tuple[float, str]] = {}  # how far it would, and how that is told
    for agent in case.prepared.scenario.alterations:
        if agent in others:
            alone = others[agent].get(name, off)
            held = case.values[name].late - alone.late
            would = alone.late - alone.before  # a tumour without it may stay as well, or return, at another share
            if min(abs(held), abs(would)) > case.slight and held * would < 0:
                far = min(abs(held), abs(would))
                moves[agent] = far, ("fall" if would < 0 else "rise") + ("" if far > case.least else " a little")
    agent = max(moves, key=lambda each: moves[each][0], default="")
    if not agent or moves[agent][0] <= case.least:
        return Outcome(readout=name, word="stays")
    by = {key: each.late - others[agent].get(key, off).late for key, each in case.values.items()}
    chain = chain_to(case, Move(by, {agent}, beside.without_and_with(agent)), name)
    more = tuple((each, told) for each, (_, told) in moves.items() if each != agent)
    return Outcome(readout=name, word="stays", chain=chain, held_by=agent, held_too=more)


def chain_to(case: Case, move: Move, goal: str) -> tuple[Edge, ...]:
    """The chain of edges from a source of *move* to *goal* whose steps are needed in most cells, short where two are.

    Every species on it carries the move: had it stayed as it was, a good part would be gone. What decides is the step
    that carries least: a chain is as strong as that. Every species moved as the signs say. An action that silences an
    inhibition has the effect `activates` there, which is what it does to its target. Where the move goes on by several
    ways, none of which carries it alone, one edge of the mechanism `SEVERAL` stands for these. Empty where there is no
    chain, or nothing on the way carries the move.
    """
    return _cheapest(case, move, goal) or _abridged(move, goal, _cheapest(case, move, goal, weakly=True))


def _cheapest(case: Case, move: Move, goal: str, *, weakly: bool = False) -> tuple[Edge, ...]:
    """The chain that costs least; *weakly*, also through what does not carry the move, though as little as may be."""
    network = case.prepared.treated
    clamps = {name for name, _ in case.prepared.scenario.clamps}
    frozen = network.slow if move.time == "early" else frozenset[str]()
    # What a chain costs and, of equals, which came first; its beginning and its edges; and, while the cells in which
    # that beginning is needed are still to be counted, what the rest costs and the most cells that they may be.
    waiting: list[tuple[float, int, str, tuple[Edge, ...], tuple[float, int] | None]] = [(0.0, 0, goal, (), None)]
    done: set[str] = set()
    count = 0
    while waiting:
        cost, _, name, chain, most = heappop(waiting)
        if name in done:
            continue
        if name in move.sources:
            return chain
        if most is not None:
            rest, why = most
            carried = _carried(move, name, goal)
            if not carried and not weakly:
                continue
            count += 1
            own = _cost(case, chain[0], carried, why) if carried else WEAKLY
            heappush(waiting, (rest + own, count, name, chain, None))
            continue
        done.add(name)
        if name in clamps or (name in frozen and name != goal):
            continue
        for edge in (*network.edges.get(name, ()), *_unwritten(case, move, name)):
            if edge.source in done or not _carries(case, move, edge):
                continue
            told = name == goal or not weakly or _carried(move, name, goal)
            if not told and edge.source in move.sources:  # the action that begins a chain is told
                continue
            why = _why(case, move, edge, name) if told else CELLS
            count += 1
            longer = (_signed(case.pathway, edge), *chain)
            least = cost + _cost(case, edge, why if edge.source in move.sources else CELLS, why)
            heappush(waiting, (least, count, edge.source, longer, (cost, why)))
    return ()


def _carried(move: Move, name: str, goal: str) -> int:
    """How much of the move of *goal* goes where *name* stays as it was, in cells; 0 where that is too little."""
    cells = move.cells.carried(name, goal, rises=move.by[goal] > 0)
    return cells if cells >= CARRIED * CELLS * abs(move.by[goal]) else 0


def _abridged(move: Move, goal: str, chain: Sequence[Edge]) -> tuple[Edge, ...]:
    """*chain* without the species that do not carry the move of *goal*; empty where none does."""
    found: list[Edge] = []
    begin = ""  # of what is left out
    for edge, target in zip(chain, [*(each.source for each in chain[1:]), goal], strict=False):
        begin = begin or edge.source
        if target != goal and not _carried(move, target, goal):
            continue
        if begin != edge.source:
            effect = Effect.activates if (move.by.get(begin, 1) > 0) == (move.by[target] > 0) else Effect.inhibits
            edge = Edge(source=begin, target=target, effect=effect, mechanism=SEVERAL)
        found.append(edge)
        begin = ""
    return tuple(found) if len(found) > 1 else ()


def chain_of(
    pathway: Pathway, without: Scenario, scenario: Scenario, sources: Collection[str], goal: str, *, rises: bool
) -> tuple[Edge, ...]:
    """The chain by which *sources*, which *scenario* has more than *without*, make *goal* rise, or fall.

    It is told from swept cells alone; empty where these do not move so.
    """
    there, here = prepare(pathway, without), prepare(pathway, scenario)
    before, times = sweep(there)["late"], sweep(here)
    values = {name: Readout(*(times[time][name].bit_count() / CELLS for time in times)) for name in pathway.species}
    moved = {name: each.late - before[name].bit_count() / CELLS for name, each in values.items()}
    case = Case(pathway=pathway, prepared=here, values=values, replicates=CELLS)
    if (moved[goal] if rises else -moved[goal]) <= case.least:
        return ()
    return chain_to(case, Move(moved, sources, Cells(network=here.treated, before=before, after=times["late"])), goal)


def _why(case: Case, move: Move, edge: Edge, name: str) -> int:
    """In how many cells *edge* is why *name* moved."""
    network, cells = case.prepared.treated, move.cells
    own = [each for each in network.regulators[name] if network.hidden.get(each, each) == edge.source]
    moved = explained(network, name, own, before=cells.before, after=cells.after, rises=move.by[name] > 0)
    return (moved & _acting(case, edge, cells.after)).bit_count()


def _acting(case: Case, edge: Edge, cells: Swept) -> int:
    """The cells in which *edge* has what it requires, and nothing that prevents it; none where that is nearly none."""
    scenario = case.prepared.scenario
    given = {*scenario.alterations, *(name for name, dose in scenario.drugs if dose)}

    def on(name: str) -> int:
        return cells.get(name, EVERY if name in given else 0)

    found = EVERY
    for name in edge.requires:
        found &= on(name)
    for name in edge.unless:
        found &= ~on(name)
    return found if found.bit_count() > ABSENT * CELLS else 0


def _cost(case: Case, edge: Edge, needed: int, why: int) -> float:
    """What *edge* costs a chain whose goal needs its source in so many cells, where it is itself *why* in so many."""
    cells = min(needed, why) + HALF * max(needed, why) if why else NEVER
    cells *= TELLING if case.pathway.is_condition(edge) else 1
    return (CELLS / cells) ** WEAKEST + (UNWRITTEN_STEP if edge.mechanism == UNWRITTEN else 0)


def _signed(pathway: Pathway, edge: Edge) -> Edge:
    """*edge* with the effect that it has on its target."""
    activates = edge.blocks is not None and action_sign(pathway, edge) > 0
    return replace(edge, effect=Effect.activates) if activates else edge


def _carries(case: Case, move: Move, edge: Edge) -> bool:
    """Whether *edge* can be why its target moved: its source moved, or is given, and its sign fits."""
    target = edge.blocks[1] if edge.blocks else edge.target
    change = move.by[target]
    if abs(change) <= case.hint:
        return False
    if edge.source in case.pathway.species:
        regulators = case.prepared.treated.regulators[target]
        if edge.source not in regulators or edge.source == target or abs(move.by[edge.source]) <= case.hint:
            return False
        return (move.by[edge.source] > 0) == ((edge.sign > 0) == (change > 0))
    if edge.source not in move.sources or not _acting(case, edge, move.cells.after):
        return False
    return (action_sign(case.pathway, edge) > 0) == (change > 0)


def _unwritten(case: Case, move: Move, name: str) -> Iterator[Edge]:
    """What a rule says of those that have no edge there, as edges of the sign that the moves show."""
    pathway, network = case.pathway, case.prepared.treated
    written = {edge.source for edge in network.edges.get(name, ())}
    rule = pathway.rules.get(name)
    for agent in dict.fromkeys(network.hidden.get(each, each) for each in network.regulators[name]):
        if agent not in written and agent != name and (agent in move.sources or agent in pathway.species):
            along = (move.by[name] > 0) == (agent not in pathway.species or move.by[agent] > 0)
            effect = Effect.activates if along else Effect.inhibits
            evidence = rule.evidence if rule else ()
            yield Edge(source=agent, target=name, effect=effect, mechanism=UNWRITTEN, evidence=evidence)


def action_sign(pathway: Pathway, edge: Edge) -> int:
    """Whether an action raises (+1) or lowers (-1) its target; to block an inhibition raises it."""
    if edge.blocks is None:
        return edge.sign
    source, target = edge.blocks
    blocked = {each.sign for each in pathway.edges_into(target) if each.source == source}
    return 1 if blocked == {-1} else -1


# --- drugs that change nothing -------------------------------------------------------------------------------------


def idle(case: Case, others: Mapping[str, Mapping[str, Readout]]) -> Iterator[Idle]:
    """The drugs without which every species would be as it is; *others* has the shares without one."""
    pathway, prepared, values = case.pathway, case.prepared, case.values
    for drug, dose in prepared.scenario.drugs:
        other = others.get(drug)
        helpers = (helper for helper, agent in prepared.treated.hidden.items() if agent == drug)
        reached = {name for each in (drug, *helpers) for name in prepared.treated.dependents[each]}
        own = {
            name: values[name] for name in reached if name in pathway.species
        }  # the rest moves by these, or by chance
        if dose == 0 or any(_moved(each, other[name] if other else None) > case.slight for name, each in own.items()):
            continue
        if dose < 1 and _acts(case, drug, own):
            yield Idle(drug=drug, lacks=(), reaches=dose)
            continue
        actions = [edge for edge in prepared_actions(prepared, drug) if edge.target in pathway.species]
        lacks = tuple(_lacking(case, edge) or _objectless(case, edge) for edge in actions)
        yield Idle(drug=drug, lacks=lacks)


def _acts(case: Case, drug: str, own: Collection[str]) -> bool:
    """Whether any of *own* differs where *drug* reaches every cell, early or late."""
    scenario = case.prepared.scenario
    others = tuple(each for each in scenario.drugs if each[0] != drug)
    with_, without = (
        sweep(prepare(case.pathway, replace(scenario, drugs=drugs))) for drugs in ((*others, (drug, 1.0)), others)
    )
    here = {time: without[time if time in without else "before"] for time in ("early", "late")}
    return any(
        (with_[time][name] ^ here[time][name]).bit_count() > case.slight * CELLS for time in here for name in own
    )


def prepared_actions(prepared: Prepared, agent: str) -> Iterator[Edge]:
    """The actions of *agent* that this network has room for."""
    for edges in prepared.treated.edges.values():
        yield from (edge for edge in edges if edge.source == agent)


def _moved(value: Readout, other: Readout | None) -> float:
    early, late = (other.early, other.late) if other else (value.before, value.before)
    return max(abs(value.early - early), abs(value.late - late))


def _objectless(case: Case, edge: Edge) -> Lack:
    """Whether there is nothing to act on, and the alterations that turn it on, or what is off and activates it."""
    pathway, values = case.pathway, case.values

    def off(name: str) -> bool:
        return name in values and max(values[name].before, values[name].early, values[name].late) < ABSENT

    above = {each.source for each in pathway.edges_into(edge.target) if each.sign > 0 and off(each.source)}
    goals = {edge.target, *above}
    switches = tuple(
        name
        for name in pathway.alterations
        if any(each.target in goals and each.sign > 0 and not each.blocks for each in pathway.actions(name))
    )
    late = values[edge.target].late
    there = late < ABSENT if edge.sign < 0 else late > EVERYWHERE
    return Lack(edge=edge, without_object=there, turned_on_by=switches if edge.sign < 0 else ())


def _lacking(case: Case, edge: Edge) -> Lack | None:
    """What keeps an action from happening in nearly all cells; None where nothing does."""
    scenario, values = case.prepared.scenario, case.values
    given = {*scenario.alterations, *(name for name, dose in scenario.drugs if dose)}

    def most(name: str) -> float:
        value = values.get(name)
        return max(value.before, value.early, value.late) if value else float(name in given)

    def least(name: str) -> float:
        value = values.get(name)
        return min(value.before, value.early, value.late) if value else float(name in given)

    needs = tuple(name for name in edge.requires if most(name) < ABSENT)
    prevented = tuple(name for name in edge.unless if least(name) > EVERYWHERE)
    return Lack(edge=edge, needs=needs, prevented_by=prevented) if needs or prevented else None
