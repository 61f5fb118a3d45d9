"""Rules made ready for the engines: negations pushed down to the species, shared factors pulled out, each part once.

A literal is a number: 2 * i says that species i is on, 2 * i + 1 that it is off, so an engine that keeps both planes
never negates. Nothing here knows lanes, clocks or probabilities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from her2cli.expression import And, Const, Expression, Not, Var
from her2cli.logic.network import BooleanNetwork

AND, OR = 0, 1
Plane = Callable[[Sequence[int]], int]  # the value of a rule, from the planes of all literals and, last, the one of 1
Update = Callable[[list[int], bytearray, Sequence[int]], None]  # of a state, of who waits, in the lanes that are free

_FACTOR_LIMIT = 3_000  # literals in an alternative; beyond that, looking for common factors costs more than it saves
_FACTOR_DEPTH = 30
_LINE_LIMIT = 24  # operands on a generated line, and their nesting: CPython's own parser recurses


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


def program(network: BooleanNetwork) -> Program:
    """The rules of *network* without negations and with common factors pulled out."""
    builder = _Builder(network.species)
    rules: list[int | bool | None] = []
    for name in network.species:
        rule = network.rules[name]
        rules.append(None if rule == Var(name) else builder.built(rule))
    nodes = builder.nodes
    made = Program(network.species, nodes, tuple(rules), ())
    readers: list[set[int]] = [set() for _ in network.species]
    for index, root in enumerate(rules):
        if root is None or isinstance(root, bool):
            continue
        literals = {part for number in made.parts(root) for part in nodes[number][1]} | {root}
        for literal in literals:
            if literal < 2 * len(network.species) and literal != 2 * index:
                readers[literal // 2].add(index)
    return Program(network.species, nodes, tuple(rules), tuple(tuple(sorted(found)) for found in readers))


@lru_cache(maxsize=16)
def functions(made: Program) -> tuple[Plane | None, ...]:
    """A Python function for each rule, None for an input.

    They are compiled from text that is written here from numbers alone; no name or word of a file comes into it.
    """
    lines: list[str] = []
    for index, root in enumerate(made.rules):
        if root is not None:
            *body, value = _body(made, root)
            lines += [f"def f{index}(s):", *body, f"  return {value}"]
    return _compiled(lines, len(made.rules))


@lru_cache(maxsize=16)
def updates(made: Program, moving: tuple[int, ...]) -> tuple[Update | None, ...]:
    """A Python function for each species of *moving*, None for others: it gives the species its rule's value.

    Where that changes any lane that is free, the moving species that read it are marked as waiting. The plane of its
    negation is kept only where a rule reads it.
    """
    lines: list[str] = []
    may_move = set(moving)
    read = {part for _, operands in made.nodes.values() for part in operands} | set(made.rules)
    for index in moving:
        root = made.rules[index]
        assert root is not None, "an input never moves"
        *body, value = _body(made, root)
        lines += [f"def f{index}(s, waiting, free):", *body]
        lines += [f"  c = ({value} ^ s[{2 * index}]) & free[{index}]", "  if c:"]
        lines += [
            f"    s[{literal}] ^= c" for literal in (2 * index, 2 * index + 1) if literal in read or not literal % 2
        ]
        lines += [f"    waiting[{reader}] = 1" for reader in made.dependents[index] if reader in may_move]
    return _compiled(lines, len(made.rules))


def _compiled(lines: list[str], count: int) -> tuple[Any, ...]:
    namespace: dict[str, Any] = {}
    exec(compile("\n".join(lines), "<rules>", "exec"), namespace)
    return tuple(namespace.get(f"f{index}") for index in range(count))


def _body(made: Program, root: int | bool) -> list[str]:
    """The lines that compute a rule, and last the expression of its value."""
    if isinstance(root, bool):
        return ["s[-1]" if root else "0"]
    parts = made.parts(root)
    uses = Counter(operand for number in parts for operand in made.nodes[number][1])
    written: dict[int, str] = {}
    depths: dict[int, int] = {}
    lines = []
    for number in parts:
        kind, operands = made.nodes[number]
        sign = "&|"[kind]
        texts = [written.get(operand) or f"s[{operand}]" for operand in operands]
        depth = 1 + max(depths.get(operand, 0) for operand in operands)
        for start in range(_LINE_LIMIT, len(texts), _LINE_LIMIT):
            lines.append(f"  t{number} = {sign.join([f't{number}'] * (start > _LINE_LIMIT) + texts[:_LINE_LIMIT])}")
            texts = texts[_LINE_LIMIT:]
        if len(operands) > _LINE_LIMIT:
            texts.insert(0, f"t{number}")
        joined = f"({sign.join(texts)})"
        if uses[number] > 1 or depth > _LINE_LIMIT or len(operands) > _LINE_LIMIT:
            lines.append(f"  t{number} = {joined}")
            joined, depth = f"t{number}", 0
        written[number], depths[number] = joined, depth
    return [*lines, written.get(root) or f"s[{root}]"]


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
        if sum(map(len, inner)) > _FACTOR_LIMIT:
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
