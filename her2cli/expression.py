"""Boolean expressions: what a rule says, read by our own parser and evaluated on many states at once.

Nothing here recurses per operator: published rules are thousands of terms long, and a hostile one is deeply nested.
Which variables matter, and which force the value, is in `logic.meaning`. Loading checks rules with the same parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import is_
from typing import TypeAlias, TypeVar

from her2cli.errors import LimitError, RuleError, shown


class _Term:
    """What all expressions share: comparison, hashing and pickling that survive any depth."""

    __slots__ = ("_postorder",)
    _postorder: _Program

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
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

    def __eq__(self, other: object) -> bool:  # asked of every rule, to know the inputs
        return type(other) is Var and self.name == other.name

    def __hash__(self) -> int:
        return hash((Var, self.name))


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
_OFTEN = 20  # runs of a program that take as long as to compile it
_FUNCTION_NODES, _FUNCTION_DEPTH = 400, 30  # CPython's own parser recurses
_JOINT = (And, Or)


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


def postorder(expression: Expression) -> _Program:
    """All nodes of *expression*, children before parents, left to right: the program that `run` executes."""
    try:
        return expression._postorder  # an expression never changes, and is asked for this again and again
    except AttributeError:
        pass
    order: list[Expression] = []
    stack: list[Expression] = [expression]
    while stack:  # parents first and right to left, then turned round
        node = stack.pop()
        order.append(node)
        if isinstance(node, Not):
            stack.append(node.term)
        elif isinstance(node, _JOINT):
            stack.extend(node.terms)
    found = _Program(reversed(order))
    object.__setattr__(expression, "_postorder", found)
    return found


class _Program(tuple["Expression", ...]):
    """What `postorder` gives: it counts how often it is run, and one that is run often becomes a Python function."""

    names: tuple[str, ...] | None = None  # what `variables` gives
    runs = 0
    plain = False  # whether `substitute` is known to have nothing to work in
    function: Callable[[Mapping[str, int], int], int] | None = None


Folded = TypeVar("Folded")


def fold(
    expression: Expression,
    *,
    var: Callable[[str], Folded],
    const: Callable[[int], Folded],
    negated: Callable[[Folded], Folded],
    joined: Callable[[type[And] | type[Or], list[Folded]], Folded],
) -> Folded:
    """What becomes of *expression* from its leaves up: of a name, of 0 or 1, of `not`, and of the terms of `And`, `Or`.

    All that is worked out part by part is this; only `run` and `substitute`, which are waited for most, have loops of
    their own.
    """
    done: list[Folded] = []
    for node in postorder(expression):
        if isinstance(node, Var):
            done.append(var(node.name))
        elif isinstance(node, Not):
            done[-1] = negated(done[-1])
        elif isinstance(node, Const):
            done.append(const(node.value))
        else:
            count = len(node.terms)
            terms = done[-count:]
            del done[-count:]
            done.append(joined(type(node), terms))
    return done[0]


def run(program: Iterable[Expression], state: Mapping[str, int], ones: int = 1) -> int:
    """The value of a `postorder` program in *state*, bitwise: each bit is one lane, and *ones* has all of them."""
    if type(program) is _Program:
        if program.function is not None:
            return program.function(state, ones)
        program.runs += 1
        if program.runs == _OFTEN:
            program.function = _function(program)
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


def _function(program: _Program) -> Callable[[Mapping[str, int], int], int] | None:
    """*program* as a Python function, a tenth of the time of `run`; None for one that is long or deep.

    It is compiled from text that is written here from numbers alone; no name or word of a file comes into it.
    """
    if len(program) > _FUNCTION_NODES:
        return None
    names: dict[str, str] = {}

    def joined(kind: type[And] | type[Or], terms: list[tuple[str, int]]) -> tuple[str, int]:
        sign = " & " if kind is And else " | "
        return f"({sign.join(term for term, _ in terms)})", 1 + max(depth for _, depth in terms)

    text, depth = fold(
        program[-1],
        var=lambda name: (f"s[{names.setdefault(name, f'n{len(names)}')}]", 0),
        const=lambda value: ("o" if value else "0", 0),
        negated=lambda term: (f"(o ^ {term[0]})", 1 + term[1]),
        joined=joined,
    )
    if depth > _FUNCTION_DEPTH:
        return None
    found: Callable[[Mapping[str, int], int], int] = eval(
        f"lambda s, o: {text}", {"__builtins__": {}, **{short: name for name, short in names.items()}}
    )
    return found


def evaluate(expression: Expression, state: Mapping[str, int], ones: int = 1) -> int:
    """The value of *expression* in *state*, bitwise on integers whose lanes are the bits of *ones*.

    To evaluate the same expression many times, keep its `postorder` and call `run`.
    """
    return run(postorder(expression), state, ones)


def variables(expression: Expression) -> tuple[str, ...]:
    """The names in *expression*, each once, in the order of first appearance."""
    program = postorder(expression)
    if program.names is None:
        program.names = tuple(dict.fromkeys([node.name for node in program if isinstance(node, Var)]))
    return program.names


def substitute(expression: Expression, mapping: Mapping[str, Expression]) -> Expression:
    """*expression* with each variable in *mapping* replaced, and constants worked in; parts that stay are the same."""
    program = postorder(expression)
    if program.plain and not mapping:
        return expression
    done: list[Expression] = []
    for node in program:
        if isinstance(node, Var):
            done.append(mapping.get(node.name, node))
        elif isinstance(node, Not):
            term = done[-1]
            done[-1] = node if term is node.term and type(term) not in (Const, Not) else negation(term)
        elif isinstance(node, Const):
            done.append(node)
        else:
            count = len(node.terms)
            terms = done[-count:]
            del done[-count:]
            kind = type(node)
            if all(map(is_, terms, node.terms)) and not any(type(term) in (Const, kind) for term in terms):
                done.append(node)
            else:
                done.append(all_of(terms) if kind is And else any_of(terms))
    if not mapping:
        program.plain = done[0] is expression
    return done[0]


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
        elif isinstance(node, Not):
            parts.append(not_)
            stack.extend(_bracketed(node.term))
        elif isinstance(node, Const):
            parts.append(str(node.value))
        else:
            joint = conjunction if isinstance(node, And) else disjunction
            for index, term in enumerate(reversed(node.terms)):
                if index:
                    stack.append(joint)
                if type(term) is Var:  # most are
                    stack.append(quoted(term.name))
                else:
                    stack.extend(_bracketed(term))
    written = "".join(parts)
    if not symbols:
        _remember(written, expression)
    return written


@lru_cache(maxsize=20_000)
def quoted(name: str) -> str:
    """*name* as it stands in a rule: bare where it is a plain word and no keyword, else in quotes."""
    if plain(name):
        return name
    return '"' + name.replace('"', '""') + '"'


def plain(name: str) -> bool:
    """Whether *name* is a word that a rule has without quotes."""
    return _PLAIN.fullmatch(name) is not None and name.lower() not in _KEYWORDS


# --- reading -------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[^\W\d]\w*")
_KEYWORDS = {"and": "&", "or": "|", "not": "!", "true": "1", "false": "0"}
_LANGUAGE = "is not part of the rule language (use and, or, not, parentheses)"
EMPTY = "the rule is empty; write a name, or 0 for what is never on"
NEVER_CLOSED = "this '(' is never closed; add ')' where it ends, or take it out"
NEVER_OPENED = "this ')' was never opened; add '(' where it begins, or take it out"


DEPTH_LIMIT = 1000  # of what really nests; a published rule has 1,915 parentheses around a chain that is flat
_OPEN = 20  # times as many parentheses may be open while it is read


def parse(
    text: str, *, name_characters: str = "", depth_limit: int = DEPTH_LIMIT, term_limit: int = 200_000
) -> Expression:
    """The expression that *text* writes: names, `and or not` in any case or `& | !`, parentheses, 0 and 1.

    A name is a plain word (letters, digits, underscore, not beginning with a digit) or stands in quotes, where a
    doubled quote is a quote. *name_characters* are more characters that unquoted names may contain; with any of
    them given a name may begin with a digit too, as in BNET files.

    Parentheses around what is flat, `(a & (b & (c)))`, do not count as nested.

    Raises `RuleError` with the column of what is wrong, and `LimitError` for an expression of more than *depth_limit*
    nested levels or *term_limit* terms.
    """
    if text in _read and not name_characters and len(text) <= min(depth_limit, term_limit):
        return _read[text]
    read = _parsed(text, name_characters, _OPEN * depth_limit, term_limit)
    if read is None:
        reader = _Reader(_OPEN * depth_limit, term_limit)
        for match in _scanner(name_characters).finditer(text):
            if match.lastgroup != "blank":
                reader.take(str(match.lastgroup), match.group(), match.start() + 1)
        read = reader.end()
    if len(text) > depth_limit and depth(read) > depth_limit:
        raise _too_deep(depth_limit)
    if not name_characters:
        _remember(text, read)
    return read


# Rules as they were read or written, so that loading, checking and running read each once. So many are kept,
# of so many characters at most.
_KEPT, _SHORT = 200_000, 400
_read: dict[str, Expression] = {}


def _remember(text: str, expression: Expression) -> None:
    if len(text) <= _SHORT:
        if len(_read) >= _KEPT:
            _read.clear()
        _read[text] = expression


def depth(expression: Expression) -> int:
    """How many operators of *expression* lie within each other at most; 0 for a name or a constant."""
    level = [expression]
    deep = -1
    while level := [node for node in level if not isinstance(node, Const | Var)]:
        deep += 1
        level = [part for node in level for part in ((node.term,) if isinstance(node, Not) else node.terms)]
    return deep + 1


_SIGNS = {"&": "&", "|": "|", "!": "!", "(": "(", ")": ")"} | {
    word: sign for word, sign in _KEYWORDS.items() if sign in "&|!"
}


def _parsed(text: str, name_characters: str, depth_limit: int, term_limit: int) -> Expression | None:
    """The expression of a rule without quotes; None where anything is wrong, which `_Reader` then says with its column.

    Nearly all rules are right, and a file may hold a hundred thousand: this is `_Reader` in one loop.
    """
    if '"' in text or "'" in text:
        return None
    atoms: dict[str, Expression] = {"0": ZERO, "1": ONE}
    outer: list[tuple[list[Expression], list[Expression], int]] = []
    alternatives: list[Expression] = []
    factors: list[Expression] = []
    negations = depth = terms = 0
    wanted = True
    tokens, name = _tokens(name_characters)
    for token in tokens.findall(text):
        operand = atoms.get(token)
        if operand is None:
            sign = _SIGNS.get(token) or _KEYWORDS.get(token.lower(), "")
            if sign in ("!", "("):
                depth += 1
                if not wanted:
                    return None
                if depth > depth_limit:
                    raise _too_many(depth_limit)
                if sign == "!":
                    negations += 1
                else:
                    outer.append((alternatives, factors, negations))
                    alternatives, factors, negations = [], [], 0
                continue
            if sign in ("&", "|"):
                if wanted:
                    return None
                wanted = True
                if sign == "|":
                    alternatives.append(factors[0] if len(factors) == 1 else _flat(And, factors))
                    factors = []
                continue
            if sign == ")":
                if wanted or not outer:
                    return None
                operand = _group(alternatives, factors)
                alternatives, factors, negations = outer.pop()
                depth -= 1
                wanted = True
            else:
                operand = atoms[sign] if sign else _named(token, name, atoms)
        if operand is None or not wanted:
            return None
        if terms == term_limit and token != ")":
            raise _too_long(term_limit)
        for _ in range(negations):
            operand = Not(operand)
        depth -= negations
        negations = 0
        terms += token != ")"
        factors.append(operand)
        wanted = False
    return None if wanted or outer else _group(alternatives, factors)


def _group(alternatives: list[Expression], factors: list[Expression]) -> Expression:
    """What stands in parentheses, or the whole: *alternatives*, and the conjunction of *factors* as the last."""
    alternatives.append(_flat(And, factors))
    return _flat(Or, alternatives)


def _named(token: str, name: re.Pattern[str], atoms: dict[str, Expression]) -> Expression | None:
    """The species that *token* names, from now on one of the *atoms*; None where it is no name."""
    if not name.match(token):
        return None
    found = atoms[token] = Var(token)
    return found


class _Reader:
    """A rule as far as it was read: the open parentheses around the current group, and what may come next."""

    def __init__(self, depth_limit: int, term_limit: int) -> None:
        self.depth_limit, self.term_limit = depth_limit, term_limit
        self.outer: list[_Group] = []
        self.group = _Group(0)
        self.depth = self.terms = 0
        self.before, self.before_column = "", 1  # the token before this one, as written
        self.wanted = True  # an operand comes next, else an operator

    def take(self, kind: str, token: str, column: int) -> None:
        """Read one token, of the scanner's *kind*. Raises `RuleError` where it cannot stand there."""
        if kind == "other":
            raise RuleError(_strange(token), column)
        if kind == "sign" or token in {"0", "1"}:
            kind = token
        elif kind == "word":
            kind = _KEYWORDS.get(token.lower(), kind)
        if kind in {"&", "|", ")"}:
            if self.wanted:
                raise RuleError(_missing(self.before, token), column)
            self._operator(kind, column)
        else:
            if not self.wanted:
                raise RuleError(f"expected 'and' or 'or' before {_token(token)}", column)
            self._operand(kind, token, column)
        self.before, self.before_column = token, column

    def _operand(self, kind: str, token: str, column: int) -> None:
        if kind == "!":
            self.group.negations += 1
            self._deeper()
        elif kind == "(":
            self.outer.append(self.group)
            self.group = _Group(column)
            self._deeper()
        else:
            self.terms += 1
            if self.terms > self.term_limit:
                raise _too_long(self.term_limit)
            if kind in {"0", "1"}:
                self._add(ONE if kind == "1" else ZERO)
            else:
                self._add(Var(_unquoted(token, column) if kind == "quoted" else token))

    def _operator(self, kind: str, column: int) -> None:
        if kind == ")":
            if not self.outer:
                raise RuleError(NEVER_OPENED, column)
            closed = self.group.closed()
            self.group = self.outer.pop()
            self.depth -= 1
            self._add(closed)
        else:
            self.wanted = True
            if kind == "|":
                self.group.next_alternative()

    def _add(self, operand: Expression) -> None:
        self.depth -= self.group.negations
        self.group.add(operand)
        self.wanted = False

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > self.depth_limit:
            raise _too_many(self.depth_limit)

    def end(self) -> Expression:
        """The whole, once nothing more comes. Raises `RuleError` where something is missing."""
        if not self.before:
            raise RuleError(EMPTY, 1)
        if self.wanted:
            raise RuleError(f"expected a name after {_token(self.before)}, but the rule ends", self.before_column)
        if self.outer:
            raise RuleError(NEVER_CLOSED, self.group.column)
        return self.group.closed()


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


@lru_cache(maxsize=8)
def _tokens(name_characters: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What splits a rule that is right into words and signs (of a wrong one, it gives any pieces); what a name is."""
    word = re.compile(rf"[\w{re.escape(name_characters)}]+")
    return re.compile(rf"{word.pattern}|\S"), word if name_characters else _PLAIN


def _too_deep(limit: int) -> LimitError:
    return LimitError(f"a rule is nested deeper than {limit} levels of and, or and not")


def _too_many(limit: int) -> LimitError:
    return LimitError(f"a rule has more than {limit} parentheses and negations within each other")


def _too_long(limit: int) -> LimitError:
    return LimitError(f"a rule has more than {limit} terms")


def _strange(token: str) -> str:
    if token[0] in "\"'":
        return f"this quote is never closed: {shown(token, 20)}; add the same sign where the name ends"
    return f"{_token(token)} {_LANGUAGE}"


def _missing(before: str, token: str) -> str:
    if not before:
        return f"a rule cannot begin with {_token(token)}"
    if before == "(" and token == ")":
        return "nothing stands between these parentheses; take them out, or write a name there"
    return f"expected a name after {_token(before)}, not {_token(token)}"


def _token(token: str) -> str:
    return f"'{shown(token, 30)}'"


def _unquoted(token: str, column: int) -> str:
    quote = token[0]
    name = token[1:-1].replace(quote * 2, quote)
    if not name.strip():
        raise RuleError("a name cannot be empty; write one between the quotes", column)
    return name


def _unpickled(text: str) -> Expression:
    unlimited = len(text) + 1
    return parse(text, depth_limit=unlimited, term_limit=unlimited)


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
    for term in terms:
        if type(term) is kind:
            return kind(tuple(part for term in terms for part in (term.terms if type(term) is kind else (term,))))
    return kind(tuple(terms))


def _bracketed(term: Expression) -> tuple[Expression | str, ...]:
    """What `text` pushes for a term inside another (in reverse): alternatives and conjunctions get parentheses."""
    return (")", term, "(") if isinstance(term, _JOINT) else (term,)


def _signature(expression: object) -> tuple[object, ...]:
    """Equal for equal expressions, and flat."""
    parts: list[object] = []
    for node in postorder(expression):  # type: ignore[arg-type]
        parts.append(type(node))
        if isinstance(node, Var):
            parts.append(node.name)
        elif isinstance(node, Const):
            parts.append(node.value)
        elif isinstance(node, _JOINT):
            parts.append(len(node.terms))
    return tuple(parts)
