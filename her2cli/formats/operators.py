"""Rules with the operators `^`, `=>` and `<=>`, which our own rule language has not: written out with and, or and not.

Precedence as in AEON, from tight to loose: `! ^ & | => <=>`; all but `!` group to the right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from her2cli.errors import LimitError, RuleError, shown
from her2cli.expression import ONE, ZERO, Expression, Var, all_of, any_of, negation, parse, text

_OTHERS = re.compile(r"<?=>|\^")
_TOKEN = re.compile(r"\s*(?:(?P<name>[\w.{}]+)|(?P<sign><=>|=>|[!^&|()])|(?P<other>\S))")
_TIGHTNESS = {"!": 6, "^": 5, "&": 4, "|": 3, "=>": 2, "<=>": 1, "(": 0}
_CONSTANTS = {"true": ONE, "1": ONE, "false": ZERO, "0": ZERO}
TERM_LIMIT = 50_000  # of all rules of a file: nested `^` doubles a rule at every level
DEPTH_LIMIT = 500


class Rules:
    """The rules of one AEON file: together they may become only so long when they are written out."""

    def __init__(self) -> None:
        self.left = TERM_LIMIT

    def parse(self, rule: str) -> Expression:
        """The expression that *rule* writes.

        Raises `RuleError` with the column of what is wrong, `LimitError` for a rule that is too deep or, written out,
        too long; that is noticed before it is made.
        """
        if not _OTHERS.search(rule):
            return parse(rule, name_characters=".{}")
        reader = _Reader(self)
        for token in _TOKEN.finditer(rule.rstrip()):
            kind = str(token.lastgroup)
            reader.take(kind, token[kind], token.start(kind) + 1)
        expression = reader.end()
        parse(text(expression), depth_limit=DEPTH_LIMIT)  # as the network reads it: what is written out is deeper
        return expression

    def joined(self, operator: str, operands: Sequence[tuple[Expression, int]]) -> tuple[Expression, int]:
        """The expression of *operands*, each with its number of terms, and the number of its own."""
        terms = [term for term, _ in operands]
        size = sum(size for _, size in operands)
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


class _Reader:
    """Dijkstra's shunting yard: operands with their numbers of terms, and the operators that still wait for one."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.operands: list[tuple[Expression, int]] = []
        self.waiting: list[tuple[str, int]] = []  # each with its column
        self.depth = 0
        self.wanted = True  # an operand comes next, else an operator
        self.before = ""

    def take(self, kind: str, token: str, column: int) -> None:
        if kind == "other":
            raise RuleError(f"{shown(token)!r} is not part of the rule language (use & | ! ^ => <=>)", column)
        if self.wanted != (kind == "name" or token in "!("):
            expected = "a name" if self.wanted else "an operator"
            raise RuleError(
                f"expected {expected} {f'after {self._last()}' if self.before else 'first'}, not {shown(token, 30)!r}",
                column,
            )
        if kind == "name":
            self.operands.append((_CONSTANTS.get(token.lower(), Var(token)), 1))
            self.wanted = False
        elif token == ")":
            self._close(column)
        else:
            if token in "!(":
                self.depth += 1
                if self.depth > DEPTH_LIMIT:
                    raise LimitError(f"a rule is nested deeper than {DEPTH_LIMIT} parentheses and negations")
            else:
                self._apply(_TIGHTNESS[token])
                self.wanted = True
            self.waiting.append((token, column))
        self.before = token

    def _close(self, column: int) -> None:
        self._apply(0)
        if not self.waiting:
            raise RuleError("this ')' was never opened", column)
        self.waiting.pop()
        self.depth -= 1

    def _apply(self, tightness: int) -> None:
        """Work out the operators that bind tighter than that, those of a kind that follow each other at once."""
        while self.waiting and _TIGHTNESS[self.waiting[-1][0]] > tightness:
            operator = self.waiting[-1][0]
            count = 0
            while self.waiting and self.waiting[-1][0] == operator:
                self.waiting.pop()
                count += 1
            if operator == "!":
                self.depth -= count
                term, size = self.operands.pop()
                self.operands.append((negation(term) if count % 2 else term, size))
            else:
                operands = self.operands[-count - 1 :]
                del self.operands[-count - 1 :]
                self.operands.append(self.rules.joined(operator, operands))

    def end(self) -> Expression:
        if self.wanted:
            column = self.waiting[-1][1] if self.waiting else 1
            raise RuleError(f"expected a name after {self._last()}, but the rule ends", column)
        self._apply(0)
        if self.waiting:
            raise RuleError("this '(' is never closed", self.waiting[-1][1])
        return self.operands[0][0]

    def _last(self) -> str:
        return repr(shown(self.before, 30))


def _either(left: Expression, right: Expression) -> Expression:
    return any_of([all_of([left, negation(right)]), all_of([negation(left), right])])


def _alike(left: Expression, right: Expression) -> Expression:
    return any_of([all_of([left, right]), all_of([negation(left), negation(right)])])
