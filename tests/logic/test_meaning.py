"""Which variables matter and which force the value, against brute force over all assignments."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import LimitError
from her2cli.expression import And, Const, Not, Or, Var, evaluate, parse, text, variables
from her2cli.logic.network import meaning
from her2cli.logic.network.meaning import (
    acting,
    certain,
    effects,
    forcing,
    forcing_among,
    literal,
    possible,
    truth_table,
)

leaves = st.sampled_from(["A", "B", "C", "D", "E", "0", "1"])
expressions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=4).map(lambda terms: f"({' and '.join(terms)})")
        | st.lists(inner, min_size=2, max_size=4).map(lambda terms: f"({' or '.join(terms)})")
        | inner.map(lambda term: f"(not {term})")
    ),
    max_leaves=12,
).map(parse)
states = st.fixed_dictionaries({name: st.integers(0, 1) for name in "ABCDE"})


def in_python(expression, state) -> bool:
    """The value that Python's own evaluation of the text gives."""
    return bool(eval(text(expression), {name: bool(value) for name, value in state.items()}))


@given(expressions)
def test_the_truth_table_and_the_effects_are_those_of_all_assignments(expression):
    names = variables(expression)
    rows = [dict(zip(names, bits, strict=True)) for bits in product((0, 1), repeat=len(names))]
    table = truth_table(expression, names)
    for row in rows:
        place = sum(row[name] << i for i, name in enumerate(names))
        assert table >> place & 1 == in_python(expression, row)
    for name in names:
        steps = {in_python(expression, {**row, name: 1}) - in_python(expression, {**row, name: 0}) for row in rows} - {
            0
        }
        expected = {frozenset(): 0, frozenset({1}): 1, frozenset({-1}): -1}.get(frozenset(steps))
        assert effects(expression)[name] == expected


def test_the_effect_of_a_wide_rule_is_read_off_its_signs():
    wide = parse(" and ".join(f"(A{i} or not B{i})" for i in range(20)) + " and (C or not C)")
    assert (effects(wide)["A0"], effects(wide)["B19"], effects(wide)["C"]) == (1, -1, None)
    with pytest.raises(LimitError, match="41 variables"):
        truth_table(wide, variables(wide))


def three_valued(node, values):
    """All that strong Kleene logic holds possible, by recursion; the values are sets."""
    if isinstance(node, Const):
        return {node.value}
    if isinstance(node, Var):
        return values[node.name]
    if isinstance(node, Not):
        return {1 - value for value in three_valued(node.term, values)}
    choose = {And: min, Or: max}[type(node)]
    return {choose(each) for each in product(*(three_valued(term, values) for term in node.terms))}


@given(expressions)
def test_what_is_certain_of_a_rule_is_seen_by_three_valued_evaluation(expression):
    names = variables(expression)
    for choice in product(({0}, {1}, {0, 1}), repeat=len(names)):
        values = dict(zip(names, choice, strict=True))
        had = {int(in_python(expression, dict(zip(names, bits, strict=True)))) for bits in product(*choice)}
        assert three_valued(certain(expression), values) == had


@given(expressions)
def test_what_a_rule_may_be_is_told_by_what_its_variables_may_be(expression):
    names = variables(expression)
    halves = possible(expression)
    for choice in product(((0,), (1,), (0, 1)), repeat=len(names)):
        may = {
            literal(name, value): int(value in had) for name, had in zip(names, choice, strict=True) for value in (0, 1)
        }
        had = {int(in_python(expression, dict(zip(names, bits, strict=True)))) for bits in product(*choice)}
        assert {value for value in (0, 1) if evaluate(halves[value], may)} == had


def test_a_rule_whose_cases_are_too_many_is_refused(monkeypatch):
    monkeypatch.setattr(meaning, "CERTAIN_LIMIT", 200)
    parity = parse("A0")
    for i in range(1, 7):
        parity = Or((And((parity, Not(Var(f"A{i}")))), And((Not(parity), Var(f"A{i}")))))
    with pytest.raises(LimitError, match="200 terms"):
        certain(parity)


@pytest.mark.parametrize("count", [12, 18])
def test_a_parity_is_refused_before_much_work_is_done(count, monkeypatch):
    """The cases of a parity triple with each variable: that they are too many is seen without trying them all."""
    assert meaning.CERTAIN_WORK <= 300_000  # about a second
    monkeypatch.setattr(meaning, "CERTAIN_WORK", 60_000)
    looked, of = [], meaning.postorder
    monkeypatch.setattr(meaning, "postorder", lambda each: looked.append(len(found := of(each))) or found)
    terms = [Var(f"A{i}") for i in range(count)]
    while len(terms) > 1:
        pairs = zip(terms[::2], terms[1::2], strict=False)
        left = terms[-1:] if len(terms) % 2 else []
        terms = [Or((And((one, Not(two))), And((Not(one), two)))) for one, two in pairs] + left
    with pytest.raises(LimitError):
        certain(terms[0])
    assert sum(looked) < 2 * meaning.CERTAIN_WORK


def forces(expression, state, fixed):
    """By brute force: the value is the same whatever the variables outside *fixed* are."""
    free = [name for name in variables(expression) if name not in fixed]
    values = {
        in_python(expression, {**state, **dict(zip(free, bits, strict=True))})
        for bits in product((0, 1), repeat=len(free))
    }
    return len(values) == 1


@given(expressions, states)
def test_a_reason_forces_the_value_and_no_smaller_set_does(expression, state):
    chosen, proven = forcing(expression, state)
    assert proven
    assert forces(expression, state, chosen)
    for smaller in combinations(variables(expression), max(0, len(chosen) - 1)):
        assert len(chosen) == 0 or not forces(expression, state, smaller)


@given(expressions, st.lists(states, min_size=1, max_size=4), st.data())
def test_a_reason_of_given_variables_forces_the_value_in_every_state(expression, several, data):
    names = variables(expression)
    among = data.draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    value = in_python(expression, several[0])
    several = [state for state in several if in_python(expression, state) == value]

    def do(fixed):
        return all(forces(expression, state, fixed) for state in several)

    found = forcing_among(expression, several, among)
    if not do(among):
        assert found is None
        return
    chosen, proven = found
    assert proven
    assert set(chosen) <= set(among)
    assert do(chosen)
    assert not chosen or not any(do(smaller) for smaller in combinations(among, len(chosen) - 1))


def test_a_wide_rule_is_forced_by_given_variables_alone():
    wide = parse(" and ".join(f"(A{i} or B)" for i in range(30)))
    on = {f"A{i}": 1 for i in range(30)} | {"B": 1}
    assert forcing_among(wide, [on], ["B", "A1"]) == (("B",), False)
    assert forcing_among(wide, [on], ["A1", "A2"]) is None
    assert forcing_among(wide, [on, {**on, "A3": 0}], on) == (("B",), False)


def test_what_cancels_out_does_not_act():
    assert acting(parse("A and B or A and not B")) == (("A",), True)
    assert acting(parse(" or ".join(f"A{i} and B" for i in range(30))))[1] is False


def test_among_equally_small_reasons_the_older_wins_then_the_first_written():
    state = {"A": 1, "B": 1, "C": 1}
    assert forcing(parse("A or B or C"), state) == (("A",), True)
    assert forcing(parse("A or B or C"), state, age={"A": 5, "B": 2, "C": 2}) == (("B",), True)
    twice = parse("(A and (B or C)) or (B and C)")
    assert forcing(twice, state, age={"A": 9}) == (("B", "C"), True)
    assert forcing(twice, state) == (("A", "B"), True)


def test_a_reason_of_a_wide_rule_is_found_without_a_table():
    wide = parse(" and ".join(f"(A{i} or B)" for i in range(30)))
    state = {f"A{i}": 1 for i in range(30)} | {"B": 1}
    chosen, proven = forcing(wide, state)
    assert not proven
    assert set(chosen) in ({"B"}, {f"A{i}" for i in range(30)})
    once = parse(" or ".join(f"A{i}" for i in range(500)))
    assert forcing(once, {f"A{i}": int(i == 77) for i in range(500)}) == (("A77",), True)


@given(st.integers(0, 2**16 - 1))
def test_a_table_is_written_by_cases_that_mean_what_it_says(table):
    names = ("A", "B", "C", "D")
    found, size = meaning._by_cases(table, names, {})
    assert size <= meaning.CERTAIN_LIMIT
    assert truth_table(found, names) == table
