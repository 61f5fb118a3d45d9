"""Boolean expressions: what a rule says, read by our own parser and evaluated on many states at once.

Nothing here recurses per operator: published rules are thousands of terms long, and a hostile one is deeply nested.
The semantic questions (which variables matter, with which sign, which of them force the value) are answered from
truth tables held in one Python integer, one bit per assignment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TypeAlias

from her2cli.errors import LimitError, RuleError, shown

TABLE_LIMIT = 16  # variables of a truth table: 2**16 bits are 8 kB and microseconds


class _Term:
    """What all expressions share: comparison, hashing and pickling that survive any depth."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Term):
            return NotImplemented
        return self is other or _signature(self) == _signature(other)

    def __hash__(self) -> int:
        return hash(_signature(self))

    def __repr__(self) -> str:
        return f"parse({text(self)!r})"  # type: ignore[arg-type]

    def __reduce__(self) -> tuple[Callable[..., Expression], tuple[str]]:
        return _unpickled, (text(self),)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Const(_Term):
    """0 or 1."""

    value: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Var(_Term):
    """The value of the species of that name."""

    name: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Not(_Term):
    """On where *term* is off."""

    term: Expression


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class And(_Term):
    """On where all *terms* are on: two or more, none of them an `And`."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Or(_Term):
    """On where any of *terms* is on: two or more, none of them an `Or`."""

    terms: tuple[Expression, ...]


Expression: TypeAlias = Const | Var | Not | And | Or

ZERO, ONE = Const(0), Const(1)


def all_of(terms: Iterable[Expression]) -> Expression:
    """The conjunction of *terms*, with constants worked in and nested `And`s flattened; 1 of none."""
    return _joined(And, terms, ONE, ZERO)


def any_of(terms: Iterable[Expression]) -> Expression:
    """The disjunction of *terms*, with constants worked in and nested `Or`s flattened; 0 of none."""
    return _joined(Or, terms, ZERO, ONE)


def negation(term: Expression) -> Expression:
    """Not *term*, with constants and double negation worked in."""
    if isinstance(term, Const):
        return Const(1 - term.value)
    return term.term if isinstance(term, Not) else Not(term)


def postorder(expression: Expression) -> tuple[Expression, ...]:
    """All nodes of *expression*, children before parents, left to right: the program that `run` executes."""
    order: list[Expression] = []
    stack: list[Expression] = [expression]
    while stack:  # parents first and right to left, then turned round
        node = stack.pop()
        order.append(node)
        if isinstance(node, Not):
            stack.append(node.term)
        elif isinstance(node, And | Or):
            stack.extend(node.terms)
    order.reverse()
    return tuple(order)


def run(program: Iterable[Expression], state: Mapping[str, int], ones: int = 1) -> int:
    """The value of a `postorder` program in *state*, bitwise: each bit is one lane, and *ones* has all of them."""
    values: list[int] = []
    for node in program:
        if isinstance(node, Var):
            values.append(state[node.name])
        elif isinstance(node, Not):
            values[-1] ^= ones
        elif isinstance(node, Const):
            values.append(ones if node.value else 0)
        else:
            count = len(node.terms)
            operands = values[-count:]
            del values[-count:]
            result = operands[0]
            if isinstance(node, And):
                for operand in operands:
                    result &= operand
            else:
                for operand in operands:
                    result |= operand
            values.append(result)
    return values[0]


def evaluate(expression: Expression, state: Mapping[str, int], ones: int = 1) -> int:
    """The value of *expression* in *state*, bitwise on integers whose lanes are the bits of *ones*.

    To evaluate the same expression many times, keep its `postorder` and call `run`.
    """
    return run(postorder(expression), state, ones)


def variables(expression: Expression) -> tuple[str, ...]:
    """The names in *expression*, each once, in the order of first appearance."""
    return tuple(dict.fromkeys(node.name for node in postorder(expression) if isinstance(node, Var)))


def substitute(expression: Expression, mapping: Mapping[str, Expression]) -> Expression:
    """*expression* with each variable in *mapping* replaced, and constants worked in."""
    built: list[Expression] = []
    for node in postorder(expression):
        if isinstance(node, Var):
            built.append(mapping.get(node.name, node))
        elif isinstance(node, Not):
            built[-1] = negation(built[-1])
        elif isinstance(node, Const):
            built.append(node)
        else:
            count = len(node.terms)
            operands = built[-count:]
            del built[-count:]
            built.append(all_of(operands) if isinstance(node, And) else any_of(operands))
    return built[0]


def text(expression: Expression, *, symbols: bool = False) -> str:
    """*expression* as `parse` reads it: with `and or not`, or with `& | !` where *symbols* is true."""
    conjunction, disjunction, not_ = (" & ", " | ", "!") if symbols else (" and ", " or ", "not ")
    parts: list[str] = []
    stack: list[Expression | str] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Var):
            parts.append(quoted(node.name))
        elif isinstance(node, Const):
            parts.append(str(node.value))
        elif isinstance(node, Not):
            parts.append(not_)
            stack.extend(_bracketed(node.term))
        elif isinstance(node, And | Or):
            joint = conjunction if isinstance(node, And) else disjunction
            for index, term in enumerate(reversed(node.terms)):
                if index:
                    stack.append(joint)
                stack.extend(_bracketed(term))
    return "".join(parts)


def quoted(name: str) -> str:
    """*name* as it stands in a rule: bare where it is a plain word and no keyword, else in quotes."""
    if _PLAIN.fullmatch(name) and name.lower() not in _KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


# --- reading -------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[^\W\d]\w*")
_KEYWORDS = {"and": "&", "or": "|", "not": "!", "true": "1", "false": "0"}
_LANGUAGE = "is not part of the rule language (use and, or, not, parentheses)"


def parse(text: str, *, name_characters: str = "", depth_limit: int = 500, term_limit: int = 200_000) -> Expression:
    """The expression that *text* writes: names, `and or not` in any case or `& | !`, parentheses, 0 and 1.

    A name is a plain word (letters, digits, underscore, not beginning with a digit) or stands in quotes, where a
    doubled quote is a quote. *name_characters* are more characters that unquoted names may contain; with any of
    them given a name may begin with a digit too, as in BNET files.

    Raises `RuleError` with the column of what is wrong, and `LimitError` past *depth_limit* nested parentheses and
    negations or *term_limit* terms.
    """
    groups: list[_Group] = []
    group = _Group(0)
    depth = terms = 0
    before = ""  # the token before this one, as written
    before_column = 1
    wanted = True  # an operand comes next, else an operator
    for match in _scanner(name_characters).finditer(text):
        kind = match.lastgroup
        if kind == "blank":
            continue
        token = match.group()
        column = match.start() + 1
        operand: Expression | None = None
        if kind == "word":
            kind = _KEYWORDS.get(token.lower(), token if token in {"0", "1"} else kind)
        elif kind == "sign":
            kind = token
        elif kind == "other":
            raise RuleError(_strange(token), column)
        if kind in {"word", "quoted", "0", "1", "(", "!"}:
            if not wanted:
                raise RuleError(f"expected 'and' or 'or' before {_token(token)}", column)
            if kind == "!":
                group.negations += 1
                depth += 1
            elif kind == "(":
                groups.append(group)
                group = _Group(column)
                depth += 1
            elif kind == "word":
                operand = Var(token)
            elif kind == "quoted":
                operand = Var(_unquoted(token, column))
            else:
                operand = ONE if kind == "1" else ZERO
            if depth > depth_limit:
                raise LimitError(f"a rule is nested deeper than {depth_limit} parentheses and negations")
        else:
            if wanted:
                raise RuleError(_missing(before, token), column)
            if kind == ")":
                if not groups:
                    raise RuleError("this ')' was never opened", column)
                operand = group.closed()
                group = groups.pop()
                depth -= 1
            else:
                wanted = True
                if kind == "|":
                    group.next_alternative()
        if operand is not None:
            depth -= group.negations
            group.add(operand)
            terms += kind != ")"
            if terms > term_limit:
                raise LimitError(f"a rule has more than {term_limit} terms")
            wanted = False
        before, before_column = token, column
    if not before:
        raise RuleError("the rule is empty", 1)
    if wanted:
        raise RuleError(f"expected a name after {_token(before)}, but the rule ends", before_column)
    if groups:
        raise RuleError("this '(' is never closed", group.column)
    return group.closed()


class _Group:
    """What stands between one pair of parentheses, as far as it was read."""

    __slots__ = ("alternatives", "column", "factors", "negations")

    def __init__(self, column: int) -> None:
        self.column = column
        self.alternatives: list[Expression] = []
        self.factors: list[Expression] = []
        self.negations = 0

    def add(self, operand: Expression) -> None:
        for _ in range(self.negations):
            operand = Not(operand)
        self.negations = 0
        self.factors.append(operand)

    def next_alternative(self) -> None:
        self.alternatives.append(_flat(And, self.factors))
        self.factors = []

    def closed(self) -> Expression:
        self.next_alternative()
        return _flat(Or, self.alternatives)


@lru_cache(maxsize=8)
def _scanner(name_characters: str) -> re.Pattern[str]:
    """What splits a rule into tokens; every character of a rule falls into exactly one of them."""
    word = rf"[\w{re.escape(name_characters)}]+" if name_characters else r"[^\W\d]\w*|[01](?!\w)"
    return re.compile(
        rf"""(?P<blank>\s+)|(?P<quoted>"(?:[^"]|"")*"|'(?:[^']|'')*')|(?P<word>{word})"""
        r"""|(?P<other>&&+|\|\|+|!=+|\d\w*|["'].*|[^\s\w()&|!"']+)"""
        r"""|(?P<sign>[()&|!])""",
        re.DOTALL,
    )


def _strange(token: str) -> str:
    if token[0] in "\"'":
        return f"this quote is never closed: {shown(token, 20)}"
    return f"{_token(token)} {_LANGUAGE}"


def _missing(before: str, token: str) -> str:
    if not before:
        return f"a rule cannot begin with {_token(token)}"
    if before == "(" and token == ")":
        return "nothing stands between these parentheses"
    return f"expected a name after {_token(before)}, not {_token(token)}"


def _token(token: str) -> str:
    return f"'{shown(token, 30)}'"


def _unquoted(token: str, column: int) -> str:
    quote = token[0]
    name = token[1:-1].replace(quote * 2, quote)
    if not name.strip():
        raise RuleError("a name cannot be empty", column)
    return name


def _unpickled(text: str) -> Expression:
    unlimited = len(text) + 1
    return parse(text, depth_limit=unlimited, term_limit=unlimited)


# --- meaning -------------------------------------------------------------------------------------------------------


def truth_table(expression: Expression, names: tuple[str, ...]) -> int:
    """The values of *expression* under all assignments of *names*: bit j is the value where name i is bit i of j.

    Raises `LimitError` for more than `TABLE_LIMIT` names.
    """
    if len(names) > TABLE_LIMIT:
        raise LimitError(f"a truth table over {len(names)} variables is too large (the limit is {TABLE_LIMIT})")
    return evaluate(expression, _columns(names), _full(len(names)))


def effects(expression: Expression) -> dict[str, int | None]:
    """How each variable acts on the value: +1 only raises it, -1 only lowers it, 0 never matters, None does both.

    Exact up to `TABLE_LIMIT` variables; past that read off the signs under which the name is written, so a variable
    that cancels out still counts as written.
    """
    names = variables(expression)
    if len(names) > TABLE_LIMIT:
        return _written_signs(expression)
    table, full = truth_table(expression, names), _full(len(names))
    found: dict[str, int | None] = {}
    for index, name in enumerate(names):
        off = _off(index, full)
        where_off, where_on = table & off, (table >> (1 << index)) & off
        rises, falls = bool(where_on & ~where_off), bool(where_off & ~where_on)
        found[name] = None if rises and falls else int(rises) - int(falls)
    return found


def monotonicity(expression: Expression, name: str) -> int | None:
    """The effect of one variable, as in `effects`; 0 also where *name* does not occur."""
    return effects(expression).get(name, 0)


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


def _table_forcing(
    expression: Expression, state: Mapping[str, int], names: tuple[str, ...], ages: Mapping[str, int]
) -> set[str]:
    full = _full(len(names))
    columns = _columns(names)
    table = evaluate(expression, columns, full)
    agrees = {name: columns[name] if state[name] else full ^ columns[name] for name in names}
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
        elif isinstance(node, And | Or):
            stack.extend((term, sign) for term in node.terms)
    return signs


# --- small pieces --------------------------------------------------------------------------------------------------


def _joined(kind: type[And] | type[Or], terms: Iterable[Expression], neutral: Const, decisive: Const) -> Expression:
    kept: list[Expression] = []
    for term in terms:
        if isinstance(term, Const):
            if term.value == decisive.value:
                return decisive
        else:
            kept.append(term)
    return _flat(kind, kept) if kept else neutral


def _flat(kind: type[And] | type[Or], terms: list[Expression]) -> Expression:
    """*terms* joined without a simplification other than flattening, so that a rule reads back as it was written."""
    if len(terms) == 1:
        return terms[0]
    if any(isinstance(term, kind) for term in terms):
        terms = [part for term in terms for part in (term.terms if isinstance(term, kind) else (term,))]
    return kind(tuple(terms))


def _bracketed(term: Expression) -> tuple[Expression | str, ...]:
    """What `text` pushes for a term inside another (in reverse): alternatives and conjunctions get parentheses."""
    return (")", term, "(") if isinstance(term, And | Or) else (term,)


def _signature(expression: object) -> tuple[object, ...]:
    """Equal for equal expressions, and flat."""
    parts: list[object] = []
    for node in postorder(expression):  # type: ignore[arg-type]
        parts.append(type(node))
        if isinstance(node, Var):
            parts.append(node.name)
        elif isinstance(node, Const):
            parts.append(node.value)
        elif isinstance(node, And | Or):
            parts.append(len(node.terms))
    return tuple(parts)


def _read_once(expression: Expression, names: tuple[str, ...]) -> bool:
    return sum(isinstance(node, Var) for node in postorder(expression)) == len(names)


def _in_order(chosen: Iterable[str], names: tuple[str, ...]) -> tuple[str, ...]:
    wanted = set(chosen)
    return tuple(name for name in names if name in wanted)


def _full(count: int) -> int:
    """All 2**count assignments, one bit each."""
    return (1 << (1 << count)) - 1


def _off(index: int, full: int) -> int:
    """The assignments in which variable *index* is 0: alternating blocks of 2**index bits."""
    return full // ((1 << (1 << index)) + 1)


def _columns(names: tuple[str, ...]) -> dict[str, int]:
    """For each name the assignments in which it is 1."""
    full = _full(len(names))
    return {name: full ^ _off(index, full) for index, name in enumerate(names)}
