"""Which edges pass a signal on: not every arrow of a drawing does so in the tumour at hand.

An edge carries the signal of a species that is held on where its source belongs to a reason for the value of its
target: a smallest set of regulators whose values, as they are, force it (a prime implicant of the rule that is true
there). Where several such sets do, each carries; a set for which an alteration or a context is wanting does not, and
no set counts on the absence of a species that nothing in the pathway could bring about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from her2cli.expression import Const, Expression, substitute
from her2cli.logic.network.meaning import effects
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.simulation import stepped
from her2cli.logic.runs.synchronous import unpacked
from her2cli.model import Pathway, Scenario

LARGEST = 2_000  # species of a pathway that is looked into


def carrying(pathway: Pathway, start: str, kind: str = "species") -> frozenset[tuple[str, str]] | None:
    """The pairs of source and target whose edge carries a signal from *start* in the pathway's default tumour.

    *start* is the id of a species, which is held on, or of a drug or an alteration, which is given. Followed in
    synchronous steps, untreated otherwise; a species that cycles counts as both on and off. None where the pathway is
    too large for that.
    """
    if len(pathway.species) > LARGEST:
        return None
    tumour = Scenario(alterations=pathway.default_alterations)
    if kind == "species":
        scenario = replace(tumour, clamps=((start, 1),))
    elif kind == "drug":
        scenario = replace(tumour, drugs=((start, 1.0),))
    else:
        scenario = replace(tumour, alterations=tuple(dict.fromkeys((*tumour.alterations, start))))
    network, end = (prepared := prepare(pathway, scenario)).treated, stepped(prepared).late
    states = [unpacked(network, state) for state in end.cycle]
    values = {name: frozenset(state[name] for state in states) for name in states[0]}
    absent = {name for name in pathway.species if values[name] == {0} and not pathway.edges_into(name)}
    found = set()
    for target in pathway.species:
        reasons = {value: _reasons(network.rules[target], value, values, absent) for value in values[target]}
        acting = [edge for edge in pathway.actions(start) if edge.target == target] if kind != "species" else []
        for edge in (*pathway.edges_into(target), *acting):
            wanted = [value for value in values[target] if edge.source in reasons[value]]
            if any((value == other) == (edge.sign == 1) for value in wanted for other in values[edge.source]):
                found.add((edge.source, target))
    return frozenset(found)


def _reasons(
    rule: Expression, value: int, values: Mapping[str, frozenset[int]], absent: Collection[str]
) -> frozenset[str]:
    """The regulators that belong to a smallest set which forces *rule* to *value*.

    What speaks for the value may be taken away, what speaks against it stays, as does what is *absent*: a regulator
    belongs to such a set where the rule then still depends on it.
    """
    signs = effects(rule)
    fixed = {}
    for name, sign in signs.items():
        speaks_for = sign is None or any((each == value) == (sign == 1) for each in values[name])
        if not speaks_for or name in absent:
            fixed[name] = Const(min(values[name]))
    return frozenset(name for name, sign in effects(substitute(rule, fixed)).items() if sign != 0)
