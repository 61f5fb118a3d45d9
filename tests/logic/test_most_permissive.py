"""Most-permissive reachability against all states of its definition, and against mpbn where that is installed."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from her2cli.errors import LimitError
from her2cli.expression import evaluate
from her2cli.logic.ends.most_permissive import widened
from her2cli.logic.network import BooleanNetwork, from_rules

NAMES = "ABCD"
RULES = st.recursive(
    st.sampled_from([*NAMES, "0", "1"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&", "|"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"!{part}"),
    ),
    max_leaves=6,
)
NETWORKS = st.dictionaries(st.sampled_from(NAMES), RULES, min_size=1).map(from_rules)
READINGS = {"0": (0,), "1": (1,), "+": (0, 1), "-": (0, 1)}  # + and -: on the way up and on the way down


def values_of(network: BooleanNetwork, name: str, state: str) -> set[int]:
    """The values that the rule of *name* has under some reading of *state*."""
    readings = product(*(READINGS[value] for value in state))
    return {evaluate(network.rules[name], dict(zip(network.species, values, strict=True))) for values in readings}


def brute_force(network: BooleanNetwork, start: str) -> set[str]:
    """All states of the definition, of four values each, that can be reached; those without species on the way."""
    seen, stack = {start}, [start]
    while stack:
        state = stack.pop()
        for place, name in enumerate(network.species):
            values = values_of(network, name, state)
            ups, downs = ("+" if 1 in values else "", "-" if 0 in values else "")
            for new in {"0": ups, "1": downs, "+": "1" + downs, "-": "0" + ups}[state[place]]:
                following = state[:place] + new + state[place + 1 :]
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
    return {state for state in seen if set(state) <= {"0", "1"}}


def can_be(network: BooleanNetwork, state: dict[str, int]) -> dict[str, set[int]]:
    """The values that each species can have in a state that is reached from *state*."""
    moving = widened(network, state)
    return {name: {0, 1} if name in moving else {value} for name, value in state.items()}


@given(NETWORKS, st.integers(0, 15))
@settings(max_examples=35, deadline=None)
def test_what_a_species_can_be_is_what_it_is_in_the_states_of_the_definition(network: BooleanNetwork, number: int):
    start = f"{number % 2 ** len(network.species):0{len(network.species)}b}"
    state = dict(zip(network.species, map(int, start), strict=True))
    expected = [set(map(int, column)) for column in zip(*brute_force(network, start), strict=True)]
    assert can_be(network, state) == dict(zip(network.species, expected, strict=True))


def implicants(network: BooleanNetwork, name: str) -> str:
    """The rule of *name* as the OR of its prime implicants.

    mpbn reads each literal of a species that moves for itself, so that to it `A & !A` may hold: here none depends on
    another.
    """
    rule, names = network.rules[name], network.species
    cubes = [
        cube
        for cube in product((0, 1, None), repeat=len(names))
        if all(
            evaluate(rule, dict(zip(names, values, strict=True)))
            for values in product(*((0, 1) if value is None else (value,) for value in cube))
        )
    ]
    primes = [
        cube
        for cube in cubes
        if not any(all(o in (None, v) for o, v in zip(other, cube, strict=True)) for other in cubes if other != cube)
    ]
    written = (
        " & ".join(
            species if value else f"!{species}" for species, value in zip(names, cube, strict=True) if value is not None
        )
        for cube in primes
    )
    return " | ".join(f"({term or 1})" for term in written) or "0"


@pytest.mark.filterwarnings("ignore:The recursion limit")  # mpbn raises it
@given(NETWORKS, st.integers(0, 15))
@example(from_rules({"A": "B", "B": "A & !A"}), 1)
@settings(max_examples=25, deadline=None)
def test_what_can_be_reached_agrees_with_mpbn(network: BooleanNetwork, number: int):
    mpbn = pytest.importorskip("mpbn")
    other = mpbn.MPBooleanNetwork({name: implicants(network, name) for name in network.species})
    state = {name: number >> place & 1 for place, name in enumerate(network.species)}
    expected: dict[str, set[int]] = {name: set() for name in network.species}
    for values in product((0, 1), repeat=len(network.species)):
        target = dict(zip(network.species, values, strict=True))
        if other.reachability(state, target):
            for name, value in target.items():
                expected[name].add(value)
    assert can_be(network, state) == expected


def test_a_refinement_can_do_what_asynchronous_updates_cannot():
    # C needs B without A, and B needs A: a slow A that B already sees lets C through, as in Paulevé et al. 2020.
    network = from_rules({"A": "1", "B": "A", "C": "(not A and B) or C"})
    assert "C" in widened(network, dict.fromkeys(network.species, 0))


def test_what_a_state_cannot_leave_stays():
    network = from_rules({"A": "I", "B": "A or B", "C": "not B"})
    assert widened(network, {"I": 0, "A": 0, "B": 0, "C": 1}) == frozenset()
    assert widened(network, {"I": 1, "A": 0, "B": 0, "C": 1}) == {"A", "B", "C"}


@pytest.mark.parametrize(
    ("rule", "value"),
    [("{all}", 0), ("{all}", 1), ("not ({all})", 0), ("not ({all})", 1), ("{any}", 1), ("not ({any})", 1)],
)
def test_a_wide_rule_can_be_on_and_off_where_all_of_its_many_sources_change(rule: str, value: int):
    sources = [f"S{number}" for number in range(40)]
    written = rule.format(all=" and ".join(sources), any=" or ".join(sources))
    network = from_rules({**{source: f"not {source}" for source in sources}, "A": written})
    assert "A" in widened(network, dict.fromkeys(network.species, 0) | {"A": value})


def test_a_wide_rule_is_answered_where_its_signs_are_clear_and_refused_where_not():
    sources = [f"S{number}" for number in range(40)]
    rules = {source: f"not {source}" for source in sources}
    network = from_rules({**rules, "A": " and ".join(sources)})
    off = dict.fromkeys(network.species, 0)
    assert "A" in widened(network, off)
    parity = " and ".join(f"(({a} and not {b}) or ({b} and not {a}))" for a, b in pairwise(sources))
    with pytest.raises(LimitError, match="act both ways"):
        widened(from_rules({**rules, "A": parity}), off)
