"""A pathway from rules alone, as logical formats bring it: species by first mention, edges by what each rule does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from her2cli.expression import Expression, Var, text, variables
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import effects
from her2cli.model import Edge, Effect, JointStart, Pathway, Place, Reference, Rule, Species, StateRate


def pathway_of_rules(
    name: str,
    rules: Mapping[str, Expression],
    *,
    species: Mapping[str, Species] | None = None,
    edges: Mapping[str, Iterable[Edge]] | None = None,
    places: Mapping[str, Place] | None = None,
    references: Mapping[str, Reference] | None = None,
    joint_starts: Iterable[JointStart] = (),
    state_rates: Iterable[StateRate] = (),
    title: str = "",
    note: str = "",
    source: str = "",
    remarks: Iterable[str] = (),
) -> Pathway:
    """A pathway with *rules*; a name without a rule, or with itself as its rule, is an input.

    *species* gives what else is known of them and their order; those that only occur in rules come last. *edges* gives
    the edges into a species where the format states them; elsewhere they are read off the rule.
    """
    given = species or {}
    names = dict.fromkeys([*given, *rules])
    for rule in rules.values():
        names.update(dict.fromkeys(variables(rule)))
    kept = {target: rule for target, rule in rules.items() if rule != Var(target)}
    stated, found = edges or {}, places or {}
    return Pathway(
        name=name,
        title=title,
        note=note,
        species={key: given.get(key) or Species(id=key) for key in names},
        edges=tuple(
            edge
            for target in names
            for edge in (stated[target] if target in stated else edges_of(target, kept.get(target), found.get(target)))
        ),
        rules={target: Rule(target=target, text=text(rule), place=found.get(target)) for target, rule in kept.items()},
        references=references or {},
        joint_starts=tuple(joint_starts),
        state_rates=tuple(state_rates),
        source=source,
        remarks=tuple(remarks),
    )


def edges_of(target: str, rule: Expression | None, place: Place | None = None) -> Iterator[Edge]:
    """The edges that *rule* amounts to; two where a regulator both raises and lowers, none where it never matters."""
    for source, effect in effects(rule).items() if rule is not None else ():
        if effect in (1, None):
            yield Edge(source=source, target=target, effect=Effect.activates, place=place)
        if effect in (-1, None):
            yield Edge(source=source, target=target, effect=Effect.inhibits, place=place)


def lost_edges(pathway: Pathway, network: BooleanNetwork, *, signs: bool = False) -> tuple[str, ...]:
    """`2 edges that no rule uses`, or nothing: the edges of *pathway* that cannot be read off the rules again.

    *signs* says that the format states the sign of a source that the rule makes no use of (`stated_signs`).
    """
    number = 0
    for target, rule in network.rules.items():
        edges, is_input = pathway.edges_into(target), rule == Var(target)
        used = effects(rule) if edges and not is_input else {}
        stated = stated_signs(edges) if signs and not is_input else {}
        for edge in edges:
            sign = used.get(edge.source, 0)
            number += (stated.get(edge.source, 0) if sign == 0 else sign) not in (edge.sign, None)
    return (f"{number} edges that no rule uses",) if number else ()


def stated_signs(edges: Iterable[Edge]) -> dict[str, int]:
    """The sign of each source of *edges*, which have one target; 0 where it has both signs."""
    found: dict[str, int] = {}
    for edge in edges:
        found[edge.source] = edge.sign if found.get(edge.source, edge.sign) == edge.sign else 0
    return found
