"""One reader of the rules that files hold, in the dialect of each format, with the operators that our own has not.

A dialect says how operators are spelt, how tightly they bind and what a name looks like. What `^`, `=>` and `<=>` mean
is written out with and, or and not. A rule that needs nothing of it is read by `expression.parse`, which is faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from her2cli.errors import LimitError, RuleError, shown
from her2cli.expression import (
    DEPTH_LIMIT,
    EMPTY,
    NEVER_CLOSED,
    NEVER_OPENED,
    ONE,
    ZERO,
    Expression,
    Var,
    all_of,
    any_of,
    depth,
    negation,
    parse,
)

TERM_LIMIT = 50_000  # of all rules of a file: nested `^` doubles a rule at every level
_OPEN_LIMIT = 20_000  # parentheses and negations that wait for their end; how deep a rule is, is seen when it is read
_CONSTANTS = {"true": ONE, "1": ONE, "false": ZERO, "0": ZERO}
Operand = TypeVar("Operand")


@dataclass(frozen=True)
class Dialect:
    """How rules are written: the name of the language, its names, and its operators from loose to tight.

    Operators of one level group to the left where they are in *left*; else a chain of one kind is joined at once, and
    `=>` to the right. *spellings* are other ways to write a sign, in lower case.
    """

    language: str
    levels: tuple[tuple[str, ...], ...]
    names: str = r"\w"  # the characters of a name that stands without quotes
    numbers: str = ""  # a pattern of what is read as one name before these are
    spellings: Mapping[str, str] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset("!")

    @cached_property
    def tightness(self) -> dict[str, int]:
        return {sign: 1 + level for level, signs in enumerate(self.levels) for sign in signs}

    @cached_property
    def token(self) -> re.Pattern[str]:
        signs = {*self.tightness, *self.prefixes, *self.spellings, *"()"}
        signs |= {":"} if "?" in signs else set()
        ordered = sorted((sign for sign in signs if not sign.isalpha()), key=len, reverse=True)
        pattern = "|".join(map(re.escape, ordered))
        quoted = r""""(?:[^"]|"")*"|'(?:[^']|'')*'"""
        name = f"{self.numbers}|[{self.names}]+" if self.numbers else f"[{self.names}]+"
        return re.compile(rf"\s*(?:(?P<quoted>{quoted})|(?P<name>{name})|(?P<sign>{pattern})|(?P<other>\S))")

    @cached_property
    def told(self) -> str:
        """The operators, as a message lists them."""
        signs = (sign for level in reversed(self.levels) for sign in level)
        return " ".join(dict.fromkeys([*sorted(self.prefixes), *signs]))


_WORDS = {"and": "&", "or": "|", "not": "!", "&&": "&", "||": "|", "~": "!"}
# https://biodivine.fi.muni.cz/aeon/manual/latest: all but `!` group to the right.
AEON = Dialect(language="AEON", levels=(("<=>",), ("=>",), ("|",), ("&",), ("^",)), names=r"\w.{}")
# Rules as texts have them: & && AND and, | || OR or, ! ~ NOT not, XOR ^ between and and or.
COMMON = Dialect(
    language="rule",
    levels=(("<=>",), ("=>",), ("|",), ("^",), ("&",)),
    names=r"\w.:/+-",
    spellings={**_WORDS, "xor": "^", "¬": "!", "∧": "&", "∨": "|", "⊕": "^"},
)


class Rules:
    """The rules of one file: together they may become only so long when they are written out."""

    def __init__(self, dialect: Dialect = AEON) -> None:
        self.dialect = dialect
        self.left = TERM_LIMIT
        plain = {"&", "|", "!", "(", ")"}
        strange = {sign for sign in (*dialect.tightness, *dialect.spellings) if sign not in plain}
        words = [rf"\b{word}\b" for word in strange if word.isalpha() and word not in ("and", "or", "not")]
        signs = [re.escape(sign) for sign in strange if not sign.isalpha()]
        self._strange = re.compile("|".join([*words, *signs]), re.IGNORECASE)
        self._names = re.sub(r"^\\w", "", dialect.names)

    def parse(self, rule: str) -> Expression:
        """The expression that *rule* writes.

        Raises `RuleError` with the column of what is wrong, `LimitError` for a rule that is too deep or, written out,
        too long; that is noticed before it is made.
        """
        if not self._strange.search(rule):
            return parse(rule, name_characters=self._names)

        def operand(kind: str, token: str, column: int) -> tuple[Expression, int]:
            if kind == "quoted":
                return Var(token[1:-1].replace(token[0] * 2, token[0])), 1
            return _CONSTANTS.get(token.lower(), Var(token)), 1

        expression = read(rule, self.dialect, operand, self.joined)[0]
        if depth(expression) > DEPTH_LIMIT:  # what is written out is deeper
            raise LimitError(f"written out with & | ! a rule is nested deeper than {DEPTH_LIMIT} levels")
        return expression

    def joined(self, operator: str, operands: Sequence[tuple[Expression, int]]) -> tuple[Expression, int]:
        """The expression of *operands*, each with its number of terms, and that of its own. Raises `LimitError`."""
        terms = [term for term, _ in operands]
        size = sum(size for _, size in operands)
        if operator == "!":
            return negation(terms[0]), size
        if operator == "&":
            return all_of(terms), size
        if operator == "|":
            return any_of(terms), size
        if operator == "=>":
            return any_of([*map(negation, terms[:-1]), terms[-1]]), size
        right, size = operands[-1]
        for left, more in reversed(operands[:-1]):
            size = 2 * (size + more)
            self.left -= size
            if self.left < 0:
                raise LimitError(
                    f"written out with & | ! the rules have more than {TERM_LIMIT} terms; use fewer ^ or <=>"
                )
            right = _either(left, right) if operator == "^" else _alike(left, right)
        return right, size


def read(
    text: str,
    dialect: Dialect,
    operand: Callable[[str, str, int], Operand],
    apply: Callable[[str, Sequence[Operand]], Operand],
) -> Operand:
    """What *text* means: *operand* of each name or number (kind, token, column), *apply* of each operator.

    A prefix is applied to one operand, `?` to three. Raises `RuleError` with the column of what is wrong.
    """
    reader = _Reader(dialect, operand, apply)
    for token in dialect.token.finditer(text.rstrip()):
        kind = str(token.lastgroup)
        reader.take(kind, token[kind], token.start(kind) + 1)
    return reader.end()


class _Reader(Generic[Operand]):
    """Dijkstra's shunting yard: operands, and the operators that still wait for one."""

    def __init__(
        self,
        dialect: Dialect,
        operand: Callable[[str, str, int], Operand],
        apply: Callable[[str, Sequence[Operand]], Operand],
    ) -> None:
        self.dialect, self.operand, self.apply = dialect, operand, apply
        self.operands: list[Operand] = []
        self.waiting: list[tuple[str, int, int]] = []  # operators, each with its tightness and column
        self.wanted = True  # an operand comes next, else an operator
        self.before = ""

    def take(self, kind: str, token: str, column: int) -> None:
        spelt = self.dialect.spellings.get(token.lower(), token)
        if kind == "name" and spelt != token:
            kind, token = "sign", spelt
        elif kind == "sign":
            token = spelt
        if kind == "other":
            language = "AEON's" if self.dialect.language == "AEON" else "the"
            message = f"{shown(token)!r} is not part of {language} rule language (use {self.dialect.told})"
            raise RuleError(message, column)
        is_prefix = self.wanted and kind == "sign" and token in self.dialect.prefixes
        if self.wanted != (kind in ("name", "quoted") or is_prefix or token == "("):
            expected = "a name" if self.wanted else "an operator"
            raise RuleError(
                f"expected {expected} {f'after {self._last()}' if self.before else 'first'}, not {shown(token, 30)!r}",
                column,
            )
        if kind in ("name", "quoted"):
            self.operands.append(self.operand(kind, token, column))
            self.wanted = False
        elif is_prefix or token == "(":
            if len(self.waiting) > _OPEN_LIMIT:
                raise LimitError(f"a rule has more than {_OPEN_LIMIT} parentheses and negations that are open")
            self.waiting.append(("(", 0, column) if token == "(" else (f"{token} ", 100, column))
        elif token == ")":
            self._close(column)
        else:
            self._operator(token, column)
        self.before = token

    def _operator(self, token: str, column: int) -> None:
        if token == ":":
            self._work_out(0, until="?")
            if not self.waiting or self.waiting[-1][0] != "?":
                raise RuleError("this ':' has no '?' before it; a choice is written A ? B : C", column)
            level = self.waiting.pop()[1]
            self.waiting.append((":", level, column))
        else:
            level = self.dialect.tightness[token]
            self._work_out(level - 1 if token in self.dialect.left else level)
            self.waiting.append((token, level, column))
        self.wanted = True

    def _close(self, column: int) -> None:
        self._work_out(0)
        if not self.waiting:
            raise RuleError(NEVER_OPENED, column)
        self.waiting.pop()

    def _work_out(self, tightness: int, until: str = "(") -> None:
        """Apply the operators that bind tighter than that, those of a kind that follow each other at once."""
        while self.waiting and self.waiting[-1][1] > tightness and self.waiting[-1][0] != until:
            operator, level, column = self.waiting.pop()
            if operator == "?":
                raise RuleError("this '?' has no ':' after it; a choice is written A ? B : C", column)
            count = 3 if operator == ":" else 1 if operator.endswith(" ") else 2
            if count == 2 and operator not in self.dialect.left:
                while self.waiting and self.waiting[-1][:2] == (operator, level):
                    self.waiting.pop()
                    count += 1
            operands = self.operands[-count:]
            del self.operands[-count:]
            try:
                self.operands.append(self.apply("?" if operator == ":" else operator.rstrip(), operands))
            except RuleError as error:
                raise RuleError(str(error), column) from None

    def end(self) -> Operand:
        """The whole, once nothing more comes. Raises `RuleError` where something is missing."""
        if self.wanted:
            column = self.waiting[-1][2] if self.waiting else 1
            what = f"expected a name after {self._last()}, but the rule ends" if self.before else EMPTY
            raise RuleError(what, column)
        self._work_out(0)
        if self.waiting:
            raise RuleError(NEVER_CLOSED, self.waiting[-1][2])
        return self.operands[0]

    def _last(self) -> str:
        return repr(shown(self.before, 30))


def _either(left: Expression, right: Expression) -> Expression:
    return any_of([all_of([left, negation(right)]), all_of([negation(left), right])])


def _alike(left: Expression, right: Expression) -> Expression:
    return any_of([all_of([left, right]), all_of([negation(left), negation(right)])])
