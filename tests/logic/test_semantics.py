"""What the four semantics say side by side, on networks where the answer is known."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her2cli.errors import LimitError
from her2cli.expression import evaluate
from her2cli.logic.ends import attractors, diagrams
from her2cli.logic.network import from_rules
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.semantics import verdicts
from her2cli.model import Drug, Edge, Effect, Pathway, Rule, Scenario, Species

OFF = Effect.inhibits


def pathway(rules: dict[str, str], *, on: str = "", **options) -> Pathway:
    return Pathway(
        name="letters",
        species={name: Species(id=name, initial=int(name in on)) for name in rules},
        rules={name: Rule(target=name, text=rule) for name, rule in rules.items() if rule != name},
        **options,
    )


def told(found) -> dict[str, tuple]:
    return {v.species: (v.synchronous, v.asynchronous, v.most_permissive, v.agree) for v in found.verdicts}


def test_a_cascade_is_the_same_under_all_semantics():
    found = verdicts(pathway({"L": "L", "K": "L", "P": "not K"}, on="L"), Scenario())
    assert told(found) == {
        "L": (1, (1,), (1,), True),
        "K": (1, (1,), (1,), True),
        "P": (0, (0,), (0,), True),
    }
    assert (found.asynchronous, found.most_permissive) == (1, 1)
    assert [v.stochastic for v in found.verdicts] == [1, 1, 0]


def test_a_toggle_at_its_tipping_point_is_told_apart():
    """A -| B -| A from both off: synchronous updates swing for ever, the others fall to either side."""
    found = verdicts(pathway({"A": "not B", "B": "not A"}), Scenario())
    assert told(found) == dict.fromkeys("AB", (0.5, (0, 1), (0, 1), False))
    assert (found.asynchronous, found.most_permissive) == (2, 2)
    assert all(abs(v.stochastic - 0.5) < 4.5 * (0.25 / 1000) ** 0.5 for v in found.verdicts)


def test_attractors_out_of_reach_are_not_told():
    """A <-> B hold each other off from the start; the attractor with both on cannot be reached."""
    found = verdicts(pathway({"A": "B", "B": "A"}), Scenario())
    assert told(found)["A"] == (0, (0,), (0,), True)
    assert found.asynchronous == 1


def test_a_treatment_is_followed_from_the_untreated_tumour():
    """K and B sustain each other once L has lit them, so a drug on L comes too late and one on K does not."""
    drugs = {
        "X": Drug(id="X", edges=(Edge(source="X", target="L", effect=OFF),)),
        "Y": Drug(id="Y", edges=(Edge(source="Y", target="K", effect=OFF),), efficacy=0.8),
    }
    letters = pathway({"L": "L", "K": "L or B", "B": "K"}, on="L", drugs=drugs)
    late = verdicts(letters, Scenario(drugs=(("X", 1.0),)))
    assert told(late)["B"] == (1, (1,), (1,), True)
    effective = verdicts(letters, Scenario(drugs=(("Y", 1.0),)))
    assert told(effective)["B"] == (0, (0,), (0,), True)
    assert abs(effective.verdicts[2].stochastic - 0.2) < 4.5 * (0.16 / 1000) ** 0.5
    assert effective.notes == (
        "stochastic: only in a share of the cells: Y 0.8; the others have it in all",
        "what Y does in a share of the cells only (efficacy) acts fully here, in on and off",
    )


def test_a_tumour_that_cycles_is_treated_at_any_moment():
    """A -| A turns for ever, and M follows it; X holds A off and M at the value that it happens to have."""
    drugs = {"X": Drug(id="X", edges=(Edge(source="X", target="A", effect=OFF),))}
    found = verdicts(
        pathway({"A": "not A", "M": "(A and not X) or (M and X)"}, drugs=drugs), Scenario(drugs=(("X", 1.0),))
    )
    assert told(found)["A"] == (0, (0,), (0,), True)
    assert told(found)["M"] == (0.5, (0, 1), (0, 1), False)
    assert (found.asynchronous, found.most_permissive) == (2, 2)


NAMES = "ABCD"


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2**8 - 1), min_size=4, max_size=4), st.integers(0, 15))
def test_the_attractors_are_those_that_can_be_reached(tables, start):
    """Against all asynchronous paths: the values told are those taken in attractors that can be reached, no others."""
    rules = {}
    for place, (name, table) in enumerate(zip(NAMES, tables, strict=True)):
        sources = [NAMES[(place + step) % 4] for step in range(3)]
        rows = [" and ".join(s if j >> i & 1 else f"not {s}" for i, s in enumerate(sources)) for j in range(8)]
        rules[name] = " or ".join(f"({row})" for j, row in enumerate(rows) if table >> j & 1) or "0"
    begin = tuple(start >> i & 1 for i in range(4))
    letters = pathway(rules, on="".join(n for n, bit in zip(NAMES, begin, strict=True) if bit))
    network = prepare(letters, Scenario()).untreated
    following = _updates(network.rules, NAMES)
    settled = {state for attractor in _settled(following, begin) for state in attractor}
    found = verdicts(letters, Scenario(), sampling=Sampling(replicates=1))
    for place, verdict in enumerate(found.verdicts):
        assert {state[place] for state in settled} == set(verdict.asynchronous)

    # Most-permissive attractors are the minimal trap spaces; an asynchronous attractor may lie outside all of them.
    spaces = [space for space in product((0, 1, None), repeat=4) if _is_trap(space, following)]
    around = min((space for space in spaces if _inside(begin, space)), key=lambda space: space.count(None))
    within = [space for space in spaces if _inside(space, around)]
    minimal = [space for space in within if not any(_inside(other, space) and other != space for other in within)]
    for place, verdict in enumerate(found.verdicts):
        values = {value for space in minimal for value in ((0, 1) if space[place] is None else (space[place],))}
        assert values == set(verdict.most_permissive)


WIDE = "ABCDEFGH"
LITERALS = st.tuples(st.sampled_from(WIDE), st.booleans()).map(lambda pair: pair[0] if pair[1] else f"not {pair[0]}")
DNF = st.lists(st.lists(LITERALS, min_size=1, max_size=3), min_size=1, max_size=3).map(
    lambda terms: " or ".join(f"({' and '.join(term)})" for term in terms)
)


@pytest.mark.parametrize("limit", [attractors.STATES_LIMIT, -1], ids=["from all states", "by diagrams"])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DNF, min_size=8, max_size=8), st.integers(0, 255))
def test_asynchronous_attractors_are_counted_by_reachability(monkeypatch, limit, rules, start):
    """Against a walk through the states of eight species, whichever way the attractors are found."""
    begin = {name: start >> place & 1 for place, name in enumerate(WIDE)}
    network = from_rules(dict(zip(WIDE, rules, strict=True)), initial=begin)
    following = _updates(network.rules, WIDE)
    expected = _settled(following, tuple(begin.values()))
    everything = attractors.attractors(network, inputs="initial")
    with monkeypatch.context() as patch:
        patch.setattr(attractors, "STATES_LIMIT", limit)
        try:
            found = attractors.reached(network, begin, everything)
        except LimitError:  # an attractor that has no trap space of its own
            spaces = [tuple(None if bit == "*" else int(bit) for bit in state) for state in everything.states]
            apart = all(not _overlap(*pair) for pair in combinations(spaces, 2))
            assert limit == -1
            assert not (apart and all(_is_trap(space, following) for space in spaces))
            return
    pairs = sorted((_hull(attractor), len(attractor)) for attractor in expected)
    assert sorted(zip(found.states, found.sizes, strict=True)) == pairs
    assert (found.count, found.cyclic) == (len(expected), sum(size > 1 for _, size in pairs))


def test_what_most_permissive_reaches_and_asynchronous_updates_do_not_is_told_apart():
    """S0 lights S1, which takes S2 away; S0 stays on only with S1, and asynchronous updates never lose it before."""
    letters = pathway({"S0": "(S0 and S1) or (S2 and not S1 and not S0)", "S1": "S1 or S0", "S2": "not S1"})
    found = verdicts(letters, Scenario(), sampling=Sampling(replicates=100))
    assert told(found)["S0"] == (0, (1,), (0, 1), False)
    assert [verdict.reachable for verdict in found.verdicts] == [(0, 1), (0, 1), (0, 1)]
    assert (found.asynchronous, found.most_permissive) == (1, 2)


def test_what_a_species_can_be_on_the_way_is_told_besides_where_it_ends():
    """A pulse: K is on between L and its inhibitor N, and only a slow N lets P through. Nothing can light Z."""
    found = verdicts(
        pathway({"L": "L", "K": "L and not N", "N": "K or N", "P": "K and N or P", "Z": "Z"}, on="L"), Scenario()
    )
    can_be = {verdict.species: verdict.reachable for verdict in found.verdicts}
    assert can_be == {"L": (1,), "K": (0, 1), "N": (0, 1), "P": (0, 1), "Z": (0,)}
    assert told(found)["K"][2] == (0,)


@settings(max_examples=25)
@given(st.lists(DNF, min_size=8, max_size=8), st.integers(0, 255))
def test_what_a_species_can_be_is_what_most_permissive_updates_reach(rules, start):
    """Against the smallest trap space by all its states; what asynchronous updates reach is among it."""
    letters = pathway(
        dict(zip(WIDE, rules, strict=True)), on="".join(n for place, n in enumerate(WIDE) if start >> place & 1)
    )
    network = prepare(letters, Scenario()).untreated
    found = verdicts(letters, Scenario(), sampling=Sampling(replicates=1))
    visited = _reached(_updates(network.rules, WIDE), tuple(network.initial[name] for name in WIDE))
    space = [{network.initial[name]} for name in WIDE]
    while True:
        states = [dict(zip(WIDE, state, strict=True)) for state in product(*space)]
        grown = [own | {evaluate(network.rules[n], s) for s in states} for n, own in zip(WIDE, space, strict=True)]
        if grown == space:
            break
        space = grown
    for place, (verdict, values) in enumerate(zip(found.verdicts, space, strict=True)):
        assert set(verdict.reachable) == values
        assert {state[place] for state in visited} <= values


def test_a_rule_too_wide_to_ask_leaves_what_is_reachable_unknown_and_a_note():
    swinging = {f"X{number}": f"not X{number}" for number in range(18)}
    wide = f"(X0 or not X1) and {' and '.join(swinging)}"
    found = verdicts(pathway({**swinging, "A": wide}), Scenario(), sampling=Sampling(replicates=1))
    assert {(v.asynchronous, v.most_permissive, v.reachable) for v in found.verdicts} == {(None, None, None)}
    assert found.notes[0].startswith("most-permissive and asynchronous: the rule of A is too large")


def test_where_reachability_is_too_hard_to_tell_a_note_says_so(monkeypatch):
    """Eighteen species that swing at their own pace, and a toggle that they leave alone: both sides are reached."""
    swinging = {f"X{number}": f"not X{number}" for number in range(18)}
    letters = pathway({**swinging, "A": "not B", "B": "not A"})
    assert not verdicts(letters, Scenario(), sampling=Sampling(replicates=1)).notes[:-1]
    monkeypatch.setattr(diagrams, "_REACH_LIMIT", 1)
    found = verdicts(letters, Scenario(), sampling=Sampling(replicates=1))
    assert found.asynchronous == 2
    assert "asynchronous updates may reach fewer" in found.notes[0]


def _updates(rules, names):
    """For each state those one asynchronous update away."""
    following = {}
    for state in product((0, 1), repeat=len(names)):
        values = dict(zip(names, state, strict=True))
        following[state] = {
            (*state[:i], evaluate(rules[name], values), *state[i + 1 :]) for i, name in enumerate(names)
        } - {state}
    return following


def _settled(following, begin):
    """The attractors that *begin* leads to, each the set of its states: what leads back from all that is ahead."""
    before = {state: set() for state in following}
    for state, after in following.items():
        for other in after:
            before[other].add(state)
    found, left = [], _reached(following, begin)
    while left:
        state = next(iter(left))
        ahead, leading = _reached(following, state), _reached(before, state)
        if ahead <= leading:
            found.append(ahead)
        left -= leading  # in this attractor, or, as the state itself, in none
    return found


def _hull(states):
    return "".join("*" if len(set(column)) == 2 else str(column[0]) for column in zip(*states, strict=True))


def _inside(smaller, larger):
    return all(there is None or here == there for here, there in zip(smaller, larger, strict=True))


def _overlap(one, other):
    return all(None in (here, there) or here == there for here, there in zip(one, other, strict=True))


def _is_trap(space, following):
    return all(_inside(after, space) for state in following if _inside(state, space) for after in following[state])


def _reached(following, start):
    found, todo = {start}, [start]
    while todo:
        for state in following[todo.pop()] - found:
            found.add(state)
            todo.append(state)
    return found
