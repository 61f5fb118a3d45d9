"""`BooleanNetwork`: every species with its rule. Built from a pathway's edges and rules, or from rules alone.

What alterations, drugs and clamps make of it is in `scenario`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from her2cli.errors import AmbiguousName, RuleError, UnknownName, shown
from her2cli.expression import (
    ZERO,
    Expression,
    Not,
    Var,
    all_of,
    any_of,
    negation,
    parse,
    postorder,
    substitute,
    variables,
)
from her2cli.model import Edge, Effect, JointStart, Pathway, Speed
from her2cli.recent import recent

if TYPE_CHECKING:
    from her2cli.logic.network.programs import Program

SLOW_RATE = 1 / 20  # events per unit of time of a slow species; a fast one has 1 (Stoll et al. 2012)
Rates = tuple[float, float]  # of turning on, and of turning off


class ConditionalRate(NamedTuple):
    """The rate at which a species takes the value *to* where an expression holds."""

    species: str
    to: int
    rate: float
    where: Expression


@dataclass(frozen=True, kw_only=True)
class BooleanNetwork:
    """Species with their rules, and all that simulation needs to know of them.

    An input is a species whose rule is the species itself: it keeps its initial value. With an edge onto itself that is
    no input but a loop that sustains itself. Every variable of a rule is a species of the network.
    """

    species: tuple[str, ...]  # in file order
    rules: Mapping[str, Expression]
    initial: Mapping[str, int]  # 0 or 1
    slow: frozenset[str] = frozenset()
    chances: Mapping[str, float] = field(default_factory=dict)  # of being on in the beginning; an input keeps it
    rates: Mapping[str, Rates] = field(default_factory=dict)  # of species with rates of their own; see `rate`
    state_rates: tuple[ConditionalRate, ...] = ()  # that hold in some states only: the first that does, before `rates`
    together: tuple[JointStart, ...] = ()  # species whose beginnings hang together
    begins_with: Mapping[str, str] = field(default_factory=dict)  # species that also begin on wherever another does
    edges: Mapping[str, tuple[Edge, ...]] = field(default_factory=dict)  # per target, for reasons
    held: Mapping[str, str] = field(default_factory=dict)  # what the scenario set: drug, alteration, ligand, clamp
    hidden: Mapping[str, str] = field(default_factory=dict)  # helper inputs for efficacies: the agent each stands for

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The species that keep their value, in file order."""
        return tuple(name for name in self.species if is_input(name, self.rules[name], self.edges.get(name, ())))

    def rate(self, name: str) -> Rates:
        """How often *name* turns on, and off, per unit of time while its rule says so (exponential clocks)."""
        speed = SLOW_RATE if name in self.slow else 1.0
        return self.rates.get(name, (speed, speed))

    @cached_property
    def programs(self) -> Mapping[str, tuple[Expression, ...]]:
        """Each rule as the `postorder` program that `expression.run` executes."""
        return {name: postorder(self.rules[name]) for name in self.species}

    @cached_property
    def regulators(self) -> Mapping[str, tuple[str, ...]]:
        """The variables of each rule, in the order in which the rule names them."""
        return {name: variables(self.rules[name]) for name in self.species}

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """For each species those whose rules name it, in file order."""
        found: dict[str, list[str]] = {name: [] for name in self.species}
        for target, sources in self.regulators.items():
            for source in sources:
                found[source].append(target)
        return {name: tuple(targets) for name, targets in found.items()}

    @cached_property
    def program(self) -> Program:
        """The rules as the stochastic engines run them."""
        from her2cli.logic.network.programs import program  # only those engines need it

        return program(self.species, self.rules)

    def beginning(self, values: Mapping[str, int]) -> BooleanNetwork:
        """The same network with other initial *values*; what is worked out of its rules is shared."""
        _ = self.programs, self.dependents  # all that begin otherwise will ask for these
        found = replace(self, initial={**self.initial, **values})
        kept = ("inputs", "programs", "regulators", "dependents", "program")
        found.__dict__.update((name, self.__dict__[name]) for name in kept if name in self.__dict__)
        return found

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name in self.__dataclass_fields__}


def build(pathway: Pathway, *, inputs: int | None = None) -> BooleanNetwork:
    """The network of *pathway* without any drug or alteration: those that its rules name are 0.

    *inputs* sets every input; None keeps each species' own initial value.
    Raises `RuleError` where a rule cannot be parsed or names what the pathway does not have.
    """
    rules = pathway_rules(pathway)
    agents = {name for rule in rules.values() for name in variables(rule)} - pathway.species.keys()
    if agents:
        absent = dict.fromkeys(agents, ZERO)
        rules = {name: substitute(rule, absent) for name, rule in rules.items()}
    initial = {name: species.initial for name, species in pathway.species.items()}
    chances = beginnings(pathway)
    if inputs is not None:
        given = [name for name, rule in rules.items() if is_input(name, rule, pathway.edges_into(name))]
        initial |= dict.fromkeys(given, inputs)
        chances = {name: chance for name, chance in chances.items() if name not in given}
    return BooleanNetwork(
        species=tuple(pathway.species),
        rules=rules,
        initial=initial,
        slow=slow_species(pathway),
        chances=chances,
        rates=own_rates(pathway),
        state_rates=state_rates(pathway),
        together=pathway.joint_starts,
        edges={name: pathway.edges_into(name) for name in pathway.species},
    )


def beginnings(pathway: Pathway) -> dict[str, float]:
    """The species of which the file says in what share of the cells they begin on, with that share."""
    shares = {name: species.share for name, species in pathway.species.items() if species.share is not None}
    for start in pathway.joint_starts:
        for place, name in enumerate(start.species):
            shares[name] = sum(weight for values, weight in start.weights.items() if values[place])
    return shares


def slow_species(pathway: Pathway) -> frozenset[str]:
    """The species that change slowly: transcription and translation."""
    return frozenset(name for name, species in pathway.species.items() if species.speed is Speed.slow)


def own_rates(pathway: Pathway) -> dict[str, Rates]:
    """The species whose file gives them rates; one that is not given is what their speed says."""
    somewhere = {each.species for each in pathway.state_rates}
    found = {}
    for name, species in pathway.species.items():
        own, usual = (species.rate_up, species.rate_down), SLOW_RATE if species.speed is Speed.slow else 1.0
        if own != (None, None) or name in somewhere:
            up, down = (usual if rate is None else rate for rate in own)
            found[name] = up, down
    return found


def state_rates(pathway: Pathway) -> tuple[ConditionalRate, ...]:
    """The rates that hold in some states only."""
    return tuple(
        ConditionalRate(each.species, int(each.direction == "up"), each.rate, parse(each.where))
        for each in pathway.state_rates
    )


@recent(2)
def pathway_rules(pathway: Pathway) -> Mapping[str, Expression]:
    """The rule of every species, drugs and alterations that rules name still standing in them by their ids."""
    written = written_rules(pathway)
    return {name: written.get(name) or default_rule(name, pathway.edges_into(name)) for name in pathway.species}


def is_input(name: str, rule: Expression, edges: Iterable[Edge]) -> bool:
    """Whether *name* keeps a value that it is given: its *rule* is itself, and none of the *edges* into it says so."""
    return rule == Var(name) and all(edge.source != name for edge in edges)


def written_rules(pathway: Pathway) -> dict[str, Expression]:
    """The rules of the species that have one of their own; those of the others follow from their edges."""
    return {name: _parsed(pathway, name, rule.text) for name, rule in pathway.rules.items() if name in pathway.species}


def default_rule(name: str, edges: Iterable[Edge]) -> Expression:
    """On iff any activator is on and no inhibitor is; with inhibitors only, on unless one is; itself without edges.

    An edge acts only where all that it `requires` is on and nothing of its `unless` is. Raises `RuleError` for an edge
    with an efficacy, which only drugs and alterations have.
    """
    sources: dict[Effect, dict[Expression, None]] = {Effect.activates: {}, Effect.inhibits: {}}
    for edge in edges:
        if edge.efficacy is not None:
            raise RuleError(f"{shown(edge.source)} -> {shown(name)}: only a drug or an alteration has an efficacy")
        term: Expression = Var(edge.source)
        if edge.requires or edge.unless:
            term = all_of((term, *map(Var, edge.requires), *(Not(Var(other)) for other in edge.unless)))
        sources[edge.effect].setdefault(term)
    activators, inhibitors = sources[Effect.activates], sources[Effect.inhibits]
    if not activators and not inhibitors:
        return Var(name)
    free = [negation(inhibitor) for inhibitor in inhibitors]
    return all_of([any_of(activators), *free] if activators else free)


def from_rules(
    rules: Mapping[str, str | Expression], *, initial: Mapping[str, int] | None = None, slow: Iterable[str] = ()
) -> BooleanNetwork:
    """The network of *rules*, given as text or parsed. A name without a rule of its own is an input.

    Species that *initial* does not name begin at 0. Raises `RuleError` where a rule cannot be parsed.
    """
    parsed = {name: parse(rule) if isinstance(rule, str) else rule for name, rule in rules.items()}
    for rule in list(parsed.values()):
        for name in variables(rule):
            parsed.setdefault(name, Var(name))
    return BooleanNetwork(
        species=tuple(parsed),
        rules=parsed,
        initial=dict.fromkeys(parsed, 0) | dict(initial or {}),
        slow=frozenset(slow),
    )


def _parsed(pathway: Pathway, target: str, text: str) -> Expression:
    try:
        rule = parse(text)
    except RuleError as error:
        raise RuleError(f"rule of {shown(target)}: {error}", error.column) from None
    aliases = {name: Var(_resolved(pathway, target, name)) for name in variables(rule) if name not in pathway.species}
    return substitute(rule, aliases) if aliases else rule


def _resolved(pathway: Pathway, target: str, name: str) -> str:
    """The id of the species, drug or alteration that a rule means by *name*; an exact id goes before a like name."""
    if name in pathway.drugs or name in pathway.alterations:
        return name
    for find in (pathway.find_species, pathway.find_drug, pathway.find_alteration):
        try:
            return find(name)
        except AmbiguousName as error:
            raise RuleError(f"rule of {shown(target)}: {error}") from None
        except UnknownName as error:
            if find == pathway.find_species:
                close = error.close
    hint = f" Close: {', '.join(close)}." if close else ""
    raise RuleError(f"rule of {shown(target)}: no species, drug or alteration {shown(name)!r}.{hint}")


def lone_pair(pathway: Pathway) -> tuple[str, str] | None:
    """The first species with a rule, and the one that is its whole rule, if nothing else uses these two names.

    At the head of a list of rules that is a header of another wording rather than a species.
    """
    target, rule = next(iter(pathway.rules.items()), ("", None))
    if rule is None or len(pathway.rules) == 1 or rule.text in pathway.rules or rule.text not in pathway.species:
        return None
    pair = target, rule.text
    if any(not {edge.source, edge.target}.isdisjoint(pair) for edge in pathway.edges if edge.target != target):
        return None
    return pair
