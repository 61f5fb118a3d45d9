"""AEON's further operators mean here what they mean to biodivine-aeon."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.errors import DataError, LimitError, RuleError
from her2cli.expression import evaluate, variables
from her2cli.formats import aeon, operators
from her2cli.formats.operators import TERM_LIMIT, Rules
from her2cli.logic.network import build

NAMES = "abcd"


def table(rule: str) -> list[int]:
    """The values of *rule* in all states of a, b, c and d."""
    expression = Rules().parse(rule)
    return [evaluate(expression, dict(zip(NAMES, state, strict=True))) for state in product((0, 1), repeat=4)]


def table_of_biodivine(rule: str) -> list[int]:
    biodivine = pytest.importorskip("biodivine_aeon")
    lines = [f"{name} -?? t\n{name} -> {name}\n${name}: {name}" for name in NAMES]
    network = biodivine.BooleanNetwork.from_aeon("\n".join([*lines, f"$t: {rule}"]))
    context = biodivine.SymbolicContext(network)
    function = context.mk_update_function(network.get_update_function("t"))
    ids = [context.find_network_bdd_variable(name) for name in NAMES]
    return [
        int(function.r_select(dict(zip(ids, map(bool, state), strict=True))).is_false() is False)
        for state in product((0, 1), repeat=4)
    ]


@pytest.mark.parametrize(
    ("rule", "meaning"),
    [
        ("a ^ b", lambda a, b, c, d: a ^ b),
        ("a => b", lambda a, b, c, d: b or not a),
        ("a <=> b", lambda a, b, c, d: a == b),
        ("a => b => c", lambda a, b, c, d: not a or (not b or c)),
        ("(a => b) => c", lambda a, b, c, d: c or not (b or not a)),
        ("a <=> b <=> c", lambda a, b, c, d: a == (b == c)),
        ("a & b ^ c", lambda a, b, c, d: a and b != c),
        ("a | b & c => d <=> a", lambda a, b, c, d: (d or not (a or (b and c))) == a),
        ("!a ^ !!b", lambda a, b, c, d: (1 - a) ^ b),
        ("!(a ^ true) => 0", lambda a, b, c, d: not (1 - (a ^ 1))),
        ("  a=>b|c  ", lambda a, b, c, d: b or c or not a),
    ],
)
def test_an_operator_has_its_meaning_and_its_precedence(rule: str, meaning: object):
    expected = [int(bool(meaning(*state))) for state in product((0, 1), repeat=4)]  # type: ignore[operator]
    assert table(rule) == expected == table_of_biodivine(rule)


@st.composite
def rules(draw: st.DrawFn, depth: int = 3) -> str:
    """Operands joined by any operators, with or without the parentheses that the precedence makes necessary."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([*NAMES, "true", "false"]))
    parts = [draw(rules(depth=depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    signs = st.sampled_from([" & ", " | ", "^", " => ", "<=>"])
    text = parts[0] + "".join(draw(signs) + part for part in parts[1:])
    return draw(st.sampled_from(["{}", "({})", "!({})", "!{}"])).format(text)


@given(rule=rules())
@settings(max_examples=80, deadline=None)
def test_any_rule_has_the_truth_table_that_biodivine_gives_it(rule: str):
    assert table(rule) == table_of_biodivine(rule)


def test_a_file_with_these_operators_is_a_network_with_signs():
    content = "A -> C\nB -? C\nC -| D\nA ->? D\n$C: (A => B) & A | A & !B\n$D: C => 0\n$B: B\n$A: A\n"
    pathway = aeon.read(content, name="m", source="f")
    assert pathway.rules["D"].text == "not C"
    assert set(variables(build(pathway).rules["C"])) == {"A", "B"}


@pytest.mark.parametrize(
    ("rule", "column", "what"),
    [
        ("a ^", 3, "expected a name after '\\^', but the rule ends"),
        ("a ^ b c", 7, "expected an operator after 'b', not 'c'"),
        ("^ a", 1, "expected a name first"),
        ("a <=> (b", 7, r"'\(' is never closed"),
        ("a => b)", 7, r"'\)' was never opened"),
        ("a => ()", 7, "expected a name"),
        ("a ^ b % c", 7, "'%' is not part"),
        ("a ^ b = c", 7, "'=' is not part"),
        ("a ^ b and c", 7, "expected an operator"),
    ],
)
def test_a_wrong_rule_is_told_with_its_column(rule: str, column: int, what: str):
    with pytest.raises(RuleError, match=what) as told:
        Rules().parse(rule)
    assert told.value.column == column


@pytest.mark.parametrize(
    "rule",
    [
        "^".join(f"x{number}" for number in range(12)),
        "(" * 12 + "a" + "^ a)" * 12,
        "&".join("(a^b^c^d)" for _ in range(60)),
        "(b | (" * 15 + "a ^ b" + "))" * 15,
        "(b & (b | (" * 8 + "a ^ b" + ")))" * 8,
    ],
)
def test_a_rule_that_would_grow_without_end_is_refused_before_it_is_made(rule: str, monkeypatch: pytest.MonkeyPatch):
    """The limits are lowered: what is just past them would be large, or deep, where nothing guards."""
    for limit, lowered in (("TERM_LIMIT", 1000), ("_OPEN_LIMIT", 25), ("DEPTH_LIMIT", 15)):
        monkeypatch.setattr(operators, limit, lowered)
    with pytest.raises(LimitError):
        Rules().parse(rule)


def test_the_rules_of_a_file_may_grow_only_together():
    reader = Rules()
    before = reader.left
    reader.parse("a ^ b ^ c")
    assert TERM_LIMIT == before > reader.left
    long = " ^ ".join(NAMES * 3)
    content = "\n".join(f"{name} -? t{number}" for number in range(40) for name in NAMES)
    content += "".join(f"\n$t{number}: {long}" for number in range(40)) + "".join(
        f"\n${name}: {name}" for name in NAMES
    )
    with pytest.raises(DataError, match=r"f:\d+:.*: rule of t\d+: written out with & \| ! the rules have more than"):
        aeon.read(content, name="m", source="f")


@pytest.mark.parametrize(("written", "name"), [('"a name"', "a name"), ("'a'", "a"), ('"say ""on"""', 'say "on"')])
def test_a_quoted_name_is_what_stands_between_the_quotes(written: str, name: str):
    assert variables(Rules().parse(f"{written} ^ B")) == (name, "B")
