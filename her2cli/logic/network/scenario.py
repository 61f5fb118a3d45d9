"""From a pathway and a scenario to two Boolean networks: the untreated tumour, and the tumour under treatment.

Per species f' = ((f or gains) and not (losses or drug inhibition)), then clamps. The alterations and drugs that the
scenario names are species of both networks without regulators; all others are 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan

from her2cli.errors import AmbiguousName, ScenarioError, UnknownName, shown
from her2cli.expression import ONE, ZERO, Const, Expression, Var, all_of, any_of, negation, substitute, variables
from her2cli.logic.network import (
    BooleanNetwork,
    beginnings,
    is_input,
    own_rates,
    pathway_rules,
    slow_species,
    state_rates,
)
from her2cli.model import Edge, Effect, JointStart, Pathway, Scenario, Species, find
from her2cli.recent import recent


class NoTarget(ScenarioError):
    """A drug or an alteration that does nothing in this pathway; `agent` is its id."""

    def __init__(self, kind: str, agent: str, pathway: str) -> None:
        self.agent = agent
        super().__init__(f"The {kind} {shown(agent)} has no target in the pathway {shown(pathway)}.")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A scenario as two networks over the same species. The drugs are 0 in `untreated` and 1 in `treated`."""

    scenario: Scenario  # every name replaced by its id
    untreated: BooleanNetwork
    treated: BooleanNetwork
    left_out: tuple[Edge, ...] = ()  # actions of its drugs and alterations whose target this pathway does not have

    @property
    def has_treatment(self) -> bool:
        return self.scenario.has_treatment


@recent(12)  # as many as are drawn each by itself
def prepare(pathway: Pathway, scenario: Scenario, *, media: Collection[str] = ()) -> Prepared:
    """The two networks of *scenario*.

    An input that something acts on keeps what its medium gives it in a helper input of its own, where that is a share
    of the cells, or where it is one of *media*.

    Raises `UnknownName` for a name that nothing answers to, `NoTarget` for a drug or an alteration that does nothing
    here, `ScenarioError` where the scenario contradicts itself or a dose or a ligand is impossible, and `RuleError` for
    bad rules.
    """
    scenario = resolve(pathway, scenario)
    doses = dict(scenario.drugs)
    agents = (*scenario.alterations, *doses)
    rules = pathway_rules(pathway)
    given = {name for name, rule in rules.items() if is_input(name, rule, pathway.edges_into(name))}
    acting = _all_acting(pathway, rules, scenario)

    taken = {*pathway.species, *agents}
    efficacies = {agent: _Efficacy(pathway, agent, doses.get(agent, 1.0), acting[agent], taken) for agent in agents}
    initial = {name: _initial(pathway, scenario, given, name) for name in pathway.species}
    shares = _begin_in(pathway, scenario, given)
    terms = _Terms(pathway, rules, efficacies, acting)
    acted_on = (name for name in pathway.species if name in given and name in terms.targets)
    lasting = (name for name in acted_on if 0 < shares.get(name, 0) < 1 or name in media)
    medium_of = {name: free_name(f"{name} in the medium", taken) for name in lasting}
    bases: dict[str, Expression] = {name: Const(initial[name]) for name in given}
    bases |= {name: Var(medium) for name, medium in medium_of.items()}
    effective = terms.all_rules(bases, given, scenario.ligands)

    helpers = {name: agent for agent in agents for name in efficacies[agent].helpers}
    inputs = (*agents, *helpers)
    kept = {name: Var(name) for name in (*inputs, *medium_of.values())}
    chances = {name: chance for agent in agents for name, chance in efficacies[agent].chances.items()}
    drawn = {name: chance for name, chance in chances.items() if 0 < chance < 1}
    # An input that is acted on is none any more, and begins as its medium has it.
    begin = {name: share for name, share in shares.items() if name not in given or effective[name] == Var(name)}
    begin |= dict.fromkeys(medium_of, 0.0) | {medium_of[name]: shares[name] for name in medium_of if name in shares}
    before = {name: chance for name, chance in chances.items() if name not in doses and helpers.get(name) not in doses}
    untreated = BooleanNetwork(
        species=(*pathway.species, *kept),
        rules=_without(effective, given, {name for name in inputs if name not in before}) | kept,
        initial=initial
        | {name: int(before.get(name, 0) > 0) for name in inputs}
        | {medium: initial[name] for name, medium in medium_of.items()},
        slow=slow_species(pathway),
        chances={name: chance for name, chance in drawn.items() if name in before} | begin,
        rates=own_rates(pathway),
        state_rates=state_rates(pathway),
        together=_together(pathway, shares, medium_of),
        begins_with=medium_of,
        edges=_edges(pathway, acting),
        held=_held(scenario),
        hidden=helpers | {medium: name for name, medium in medium_of.items()},
    )
    clamps = dict(scenario.clamps)
    on = {name: int(chances[name] > 0) for name in inputs}
    treated = replace(untreated, rules=effective | kept, initial={**untreated.initial, **on}, chances=drawn | begin)
    together = _together(pathway, {name: share for name, share in shares.items() if name not in clamps}, medium_of)
    treated = replace(_clamped(treated, clamps), together=together)
    return Prepared(scenario=scenario, untreated=untreated, treated=treated, left_out=_left_out(pathway, acting))


def _clamped(network: BooleanNetwork, clamps: Mapping[str, int]) -> BooleanNetwork:
    """*network* in which species are held at their values from the beginning."""
    return replace(
        network,
        rules={**network.rules, **{name: Const(value) for name, value in clamps.items()}},
        initial={**network.initial, **clamps},
        chances={name: share for name, share in network.chances.items() if name not in clamps},
        begins_with={name: medium for name, medium in network.begins_with.items() if name not in clamps},
        held={**network.held, **dict.fromkeys(clamps, "clamp")},
    )


def _held(scenario: Scenario) -> dict[str, str]:
    """What the scenario holds before its treatment and under it, but for clamps, and as what."""
    held = dict.fromkeys(scenario.ligands, "ligand") | dict.fromkeys(scenario.alterations, "alteration")
    return held | dict.fromkeys(dict(scenario.drugs), "drug")


def resolve(pathway: Pathway, scenario: Scenario) -> Scenario:
    """*scenario* with ids for names, each once. Raises `UnknownName` and `ScenarioError` as `prepare` does."""
    doses: dict[str, float] = {}
    for name, dose in scenario.drugs:
        drug = _found(pathway, "drug", name)
        if isnan(dose) or not 0 <= dose <= 1:
            raise ScenarioError(f"The dose of {shown(drug)} is {dose:g}; it is a share of the cells, from 0 to 1.")
        if doses.setdefault(drug, dose) != dose:
            raise ScenarioError(f"{shown(drug)} is given with two doses, {doses[drug]:g} and {dose:g}.")
    clamps: dict[str, int] = {}
    for name, value in scenario.clamps:
        species = _found(pathway, "species", name)
        if value not in (0, 1):
            raise ScenarioError(f"{shown(species)} cannot be held at {value}; only 0 and 1 are values.")
        if clamps.setdefault(species, value) != value:
            raise ScenarioError(f"{shown(species)} is held at 0 and at 1.")
    if scenario.inputs not in (None, 0, 1):
        raise ScenarioError(f"Inputs cannot be set to {scenario.inputs}; only 0 and 1 are values.")
    alterations = tuple(dict.fromkeys(_found(pathway, "alteration", name) for name in scenario.alterations))
    for agent in (*alterations, *doses):
        if agent in pathway.species or (agent in doses and agent in alterations):
            shelves = (pathway.species, pathway.drugs, pathway.alterations)
            at = " and ".join(str(shelf[agent].place) for shelf in shelves if agent in shelf and shelf[agent].place)
            told = f"{shown(agent)} is the id of two things in the pathway {shown(pathway.name)}"
            raise ScenarioError(f"{told}{f' ({at})' if at else ''}; call one of them something else.")
    return replace(
        scenario,
        context=find(pathway.contexts, scenario.context, "context") if scenario.context else "",
        alterations=alterations,
        ligands=tuple(dict.fromkeys(find_ligand(pathway, name) for name in scenario.ligands)),
        drugs=tuple(doses.items()),
        clamps=tuple(clamps.items()),
    )


def acting(pathway: Pathway, agents: Iterable[str]) -> list[str]:
    """Those of *agents*, ids of drugs and alterations, that do something in this pathway, each by itself."""
    rules = pathway_rules(pathway)
    return [agent for agent in agents if next(_acting(pathway, rules, agent), None) or agent in _named(pathway)]


def find_ligand(pathway: Pathway, name: str) -> str:
    """The id of what a medium can hold: a ligand, or an input that is outside of the cell or of no known kind.

    Raises `UnknownName` for no species, `ScenarioError` for a species that is none of these.
    """
    found = _found(pathway, "species", name)
    species = pathway.species[found]
    if _fits_a_medium(pathway, species):
        return found
    told, kind = shown(found), f" ({shown(species.kind)})" if species.kind else ""
    raise ScenarioError(
        f"{told} is no ligand{kind}; to hold it on or off, write {told}=1 or {told}=0 (as an option, --set {told}=1)."
    )


def ligands(pathway: Pathway) -> tuple[str, ...]:
    """All that a medium can hold, as `find_ligand` takes it, in the order of the pathway."""
    return tuple(key for key, species in pathway.species.items() if _fits_a_medium(pathway, species))


def _fits_a_medium(pathway: Pathway, species: Species) -> bool:
    outside = species.location == "extracellular" or not species.kind
    return species.kind == "ligand" or (outside and pathway_rules(pathway)[species.id] == Var(species.id))


def _found(pathway: Pathway, kind: str, name: str) -> str:
    """The id that *name* means; a misplaced name is answered with what it is."""
    finders = {"drug": pathway.find_drug, "alteration": pathway.find_alteration, "species": pathway.find_species}
    try:
        return finders[kind](name)
    except AmbiguousName:
        raise
    except UnknownName as error:
        for other, finder in finders.items():
            try:
                finder(name)
            except UnknownName:
                continue
            article = "an" if other == "alteration" else "a"
            raise UnknownName(kind, name, error.close, "" if other == kind else f"It is {article} {other}.") from None
        raise


def _initial(pathway: Pathway, scenario: Scenario, given: Collection[str], name: str) -> int:
    if name in scenario.ligands:
        return 1
    if scenario.inputs is not None and name in given:
        return scenario.inputs
    around = surroundings(pathway, scenario)
    if name in around and name in given:
        return int(around[name] >= 0.5)  # of on and off, what more of the cells have
    return pathway.species[name].initial


def surroundings(pathway: Pathway, scenario: Scenario) -> dict[str, float]:
    """In which share of the cells each species is there that the context of *scenario* speaks of."""
    return pathway.contexts[scenario.context].shares if scenario.context else {}


def _without(effective: Mapping[str, Expression], given: Collection[str], absent: set[str]) -> dict[str, Expression]:
    """The *effective* rules while *absent* is 0, so that no reason of the untreated tumour is a drug still to come."""
    found = {}
    for name, rule in effective.items():
        gone = {other: ZERO for other in variables(rule) if other in absent}
        without = substitute(rule, gone) if gone else rule
        # An input on which only those act is an input again.
        found[name] = Var(name) if gone and isinstance(without, Const) and name in given else without
    return found


def _begin_in(pathway: Pathway, scenario: Scenario, given: Collection[str]) -> dict[str, float]:
    """The shares of the cells in which species begin on, of those whose beginning the scenario does not say."""
    shares = beginnings(pathway) | surroundings(pathway, scenario)
    if scenario.inputs is not None:
        shares |= dict.fromkeys(given, float(scenario.inputs))
    return {name: share for name, share in shares.items() if name in pathway.species and name not in scenario.ligands}


def _together(pathway: Pathway, shares: Mapping[str, float], medium_of: Mapping[str, str]) -> tuple[JointStart, ...]:
    """What begins together, of those species whose beginning nothing else says; an input's medium for the input."""
    found = []
    for start in pathway.joint_starts:
        places = [place for place, name in enumerate(start.species) if 0 < shares.get(name, 0) < 1]
        weights: dict[tuple[int, ...], float] = {}
        for values, weight in start.weights.items():
            some = tuple(values[place] for place in places)
            weights[some] = weights.get(some, 0.0) + weight
        if len(places) > 1:
            names = tuple(medium_of.get(start.species[place], start.species[place]) for place in places)
            found.append(JointStart(species=names, weights=weights))
    return tuple(found)


def free_name(wanted: str, taken: set[str]) -> str:
    """*wanted* for a helper, changed where it is *taken*, which it is from now on."""
    while wanted in taken:
        wanted += "'"
    taken.add(wanted)
    return wanted


# --- what the agents do --------------------------------------------------------------------------------------------


def _acting(pathway: Pathway, rules: Mapping[str, Expression], agent: str) -> Iterator[Edge]:
    """The actions of *agent* that this pathway has room for."""
    for edge in pathway.actions(agent):
        if edge.blocks:
            source, target = edge.blocks
            if target not in rules:
                continue
            inside = source in variables(rules[target]) and not is_input(
                target, rules[target], pathway.edges_into(target)
            )
            if not inside and not any(e.blocks is None and e.target == target for e in pathway.actions(source)):
                continue
        elif edge.target not in rules:
            continue
        if all(n in pathway.species or n in pathway.alterations or n in pathway.drugs for n in edge.requires):
            yield edge


def _all_acting(pathway: Pathway, rules: Mapping[str, Expression], scenario: Scenario) -> dict[str, tuple[Edge, ...]]:
    """What each alteration and drug of *scenario* does here. Raises `NoTarget` where one does nothing."""
    agents = dict.fromkeys(scenario.alterations, "alteration") | dict.fromkeys(dict(scenario.drugs), "drug")
    acting = {agent: tuple(_acting(pathway, rules, agent)) for agent in agents}
    for agent, edges in acting.items():
        if not edges and agent not in _named(pathway):
            raise NoTarget(agents[agent], agent, pathway.name)
    return acting


def _left_out(pathway: Pathway, acting: Mapping[str, tuple[Edge, ...]]) -> tuple[Edge, ...]:
    """The actions of those agents that this pathway has no room for."""
    return tuple(
        edge
        for agent, edges in acting.items()
        for edge in pathway.actions(agent)
        if not any(edge is each for each in edges)
    )


@recent(4)
def _named(pathway: Pathway) -> frozenset[str]:
    """All that a rule names, or that the action of any drug or alteration depends on."""
    rules = pathway_rules(pathway)
    acting = [edge for agent in (*pathway.drugs, *pathway.alterations) for edge in _acting(pathway, rules, agent)]
    gates = (name for edge in acting for name in (*edge.requires, *edge.unless, *(edge.blocks or ())[:1]))
    return frozenset(gates).union(*map(variables, rules.values()))


class _Efficacy:
    """In which share of the cells each action of one agent happens: which inputs stand for it, and their chances.

    A cell has one threshold: an action of efficacy e happens in the share dose x e of the cells, and wherever it
    happens so do all actions of a higher efficacy. The agent's own input has the chance dose x (its own efficacy);
    every other efficacy is reached from the next one by a helper input, `and` downwards, `or` upwards.
    """

    def __init__(self, pathway: Pathway, agent: str, dose: float, edges: Iterable[Edge], taken: set[str]) -> None:
        owner = pathway.drugs.get(agent) or pathway.alterations[agent]
        own = owner.efficacy
        self.chances = {agent: dose * own}
        self.helpers: list[str] = []
        self._terms: dict[float, Expression] = {own: Var(agent)}
        self._own, self._taken = own, taken
        given = {edge.efficacy for edge in edges if edge.efficacy is not None} - {own}
        above = own
        for efficacy in sorted((e for e in given if e < own), reverse=True):
            helper = self._helper(agent, efficacy, efficacy / above)
            self._terms[efficacy] = all_of((self._terms[above], helper))
            above = efficacy
        below = own
        for efficacy in sorted(e for e in given if e > own):
            reached, wanted = dose * below, dose * efficacy
            helper = self._helper(agent, efficacy, (wanted - reached) / (1 - reached) if wanted > reached else 0.0)
            self._terms[efficacy] = any_of((self._terms[below], helper))
            below = efficacy

    def _helper(self, agent: str, efficacy: float, chance: float) -> Expression:
        name = free_name(f"{agent}[{efficacy!r}]", self._taken)  # two may agree to many digits
        self.helpers.append(name)
        self.chances[name] = chance
        return Var(name)

    def of(self, edge: Edge) -> Expression:
        """On in the cells in which *edge* acts."""
        return self._terms[self._own if edge.efficacy is None else edge.efficacy]


class _Terms:
    """The rules of one scenario, put together from the pathway's rules and what its agents do."""

    def __init__(
        self,
        pathway: Pathway,
        rules: Mapping[str, Expression],
        efficacies: Mapping[str, _Efficacy],
        acting: Mapping[str, tuple[Edge, ...]],
    ) -> None:
        self._rules = rules
        self._present = {name: Var(name) for name in (*pathway.species, *efficacies)}
        self._efficacies = efficacies
        self._actions: dict[str, list[tuple[str, Edge]]] = {}
        self._blocks: dict[tuple[str, str], list[Expression]] = {}
        for agent, edges in acting.items():
            for edge in edges:
                if edge.blocks:
                    self._blocks.setdefault(edge.blocks, []).append(negation(self._action(agent, edge)))
                else:
                    self._actions.setdefault(edge.target, []).append((agent, edge))

    @property
    def targets(self) -> Collection[str]:
        """The species that agents act on."""
        return self._actions.keys()

    def all_rules(
        self, bases: Mapping[str, Expression], given: Collection[str], ligands: Iterable[str]
    ) -> dict[str, Expression]:
        """The rule of every species. *bases* are what inputs keep, *given* are the inputs, *ligands* are added."""
        rules = {name: self.rule(name, bases.get(name)) for name in self._rules}
        for ligand in ligands:
            if rules[ligand] != Var(ligand):  # it has regulators, or something acts on it: the ligand is a gain
                rules[ligand] = self.rule(ligand, ONE if ligand in given else None, gained=True)
        return rules

    def rule(self, name: str, given: Expression | None, *, gained: bool = False) -> Expression:
        """The rule of species *name* under all actions on it. *given* is what an input keeps, None for all others.

        *gained* says that the scenario holds it on, as a gain.
        """
        actions = self._actions.get(name, ())
        gains = [self._unblocked(agent, edge) for agent, edge in actions if edge.effect is Effect.activates]
        losses = [self._unblocked(agent, edge) for agent, edge in actions if edge.effect is Effect.inhibits]
        base = self._based(name, self._rules[name])
        if given is not None and actions:
            base = given  # were its rule itself, an action would leave it changed
        return all_of((any_of((ONE if gained else base, *gains)), *map(negation, losses)))

    def _based(self, target: str, rule: Expression) -> Expression:
        """*rule* with the agents that are absent at 0 and the blocked sources silenced."""
        mapping: dict[str, Expression] = {}
        for source in variables(rule):
            blocks = self._blocks.get((source, target), ())
            if blocks or source not in self._present:
                mapping[source] = all_of((self._present.get(source, ZERO), *blocks))
        return substitute(rule, mapping) if mapping else rule

    def _action(self, agent: str, edge: Edge) -> Expression:
        """On where *agent* is present and the action's conditions hold."""
        required = (self._present.get(name, ZERO) for name in edge.requires)
        excluded = (negation(self._present.get(name, ZERO)) for name in edge.unless)
        return all_of((self._efficacies[agent].of(edge), *required, *excluded))

    def _unblocked(self, agent: str, edge: Edge) -> Expression:
        return all_of((self._action(agent, edge), *self._blocks.get((agent, edge.target), ())))


def _edges(pathway: Pathway, acting: Mapping[str, tuple[Edge, ...]]) -> dict[str, tuple[Edge, ...]]:
    """Per species the edges that act on it: those between species, then those of the scenario's agents."""
    found = {name: list(pathway.edges_into(name)) for name in pathway.species}
    for edges in acting.values():
        for edge in edges:
            found[edge.blocks[1] if edge.blocks else edge.target].append(edge)
    return {name: tuple(edges) for name, edges in found.items()}
