"""The rule language and what can be asked of an expression, against Python's own evaluation and brute force."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli import expression
from her2cli.errors import LimitError, RuleError
from her2cli.expression import (
    ONE,
    ZERO,
    And,
    Const,
    Expression,
    Not,
    Or,
    Var,
    all_of,
    any_of,
    depth,
    evaluate,
    negation,
    parse,
    substitute,
    text,
    variables,
)

A, B, C, D = map(Var, "ABCD")
NAMES = ("A", "B", "C", "D", "A-B", 'say "x"', "not", "β1", "1st")


def joined(children):
    """An `And` or `Or` of *children*, flat as the parser makes it."""

    def flat(kind, terms):
        return kind(tuple(p for t in terms for p in (t.terms if isinstance(t, kind) else (t,))))

    several = st.lists(children, min_size=2, max_size=4)
    return several.map(lambda t: flat(And, t)) | several.map(lambda t: flat(Or, t)) | children.map(Not)


expressions = st.recursive(st.sampled_from(NAMES).map(Var) | st.sampled_from([ZERO, ONE]), joined, max_leaves=12)
states = st.fixed_dictionaries({name: st.integers(0, 1) for name in NAMES})


def in_python(expression: Expression, state) -> bool:
    """The value by plain recursion over Python's own operators."""
    match expression:
        case Const(value):
            return bool(value)
        case Var(name):
            return bool(state[name])
        case Not(term):
            return not in_python(term, state)
        case And(terms):
            return all(in_python(term, state) for term in terms)
        case Or(terms):
            return any(in_python(term, state) for term in terms)
    raise TypeError(expression)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("A", A),
        ("A & !B", And((A, Not(B)))),
        ("A | B & C", Or((A, And((B, C))))),
        ("A or B and not C", Or((A, And((B, Not(C)))))),
        ("not A and B", And((Not(A), B))),
        ("(A or B) and C", And((Or((A, B)), C))),
        ("A and (B and C) and D", And((A, B, C, D))),
        ("not not A", Not(Not(A))),
        ("NOT A Or b", Or((Not(A), Var("b")))),
        ("true AND False", And((ONE, ZERO))),
        ("0 | 1", Or((ZERO, ONE))),
        ("\"HER2/HER3\" and 'p-AKT'", And((Var("HER2/HER3"), Var("p-AKT")))),
        ('"a ""b""" | "and"', Or((Var('a "b"'), Var("and")))),
        ("\n A\tand\n B ", And((A, B))),
        ("!(A)&((B))", And((Not(A), B))),
        ("β1 or x_1", Or((Var("β1"), Var("x_1")))),
    ],
)
def test_rule_is_parsed(rule, value):
    assert parse(rule) == value


def test_a_format_may_allow_more_characters_in_names():
    assert parse("p-AKT.1 & 14-3-3 & 1", name_characters=".-") == And((Var("p-AKT.1"), Var("14-3-3"), ONE))


@pytest.mark.parametrize(
    ("rule", "column", "message"),
    [
        ("", 1, "the rule is empty; write a name, or 0 for what is never on"),
        ("  ", 1, "the rule is empty; write a name, or 0 for what is never on"),
        ("A and", 3, "expected a name after 'and', but the rule ends"),
        ("A and or B", 7, "expected a name after 'and', not 'or'"),
        ("(A", 1, "this '(' is never closed; add ')' where it ends, or take it out"),
        ("A or (B and (C)", 6, "this '(' is never closed; add ')' where it ends, or take it out"),
        ("A)", 2, "this ')' was never opened; add '(' where it begins, or take it out"),
        ("()", 2, "nothing stands between these parentheses; take them out, or write a name there"),
        ("and B", 1, "a rule cannot begin with 'and'"),
        ("A B", 3, "expected 'and' or 'or' before 'B'"),
        ("A not B", 3, "expected 'and' or 'or' before 'not'"),
        ("open('/etc/passwd').read()", 5, "expected 'and' or 'or' before '('"),
        ("A == B", 3, "'==' is not part of the rule language (use and, or, not, parentheses)"),
        ("A && B", 3, "'&&' is not part of the rule language (use and, or, not, parentheses)"),
        ("A.__class__", 2, "'.' is not part of the rule language (use and, or, not, parentheses)"),
        ("2x", 1, "'2x' is not part of the rule language (use and, or, not, parentheses)"),
        ("10", 1, "'10' is not part of the rule language (use and, or, not, parentheses)"),
        ("A ∧ B", 3, "'∧' is not part of the rule language (use and, or, not, parentheses)"),
        ("A and \x1b[31m", 7, r"'\x1b[' is not part of the rule language (use and, or, not, parentheses)"),
        ("A and 'B", 7, "this quote is never closed: 'B; add the same sign where the name ends"),
        ("''", 1, "a name cannot be empty; write one between the quotes"),
    ],
)
def test_a_bad_rule_is_refused_with_its_column(rule, column, message):
    with pytest.raises(RuleError) as caught:
        parse(rule)
    assert (str(caught.value), caught.value.column) == (message, column)


@given(st.text(alphabet="AB()&|! \"'01=andortx", max_size=20))
def test_any_text_is_an_expression_or_a_rule_error(rule):
    column, expression = 1, A
    try:
        expression = parse(rule)
    except RuleError as error:
        column = error.column
    assert 1 <= column <= max(1, len(rule))
    assert parse(text(expression)) == expression


@given(expressions)
def test_text_reads_back_as_the_same_expression(expression):
    assert parse(text(expression)) == expression
    assert parse(text(expression, symbols=True)) == expression
    assert pickle.loads(pickle.dumps(expression)) == expression
    assert hash(copy.copy(expression)) == hash(expression)


@given(expressions, expressions)
def test_expressions_are_equal_iff_they_read_alike(one, other):
    assert (one == other) == (text(one) == text(other))


@given(expressions, st.lists(states, min_size=1, max_size=8))
def test_all_lanes_are_evaluated_at_once_as_python_does_one(expression, lanes):
    ones = (1 << len(lanes)) - 1
    packed = {name: sum(lane[name] << i for i, lane in enumerate(lanes)) for name in NAMES}
    expected = sum(int(in_python(expression, lane)) << i for i, lane in enumerate(lanes))
    assert evaluate(expression, packed, ones) == expected


@given(expressions, states)
def test_python_itself_agrees_with_the_text(expression, state):
    names = {name: f"v{i}" for i, name in enumerate(NAMES)}
    plain = text(substitute(expression, {name: Var(other) for name, other in names.items()}))
    assert eval(plain, {other: bool(state[name]) for name, other in names.items()}) == evaluate(expression, state)


@given(expressions, expressions, states)
def test_substitution_is_evaluation_with_another_value(expression, replacement, state):
    changed = {**state, "A": evaluate(replacement, state)}
    assert evaluate(substitute(expression, {"A": replacement}), state) == evaluate(expression, changed)


def test_constants_are_worked_in_where_rules_are_built():
    assert all_of([A, ONE, B]) == And((A, B))
    assert all_of([A, ZERO]) == ZERO
    assert all_of([]) == ONE
    assert any_of([ZERO, A]) == A
    assert any_of([]) == ZERO
    assert negation(negation(A)) == A
    assert substitute(parse("(A and B) or not C"), {"A": ZERO, "C": ONE}) == ZERO
    for rule in ("(A and not 0) or not 1", "not not A and (0 or 1)", "A"):
        expression = parse(rule)
        assert [substitute(expression, {}) for _ in range(2)] == [A, A]
        assert substitute(expression, {"A": ONE}) == ONE


@pytest.mark.parametrize(
    "rule", ["(" * 500 + "A" + ")" * 500, "!" * 500 + "A", "not (A and (B or " * 333 + "A" + "))" * 333]
)
def test_deep_rules_are_read_and_worked_with(rule):
    expression = parse(rule)
    assert pickle.loads(pickle.dumps(expression)) == expression
    assert parse(text(expression), depth_limit=2000) == expression
    assert evaluate(substitute(expression, {"B": C}), {"A": 1, "C": 0}) in (0, 1)
    assert len({expression, parse(rule)}) == 1


@pytest.mark.parametrize(
    ("rule", "levels"), [("A", 0), ("not A", 1), ("A and (B or (C and A))", 3), ("not (A or not (B))", 3), ("((A))", 0)]
)
def test_the_depth_of_a_rule_is_that_of_its_operators(rule: str, levels: int):
    assert depth(parse(rule)) == levels


def test_what_is_nested_deeper_than_the_limit_is_refused_and_a_flat_chain_is_not():
    nested = "(A & (B | " * 3 + "C" + "))" * 3
    assert depth(parse(nested, depth_limit=6)) == 6
    for rule in (nested, "!" * 6 + "A"):
        with pytest.raises(LimitError, match="nested deeper than 5 levels"):
            parse(rule, depth_limit=5)
    chain = "(A & " * 60 + "B" + ")" * 60
    assert parse(chain, depth_limit=5) == And((A,) * 60 + (B,))
    with pytest.raises(LimitError, match="more than 40 parentheses"):
        parse(chain, depth_limit=2)


def test_a_published_depth_of_parentheses_is_read():
    """1,915 of them around a chain of one operator, as in a model that other engines answer within seconds."""
    rule = "(A & " * 1915 + "B" + ")" * 1915
    assert parse(rule) == And((A,) * 1915 + (B,))


def test_a_rule_of_thirty_thousand_terms_is_read():
    wide = parse(" | ".join(f"A{i}" for i in range(30_000)))
    assert len(variables(wide)) == 30_000
    assert evaluate(wide, dict.fromkeys(variables(wide), 0)) == 0
    with pytest.raises(LimitError, match="more than 20 terms"):
        parse("A|" * 20 + "A", term_limit=20)


signs = st.sampled_from(["and", " OR ", "not ", "&", "|", "!", "(", ")", "&&", "=", "'q'", "-", ".", " "])
pieces = signs | st.sampled_from(["A", "b1", " and ", "0", "1", "true", "10", "β", "²", "٣", "_"])


@given(parts=st.lists(pieces, max_size=12), characters=st.sampled_from(["", ".:-"]), terms=st.sampled_from([2, 1000]))
def test_the_quick_way_of_reading_agrees_with_the_careful_one(parts: list[str], characters: str, terms: int):
    """The careful one finds the column of what is wrong; whatever the quick one reads, it reads the same."""
    rule = "".join(parts)

    def outcome(careful: bool) -> object:
        reader = expression._Reader(4 * expression._OPEN, terms)
        try:
            if not careful:
                return parse(rule, name_characters=characters, depth_limit=4, term_limit=terms)
            for match in expression._scanner(characters).finditer(rule):
                if match.lastgroup != "blank":
                    reader.take(str(match.lastgroup), match.group(), match.start() + 1)
            read = reader.end()
            if expression.depth(read) > 4:
                raise expression._too_deep(4)
            return read
        except (RuleError, LimitError) as error:
            return type(error), str(error), getattr(error, "column", None)

    assert outcome(careful=False) == outcome(careful=True)
