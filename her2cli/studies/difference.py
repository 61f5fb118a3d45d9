"""What differs between two pathways, by meaning: a rule that is only written in another way is the same rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any

from her2cli.errors import ScenarioError, UnknownName
from her2cli.expression import And, Expression, fold, text, variables
from her2cli.logic.network import pathway_rules
from her2cli.logic.network.meaning import tabulable, truth_table
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import acting, prepare, resolve
from her2cli.model import Edge, Experiment, Pathway
from her2cli.studies.experiments import validate

BDD_LIMIT = 500_000  # nodes of a decision diagram; a rule beyond it is compared as it is written
SECTIONS = ("drugs", "alterations", "cell_lines", "contexts", "experiments", "references")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is only in one of the two (`before` or `after` is empty), or a field of it that differs."""

    kind: str  # species, edge, rule, drugs, alterations, ...
    name: str
    field: str = ""
    before: str = ""
    after: str = ""
    witness: tuple[tuple[str, int], ...] = ()  # of a rule: a state in which the two disagree


def difference(before: Pathway, after: Pathway) -> tuple[Change, ...]:
    """What it takes to come from *before* to *after*: species, edges, rules as logic, drugs and the rest.

    Rules are compared for the species that both have, whether they are written or follow from the edges. Last come the
    published experiments that both know and that end in another direction. Raises `RuleError` where a rule cannot be
    parsed.
    """
    changes = (
        *_head(before, after),
        *_entries("species", before.species, after.species),
        *_entries("edge", _by_ends(before.edges), _by_ends(after.edges)),
        *_entries("action", _by_ends(before.agent_edges), _by_ends(after.agent_edges)),
        *_rules(before, after),
        *(change for section in SECTIONS for change in _entries(section, *_sections(before, after, section))),
    )
    return (*changes, *_answers(before, after)) if any(map(_matters, changes)) else changes


def witness(first: Expression, second: Expression) -> tuple[tuple[str, int], ...] | None:
    """A state in which the two rules disagree, or None where they are equal in every state.

    Exact with any number of variables, by truth table or by decision diagram; past the limits of both, rules that are
    written differently count as different, and the state is empty.
    """
    if first == second:
        return None
    names = tuple(dict.fromkeys([*variables(first), *variables(second)]))
    if tabulable(first, names) and tabulable(second, names):
        differing = truth_table(first, names) ^ truth_table(second, names)
        if not differing:
            return None
        lowest = (differing & -differing).bit_length() - 1
        return tuple((name, lowest >> index & 1) for index, name in enumerate(names))
    return _by_diagram(first, second, names)


def _by_diagram(first: Expression, second: Expression, names: tuple[str, ...]) -> tuple[tuple[str, int], ...] | None:
    try:
        import biodivine_aeon as aeon
    except ImportError:  # it has no wheel everywhere
        return ()

    plain = {name: f"x{index}" for index, name in enumerate(names)}
    universe = aeon.BddVariableSet(list(plain.values()))
    try:
        one, other = (_diagram(universe, expression, plain) for expression in (first, second))
        differing = one.l_xor(other, limit=BDD_LIMIT)
    except InterruptedError:
        return ()
    if differing.is_false():
        return None
    state = differing.valuation_first()
    return tuple((name, int(state[plain[name]])) for name in names)


def _diagram(universe: Any, expression: Expression, plain: Mapping[str, str]) -> Any:
    def joined(kind: object, terms: list[Any]) -> Any:
        return reduce(lambda one, more: (one.l_and if kind is And else one.l_or)(more, limit=BDD_LIMIT), terms)

    return fold(
        expression,
        var=lambda name: universe.mk_literal(plain[name], True),
        const=lambda value: universe.mk_true() if value else universe.mk_false(),
        negated=lambda diagram: diagram.l_not(),
        joined=joined,
    )


def _rules(before: Pathway, after: Pathway) -> Iterator[Change]:
    """Rules whose logic differs, each with a state that shows it."""
    first, second = pathway_rules(before), pathway_rules(after)
    for name in first:
        if name not in second:
            continue
        state = witness(first[name], second[name])
        if state is not None:
            written, now = text(first[name]), text(second[name])
            yield Change(kind="rule", name=name, before=written, after=now, witness=state)


def _answers(before: Pathway, after: Pathway) -> Iterator[Change]:
    """The experiments whose direction is another one, or that only one of the two pathways can run."""
    shared = [each for key, each in before.experiments.items() if after.experiments.get(key) == each]
    if not shared:
        return
    first, second = _directions((before, after), shared)
    for each in shared:
        one, other = first.get(each.id, "cannot be run"), second.get(each.id, "cannot be run")
        if one != other:
            field = f"{each.readout}, published {each.expect}"
            yield Change(kind="experiment", name=each.id, field=field, before=one, after=other)


def _matters(change: Change) -> bool:
    """Whether a simulation can depend on it."""
    if change.kind == "species":
        return change.field in ("", "initial", "share", "speed", "rate_up", "rate_down")
    if change.kind == "pathway":
        return change.field in ("joint_starts", "state_rates")
    return change.kind in ("rule", "action", "drugs", "alterations")


def _directions(pathways: tuple[Pathway, Pathway], experiments: Iterable[Experiment]) -> tuple[dict[str, str], ...]:
    """Which way each experiment goes in either of the *pathways*, of those that it can run.

    Both are drawn by the engine that suits the larger: two would draw other random numbers, and so make differences.
    """
    found: list[dict[str, str]] = [{}, {}]
    engine: Engine | None = None
    for place in sorted((0, 1), key=lambda place: -len(pathways[place].species)):
        active: dict[str, bool] = {}
        runnable = [each for each in experiments if _runs(pathways[place], each, active)]
        report = validate(pathways[place], runnable, sampling=Sampling(engine=engine))
        found[place] = {row.experiment.id: row.got for row in report.rows}
        engine = report.engine
    return tuple(found)


def _runs(pathway: Pathway, experiment: Experiment, active: dict[str, bool]) -> bool:
    """Whether this pathway can run it; *active* remembers which drugs and alterations do something here."""
    try:
        pathway.find_species(experiment.readout)
        for scenario in (experiment.scenario, experiment.comparator):
            known = resolve(pathway, scenario)
            agents = [*known.alterations, *(drug for drug, _ in known.drugs)]
            for agent in agents:
                if agent not in active:
                    active[agent] = bool(acting(pathway, [agent]))
            if not all(active[agent] for agent in agents):
                prepare(pathway, scenario)  # a rule may name an agent together with another
    except (ScenarioError, UnknownName):
        return False
    return True


def _head(before: Pathway, after: Pathway) -> Iterator[Change]:
    fields = {
        key: (getattr(before, key), getattr(after, key)) for key in ("title", "note", "default_alterations", "context")
    }
    fields["readouts"] = _readouts(before), _readouts(after)
    fields["joint_starts"] = _joint_starts(before), _joint_starts(after)
    fields["state_rates"] = _state_rates(before), _state_rates(after)
    for field, (one, other) in fields.items():
        if one != other:
            yield Change(kind="pathway", name=after.name, field=field, before=_said(one), after=_said(other))


def _readouts(pathway: Pathway) -> tuple[str, ...]:
    """The readouts that it names, or the phenotypes that stand for them."""
    return pathway.readouts or tuple(key for key, species in pathway.species.items() if species.is_phenotype)


def _joint_starts(pathway: Pathway) -> tuple[str, ...]:
    """Each joint beginning as one line: its species, and the weight of each of their states."""
    return tuple(
        f"{' '.join(start.species)}: "
        + ", ".join(f"{''.join(map(str, bits))} {weight:g}" for bits, weight in sorted(start.weights.items()))
        for start in pathway.joint_starts
    )


def _state_rates(pathway: Pathway) -> tuple[str, ...]:
    """Each rate that holds in some states only, as one line."""
    return tuple(f"{each.species} {each.direction} {each.rate:g} where {each.where}" for each in pathway.state_rates)


def _entries(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """What only one of two sections has, then the fields that differ in what both have."""
    for name in before:
        if name not in after:
            yield Change(kind=kind, name=name, before=_summary(before[name]))
    for name in after:
        if name not in before:
            yield Change(kind=kind, name=name, after=_summary(after[name]))
    for name, thing in before.items():
        if name in after and (other := after[name]) is not thing and thing != other:
            for field in fields(thing):
                if field.compare and getattr(thing, field.name) != getattr(other, field.name):
                    one, two = _said(getattr(thing, field.name)), _said(getattr(other, field.name))
                    yield Change(kind=kind, name=name, field=field.name, before=one, after=two)


def _sections(before: Pathway, after: Pathway, section: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What is compared of a section: nothing where a foreign format has none, and of its references those it cites."""
    first, second = getattr(before, section), getattr(after, section)
    if not first or not second:
        return {}, {}
    cited = [_cited(pathway) for pathway in (before, after)] if section == "references" else []
    if any(shelf.keys() <= keys.keys() for shelf, keys in zip((first, second), cited, strict=False)):
        keys = cited[0] | cited[1]
        first, second = ({key: shelf[key] for key in keys if key in shelf} for shelf in (first, second))
    return first, second


def _cited(pathway: Pathway) -> dict[str, None]:
    """The references that species, edges and rules name."""
    things: Iterable[Any] = (*pathway.species.values(), *pathway.edges, *pathway.rules.values())
    return {key: None for thing in things for key in (*thing.evidence, *getattr(thing, "against", ()))}


def _by_ends(edges: Iterable[Edge]) -> dict[str, Edge]:
    """Edges by their ends and sign; a second edge of the same kind is numbered."""
    found: dict[str, Edge] = {}
    for edge in edges:
        target = " -> ".join(edge.blocks) if edge.blocks else edge.target
        name = f"{edge.source} {'blocks' if edge.blocks else edge.effect.arrow} {target}"
        number = 2
        while name in found:
            name, number = f"{name.removesuffix(f' ({number - 1})')} ({number})", number + 1
        found[name] = edge
    return found


def _summary(thing: Any) -> str:
    for field in ("name", "mechanism", "citation", "expect", "kind"):
        if value := getattr(thing, field, ""):
            return str(value)
    return "present"


def _said(value: Any) -> str:
    if isinstance(value, tuple):
        if value and isinstance(value[0], Edge):
            return "; ".join(_by_ends(value))
        return ", ".join(map(str, value))
    if isinstance(value, bool):  # as the YAML has it
        return str(value).lower()
    return "" if value is None else str(value)
