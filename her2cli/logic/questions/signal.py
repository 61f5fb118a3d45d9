"""Which edges pass a signal on: not every arrow of a drawing does so in the tumour at hand.

An edge carries the signal of a species that is held on where its source belongs to a reason for the value of its
target: a smallest set of regulators whose values, as they are, force it (a prime implicant of the rule that is true
there). Where several such sets do, each carries; a set for which an alteration or a context is wanting does not, and
no set counts on the absence of a species that nothing in the pathway could bring about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from random import Random

from her2cli.expression import Const, Expression, substitute
from her2cli.logic.network.meaning import effects
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.simulation import stepped
from her2cli.logic.runs.synchronous import unpacked
from her2cli.model import Edge, Pathway, Scenario

LARGEST = 2_000  # species of a pathway that is looked into
CELLS = 30  # that are drawn where cells differ: what a tenth of all cells has is in some of them, 24 times in 25


def carrying(pathway: Pathway, start: str, kind: str = "species") -> frozenset[tuple[str, str]] | None:
    """The pairs of source and target whose edge carries a signal from *start* in the pathway's default tumour.

    *start* is the id of a species, which is held on, or of a drug or an alteration, which is given. Followed in
    synchronous steps, untreated otherwise; a species that cycles counts as both on and off. What differs between cells
    is as the file begins. None where the pathway is too large for that.
    """
    return next(_in_each(pathway, start, kind), None)


def carrying_in_cells(pathway: Pathway, start: str, kind: str = "species") -> tuple[frozenset[tuple[str, str]], ...]:
    """The same of each of some cells, drawn as the tumour has them; nothing where all are alike or it is too large."""
    return tuple(_in_each(pathway, start, kind))[1:]


def _in_each(pathway: Pathway, start: str, kind: str) -> Iterator[frozenset[tuple[str, str]]]:
    if len(pathway.species) > LARGEST:
        return
    tumour = Scenario(alterations=pathway.default_alterations, context=pathway.context)
    if kind == "species":
        scenario = replace(tumour, clamps=((start, 1),))
    elif kind == "drug":
        scenario = replace(tumour, drugs=((start, 1.0),))
    else:
        scenario = replace(tumour, alterations=tuple(dict.fromkeys((*tumour.alterations, start))))
    acting = pathway.actions(start) if kind != "species" else ()
    edges = {name: [*pathway.edges_into(name), *(e for e in acting if e.target == name)] for name in pathway.species}
    for cell in _cells(prepare(pathway, scenario)):
        yield frozenset(_carried(cell, edges))


def _cells(prepared: Prepared) -> Iterator[Prepared]:
    """The cell that the file begins with and, where cells differ, some that are drawn, the same ones every time."""
    yield prepared
    treated, draw = prepared.treated, Random(0)
    if not treated.together and all(chance in (0, 1) for chance in treated.chances.values()):
        return
    for _ in range(CELLS):
        begin = {name: int(draw.random() < chance) for name, chance in treated.chances.items()}
        for start in treated.together:
            (values,) = draw.choices(list(start.weights), list(start.weights.values()))
            begin |= dict(zip(start.species, values, strict=True))
        begin |= {name: 1 for name, medium in treated.begins_with.items() if begin.get(medium)}
        first = {name: value for name, value in begin.items() if name in prepared.untreated.chances}
        untreated = replace(prepared.untreated, initial={**prepared.untreated.initial, **first})
        yield replace(prepared, untreated=untreated, treated=replace(treated, initial={**treated.initial, **begin}))


def _carried(cell: Prepared, edges: Mapping[str, Collection[Edge]]) -> Iterator[tuple[str, str]]:
    """The pairs whose edge carries a signal in one cell; *edges* has for each species those that act on it."""
    network, end = cell.treated, stepped(cell).late
    states = [unpacked(network, state) for state in end.cycle]
    values = {name: frozenset(state[name] for state in states) for name in states[0]}
    absent = {name for name in edges if values[name] == {0} and not any(e.source in edges for e in edges[name])}
    for target, into in edges.items():
        reasons = {value: _reasons(network.rules[target], value, values, absent) for value in values[target]}
        for edge in into:
            wanted = [value for value in values[target] if edge.source in reasons[value]]
            if any((value == other) == (edge.sign == 1) for value in wanted for other in values[edge.source]):
                yield edge.source, target


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
