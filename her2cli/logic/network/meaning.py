"""What an expression means: which variables matter, with which sign, and which of them force the value.

Answered from truth tables held in one Python integer, one bit per assignment, up to `TABLE_LIMIT` variables; beyond
that from how the expression is written, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from itertools import combinations
from operator import and_, or_
from typing import Any

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
    fold,
    postorder,
    substitute,
    variables,
)

TABLE_LIMIT = 16  # 2**16 bits are 8 kB and microseconds
_WORK_LIMIT = 1 << 30  # bits of all the tables that stand for the parts of one rule
_VISITS = 10  # nodes that are looked at, for each that an expression by cases may have
CERTAIN_LIMIT = 20_000  # nodes of an expression by cases
CERTAIN_WORK = 300_000  # nodes that are looked at to find it: about a second


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
    if not tabulable(expression, names) or _read_once(expression, names):
        return _written_signs(expression)
    table, full = truth_table(expression, names), _full(len(names))
    found: dict[str, int | None] = {}
    for index, (name, plane) in enumerate(_columns(names).items()):
        off = full ^ plane
        where_off, where_on = table & off, (table >> (1 << index)) & off
        rises, falls = bool(where_on & ~where_off), bool(where_off & ~where_on)
        found[name] = None if rises and falls else int(rises) - int(falls)
    return found


def acting(expression: Expression) -> tuple[tuple[str, ...], bool]:
    """The variables that have an effect, and whether this is exact: else some of them may cancel out."""
    names = variables(expression)
    exact = tabulable(expression, names) or _read_once(expression, names)
    return tuple(name for name, effect in effects(expression).items() if effect != 0), exact


def forcing(
    expression: Expression, state: Mapping[str, int], *, age: Mapping[str, int] | None = None
) -> tuple[tuple[str, ...], bool]:
    """A smallest set of variables whose values in *state* force the value of *expression* there, and whether proven so.

    It is a prime implicant of the expression (or of its negation) that is true in *state*. Among sets of the same size
    the one whose latest member has the least *age* wins, then the one written first. The smallest size is certain
    where no variable is written twice, or with up to `TABLE_LIMIT` variables; otherwise the set is only as small as
    three-valued evaluation can make it.
    """
    found = forcing_among(expression, [state], variables(expression), age=age)
    assert found is not None, "all variables together force the value"
    return found


def forcing_among(
    expression: Expression,
    states: Sequence[Mapping[str, int]],
    among: Iterable[str],
    *,
    age: Mapping[str, int] | None = None,
) -> tuple[tuple[str, ...], bool] | None:
    """As `forcing`, with variables of *among* alone, whose values force the same value in each of *states*.

    None where all of them together do not; beyond `TABLE_LIMIT` variables also where three-valued evaluation does not
    see that they do. The expression has the same value in all *states*.
    """
    names = variables(expression)
    allowed = _in_order(among, names)
    ages = age or {}
    if len(states) == 1 and _read_once(expression, names):
        built = _tree_forcing(expression, states[0], set(allowed), ages)
        return None if built is None else (_in_order(built, names), True)
    if len(names) <= TABLE_LIMIT:
        found = _table_forcing(expression, states, names, allowed, ages)
        return None if found is None else (_in_order(found, names), True)
    chosen: set[str] = set()
    for state in states:
        built = _tree_forcing(expression, state, set(allowed), ages)
        if built is None:
            return None
        chosen |= built
    # Seconds of work for a rule that nobody can read.
    if len(chosen) * len(postorder(expression)) * len(states) > 10_000_000:
        return _in_order(chosen, names), False
    for name in reversed(_in_order(chosen, names)):
        if all(_forces(expression, state, chosen - {name}) for state in states):
            chosen.discard(name)
    return _in_order(chosen, names), False


def certain(expression: Expression) -> Expression:
    """An equal expression of which three-valued evaluation is exact: it is open only where both values can be had.

    That is *expression* itself where no variable is written with both signs; else by cases of those that are. Raises
    `LimitError` where that needs more than `CERTAIN_LIMIT` nodes, and so would a table of at most `TABLE_LIMIT`
    variables.
    """
    found = _by_signs(expression, CERTAIN_LIMIT, [CERTAIN_WORK])
    if found is not None:
        return found
    names = variables(expression)
    return _by_cases(truth_table(expression, names), names, {})[0]


def literal(name: str, value: int) -> str:
    """What stands in `possible` for "*name* may be *value*"."""
    return f"{value}{name}"


@lru_cache(maxsize=4096)
def possible(expression: Expression) -> tuple[Expression, Expression]:
    """When *expression* may be off and when it may be on, exactly, of what its variables may be (`literal`).

    Both are free of negation. May-be passes through an `Or` as it is; through an `And` only where no two of its terms
    want one variable with either sign, and by cases of that variable otherwise. The two apart are far smaller than one
    expression that is exact of both (`certain`). Raises `LimitError` where both ways need too many nodes.
    """
    if None not in _written_signs(expression).values():
        return possible_as_written(expression)
    room = [_VISITS * CERTAIN_LIMIT]
    try:
        return _halves(expression, lambda terms: _apart(terms, room))
    except LimitError:
        return _halves(certain(expression), all_of)


def possible_as_written(expression: Expression) -> tuple[Expression, Expression]:
    """As `possible`, each variable taken for itself wherever it is written: what may not be so is said to be."""
    return _halves(expression, all_of)


def _halves(
    expression: Expression, both: Callable[[Sequence[Expression]], Expression]
) -> tuple[Expression, Expression]:
    def joined(kind: object, terms: list[tuple[Expression, Expression]]) -> tuple[Expression, Expression]:
        offs, ons = zip(*terms, strict=True)
        return (any_of(offs), both(ons)) if kind is And else (both(offs), any_of(ons))

    return fold(
        expression,
        var=lambda name: (Var(literal(name, 0)), Var(literal(name, 1))),
        const=lambda value: (Const(1 - value), Const(value)),
        negated=lambda half: (half[1], half[0]),
        joined=joined,
    )


def _apart(terms: Sequence[Expression], room: list[int]) -> Expression:
    """All of *terms*, by cases of the variables that two of them want with either sign; *room* is counted down."""
    done: list[Expression] = []
    stack = [list(terms)]
    while stack:
        each = stack.pop()
        room[0] -= sum(len(postorder(term)) for term in each)
        if room[0] < 0:
            raise LimitError(f"a rule whose certain values need more than {CERTAIN_LIMIT} terms")
        name = _split(each)
        if name is None:
            done.append(all_of(each))
            continue
        for value in (0, 1):
            case: dict[str, Expression] = {literal(name, value): Const(1), literal(name, 1 - value): Const(0)}
            stack.append([Var(literal(name, value)), *(substitute(term, case) for term in each)])
    return any_of(done)


def _split(terms: Sequence[Expression]) -> str | None:
    """The variable that most pairs of *terms* want with either sign."""
    wants = [frozenset(variables(term)) for term in terms]
    count: dict[str, int] = {}
    for number, on in enumerate(wants):
        for wanted in sorted(on):
            if wanted[0] == "1":
                contrary = literal(wanted[1:], 0)
                pairs = sum(contrary in off for other, off in enumerate(wants) if other != number)
                if pairs:
                    count[wanted[1:]] = count.get(wanted[1:], 0) + pairs
    return max(count, key=lambda name: count[name], default=None)


def _by_signs(expression: Expression, room: int, work: list[int]) -> Expression | None:
    """*expression* by cases of the variables that it has with both signs; None for more than *room* nodes, or where
    that takes more *work*, which is counted down.

    With one sign each, three-valued evaluation is exact. By cases of x, f is x f1 or not x f0 or f1 f0, and where x is
    open, the last term says what does not depend on it.
    """
    size = len(postorder(expression))
    work[0] -= size
    if size > room or work[0] < 0:
        return None
    both = [name for name, sign in _written_signs(expression).items() if sign is None]
    if not both:
        return expression
    name, cases = both[0], []
    on, off = (substitute(expression, {name: Const(value)}) for value in (1, 0))
    for part in (on, off, all_of((on, off))):
        found = _by_signs(part, room, work)
        if found is None:
            return None
        room -= len(postorder(found))
        cases.append(found)
    return any_of((all_of((Var(name), cases[0])), all_of((Not(Var(name)), cases[1])), cases[2]))


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
    expression: Expression,
    states: Sequence[Mapping[str, int]],
    names: tuple[str, ...],
    among: tuple[str, ...],
    ages: Mapping[str, int],
) -> set[str] | None:
    full = _full(len(names))
    planes = _columns(names)
    table = evaluate(expression, planes, full)
    contrary = full ^ table if evaluate(expression, states[0]) else table  # assignments with the other value
    # Assignments are turned into the names in which they differ from a state. A set of names forces the value in all
    # states iff each difference that makes the other value touches one of them.
    agrees = {name: full ^ plane for name, plane in planes.items()}
    differences = 0
    for state in states:
        differences |= _turned(contrary, state, planes, agrees)
    if _agreeing(differences, agrees, among):
        return None
    # A name is needed if a difference touches no other.
    needed = [name for name in among if _agreeing(differences, agrees, (other for other in among if other != name))]
    differences = _agreeing(differences, agrees, needed)
    rest = [name for name in among if name not in needed]
    for size in range(len(rest) + 1):
        found = [chosen for chosen in combinations(rest, size) if not _agreeing(differences, agrees, chosen)]
        if found:
            return {*needed, *min(found, key=lambda chosen: _latest(chosen, ages))}
    raise AssertionError("all of them together force the value")


def _turned(assignments: int, state: Mapping[str, int], on: Mapping[str, int], off: Mapping[str, int]) -> int:
    """*assignments*, each told by the names in which it differs from *state*."""
    for index, name in enumerate(on):
        if state[name]:
            width = 1 << index
            assignments = (assignments & off[name]) << width | (assignments & on[name]) >> width
    return assignments


def _agreeing(assignments: int, agrees: Mapping[str, int], names: Iterable[str]) -> int:
    for name in names:
        assignments &= agrees[name]
    return assignments


def _latest(names: Iterable[str], ages: Mapping[str, int]) -> int:
    return max((ages.get(name, 0) for name in names), default=0)


_Forcing = tuple[int | None, frozenset[str]]  # the value of a part, None where it is open, and what forces it


def _tree_forcing(
    expression: Expression, state: Mapping[str, int], among: Container[str], ages: Mapping[str, int]
) -> frozenset[str] | None:
    """A forcing set, built bottom-up: all terms of a true `And`, one term of a true `Or`. Smallest if read once.

    None where the values of *among* leave the expression open.
    """
    nothing: frozenset[str] = frozenset()

    def joined(kind: object, terms: list[_Forcing]) -> _Forcing:
        decisive = 0 if kind is And else 1
        deciding = [names for value, names in terms if value == decisive]
        if deciding:
            return decisive, min(deciding, key=lambda names: (len(names), _latest(names, ages)))
        if any(value is None for value, _ in terms):
            return None, nothing
        return 1 - decisive, nothing.union(*(names for _, names in terms))

    value, names = fold(
        expression,
        var=lambda name: (state[name], frozenset((name,))) if name in among else (None, nothing),
        const=lambda value: (value, nothing),
        negated=lambda term: (None if term[0] is None else 1 - term[0], term[1]),
        joined=joined,
    )
    return None if value is None else names


def three_valued(
    rule: Expression, rails: Callable[[str], tuple[Any, Any]], ones: Any = 1, none: Any = 0
) -> tuple[Any, Any]:
    """Where *rule* may be on and where it may be off, bitwise, each variable taken for itself.

    *rails* says the same of each variable. Planes are integers, or whatever has their `&` and `|`; *ones* has all
    lanes, *none* no lane.
    """

    def joined(kind: object, terms: list[tuple[Any, Any]]) -> tuple[Any, Any]:
        ons, offs = zip(*terms, strict=True)
        return (reduce(and_, ons), reduce(or_, offs)) if kind is And else (reduce(or_, ons), reduce(and_, offs))

    return fold(
        rule,
        var=rails,
        const=lambda value: (ones, none) if value else (none, ones),
        negated=lambda rail: (rail[1], rail[0]),
        joined=joined,
    )


def decided(rule: Expression, known: Mapping[str, int]) -> int | None:
    """The value of *rule* where *known* species alone decide it, each variable taken for itself; else None.

    What `three_valued` says of one lane, in half of its time.
    """

    def joined(kind: object, terms: list[int | None]) -> int | None:
        decisive = 0 if kind is And else 1
        return decisive if decisive in terms else None if None in terms else 1 - decisive

    return fold(
        rule,
        var=known.get,
        const=lambda value: value,
        negated=lambda term: None if term is None else 1 - term,
        joined=joined,
    )


def _forces(expression: Expression, state: Mapping[str, int], fixed: set[str]) -> bool:
    """Whether the value is certain with only *fixed* known."""
    return decided(expression, {name: state[name] for name in fixed}) is not None


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
