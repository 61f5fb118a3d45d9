"""Reasons and contraries, recomputed by brute force and by running the change."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.errors import UnknownName
from her2cli.expression import evaluate, variables
from her2cli.loading import load
from her2cli.logic.explain import Reason, contrary, explain, explain_scenario, reasons
from her2cli.logic.network import BooleanNetwork, from_rules
from her2cli.logic.scenario import prepare
from her2cli.logic.simulation import follow
from her2cli.logic.synchronous import average, settle, unpacked
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Rule, Scenario, Species, Speed

ON, OFF = Effect.activates, Effect.inhibits


def act(line: str, **options) -> Edge:
    source, arrow, target = line.split()
    return Edge(source=source, target=target, effect=ON if arrow == "->" else OFF, **options)


@pytest.fixture
def letters() -> Pathway:
    """L -> R -> K -> P and a loop G <-> H -> P; M -> K; the drugs X -| K and Y -| H; S is slow: K -> S."""
    edges = ("L -> R", "R -> K", "K -> P", "H -> P", "G -> H", "H -> G", "K -> S")
    return Pathway(
        name="letters",
        species={
            name: Species(id=name, initial=int(name in "LGH"), speed=Speed.slow if name == "S" else Speed.fast)
            for name in "LRKPGHS"
        },
        edges=tuple(act(line, evidence=(f"E{index}",)) for index, line in enumerate(edges)),
        rules={"P": Rule(target="P", text="K or H", note="either is enough", evidence=("Ref1",))},
        drugs={"X": Drug(id="X", edges=(act("X -| K"),)), "Y": Drug(id="Y", edges=(act("Y -| H"),))},
        alterations={"M": Alteration(id="M", edges=(act("M -> K"),))},
    )


def drawn(reason: Reason, depth: int = 0) -> list[str]:
    """The tree in lines."""
    line = f"{'  ' * depth}{reason.species}={reason.value:g} {reason.kind}"
    lines = [line + (f" ({' '.join(reason.loop)})" if reason.loop else "")]
    for because in reason.because:
        lines += drawn(because, depth + 1)
    return lines


def all_of(reason: Reason) -> list[Reason]:
    return [reason, *(r for because in reason.because for r in all_of(because))]


def test_reasons_go_down_to_drugs_inputs_and_loops(letters):
    both = Scenario(drugs=(("X", 1.0), ("Y", 1.0)))
    found = explain_scenario(letters, both, "P")
    assert drawn(found.reason) == ["P=0 rule", "  K=0 rule", "    X=1 drug", "  H=0 rule", "    Y=1 drug"]
    assert (found.reason.rule, found.reason.note, found.reason.evidence) == ("K or H", "either is enough", ("Ref1",))
    assert [(e.source, e.evidence) for e in found.reason.edges] == [("K", ("E2",)), ("H", ("E3",))]
    assert found.reason.because[0].rule == "R and not X"
    one = explain_scenario(letters, Scenario(drugs=(("X", 1.0),)), "P")
    assert drawn(one.reason) == ["P=1 rule", "  H=1 rule", "    G=1 rule", "      H=1 loop (H G)"]
    untreated = explain_scenario(letters, Scenario(), "k")
    assert drawn(untreated.reason) == ["K=1 rule", "  R=1 rule", "    L=1 input"]


def test_a_species_that_keeps_itself_on_is_a_loop_and_no_input():
    edges = (act("A -> A", evidence=("E1",)), act("A -> B"))
    letters = Pathway(name="loop", species={n: Species(id=n, initial=int(n == "A")) for n in "AB"}, edges=edges)
    found = explain_scenario(letters, Scenario(), "B")
    assert drawn(found.reason) == ["B=1 rule", "  A=1 rule", "    A=1 loop (A)"]
    assert found.reason.because[0].edges == (edges[0],)
    assert not found.from_inputs.sets


def test_alterations_ligands_and_clamps_are_named_as_such(letters):
    mutated = Scenario(alterations=("M",), ligands=("G",), clamps=(("R", 0),))
    assert drawn(explain_scenario(letters, mutated, "K").reason) == ["K=1 rule", "  M=1 alteration"]
    assert drawn(explain_scenario(letters, mutated, "G").reason) == ["G=1 ligand"]
    assert drawn(explain_scenario(letters, mutated, "R").reason) == ["R=0 clamp"]
    assert drawn(explain_scenario(letters, mutated, "M").reason) == ["M=1 alteration"]


def test_each_time_has_its_reasons(letters):
    scenario = Scenario(drugs=(("X", 1.0),))
    assert drawn(explain_scenario(letters, scenario, "S", time="before").reason)[0] == "S=1 rule"
    assert drawn(explain_scenario(letters, scenario, "S", time="early").reason) == ["S=1 slow"]
    assert drawn(explain_scenario(letters, scenario, "S").reason)[:2] == ["S=0 rule", "  K=0 rule"]


def test_a_species_that_keeps_changing_rests_on_those_that_change_with_it():
    network = from_rules({"A": "not B and C", "B": "A", "C": "C"}, initial={"C": 1})
    run = settle(network, network.initial)
    state, shares = unpacked(network, run.end), average(network, run.cycle)
    reason = explain(network, state, "A", shares=shares)
    assert drawn(reason) == ["A=0.5 cycle", "  B=0.5 cycle", "    A=0.5 loop (A B)"]


def test_a_species_explained_twice_is_expanded_once():
    network = from_rules({"P": "A and B", "A": "C", "B": "C", "C": "D", "D": "D"}, initial=dict.fromkeys("PABCD", 1))
    assert drawn(explain(network, network.initial, "P")) == [
        *("P=1 rule", "  A=1 rule", "    C=1 rule", "      D=1 input", "  B=1 rule", "    C=1 again")
    ]


def test_the_older_of_two_sufficient_reasons_is_given(letters):
    """P is on through the loop from the beginning; K comes later."""
    assert drawn(explain_scenario(letters, Scenario(), "P").reason)[1] == "  H=1 rule"


def test_an_unknown_species_is_refused_and_an_absent_drug_is_no_species(letters):
    with pytest.raises(UnknownName, match="No species 'Q'"):
        explain_scenario(letters, Scenario(), "Q")
    with pytest.raises(UnknownName):
        explain_scenario(letters, Scenario(), "X")


def test_a_chain_longer_than_any_stack_is_explained():
    rules = {f"S{i}": f"S{i - 1}" for i in range(1, 3000)}
    network = from_rules({**rules, "S0": "S0"})
    reason = explain(network, dict.fromkeys(network.species, 0), "S2999")
    depth = 1
    while reason.because:
        (reason,) = reason.because
        depth += 1
    assert (depth, reason.kind) == (3000, "input")


def test_the_contrary_names_drugs_first_and_any_species_second(letters):
    found = explain_scenario(letters, Scenario(drugs=(("X", 1.0), ("Y", 1.0))), "P")
    assert found.from_inputs.sets == ((("X", 0),),)
    assert found.from_species.sets == ((("X", 0),), (("K", 1),), (("H", 1),))
    assert found.from_inputs.size == 1
    one = explain_scenario(letters, Scenario(drugs=(("X", 1.0),)), "P")
    assert (one.from_inputs.sets, one.from_inputs.size, one.from_inputs.candidates) == ((), 2, 2)
    assert one.from_species.sets == ((("G", 0),), (("H", 0),))


def test_reasons_alone_are_those_of_the_explanation(letters):
    scenario = Scenario(drugs=(("X", 1.0),))
    expected = tuple(explain_scenario(letters, scenario, name).reason for name in "PS")
    assert reasons(letters, prepare(letters, scenario), "PS") == expected


NAMES = "ABCDE"
tables = st.tuples(st.lists(st.sampled_from(NAMES), max_size=3, unique=True), st.integers(0, 255))


def network_of(rows) -> BooleanNetwork:
    rules = {}
    for name, (sources, table) in zip(NAMES, rows, strict=True):
        minterms = [
            " and ".join(s if j >> i & 1 else f"not {s}" for i, s in enumerate(sources)) or "1"
            for j in range(2 ** len(sources))
            if table >> j & 1
        ]
        rules[name] = " or ".join(f"({m})" for m in minterms) or "0"
    return from_rules({**dict.fromkeys(NAMES, "0"), **rules})


def fixed(network: BooleanNetwork, state) -> bool:
    return all(evaluate(network.rules[n], state) == state[n] for n in network.species)


@given(st.lists(tables, min_size=5, max_size=5))
def test_named_regulators_force_the_value_and_no_smaller_set_does(rows):
    network = network_of(rows)
    for bits in product((0, 1), repeat=5):
        state = dict(zip(NAMES, bits, strict=True))
        if not fixed(network, state):
            continue
        for reason in all_of(explain(network, state, "A")):
            if reason.kind != "rule":
                continue
            rule = network.rules[reason.species]
            chosen = {because.species for because in reason.because}
            assert all(because.value == state[because.species] for because in reason.because)
            assert reason.smallest
            assert forced(rule, state, chosen)
            assert not any(
                forced(rule, state, set(s)) for s in combinations(variables(rule), max(len(chosen) - 1, 0)) if chosen
            )


def forced(rule, state, chosen) -> bool:
    free = [name for name in variables(rule) if name not in chosen]
    outcomes = {evaluate(rule, {**state, **dict(zip(free, b, strict=True))}) for b in product((0, 1), repeat=len(free))}
    return len(outcomes) == 1


@pytest.mark.parametrize("name", ["her2", "erbb"])
def test_every_reason_in_a_shipped_pathway_is_recomputed(name):
    pathway = load(name)
    scenario = Scenario(alterations=pathway.default_alterations, drugs=(("trastuzumab", 1.0),))
    prepared = prepare(pathway, scenario)
    state = unpacked(prepared.treated, follow(prepared).late.end)
    checked = 0
    for root in pathway.species:
        for reason in all_of(explain(prepared.treated, state, root)):
            rule = prepared.treated.rules[reason.species]
            if reason.kind != "rule" or len(variables(rule)) > 7 or evaluate(rule, state) != state[reason.species]:
                continue
            chosen = {because.species for because in reason.because}
            smaller = combinations(variables(rule), len(chosen) - 1) if chosen else ()
            assert forced(rule, state, chosen)
            assert not any(forced(rule, state, set(subset)) for subset in smaller)
            checked += 1
            break  # the roots take their turn, and each is the first reason of its own tree
    assert checked > 20


@settings(max_examples=60)
@given(st.lists(tables, min_size=5, max_size=5), st.sets(st.sampled_from(NAMES)))
def test_the_contrary_is_every_smallest_set_that_flips(rows, slow):
    network = BooleanNetwork(**{**vars_of(network_of(rows)), "slow": frozenset(slow)})
    for bits in product((0, 1), repeat=5):
        state = dict(zip(NAMES, bits, strict=True))
        if not fixed(network, state):
            continue
        found = contrary(network, state, "A")
        expected = ()
        for size in range(1, 4):
            trials = [t for t in combinations(upstream(network, "A"), size) if flips(network, state, t)]
            if trials:
                expected = tuple(tuple((n, 1 - state[n]) for n in trial) for trial in trials)
                break
        assert found.sets == expected


def vars_of(network: BooleanNetwork) -> dict:
    return {"species": network.species, "rules": network.rules, "initial": network.initial}


def upstream(network, name) -> list[str]:
    reached = {name}
    for _ in network.species:
        reached |= {source for target in reached for source in variables(network.rules[target])}
    return [n for n in network.species if n in reached - {name}]


def flips(network, state, trial) -> bool:
    """Held at the other value, the fast species come to rest, then the slow ones move, and so on to the end."""
    here = {**state, **{name: 1 - state[name] for name in trial}}
    free = [name for name in network.species if name not in trial]
    for _ in range(200):
        image = {name: evaluate(network.rules[name], here) for name in free}
        fast = {name: value for name, value in image.items() if value != here[name] and name not in network.slow}
        slow = {name: value for name, value in image.items() if value != here[name] and name in network.slow}
        if not fast and not slow:
            return here["A"] != state["A"]
        here.update(fast or slow)
    return False
