"""Which edges pass a signal on: not every arrow of a drawing does so in the tumour at hand.

An edge carries the signal of a species that is held on where its source belongs to a reason for the value of its
target: a smallest set of regulators whose values, as they are, force it (a prime implicant of the rule that is true
there). Where several such sets do, each carries; a set for which an alteration or a context is wanting does not, and
no set counts on the absence of a species that nothing in the pathway could bring about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain
from operator import and_, or_
from random import Random

from her2cli.expression import Const, Expression, substitute
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.meaning import effects
from her2cli.logic.network.scenario import Prepared, prepare
from her2cli.logic.questions.responses import SEVERAL
from her2cli.logic.questions.simulation import given
from her2cli.logic.runs.synchronous import settle, unpacked
from her2cli.model import Edge, Pathway, Scenario
from her2cli.recent import recent

LARGEST = 2_000  # species of a pathway that is looked into
CELLS = 30  # that are drawn where cells differ: what a tenth of all cells has is in some of them, 24 times in 25


def carrying(pathway: Pathway, start: str, kind: str = "species", *, to: str = "") -> frozenset[tuple[str, str]] | None:
    """The pairs of source and target whose edge carries a signal from *start* in the pathway's default tumour.

    *start* is the id of a species, which is held on, or of a drug or an alteration, which is given. Followed in
    synchronous steps, untreated otherwise; a species that cycles counts as both on and off. What differs between cells
    is as the file begins. With *to*, a species, only the edges that lead there are looked into. None where the pathway
    is too large for that.
    """
    return next(_in_each(pathway, start, kind, to), None)


def carrying_in_cells(
    pathway: Pathway, start: str, kind: str = "species", *, to: str = ""
) -> tuple[frozenset[tuple[str, str]], ...]:
    """The same of each of some cells, drawn as the tumour has them; nothing where all are alike or it is too large."""
    return tuple(_in_each(pathway, start, kind, to))[1:]


def used(pathway: Pathway, start: str, kind: str, *, to: str) -> frozenset[tuple[str, str]]:
    """The pairs of `carrying` along which a drug changes what they lead to, in at least a tenth of those cells.

    What is off without the drug it does not switch off: that edge carries no change. Nothing for what is no drug.
    """
    if kind != "drug" or len(pathway.species) > LARGEST:
        return frozenset()
    prepared, signals = _asked(pathway, start, kind, to)
    bits = {name: 1 << place for place, name in enumerate(prepared.treated.species)}
    counts: Counter[tuple[str, str]] = Counter()
    cells = [_course(cell) for cell in _cells(prepared)]
    for before, *after in cells:
        alike = reduce(and_, before), reduce(or_, before)
        pairs = set()
        for cycle in after:
            always, ever = alike[0] ^ reduce(and_, cycle), alike[1] ^ reduce(or_, cycle)
            moved = {start, *(name for name, bit in bits.items() if (always | ever) & bit)}
            pairs |= {pair for pair in chain.from_iterable(signals.carried(cycle)) if moved.issuperset(pair)}
        counts.update(pairs)
    return frozenset(pair for pair, count in counts.items() if count * 10 >= len(cells))


def spelled_out(pathway: Pathway, chain: Sequence[Edge], used: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """The species along *chain*; where an edge stands for several ways, along the shortest of its sign that is *used*.

    Nothing where there is none.
    """
    names = [edge.source for edge in chain[:1]]
    onward: dict[str, list[tuple[str, int]]] = {}
    for edge in pathway.edges:
        if (edge.source, edge.target) in used:
            onward.setdefault(edge.source, []).append((edge.target, edge.sign))
    ends = {name for edge in chain for name in (edge.source, edge.target)}
    for edge in chain:
        if edge.mechanism != SEVERAL:
            names.append(edge.target)
            continue
        ways: dict[tuple[str, int], tuple[str, ...]] = {(edge.source, 1): ()}
        for name, sign in (queue := list(ways)):
            for other, by in onward.get(name, ()):
                way = ways[name, sign]
                if (other, sign * by) not in ways and other not in way and other not in ends - {edge.target}:
                    ways[other, sign * by] = (*way, other)
                    queue.append((other, sign * by))
        names += ways.get((edge.target, edge.sign), ())
    return tuple(names)


def kept_from_acting(pathway: Pathway, start: str, kind: str) -> dict[Edge, str]:
    """The actions of *start*, a drug or an alteration, that happen in none of those cells; with what keeps each off."""
    conditional = [edge for edge in pathway.actions(start) if edge.requires or edge.unless] if kind != "species" else []
    if not conditional or len(pathway.species) > LARGEST:
        return {}
    prepared, _ = _asked(pathway, start, kind, "")
    bits = {name: 1 << place for place, name in enumerate(prepared.treated.species)}
    cycles = [_late(cell) for cell in _cells(prepared)]
    ever, always = (reduce(each, chain.from_iterable(cycles)) for each in (or_, and_))
    given = {*prepared.scenario.alterations, *dict(prepared.scenario.drugs)}

    def off(name: str) -> bool:
        return not ever & bits[name] if name in bits else name not in given

    def on(name: str) -> bool:
        return bool(always & bits[name]) if name in bits else name in given

    kept = ((edge, [*filter(on, edge.unless), *filter(off, edge.requires)]) for edge in conditional)
    return {edge: names[0] for edge, names in kept if names}


def _in_each(pathway: Pathway, start: str, kind: str, to: str) -> Iterator[frozenset[tuple[str, str]]]:
    if len(pathway.species) > LARGEST:
        return
    prepared, signals = _asked(pathway, start, kind, to)
    for cell in _cells(prepared):
        yield frozenset(chain.from_iterable(signals.carried(_late(cell))))


@recent(2)  # the one cell and the drawn ones are asked for apart
def _asked(pathway: Pathway, start: str, kind: str, to: str) -> tuple[Prepared, _Signals]:
    tumour = Scenario(alterations=pathway.default_alterations, context=pathway.context)
    if kind == "species":
        scenario = replace(tumour, clamps=((start, 1),))
    elif kind == "drug":
        scenario = replace(tumour, drugs=((start, 1.0),))
    else:
        scenario = replace(tumour, alterations=tuple(dict.fromkeys((*tumour.alterations, start))))
    acting = pathway.actions(start) if kind != "species" else ()
    names = _leading(pathway, start, to) if to else pathway.species
    edges = {name: [*pathway.edges_into(name), *(e for e in acting if e.target == name)] for name in names}
    prepared = prepare(pathway, scenario)
    return prepared, _Signals(prepared.treated, pathway, edges)


def _leading(pathway: Pathway, start: str, to: str) -> Collection[str]:
    """The species from which edges lead to *to*, itself included, not by way of *start*."""
    found = {to: None}
    queue = [to]
    for name in queue:
        new = [other for other in pathway.sources_of(name) if other not in found and other != start]
        found.update(dict.fromkeys(new))
        queue.extend(new)
    return found


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


def _late(cell: Prepared) -> tuple[int, ...]:
    """The states in which one cell ends, treated at the first moment of what lasts of it untreated."""
    return _course(cell)[-1]


def _course(cell: Prepared) -> list[tuple[int, ...]]:
    """The states in which one cell ends untreated, and with a treatment those at its early and its late end."""
    end = settle(cell.untreated, cell.untreated.initial)
    if not cell.has_treatment:
        return [end.cycle]
    early = settle(cell.treated, given(cell, end.end), frozen_slow=True)
    late = settle(cell.treated, unpacked(cell.treated, early.end))
    return [end.cycle, early.cycle, late.cycle]


class _Signals:
    """Which edges into a species carry a signal, kept by the values of its regulators: most cells agree on these."""

    def __init__(self, network: BooleanNetwork, pathway: Pathway, edges: Mapping[str, Collection[Edge]]) -> None:
        self._network, self._edges = network, edges
        self._bits = {name: 1 << place for place, name in enumerate(network.species)}
        self._masks = {name: sum(self._bits[each] for each in {name, *network.regulators[name]}) for name in edges}
        self._inputs = {name for name in pathway.species if not pathway.sources_of(name)}
        self._signs = {name: effects(network.rules[name]) for name in edges}
        self._found: dict[tuple[str, int, int], tuple[tuple[str, str], ...]] = {}

    def carried(self, cycle: Collection[int]) -> Iterator[tuple[tuple[str, str], ...]]:
        """The pairs whose edge carries a signal in a cell that goes round *cycle*, species by species."""
        ever, always = reduce(or_, cycle), reduce(and_, cycle)
        for target, mask in self._masks.items():
            key = target, ever & mask, always & mask
            if key not in self._found:
                self._found[key] = tuple(self._into(target, ever, always))
            yield self._found[key]

    def _into(self, target: str, ever: int, always: int) -> Iterator[tuple[str, str]]:
        rule = self._network.rules[target]
        near = {target, *self._network.regulators[target]}
        values = {name: _values(self._bits[name], ever, always) for name in near}
        absent = {name for name in near & self._inputs if values[name] == {0}}
        reasons = {value: _reasons(rule, self._signs[target], value, values, absent) for value in values[target]}
        for edge in self._edges[target]:
            wanted = [value for value in values[target] if edge.source in reasons[value]]
            if any((value == other) == (edge.sign == 1) for value in wanted for other in values[edge.source]):
                yield edge.source, target


def _values(bit: int, ever: int, always: int) -> frozenset[int]:
    """The values that the species of *bit* takes in states of which some, and all, have it on."""
    return frozenset({int(always & bit > 0), int(ever & bit > 0)})


def _reasons(
    rule: Expression,
    signs: Mapping[str, int | None],
    value: int,
    values: Mapping[str, frozenset[int]],
    absent: Collection[str],
) -> frozenset[str]:
    """The regulators, whose *signs* are known, that belong to a smallest set which forces *rule* to *value*.

    What speaks for the value may be taken away, what speaks against it stays, as does what is *absent*: a regulator
    belongs to such a set where the rule then still depends on it.
    """
    fixed = {}
    for name, sign in signs.items():
        speaks_for = sign is None or any((each == value) == (sign == 1) for each in values[name])
        if not speaks_for or name in absent:
            fixed[name] = Const(min(values[name]))
    return frozenset(name for name, sign in effects(substitute(rule, fixed)).items() if sign != 0)
