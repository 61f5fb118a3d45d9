"""What the four semantics say side by side, on networks where the answer is known."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.expression import evaluate
from her2cli.logic.scenario import prepare
from her2cli.logic.semantics import verdicts
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
    assert effective.notes == ("stochastic: only in a share of the cells: Y 0.8; the others have it in all",)


NAMES = "ABCD"


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2**8 - 1), min_size=4, max_size=4), st.integers(0, 15))
def test_no_reachable_attractor_is_missed(tables, start):
    """Against all asynchronous paths: every value taken in an attractor that can be reached is told."""
    rules = {}
    for place, (name, table) in enumerate(zip(NAMES, tables, strict=True)):
        sources = [NAMES[(place + step) % 4] for step in range(3)]
        rows = [" and ".join(s if j >> i & 1 else f"not {s}" for i, s in enumerate(sources)) for j in range(8)]
        rules[name] = " or ".join(f"({row})" for j, row in enumerate(rows) if table >> j & 1) or "0"
    begin = tuple(start >> i & 1 for i in range(4))
    letters = pathway(rules, on="".join(n for n, bit in zip(NAMES, begin, strict=True) if bit))
    network = prepare(letters, Scenario()).untreated
    following = {}
    for state in product((0, 1), repeat=4):
        values = dict(zip(NAMES, state, strict=True))
        following[state] = {
            (*state[:i], evaluate(network.rules[n], values), *state[i + 1 :]) for i, n in enumerate(NAMES)
        } - {state}
    reach = {state: _reached(following, state) for state in following}
    settled = [s for s in reach[begin] if all(s in reach[other] for other in reach[s])]
    found = verdicts(letters, Scenario(), replicates=1)
    for place, verdict in enumerate(found.verdicts):
        assert {state[place] for state in settled} <= set(verdict.asynchronous)

    # Most-permissive attractors are the minimal trap spaces; an asynchronous attractor may lie outside all of them.
    spaces = [space for space in product((0, 1, None), repeat=4) if _is_trap(space, following)]
    around = min((space for space in spaces if _inside(begin, space)), key=lambda space: space.count(None))
    within = [space for space in spaces if _inside(space, around)]
    minimal = [space for space in within if not any(_inside(other, space) and other != space for other in within)]
    for place, verdict in enumerate(found.verdicts):
        values = {value for space in minimal for value in ((0, 1) if space[place] is None else (space[place],))}
        assert values == set(verdict.most_permissive)


def _inside(smaller, larger):
    return all(there is None or here == there for here, there in zip(smaller, larger, strict=True))


def _is_trap(space, following):
    return all(_inside(after, space) for state in following if _inside(state, space) for after in following[state])


def _reached(following, start):
    found, todo = {start}, [start]
    while todo:
        for state in following[todo.pop()] - found:
            found.add(state)
            todo.append(state)
    return found
