"""What an expression means: which variables matter, with which sign, and which of them force the value.

Answered from truth tables held in one Python integer, one bit per assignment, up to `TABLE_LIMIT` variables; beyond
that from how the expression is written, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

from her2cli.errors import LimitError
from her2cli.expression import (
    And,
    Const,
    Expression,
    Not,
    Or,
    Var,
    all_of,
    any_of,
    evaluate,
    postorder,
    variables,
)

TABLE_LIMIT = 16  # 2**16 bits are 8 kB and microseconds
_WORK_LIMIT = 1 << 30  # bits of all the tables that stand for the parts of one rule
CERTAIN_LIMIT = 20_000  # nodes of an expression by cases


def truth_table(expression: Expression, names: tuple[str, ...]) -> int:
    """The values of *expression* under all assignments of *names*: bit j is the value where name i is bit i of j.

    Raises `LimitError` for more than `TABLE_LIMIT` names.
    """
    if len(names) > TABLE_LIMIT:
        raise LimitError(f"a truth table over {len(names)} variables is too large (the limit is {TABLE_LIMIT})")
    return evaluate(expression, _columns(names), _full(len(names)))


@cache
def columns(count: int) -> tuple[int, ...]:
    """The assignments of *count* variables in which each is 1: bit j of plane i is bit i of j."""
    planes: list[int] = []
    for index in range(count):
        width = 1 << index
        planes = [plane | plane << width for plane in planes] + [((1 << width) - 1) << width]
    return tuple(planes)


def tabulable(expression: Expression, names: tuple[str, ...]) -> bool:
    """Whether the truth table of *expression* over *names* takes little time and memory."""
    return len(names) <= TABLE_LIMIT and len(postorder(expression)) << len(names) <= _WORK_LIMIT


def effects(expression: Expression) -> dict[str, int | None]:
    """How each variable acts on the value: +1 only raises it, -1 only lowers it, 0 never matters, None does both.

    Exact up to `TABLE_LIMIT` variables, and where no variable is written twice; past that, and for a rule of tens of
    thousands of terms, read off the signs under which the name is written, so a variable that cancels out still counts.
    """
    names = variables(expression)
    if not tabulable(expression, names) or _plainly_read_once(expression, names):
        return _written_signs(expression)
    table, full = truth_table(expression, names), _full(len(names))
    found: dict[str, int | None] = {}
    for index, (name, plane) in enumerate(_columns(names).items()):
        off = full ^ plane
        where_off, where_on = table & off, (table >> (1 << index)) & off
        rises, falls = bool(where_on & ~where_off), bool(where_off & ~where_on)
        found[name] = None if rises and falls else int(rises) - int(falls)
    return found


def forcing(
    expression: Expression, state: Mapping[str, int], *, age: Mapping[str, int] | None = None
) -> tuple[tuple[str, ...], bool]:
    """A smallest set of variables whose values in *state* force the value of *expression* there, and whether proven so.

    It is a prime implicant of the expression (or of its negation) that is true in *state*. Among sets of the same size
    the one whose latest member has the least *age* wins, then the one written first. The smallest size is certain
    where no variable is written twice, or with up to `TABLE_LIMIT` variables; otherwise the set is only as small as
    three-valued evaluation can make it.
    """
    names = variables(expression)
    ages = age or {}
    if _read_once(expression, names):
        return _in_order(_tree_forcing(expression, state, ages), names), True
    if len(names) <= TABLE_LIMIT:
        return _in_order(_table_forcing(expression, state, names, ages), names), True
    chosen = set(_tree_forcing(expression, state, ages))
    program = postorder(expression)
    if len(chosen) * len(program) > 10_000_000:  # seconds of work for a rule that nobody can read
        return _in_order(chosen, names), False
    for name in reversed(_in_order(chosen, names)):
        if _forces(program, state, chosen - {name}):
            chosen.discard(name)
    return _in_order(chosen, names), False


def certain(expression: Expression) -> Expression:
    """An equal expression of which three-valued evaluation is exact: it is open only where both values can be had.

    That is *expression* itself where no variable is written with both signs. Raises `LimitError` where it is not and
    has more than `TABLE_LIMIT` variables, or would need more than `CERTAIN_LIMIT` nodes.
    """
    if None not in _written_signs(expression).values():
        return expression
    names = variables(expression)
    return _by_cases(truth_table(expression, names), names, {})[0]


def _by_cases(
    table: int, names: tuple[str, ...], known: dict[tuple[int, int], tuple[Expression, int]]
) -> tuple[Expression, int]:
    """The function of *names* that *table* has, by cases of the last, and what both cases share; and its nodes."""
    if table in (0, _full(len(names))):
        return Const(int(table != 0)), 1
    key = table, len(names)
    if key not in known:
        name, rest = names[-1], names[:-1]
        width = 1 << len(rest)
        on, off = table >> width, table & ((1 << width) - 1)
        both, size = _by_cases(on & off, rest, known)
        terms = [both]
        for literal, part in ((Var(name), on), (Not(Var(name)), off)):
            if part & ~(on & off):
                term, nodes = _by_cases(part, rest, known)
                terms.append(all_of((literal, term)))
                size += nodes + 3
        if size > CERTAIN_LIMIT:
            raise LimitError(f"a rule whose certain values need more than {CERTAIN_LIMIT} terms")
        known[key] = any_of(terms), size
    return known[key]


def _table_forcing(
    expression: Expression, state: Mapping[str, int], names: tuple[str, ...], ages: Mapping[str, int]
) -> set[str]:
    full = _full(len(names))
    given = _columns(names)
    table = evaluate(expression, given, full)
    agrees = {name: plane if state[name] else full ^ plane for name, plane in given.items()}
    contrary = full ^ table if evaluate(expression, state) else table  # assignments with the other value
    # A set forces the value iff no contrary assignment agrees with the state on all of it. A name is needed if one
    # does that agrees everywhere else.
    needed = []
    for name in names:
        left = contrary
        for other in names:
            if other != name:
                left &= agrees[other]
        if left:
            needed.append(name)
    for name in needed:
        contrary &= agrees[name]
    rest = [name for name in names if name not in needed]
    for size in range(len(rest) + 1):
        found = [chosen for chosen in combinations(rest, size) if not _agreeing(contrary, agrees, chosen)]
        if found:
            return {*needed, *min(found, key=lambda chosen: _latest(chosen, ages))}
    raise AssertionError("all variables together force the value")


def _agreeing(assignments: int, agrees: Mapping[str, int], names: Iterable[str]) -> int:
    for name in names:
        assignments &= agrees[name]
    return assignments


def _latest(names: Iterable[str], ages: Mapping[str, int]) -> int:
    return max((ages.get(name, 0) for name in names), default=0)


def _tree_forcing(
    expression: Expression, state: Mapping[str, int], ages: Mapping[str, int]
) -> frozenset[str] | set[str]:
    """A forcing set, built bottom-up: all terms of a true `And`, one term of a true `Or`. Smallest if read once."""
    found: list[tuple[int, frozenset[str] | set[str]]] = []
    for node in postorder(expression):
        if isinstance(node, Var):
            found.append((state[node.name], frozenset((node.name,))))
        elif isinstance(node, Const):
            found.append((node.value, frozenset()))
        elif isinstance(node, Not):
            value, names = found[-1]
            found[-1] = 1 - value, names
        else:
            count = len(node.terms)
            operands = found[-count:]
            del found[-count:]
            decisive = 0 if isinstance(node, And) else 1
            deciding = [names for value, names in operands if value == decisive]
            if deciding:
                found.append((decisive, min(deciding, key=lambda names: (len(names), _latest(names, ages)))))
            else:
                found.append((1 - decisive, set().union(*(names for _, names in operands))))
    return found[0][1]


def _forces(program: tuple[Expression, ...], state: Mapping[str, int], fixed: set[str]) -> bool:
    """Whether the value is certain by three-valued evaluation with only *fixed* known: lane 0 can be on, lane 1 off."""
    # A pair of lanes per variable: bit 0 "may be on", bit 1 "may be off"; Not swaps them, And and Or act on both.
    may: list[tuple[int, int]] = []
    for node in program:
        if isinstance(node, Var):
            name = node.name
            may.append((state[name], 1 - state[name]) if name in fixed else (1, 1))
        elif isinstance(node, Const):
            may.append((node.value, 1 - node.value))
        elif isinstance(node, Not):
            may[-1] = may[-1][1], may[-1][0]
        else:
            count = len(node.terms)
            operands = may[-count:]
            del may[-count:]
            if isinstance(node, And):
                may.append((min(on for on, _ in operands), max(off for _, off in operands)))
            else:
                may.append((max(on for on, _ in operands), min(off for _, off in operands)))
    return may[0] != (1, 1)


def _written_signs(expression: Expression) -> dict[str, int | None]:
    signs: dict[str, int | None] = dict.fromkeys(variables(expression), 0)
    stack: list[tuple[Expression, int]] = [(expression, 1)]
    while stack:
        node, sign = stack.pop()
        if isinstance(node, Var):
            signs[node.name] = sign if signs[node.name] in (0, sign) else None
        elif isinstance(node, Not):
            stack.append((node.term, -sign))
        elif isinstance(node, (And, Or)):
            stack.extend((term, sign) for term in node.terms)
    return signs


def _read_once(expression: Expression, names: tuple[str, ...]) -> bool:
    return sum(isinstance(node, Var) for node in postorder(expression)) == len(names)


def _plainly_read_once(expression: Expression, names: tuple[str, ...]) -> bool:
    """Whether each of *names* is written once, and no constant: then each matters, with its written sign."""
    kinds = [type(node) for node in postorder(expression)]
    return kinds.count(Var) == len(names) and Const not in kinds


def _in_order(chosen: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(name for name in names if name in wanted)


def _full(count: int) -> int:
    """All 2**count assignments, one bit each."""
    return (1 << (1 << count)) - 1


def _columns(names: tuple[str, ...]) -> dict[str, int]:
    """For each name the assignments in which it is 1."""
    return dict(zip(names, columns(len(names)), strict=True))
