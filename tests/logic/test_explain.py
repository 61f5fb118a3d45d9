"""Reasons and contraries, recomputed by brute force and by running the change."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.errors import UnknownName
from her2cli.expression import And, Or, Var, evaluate, parse, substitute, variables
from her2cli.loading import load, load_text
from her2cli.logic.network import BooleanNetwork, from_rules
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions import flips
from her2cli.logic.questions.reasons import (
    Contrary,
    Reason,
    _Explainer,
    _Situation,
    contraries,
    explain_scenario,
    parts_behind,
    reasons,
    usual_cell,
)
from her2cli.logic.questions.simulation import on_and_off, stepped
from her2cli.logic.runs.synchronous import Settled, packed, settle, shares_of_time, unpacked
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Rule, Scenario, Species, Speed

EVERY = bool(os.environ.get("HER2_TEST_EVERY"))  # all species, not a sample: minutes

ON, OFF = Effect.activates, Effect.inhibits


def act(line: str, **options) -> Edge:
    source, arrow, target = line.split()
    return Edge(source=source, target=target, effect=ON if arrow == "->" else OFF, **options)


def average(network: BooleanNetwork, cycle) -> dict[str, float]:
    """The share of the states of *cycle* in which each species is on."""
    return shares_of_time(network, [(tuple(cycle),)])


def reason_in(network: BooleanNetwork, cycle, species: str) -> Reason:
    """The reasons for *species* where *network* goes through the packed states of *cycle*."""
    return _Explainer(_Situation(network, tuple(cycle), average(network, cycle)), {}).tree(species)


@pytest.fixture
def letters() -> Pathway:
    """L -> R -> K -> P and a loop G <-> H -> P; M -> K; the drugs X -| K and Y -| H; S is slow: K -> S."""
    edges = ("L -> R", "R -> K", "K -> P", "H -> P", "G -> H", "H -> G", "K -> S")
    return Pathway(
        name="letters",
        species={
            name: Species(
                id=name,
                kind="ligand" if name in "LG" else "",
                initial=int(name in "LGH"),
                speed=Speed.slow if name == "S" else Speed.fast,
            )
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
    assert [each.sets for each in found.from_inputs] == [()]  # there is no input


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
    reason = reason_in(network, settle(network, network.initial).cycle, "A")
    assert drawn(reason) == ["A=0.5 cycle", "  B=0.5 cycle", "    A=0.5 loop (A B)"]


def test_a_species_explained_twice_is_expanded_once():
    network = from_rules({"P": "A and B", "A": "C", "B": "C", "C": "D", "D": "D"}, initial=dict.fromkeys("PABCD", 1))
    assert drawn(reason_in(network, [packed(network, network.initial)], "P")) == [
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
    reason = reason_in(network, [0], "S2999")
    depth = 1
    while reason.because:
        (reason,) = reason.because
        depth += 1
    assert (depth, reason.kind) == (3000, "input")


def test_the_contrary_names_drugs_first_and_any_species_second(letters):
    found = explain_scenario(letters, Scenario(drugs=(("X", 1.0), ("Y", 1.0))), "P")
    (given,), (any_species,) = found.from_inputs, found.from_species
    assert (given.value, given.sets, given.size) == (1, ((("X", 0),),), 1)
    assert any_species.sets == ((("X", 0),), (("K", 1),), (("H", 1),))
    one = explain_scenario(letters, Scenario(drugs=(("X", 1.0),)), "P")
    (given,), (any_species,) = one.from_inputs, one.from_species
    assert (given.sets, given.size, given.candidates, given.tried) == ((), 2, 2, ("X", "L"))
    assert any_species.sets == ((("G", 0),), (("H", 0),))


def test_what_the_scenario_gives_includes_clamps_and_inputs_on_which_something_acts():
    pathway = Pathway(
        name="letters",
        species={name: Species(id=name) for name in "IKP"},
        edges=(act("I -> K"), act("K -> P")),
        alterations={"M": Alteration(id="M", edges=(act("M -> I"),))},
    )
    clamped = explain_scenario(pathway, Scenario(clamps=(("K", 0),)), "P")
    assert clamped.from_inputs[0].sets == ((("K", 1),),)
    mutated = explain_scenario(pathway, Scenario(alterations=("M",)), "P")
    assert mutated.from_inputs[0].sets == ((("M", 0),), (("I", 0),))


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


SLOW = st.sets(st.sampled_from(NAMES))


def settled_anywhere(rows, slow, bits, frozen):
    """A network of letters with slow ones, and the states that it settles in."""
    network = BooleanNetwork(**{**vars_of(network_of(rows)), "slow": frozenset(slow)})
    start = dict(zip(NAMES, bits, strict=True))
    return network, lasting(settle(network, start, frozen_slow=frozen))


def lasting(settled: Settled) -> list[int]:
    """The states of a cycle that last."""
    return list(dict.fromkeys(state for part in settled.lasting for state in part))


@settings(max_examples=90)
@given(st.lists(tables, min_size=5, max_size=5), SLOW, st.tuples(*[st.integers(0, 1)] * 5))
def test_every_reason_is_true_at_every_moment_and_none_smaller_is(rows, slow, bits):
    network, cycle = settled_anywhere(rows, slow, bits, frozen=False)
    states = [unpacked(network, each) for each in cycle]
    shares = average(network, cycle)
    still = {name for name in NAMES if shares[name] in (0, 1)}
    for reason in all_of(reason_in(network, cycle, "A")):
        rule, because = network.rules[reason.species], {each.species for each in reason.because}
        names = set(variables(rule))
        assert reason.value == shares[reason.species]
        assert reason.smallest
        if reason.kind == "rule":
            assert because <= still
            assert evaluate(rule, states[0]) == reason.value
            assert forced(rule, states[0], because)
            assert not any(forced(rule, states[0], smaller) for smaller in without_one(because, names & still))
        elif reason.kind == "constant":
            assert forced(rule, states[0], ())
        elif reason.kind == "throughout":
            assert reason.species in still
            assert not forced(rule, states[0], names & still)
            assert all(evaluate(rule, state) == reason.value and forced(rule, state, because) for state in states)
            for smaller in without_one(because, names):
                assert not all(forced(rule, state, smaller) for state in states)
        elif reason.kind in {"cycle", "slow"}:
            assert (reason.kind == "slow") == (reason.species in still)
            assert because == {name for name in names - still if has_effect(rule, name, states[0], names & still)}
            if reason.kind == "slow":
                assert reason.species in slow
                assert {evaluate(rule, state) for state in states} == {0, 1}
        elif reason.kind == "loop":
            ring = (*reason.loop, reason.species)
            assert all(after in variables(network.rules[name]) for name, after in pairwise(ring))
            assert len({name in still for name in ring}) == 1
        else:
            assert reason.kind in {"again", "input"}


def without_one(because, among):
    """All sets of *among* with one member less than *because*."""
    return combinations(sorted(among), len(because) - 1) if because else ()


def has_effect(rule, name, state, still) -> bool:
    """Whether *name* can change the value of *rule* while what keeps *still* does so."""
    free = [other for other in variables(rule) if other not in still and other != name]
    for bits in product((0, 1), repeat=len(free)):
        here = {**state, **dict(zip(free, bits, strict=True))}
        if evaluate(rule, {**here, name: 0}) != evaluate(rule, {**here, name: 1}):
            return True
    return False


def test_a_species_that_is_steady_while_its_regulators_cycle_has_the_steady_reason():
    """P is on while X and Y take turns; I is off, and with it what they do to Q; W follows only what lasts."""
    rules = {"X": "not X", "Y": "not Y", "P": "X or Y", "Q": "(X or Y) and I", "W": "X", "I": "I"}
    network = from_rules({**rules, "R": "X and I or Y"}, initial={"X": 1}, slow="W")
    cycle = settle(network, network.initial).cycle
    assert drawn(reason_in(network, cycle, "Q")) == ["Q=0 rule", "  I=0 input"]
    assert drawn(reason_in(network, cycle, "P"))[0] == "P=1 throughout"
    assert [each.species for each in reason_in(network, cycle, "P").because] == ["X", "Y"]
    assert drawn(reason_in(network, cycle, "W"))[:2] == ["W=0 slow", "  X=0.5 cycle"]
    assert drawn(reason_in(network, cycle, "R"))[:2] == ["R=0.5 cycle", "  Y=0.5 cycle"]


def test_a_rule_that_is_always_on_says_so():
    network = from_rules({"T": "A and not A or 1", "U": "A or not A"}, initial={"T": 1, "U": 1})
    for name in "TU":
        assert drawn(reason_in(network, [packed(network, network.initial)], name)) == [f"{name}=1 constant"]


def forced(rule, state, chosen) -> bool:
    free = [name for name in variables(rule) if name not in chosen]
    outcomes = {evaluate(rule, {**state, **dict(zip(free, b, strict=True))}) for b in product((0, 1), repeat=len(free))}
    return len(outcomes) == 1


@pytest.mark.parametrize("name", ["her2", "erbb"])
def test_every_reason_in_a_shipped_pathway_is_recomputed(name):
    pathway = load(name)
    scenario = Scenario(alterations=pathway.default_alterations, drugs=(("trastuzumab", 1.0),))
    prepared = prepare(pathway, scenario)
    state = unpacked(prepared.treated, stepped(prepared).late.end)
    checked = 0
    for root in pathway.species:
        for reason in all_of(reason_in(prepared.treated, [packed(prepared.treated, state)], root)):
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


@settings(max_examples=90, deadline=None)
@given(st.lists(tables, min_size=5, max_size=5), SLOW, st.tuples(*[st.integers(0, 1)] * 5), st.booleans())
def test_the_contraries_are_every_smallest_set_that_does_it(rows, slow, bits, frozen):
    network, cycle = settled_anywhere(rows, slow, bits, frozen)
    check_contraries(network, cycle, "A", frozen)


@settings(max_examples=40, deadline=None)
@given(st.lists(tables, min_size=5, max_size=5), SLOW, st.tuples(*[st.integers(0, 1)] * 5))
def test_the_contraries_hold_beside_a_fast_and_a_slow_clock(rows, slow, bits):
    """Other species cycle with three and four states: what is upstream of A may or may not see them."""
    network = network_of(rows)
    clocks = {"X": "not Z", "Y": "X", "Z": "Y", "S": "not T", "T": "S"}
    seen = {name: Or((And((rule, Var("X"))), And((rule, Var("S"))))) for name, rule in network.rules.items()}
    rules = {**network.rules, "B": seen["B"], **{name: parse(rule) for name, rule in clocks.items()}}
    network = from_rules(rules, initial=dict(zip(NAMES, bits, strict=True)), slow={*slow, "S", "T"})
    check_contraries(network, lasting(settle(network, network.initial)), "A", frozen=False, sizes=2)


def check_contraries(network, cycle, target, frozen, sizes=3):
    """Compare `contraries` with running each set on its own."""
    state, shares = unpacked(network, cycle[0]), average(network, cycle)
    candidates = upstream(network, target)
    expected = {value: None for value in (1, 0) if shares[target] != value}
    for size in range(1, sizes + 1):
        outcomes = {}
        for names in combinations(candidates, size):
            for values in product(*([v for v in (1, 0) if shares[name] != v] for name in names)):
                trial = tuple(zip(names, values, strict=True))
                outcomes[trial] = {each[target] for each in last_states(network, state, dict(trial), frozen)}
        for value, found in expected.items():
            if found is None and any(end == {value} for end in outcomes.values()):
                expected[value] = tuple(trial for trial, end in outcomes.items() if end == {value})
    found = contraries(network, state, target, shares=shares, frozen=frozen)
    assert [each.value for each in found] == list(expected)
    for each in found:
        assert not each.unsearched
        assert each.tried == tuple(candidates)
        if each.size <= sizes:
            assert each.sets == (expected[each.value] or ())
        else:
            assert expected[each.value] is None


def vars_of(network: BooleanNetwork) -> dict:
    return {"species": network.species, "rules": network.rules, "initial": network.initial}


def upstream(network, name) -> list[str]:
    reached = {name}
    for _ in network.species:
        reached |= {source for target in reached for source in variables(network.rules[target])}
    return [n for n in network.species if n in reached - {name}]


def last_states(network, state, held, frozen) -> list[dict[str, int]]:
    """What lasts of where the network ends with *held* held: a simulator of its own, which keeps every state it passes.

    The fast species move together until they have been there before; then the slow ones do what all states of that
    round ask for, from the first of them on. Only these states last.
    """
    here = {**state, **held}
    free = [name for name in network.species if name not in held]
    slow = [name for name in free if name in network.slow and not frozen]
    fast = [name for name in free if name not in network.slow]
    rounds: list[tuple[dict, list[dict]]] = []  # where each round set out, and what it came to
    while here not in [start for start, _ in rounds]:
        start, passed = here, []
        while here not in passed:
            passed.append(here)
            here = {**here, **{name: evaluate(network.rules[name], here) for name in fast}}
        round_and_round = passed[passed.index(here) :]
        asked = [
            name for name in slow if all(evaluate(network.rules[name], each) != here[name] for each in round_and_round)
        ]
        if not asked:
            return round_and_round
        rounds.append((start, round_and_round))
        here = {**here, **{name: 1 - here[name] for name in asked}}
    first = [start for start, _ in rounds].index(here)
    return [state for _, lasting in rounds[first:] for state in lasting]


def test_a_clock_elsewhere_hides_no_flip():
    network = from_rules({"A": "A", "B": "A", "C": "not C"})
    cycle = settle(network, network.initial).cycle
    (found,) = contraries(network, unpacked(network, cycle[0]), "B", shares=average(network, cycle))
    assert found == Contrary(value=1, sets=((("A", 1),),), size=1, tried=("A",))


def test_a_flip_counts_though_it_starts_a_clock_elsewhere():
    network = from_rules({"A": "A", "B": "A", "C": "A and not C", "D": "D", "E": "B or C and D"})
    (found,) = contraries(network, network.initial, "E")
    assert found.sets == ((("A", 1),), (("B", 1),))


def test_of_a_species_that_cycles_both_values_are_tried():
    network = from_rules({"A": "not B", "B": "A", "P": "A or B", "Q": "A and I", "I": "I"})
    cycle = settle(network, network.initial).cycle
    state, shares = unpacked(network, cycle[0]), average(network, cycle)
    on, off = contraries(network, state, "P", shares=shares)
    assert (on.value, on.sets) == (1, ((("A", 1),), (("B", 1),), (("B", 0),)))
    assert (off.value, off.sets) == (0, ((("A", 0),),))


@pytest.mark.parametrize("alterations", ["none", "default"])
def test_what_holding_one_species_flips_in_the_literature_s_network_is_what_simulate_tells(alterations):
    """Species held at 0 and at 1 in turn; without a treatment the run sets out from the same states."""
    pathway = load("erbb")
    scenario = Scenario(alterations=pathway.default_alterations if alterations == "default" else ())
    values = {name: each.late for name, each in on_and_off(pathway, scenario).items()}
    ends = {}
    readers = prepare(pathway, scenario).untreated.dependents
    held = sorted(pathway.species, key=lambda name: -len(readers[name]))[: None if EVERY else 8]  # which flip most
    for name in held:
        for value in (1, 0):
            clamped = on_and_off(pathway, replace(scenario, clamps=((name, value),)))
            ends[name, value] = {other: each.late for other, each in clamped.items()}
    prepared = prepare(pathway, scenario)
    network, before = prepared.untreated, stepped(prepared).before
    state, shares = unpacked(network, before.end), shares_of_time(network, [before.lasting])
    flips = 0
    for target in list(pathway.species)[:: 1 if EVERY else 5]:
        candidates = [name for name in upstream(network, target) if name in held]
        for found in contraries(network, state, target, shares=shares):
            expected = {
                ((name, value),)
                for name in candidates
                for value in (1, 0)
                if values[name] != value and ends[name, value][target] == found.value
            }
            assert not found.unsearched
            singles = {each for each in found.sets if len(each) == 1 and each[0][0] in held}
            assert singles == expected, target
            flips += len(expected)
    assert flips > 5


@pytest.mark.parametrize(
    ("target", "drug", "alone"),
    [
        ("INSR", "lapatinib", {"SERUM": 0}),
        ("ERK", "lapatinib", {"MEK": 1, "NF1": 0, "NRG3": 1, "NRG4": 1, "BTC": 1, "SHC1": 1}),
        ("HER4_HER4", "lapatinib", {"NRG3": 1, "NRG4": 1, "BTC": 1}),
    ],
)
def test_what_flips_under_a_drug_is_found_though_the_feedbacks_cycle(target, drug, alone):
    pathway = load("erbb")
    scenario = Scenario(alterations=pathway.default_alterations, drugs=((drug, 1.0),))
    found = explain_scenario(pathway, scenario, target)
    assert found.from_species[0].size == 1
    sets = {name: value for ((name, value),) in found.from_species[0].sets}
    assert alone.items() <= sets.items()
    prepared = prepare(pathway, scenario)
    network, state = prepared.treated, unpacked(prepared.treated, stepped(prepared).late.end)
    for name in upstream(network, target)[:: 1 if EVERY else 4]:
        shown = [
            v for v in (0, 1) if {s[target] for s in last_states(network, state, {name: v}, False)} == {1 - found.value}
        ]
        assert ([sets[name]] if name in sets else []) == shown


@settings(max_examples=20, deadline=None)
@given(st.lists(tables, min_size=5, max_size=5), SLOW, st.tuples(*[st.integers(0, 1)] * 5), st.booleans())
def test_trials_beside_each_other_end_as_each_does_alone(rows, slow, bits, frozen):
    """D, E and a chain that C sets off are not upstream of A, but tell when the slow S stops the ring of X, Y, Z."""
    network = network_of(rows)
    inner = {name: substitute(network.rules[name], {"D": Var("B"), "E": Var("C")}) for name in "ABC"}
    ring = {"X": "not Z and not S or X and S", "Y": "X and not S or Y and S", "Z": "Y and not S or Z and S"}
    others = {**ring, "S": "Q", "Q": "Q", "F": "C", "G": "F", "H": "G"}
    rules = {**network.rules, **inner, **{name: parse(rule) for name, rule in others.items()}}
    rules["A"] = Or((And((inner["A"], Var("X"))), And((Var("S"), Var("Y")))))
    network = from_rules(rules, initial={**dict(zip(NAMES, bits, strict=True)), "Q": 1}, slow={*slow, "S"})
    state = network.initial
    trials = [
        tuple(zip(names, values, strict=True))
        for size in (1, 2)
        for names in combinations(network.species, size)
        for values in product((0, 1), repeat=size)
    ]
    found = flips.ends(network, state, "A", trials, frozen_slow=frozen)
    assert not found.unknown
    for lane, trial in enumerate(trials):
        shown = {each["A"] for each in last_states(network, state, dict(trial), frozen)}
        assert (found.on >> lane & 1, found.off >> lane & 1) == (shown == {1}, shown == {0}), trial


def test_trials_of_many_blocks_end_as_those_of_one(monkeypatch):
    """S stops the ring of X, Y, Z wherever it is; how long C and its followers take, which A does not hang on, tells.

    So these trials are run again with all species, and that in several blocks, too.
    """
    ring = {"X": "not Z and not S or X and S", "Y": "X and not S or Y and S", "Z": "Y and not S or Z and S"}
    others = {"S": "Q", "Q": "Q", "A": "X", "B": "not A", "C": "C", "D": "C", "E": "D", "F": "E"}
    rules = {name: parse(rule) for name, rule in {**ring, **others}.items()}
    network = from_rules(rules, initial=dict.fromkeys("QC", 1), slow="S")
    few = [((name, value),) for name in network.species for value in (0, 1)]
    once = flips.ends(network, network.initial, "B", few)
    assert once.on
    assert once.off
    assert 0 < sum(map(int.bit_count, (once.on, once.off))) <= len(few)
    monkeypatch.setattr(flips, "_BLOCK_BITS", 1)  # a thousand trials in a block, the fewest there are
    many = [few[place % len(few)] for place in range(2_500)]
    found = flips.ends(network, network.initial, "B", many)
    for lane in range(len(many)):
        expected = (once.on >> lane % len(few) & 1, once.off >> lane % len(few) & 1)
        assert (found.on >> lane & 1, found.off >> lane & 1) == expected, lane


def test_an_agent_that_is_held_brings_and_takes_all_of_its_parts():
    """Of a drug with an efficacy of its own on an edge a second input tells where that edge acts."""
    text = (
        "schema: 1\nspecies: {I: {initial: 1}, P: {}, R: {}}\nedges:\n  - {source: I, target: P, effect: activates}\n"
        "  - {source: I, target: R, effect: activates}\n"
        "drugs: {d: {edges: [{target: P, effect: inhibits, efficacy: 0.5}, {target: R, effect: inhibits}]}}\n"
    )
    network = prepare(load_text(text), Scenario(drugs=(("d", 1.0),))).treated
    assert "d" in network.hidden.values()
    treated = dict.fromkeys(network.species, 1) | {"P": 0, "R": 0}
    untreated = dict.fromkeys(network.species, 0) | {"I": 1, "P": 1, "R": 1}
    for state, species in product((treated, untreated), ("P", "R")):
        found = flips.ends(network, state, species, [(("d", 1),), (("d", 0),)])
        assert (found.off, found.on) == (0b01, 0b10)


def test_what_is_cut_is_told(monkeypatch):
    network = from_rules({"A": "not B", "B": "A", "C": "(A or C) and not D", "D": "D", "P": "C"}, slow="C")
    cycle = settle(network, network.initial).cycle
    state, shares = unpacked(network, cycle[0]), average(network, cycle)
    monkeypatch.setattr(flips, "WORK_LIMIT", 0)
    (cut,) = contraries(network, state, "P", shares=shares)
    assert (cut.sets, cut.size, cut.unsearched) == ((), 1, 6)


def test_an_or_over_thousands_is_explained():
    names = [f"B{i}" for i in range(2000)]
    network = from_rules({"A": " or ".join(names), **{name: name for name in names}})
    (found,) = contraries(network, network.initial, "A")
    assert found.sets == tuple(((name, 1),) for name in names)
    assert [each.species for each in reason_in(network, [0], "A").because] == names


# --- kinds of cell, and holding from the treatment on ---------------------------------------------------------------

SWITCH = """
schema: 1
name: switch
readouts: [P]
species:
  I: {initial: 1, share: 0.7}
  K: {initial: 1}
  M: {}
  P: {}
edges:
  - {source: K, target: M, effect: activates}
  - {source: M, target: M, effect: activates}
  - {source: I, target: P, effect: activates}
  - {source: M, target: P, effect: inhibits}
drugs:
  wash: {edges: [{target: K, effect: inhibits}]}
  pulse: {efficacy: 0.6, edges: [{target: P, effect: inhibits}]}
"""


def test_the_usual_cell_is_the_most_frequent_kind_with_the_value():
    """P needs I, which 7 of 10 cells have, and the drug away, which it is in 4 of 10."""
    pathway = load_text(SWITCH.replace("  - {source: M, target: P, effect: inhibits}\n", ""))
    prepared = prepare(pathway, Scenario(drugs=(("pulse", 1.0),)))
    assert usual_cell(prepared, "P", 0) == {"pulse": 1, "I": 1}
    assert usual_cell(prepared, "P", 1) == {"pulse": 0, "I": 1}
    assert usual_cell(prepared, "P", 0, time="before") == {"pulse": 1, "I": 0}
    assert usual_cell(prepared, "K", 0) is None


def test_a_kind_of_cell_is_explained_as_it_is():
    pathway = load_text(SWITCH)
    scenario = Scenario(drugs=(("pulse", 1.0),))
    assert explain_scenario(pathway, scenario, "I", cell={"I": 0}).value == 0
    assert explain_scenario(pathway, scenario, "I", cell={"I": 1}).value == 1


def test_what_helps_only_from_the_treatment_on_is_found():
    """B rises for a moment while A is going, and latches L for ever: from then on only L turns P on again."""
    text = (
        "schema: 1\nname: latch\nreadouts: [P]\nspecies:\n  A: {initial: 1}\n  B: {}\n  C: {}\n"
        "  L: {}\n  P: {}\nedges:\n  - {source: A, target: C, effect: activates}\n"
        "  - {source: C, target: B, effect: activates}\n"
        "  - {source: A, target: B, effect: inhibits}\n  - {source: B, target: L, effect: activates}\n"
        "  - {source: L, target: L, effect: activates}\n  - {source: L, target: P, effect: inhibits}\n"
        "rules:\n  B: C and not A\n  L: B or L\n  P: not L\n"
        "drugs:\n  stop: {edges: [{target: A, effect: inhibits}]}\n"
    )
    result = explain_scenario(load_text(text), Scenario(drugs=(("stop", 1.0),)), "P")
    assert result.value == 0
    assert [set(each.sets) for each in result.from_species] == [{(("L", 0),)}]
    (later,) = result.from_treatment
    # B and C are off in the end, too: what is held there is the value that they have anyway.
    assert set(later.sets) == {(("A", 1),), (("stop", 0),), (("B", 0),), (("C", 0),)}


def test_an_input_that_stands_for_a_part_of_a_drug_is_the_drug_in_a_rule():
    text = (
        "schema: 1\nname: part\nreadouts: [P]\nspecies:\n  I: {initial: 1}\n  P: {}\n"
        "edges:\n  - {source: I, target: P, effect: activates}\n"
        "drugs:\n  d: {efficacy: 0.8, edges: [{target: P, effect: inhibits, efficacy: 0.5}]}\n"
    )
    reason = explain_scenario(load_text(text), Scenario(drugs=(("d", 1.0),)), "P").reason
    assert reason.rule == "I and not d"


# --- the named parts of a rule -------------------------------------------------------------------------------------

PARTED = """
schema: 1
name: parted
species: {A: {}, B: {}, C: {}, X: {}}
edges:
  - {source: A, target: X, effect: activates, evidence: [One2001]}
  - {source: B, target: X, effect: activates, evidence: [One2001]}
  - {source: C, target: X, effect: inhibits, evidence: [One2001]}
rules:
  X:
    rule: not held and (both or alone)
    parts:
      held: {rule: C and not A, note: C holds it.}
      both: {rule: A and B, note: 'Both do it (One2001), together: nobody knows why.'}
      alone: {rule: B and not C, note: B does it alone. Hardly ever.}
    evidence: [One2001]
references:
  One2001: {citation: One A et al. J Small 2001, verified: seen}
"""


@pytest.mark.parametrize("state", [dict(zip("ABC", bits, strict=True)) for bits in product((0, 1), repeat=3)])
def test_the_parts_behind_a_value_are_as_the_state_has_them_and_with_the_plain_names_force_it(state):
    rule = load_text(PARTED).rules["X"]
    value = evaluate(parse(rule.text), state)
    forced = [
        names
        for size in range(4)
        for names in combinations("ABC", size)
        if all(evaluate(parse(rule.text), each) == value for each in product_of(state, names))
    ]
    assert parts_behind(rule, state, "ABC")
    for names in forced:
        found = {part.name: on for part, on in parts_behind(rule, state, names)}
        true = {part.name: evaluate(parse(part.text), state) for part in rule.parts}
        assert found.items() <= true.items()
        for each in product((0, 1), repeat=3):  # whatever the other parts are
            open_ = dict(zip(true, each, strict=True)) | found
            assert not found or evaluate(parse(rule.written), open_) == value


def product_of(state, kept):
    """All states that agree with *state* in what is *kept*."""
    for bits in product((0, 1), repeat=3):
        each = dict(zip("ABC", bits, strict=True))
        if all(each[name] == state[name] for name in kept):
            yield each


def test_a_drug_that_acts_past_the_parts_is_no_part():
    rule = load_text(PARTED).rules["X"]
    assert parts_behind(rule, {"A": 1, "B": 1, "C": 0, "D": 1}, ("D",)) == ()


def test_explain_names_the_part_that_does_it_or_those_that_are_lacking(said, tmp_path):
    file = tmp_path / "parted.yaml"
    file.write_text(PARTED, "utf-8")

    def told(*held):
        sets = [word for each in held for word in ("--set", each)]
        return said("explain", "X", "-p", str(file), "--steps", *sets)[1]

    assert "\n  X on, through both: Both do it, together\n" in told("A=1", "B=1", "C=1")
    assert "\n  X off, through held: C holds it\n" in told("A=0", "B=1", "C=1")
    assert "\n  X off, without both and alone\n" in told("A=1", "B=0", "C=0")
