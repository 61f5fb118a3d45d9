"""Fixed points, trap spaces, attractors and synchronous cycles against all states of small networks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import product
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.errors import LimitError, ScenarioError
from her2cli.expression import evaluate, parse, text
from her2cli.logic.ends import answer_sets, diagrams, outside
from her2cli.logic.ends import attractors as question
from her2cli.logic.network import BooleanNetwork, from_rules

NAMES = "ABCDEF"
RULES = st.recursive(
    st.sampled_from([*NAMES, "0", "1"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&", "|"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"!{part}"),
    ),
    max_leaves=6,
)
NETWORKS = st.dictionaries(st.sampled_from(NAMES), RULES, min_size=1).map(from_rules)


WAYS = ["answer sets", "decision diagrams", "diagrams of any rule"]


@contextmanager
def only(way: str) -> Iterator[None]:
    """Questions are answered in this way alone, whatever the network would want."""
    by_diagrams = "diagrams" in way
    with ExitStack() as stack:
        if by_diagrams:
            stack.enter_context(patch.object(answer_sets, "LISTED_LIMIT", -1))
        if by_diagrams or way == "in trap spaces":
            stack.enter_context(patch.object(question, "STATES_LIMIT", -1))
            stack.enter_context(patch.object(outside, "_PATIENCE", 5))
        if way == "diagrams of any rule":
            stack.enter_context(patch.object(question, "certain", side_effect=LimitError("")))
        yield


def all_states(network: BooleanNetwork) -> list[str]:
    return ["".join(bits) for bits in product("01", repeat=len(network.species))]


def image(network: BooleanNetwork, state: str) -> str:
    values = dict(zip(sorted(network.species), map(int, state), strict=True))
    return "".join(str(evaluate(network.rules[name], values)) for name in sorted(network.species))


def successors(network: BooleanNetwork, state: str) -> set[str]:
    """The states that updating one species leads to, the state itself left out."""
    target = image(network, state)
    return {
        state[:place] + target[place] + state[place + 1 :]
        for place in range(len(state))
        if state[place] != target[place]
    }


def hull(states: set[str] | list[str]) -> str:
    return "".join(bits[0] if len(set(bits)) == 1 else "*" for bits in zip(*states, strict=True))


def inside(space: str) -> list[str]:
    return ["".join(bits) for bits in product(*("01" if value == "*" else value for value in space))]


def brute_force_attractors(network: BooleanNetwork) -> list[tuple[str, int]]:
    reachable: dict[str, set[str]] = {}
    for state in all_states(network):
        seen, stack = {state}, [state]
        while stack:
            for following in successors(network, stack.pop()) - seen:
                seen.add(following)
                stack.append(following)
        reachable[state] = seen
    terminal = {frozenset(seen) for seen in reachable.values() if all(reachable[other] == seen for other in seen)}
    return sorted((hull(set(states)), len(states)) for states in terminal)


@pytest.mark.parametrize("way", WAYS)
@given(network=NETWORKS)
@settings(max_examples=35)
def test_fixed_points_are_the_states_that_no_rule_changes(way: str, network: BooleanNetwork):
    expected = [state for state in all_states(network) if image(network, state) == state]
    with only(way):
        found = question.fixed_points(network)
    assert (list(found.states), found.count) == (expected, len(expected))


@given(network=NETWORKS)
@settings(max_examples=35)
def test_minimal_trap_spaces_are_the_smallest_subspaces_that_are_closed(network: BooleanNetwork):
    spaces = ["".join(bits) for bits in product("01*", repeat=len(network.species))]
    closed = [
        space
        for space in spaces
        if all(
            value in ("*", bit)
            for state in inside(space)
            for value, bit in zip(space, image(network, state), strict=True)
        )
    ]
    minimal = [s for s in closed if not any(t != s and set(inside(t)) < set(inside(s)) for t in closed)]
    for way in WAYS:
        with only(way):
            assert list(question.minimal_trap_spaces(network).states) == sorted(minimal), way


@given(network=NETWORKS)
@settings(max_examples=35)
def test_attractors_are_the_terminal_components(network: BooleanNetwork):
    expected = brute_force_attractors(network)
    for way in ("all states", "in trap spaces", "decision diagrams"):
        with only(way):
            found = question.attractors(network)
        assert sorted(zip(found.states, found.sizes, strict=True)) == expected, way
        assert found.cyclic == sum(size > 1 for _, size in expected), way


@pytest.mark.parametrize("way", ["all states", "in trap spaces", "decision diagrams"])
def test_an_attractor_outside_of_all_minimal_trap_spaces_is_found(way: str):
    network = from_rules({"A": "A & !(B & C) | B & C & !A", "B": "!A & !B | A & B & C", "C": "A | !C"})
    assert question.minimal_trap_spaces(network).states == ("101",)
    with only(way):
        found = question.attractors(network)
    assert list(zip(found.states, found.sizes, strict=True)) == [("***", 5), ("101", 1)]
    assert brute_force_attractors(network) == [("***", 5), ("101", 1)]


def test_attractors_of_large_networks_are_found_beside_many_free_inputs():
    """A ring of inhibitors that turns for ever wherever its input is on, and nine switches beside it."""
    ring = {f"R{number}": f"!R{number - 1} & I" for number in range(1, 9)} | {"R0": "!R8 & I"}
    found = question.attractors(from_rules({"I": "I", **ring, **{f"S{number}": f"S{number}" for number in range(9)}}))
    assert (found.count, found.cyclic) == (2**10, 2**9)


@given(NETWORKS)
@settings(max_examples=35)
def test_synchronous_attractors_are_the_cycles_of_updating_all_at_once(network: BooleanNetwork):
    cycles = set()
    for state in all_states(network):
        path: list[str] = []
        while state not in path:
            path.append(state)
            state = image(network, state)
        cycles.add(frozenset(path[path.index(state) :]))
    found = question.synchronous_attractors(network)
    assert sorted(zip(found.states, found.sizes, strict=True)) == sorted((hull(set(c)), len(c)) for c in cycles)


@given(network=NETWORKS)
@settings(max_examples=35)
def test_a_search_that_stops_at_a_limit_finds_minimal_trap_spaces_and_all_where_there_are_no_more(
    network: BooleanNetwork,
):
    every = question.minimal_trap_spaces(network).states
    with patch.object(question, "SPECIES_LIMIT", -1):
        assert question.minimal_trap_spaces(network, limit=len(every) + 1).states == every
        some = question.minimal_trap_spaces(network, limit=1).states
        assert len(some) == 1
        assert set(some) <= set(every)
        assert set(question.fixed_points(network, limit=1).states) <= set(question.fixed_points(network).states)


@pytest.mark.parametrize("seed", range(4))
def test_minimal_trap_spaces_of_large_random_networks_are_those_of_mpbn(seed: int):
    mpbn = pytest.importorskip("mpbn")
    random = Random(seed)
    names = [f"x{number}" for number in range(120)]
    rules = {}
    for name in names:
        sources = random.sample(names, random.choice((1, 2, 2, 3)))
        rules[name] = random.choice((" & ", " | ")).join(random.choice(("", "", "!")) + source for source in sources)
    expected = [
        "".join(str(space[name]) for name in sorted(names)) for space in mpbn.MPBooleanNetwork(rules).attractors()
    ]
    network = from_rules(rules)
    found = question.minimal_trap_spaces(network)
    assert list(found.states) == sorted(expected)
    still = [space for space in expected if "*" not in space]
    assert list(question.fixed_points(network).states) == sorted(still)


def test_an_output_of_a_synchronous_cycle_follows_what_was_one_step_before():
    """Y is what X was, and Z tells whether X differs from that, which it always does: X turns at each step."""
    network = from_rules({"X": "not X", "Y": "X", "Z": "X and not Y or Y and not X", "W": "Z and Y"})
    (state,) = question.synchronous_attractors(network).states
    assert dict(zip("WXYZ", state, strict=True)) == {"W": "*", "X": "*", "Y": "*", "Z": "1"}


def test_an_input_that_is_on_in_all_cells_or_in_none_is_not_left_open():
    network = replace(
        from_rules({name: name for name in "IJKL"}, initial={"I": 1, "L": 1}), chances={"I": 1.0, "J": 0.0, "K": 0.5}
    )
    assert set(question.fixed_points(network, inputs="initial").states) == {"1001", "1011"}


def test_inputs_are_free_or_set_or_initial():
    network = from_rules({"A": "I", "B": "A & !J"}, initial={"J": 1})
    assert question.fixed_points(network).count == 4
    assert question.fixed_points(network, inputs=1).states == ("1011",)
    assert question.minimal_trap_spaces(network, inputs=0).states == ("0000",)
    assert question.attractors(network, inputs="initial").states == ("0001",)
    with pytest.raises(ScenarioError, match="0 or 1"):
        question.fixed_points(network, inputs=2)


def test_a_limit_leaves_the_count_alone_and_says_that_more_exist():
    network = from_rules({f"S{number}": f"S{number}" for number in range(60)})
    found = question.fixed_points(network, limit=2)
    assert found.count == 2**60
    assert len(found.states) == len(set(found.states)) == 2
    assert not found.complete


def test_a_trap_space_around_another_is_not_minimal_though_none_lies_between_them():
    """Of A and B the trap spaces are 00 and all states; so many inputs that they are counted by diagrams."""
    inputs = {f"I{number}": f"I{number}" for number in range(12)}
    differ = "A and not B or B and not A"
    found = question.minimal_trap_spaces(from_rules({"A": differ, "B": differ, **inputs}), limit=3)
    assert found.count == 2**12
    assert {state[:2] for state in found.states} == {"00"}


@pytest.mark.parametrize("on", [0, 1])
def test_an_attractor_of_a_large_network_that_is_reached_has_its_own_size(on: int):
    """P and Q keep each other on or off; where they are on, X and Y go around through four states."""
    chain = {f"C{number:02}": f"C{number - 1:02}" for number in range(1, 17)} | {"C00": "P"}
    network = from_rules({"P": "Q", "Q": "P", "X": "P and not Y", "Y": "P and X", **chain})
    found = question.attractors(network)
    assert set(found.sizes) == {1, 4}
    reached = question.reached(network, dict.fromkeys(network.species, on), found)
    assert (reached.count, reached.cyclic, reached.sizes) == (1, on, (4 if on else 1,))


def test_all_attractors_that_cycle_are_counted_however_few_are_listed():
    network = from_rules({"A": "not A and I", "J": "J"})
    found = question.attractors(network, limit=1)
    assert (found.count, found.cyclic, len(found.states), len(found.sizes)) == (4, 2, 1, 1)


def test_what_is_too_large_is_refused_in_one_line():
    ring = {f"S{number}": f"S{(number + 1) % 30} & !S{(number + 2) % 30}" for number in range(30)}
    with pytest.raises(LimitError, match="30 species"):
        question.synchronous_attractors(from_rules(ring))
    with pytest.raises(LimitError, match="20 inputs"):
        question.attractors(from_rules({f"S{number}": f"S{number}" for number in range(20)}))
    ring = {f"S{number}": f"S{(number + 1) % 3000}" for number in range(3000)}
    with pytest.raises(LimitError, match="3000 species"):
        question.attractors(from_rules(ring))


def test_a_search_in_thousands_of_species_stops_at_the_limit_and_says_that_there_may_be_more():
    """1,500 pairs of switches, each of which has two fixed points."""
    switches = {f"S{number:04}": f"S{number ^ 1:04}" for number in range(3000)}
    network = from_rules(switches)
    for ask in (question.fixed_points, question.minimal_trap_spaces):
        found = ask(network, limit=3)
        assert len(set(found.states)) == found.count == 3
        assert not found.counted
        assert not found.complete
        for state in found.states:
            assert state[::2] == state[1::2]
            assert "*" not in state
    ring = {f"S{number:04}": f"S{(number + 1) % 3000:04}" for number in range(3000)}
    assert question.fixed_points(from_rules(ring), limit=3).complete


def test_fixed_points_and_trap_spaces_of_thousands_of_species_are_found():
    """A ring of copies has two fixed points; a negation in it leaves the whole space as its only trap space."""
    ring = {f"S{number:04}": f"S{(number + 1) % 3000:04}" for number in range(3000)}
    ends = ("0" * 3000, "1" * 3000)
    assert question.fixed_points(from_rules(ring)).states == ends
    assert question.minimal_trap_spaces(from_rules(ring)).states == ends
    odd = from_rules({**ring, "S2999": "!S0000"})
    assert question.minimal_trap_spaces(odd).states == ("*" * 3000,)
    assert question.fixed_points(odd).count == 0


def test_a_rule_of_thousands_of_terms_does_not_end_the_process():
    network = from_rules({"A": " | ".join(f"(B{number % 30} & A)" for number in range(20_000))})
    assert question.attractors(network, inputs=0).states == ("0" * 31,)
    assert question.fixed_points(network, limit=0).count == 2**31 - 1


@pytest.mark.parametrize("message", ["the delimiter of a name", "unlimited memory was refused", "limit"])
def test_an_error_whose_text_only_holds_the_word_limit_is_no_limit(message: str):
    def fails() -> None:
        raise ValueError(message)

    with pytest.raises(ValueError, match=message):
        diagrams._bounded(fails)


def test_what_decision_diagrams_say_of_their_size_is_a_limit():
    from biodivine_aeon import BddVariableSet

    variables = BddVariableSet(20)

    def too_large() -> object:
        parity = variables.mk_false()
        for each in variables.variable_ids():
            parity = parity.l_xor(variables.mk_literal(each, True), 5)
        return parity

    with pytest.raises(LimitError, match="too large"):
        diagrams._bounded(too_large)


def test_where_they_are_too_many_to_count_those_that_are_listed_are_some_of_them():
    """Fifteen free inputs, past what is listed; diagrams that grow too large, as those of a large network do."""
    rules = {f"I{number:02}": f"I{number:02}" for number in range(15)}
    network = from_rules({**rules, "A": "not B and I00", "B": "not A and I01"})
    too_large = patch.object(diagrams, "rows", side_effect=LimitError("too large"))
    for asked in (question.fixed_points, question.minimal_trap_spaces):
        with too_large:
            found = asked(network, limit=7)
        assert (len(set(found.states)), found.counted) == (7, False)
        for state in found.states:
            assert image(network, state) == state


def test_what_is_constant_makes_constant_what_it_decides_alone_and_shortens_the_other_rules():
    rules = {"A": "1", "B": "A or D", "C": "not A and D", "D": "A and E or C", "E": "E", "F": "A and B"}
    core = question._core(from_rules({name: parse(rule) for name, rule in rules.items()}), "free")
    assert core.fixed == {"A": 1, "B": 1, "C": 0, "F": 1}
    assert {name: text(rule) for name, rule in core.rules.items()} == {"D": "E", "E": "E"}
