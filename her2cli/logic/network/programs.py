"""Rules made ready for the engines: negations pushed down to the species, shared factors pulled out, each part once.

A literal is a number: 2 * i says that species i is on, 2 * i + 1 that it is off, so an engine that keeps both planes
never negates. Nothing here knows lanes, clocks or probabilities.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from her2cli.expression import And, Const, Expression, Not, Var, variables

AND, OR = 0, 1

_FACTOR_LIMIT = 3_000  # literals in an alternative; beyond that, looking for common factors costs more than it saves
_FACTOR_DEPTH = 30
_KEPT = 4096  # rules


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The rules of a network as one graph of conjunctions and disjunctions without repeated parts.

    `nodes` maps a number from 2 * len(species) on to (AND or OR, operands); an operand is a literal or an earlier
    number. `rules` has the node, the literal or, as `None`, `True` and `False`, the input or constant of each species.
    """

    species: tuple[str, ...]
    nodes: dict[int, tuple[int, tuple[int, ...]]]
    rules: tuple[int | bool | None, ...]
    # For each species those whose rule reads it. A species whose rule reads it only as it is, never negated, is not its
    # own dependent: once it has its rule's value, that change alone cannot change the value again.
    dependents: tuple[tuple[int, ...], ...]

    def parts(self, root: int) -> list[int]:
        """The numbers of the nodes that *root* is made of, operands first."""
        order: dict[int, None] = {}
        stack = [root]
        while stack:
            number = stack[-1]
            if number in order or number not in self.nodes:
                stack.pop()
                continue
            missing = [part for part in self.nodes[number][1] if part in self.nodes and part not in order]
            if missing:
                stack.extend(missing)
            else:
                order[number] = None
                stack.pop()
        return list(order)


def conditions(species: tuple[str, ...], expressions: Sequence[Expression]) -> Program:
    """Expressions over *species* as a program of their own: its rules are these, not those of the species."""
    nodes, roots, _ = _placed(species, expressions)
    return Program(species, nodes, tuple(roots), ())


def program(species: tuple[str, ...], rules: Mapping[str, Expression]) -> Program:
    """The *rules* of the *species* without negations and with common factors pulled out."""
    nodes, roots, reading = _placed(species, [None if rules[name] == Var(name) else rules[name] for name in species])
    readers: list[list[int]] = [[] for _ in species]
    for index, literals in enumerate(reading):
        for each in {literal // 2 for literal in literals if literal != 2 * index}:
            readers[each].append(index)
    return Program(species, nodes, tuple(roots), tuple(map(tuple, readers)))


def _placed(
    species: tuple[str, ...], expressions: Sequence[Expression | None]
) -> tuple[dict[int, tuple[int, tuple[int, ...]]], list[int | bool | None], list[list[int]]]:
    """The nodes of *expressions*, the number or the constant value of each, and the literals that it reads."""
    index = {name: number for number, name in enumerate(species)}
    nodes: dict[int, tuple[int, tuple[int, ...]]] = {}
    numbers: dict[tuple[int, tuple[int, ...]], int] = {}
    roots: list[int | bool | None] = []
    reading: list[list[int]] = []
    for expression in expressions:
        reading.append([])
        if expression is None:
            roots.append(None)
            continue
        names, parts, root, read = _factored(expression)
        place = [2 * index[name] + negated for name in names for negated in (0, 1)]
        reading[-1] = [place[literal] for literal in read]
        if isinstance(root, bool):
            roots.append(root)
            continue
        at: dict[int, int] = dict(enumerate(place))
        for number, (kind, operands) in parts:
            key = kind, tuple(sorted([at[each] for each in operands]))
            at[number] = numbers.setdefault(key, 2 * len(species) + len(nodes))
            nodes[at[number]] = key
        roots.append(at[root])
    return nodes, roots, reading


class _Factored(NamedTuple):
    """A rule without negations and with common factors pulled out, over its own variables: these are its species."""

    names: tuple[str, ...]
    parts: list[tuple[int, tuple[int, tuple[int, ...]]]]  # the nodes that it is made of, operands first
    root: int | bool
    read: list[int]  # its literals


_factored_before: dict[int, tuple[Expression, _Factored]] = {}  # the networks of a pathway share most rules


def _factored(expression: Expression) -> _Factored:
    known = _factored_before.get(id(expression))
    if known is None:
        names = variables(expression)
        builder = _Builder(names)
        root = builder.built(expression)
        parts = [] if isinstance(root, bool) else Program(names, builder.nodes, (), ()).parts(root)
        nodes = [(number, builder.nodes[number]) for number in parts]
        literals = {part for _, (_, operands) in nodes for part in operands if part < 2 * len(names)}
        if not nodes and not isinstance(root, bool):
            literals = {root}
        if len(_factored_before) >= _KEPT:
            _factored_before.clear()
        known = _factored_before[id(expression)] = expression, _Factored(names, nodes, root, sorted(literals))
    return known[1]


def reach(made: Program, moving: Iterable[int], possible: list[int], free: Sequence[int], lanes: int) -> None:
    """Add to *possible* what the *moving* species can come to, whatever the order of events.

    *possible* has for each literal a plane of the lanes in which it can be true, *free* for each species those in
    which it may move. What a literal's plane leaves out is impossible there; what it has may be possible.
    """
    # Of each part the lanes in which it can be true, and above them those in which it must be: one operation for both.
    ones = (1 << lanes) - 1
    values = [can | (ones ^ possible[literal ^ 1]) << lanes for literal, can in enumerate(possible)]
    values += [0] * (max(made.nodes, default=0) + 1 - len(values))
    queue = deque(moving)
    movers = frozenset(queue)
    queued = set(queue)
    while queue:
        species = queue.popleft()
        queued.discard(species)
        root = made.rules[species]
        if root is None:
            continue
        if isinstance(root, bool):
            value = (ones | ones << lanes) if root else 0
        else:
            for number, kind, operands in _parts(made, root):
                value = values[operands[0]]
                for operand in operands[1:]:
                    value = value & values[operand] if kind == AND else value | values[operand]
                values[number] = value
            value = values[root]
        on, off = 2 * species, 2 * species + 1
        can_be_on = possible[on] | value & free[species]
        can_be_off = possible[off] | ~(value >> lanes) & free[species]
        if can_be_on != possible[on] or can_be_off != possible[off]:
            possible[on], possible[off] = can_be_on, can_be_off
            values[on] = can_be_on | (ones ^ can_be_off) << lanes
            values[off] = can_be_off | (ones ^ can_be_on) << lanes
            for reader in made.dependents[species]:
                if reader in movers and reader not in queued:
                    queue.append(reader)
                    queued.add(reader)


@lru_cache(maxsize=1024)
def _parts(made: Program, root: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """The nodes that *root* is made of, operands first: number, kind and operands."""
    return [(number, *made.nodes[number]) for number in made.parts(root)]


def compiled(lines: Iterable[str]) -> dict[str, Any]:
    """The functions that *lines* define, by name.

    The text is written from numbers alone, here and where this is called: no name or word of a file comes into it.
    """
    made: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<rules>", "exec"), made)
    return made


class _Builder:
    """Collects nodes so that equal ones are one."""

    def __init__(self, species: tuple[str, ...]) -> None:
        self.index = {name: number for number, name in enumerate(species)}
        self.nodes: dict[int, tuple[int, tuple[int, ...]]] = {}
        self._numbers: dict[tuple[int, tuple[int, ...]], int] = {}

    def built(self, expression: Expression) -> int | bool:
        """The number of *expression*, or its constant value."""
        done: list[int | bool] = []
        stack: list[tuple[Expression, bool, bool]] = [(expression, False, False)]  # node, negated, operands done
        while stack:
            node, negated, ready = stack.pop()
            if isinstance(node, Const):
                done.append(bool(node.value) != negated)
            elif isinstance(node, Var):
                done.append(2 * self.index[node.name] + negated)
            elif isinstance(node, Not):
                stack.append((node.term, not negated, False))
            elif not ready:
                stack.append((node, negated, True))
                stack.extend((term, negated, False) for term in node.terms)
            else:
                operands = done[-len(node.terms) :]
                del done[-len(node.terms) :]
                done.append(self.joined(AND if isinstance(node, And) != negated else OR, operands))
        return done[0]

    def joined(self, kind: int, operands: Iterable[int | bool]) -> int | bool:
        """The conjunction or disjunction of *operands*, simplified and factored."""
        decisive = kind == OR
        terms: set[int] = set()
        for operand in operands:
            if isinstance(operand, bool):
                if operand == decisive:
                    return decisive
            elif operand in self.nodes and self.nodes[operand][0] == kind:
                terms.update(self.nodes[operand][1])
            else:
                terms.add(operand)
        if any(term ^ 1 in terms for term in terms if term < 2 * len(self.index)):
            return decisive  # a species and its negation
        if not terms:
            return not decisive
        inner = [self._operands(1 - kind, term) for term in terms]
        literals = sum(map(len, inner))
        if literals > _FACTOR_LIMIT or literals == len(frozenset().union(*inner)):  # or nothing is common
            return self._numbered(kind, terms)
        return self._factored(kind, inner, _FACTOR_DEPTH)

    def _operands(self, kind: int, number: int) -> frozenset[int]:
        node = self.nodes.get(number)
        return frozenset(node[1]) if node and node[0] == kind else frozenset((number,))

    def _factored(self, kind: int, terms: list[frozenset[int]], depth: int) -> int:
        """`a b | a c` as `a (b | c)`, and the same with and and or exchanged, the most frequent factor first."""
        terms = _absorbed(terms)
        while depth and len(terms) > 1:
            factor, count = min(
                Counter(f for term in terms for f in term).items(), key=lambda item: (-item[1], item[0])
            )
            if count < 2:
                break
            having = [term for term in terms if factor in term]
            common = frozenset.intersection(*having)
            terms = [term for term in terms if factor not in term]
            if common in having:  # only where there were too many terms to absorb
                terms.append(common)
                continue
            rest = self._factored(kind, [term - common for term in having], depth - 1)
            terms.append(common | self._operands(1 - kind, rest))
        return self._numbered(kind, [self._numbered(1 - kind, term) for term in terms])

    def _numbered(self, kind: int, operands: Iterable[int]) -> int:
        flat: set[int] = set()
        for operand in operands:
            node = self.nodes.get(operand)
            flat.update(node[1] if node and node[0] == kind else (operand,))
        if len(flat) == 1:
            return flat.pop()
        key = kind, tuple(sorted(flat))
        number = self._numbers.setdefault(key, 2 * len(self.index) + len(self.nodes))
        self.nodes[number] = key
        return number


def _absorbed(terms: list[frozenset[int]]) -> list[frozenset[int]]:
    """*terms* without those that contain another: `a | a b` is `a`."""
    kept: list[frozenset[int]] = []
    for term in sorted(set(terms), key=lambda term: (len(term), sorted(term))):
        if len(terms) > 300 or not any(smaller <= term for smaller in kept):
            kept.append(term)
    return kept
