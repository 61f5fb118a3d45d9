"""A pathway's edges and rules as a Boolean network."""

from __future__ import annotations

import pickle
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import RuleError
from her2cli.expression import Var, evaluate, parse, text
from her2cli.loading import load_text
from her2cli.logic.network import build, from_rules
from her2cli.logic.network.scenario import prepare
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Rule, Scenario, Species, Speed

EFFECTS = {"->": Effect.activates, "-|": Effect.inhibits}


def edge(line: str) -> Edge:
    source, arrow, target = line.split()
    return Edge(source=source, target=target, effect=EFFECTS[arrow])


def pathway(*lines: str, rules: dict[str, str] | None = None, **options) -> Pathway:
    """A pathway of one-letter species A to F."""
    return Pathway(
        name="letters",
        species={name: Species(id=name, aliases=(f"alias {name}",)) for name in "ABCDEF"},
        edges=tuple(edge(line) for line in lines),
        rules={name: Rule(target=name, text=rule) for name, rule in (rules or {}).items()},
        **options,
    )


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ([], "F"),
        (["A -> F"], "A"),
        (["A -> F", "B -> F"], "A or B"),
        (["A -> F", "B -> F", "C -| F", "D -| F"], "(A or B) and not C and not D"),
        (["C -| F", "D -| F"], "not C and not D"),
        (["A -> F", "A -> F"], "A"),
        (["A -> F", "A -| F"], "A and not A"),
        (["F -> F"], "F"),
    ],
)
def test_default_rule(lines, rule):
    assert text(build(pathway(*lines)).rules["F"]) == rule


def test_an_input_is_set_and_a_loop_is_not():
    network = build(pathway("F -> F", "A -> B"), inputs=1)
    assert network.inputs == tuple("ACDE")
    assert (network.initial["A"], network.initial["F"]) == (1, 0)


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["->", "-|"])), max_size=6))
def test_default_rule_is_any_activator_and_no_inhibitor(edges):
    network = build(pathway(*(f"{source} {arrow} F" for source, arrow in edges)))
    activators = {source for source, arrow in edges if arrow == "->"}
    inhibitors = {source for source, arrow in edges if arrow == "-|"}
    for bits in product((0, 1), repeat=6):
        state = dict(zip("ABCDEF", bits, strict=True))
        activated = any(state[a] for a in activators) if activators else bool(inhibitors) or state["F"]
        expected = activated and not any(state[i] for i in inhibitors)
        assert evaluate(network.rules["F"], state) == expected


def test_a_rule_replaces_the_default_and_answers_to_aliases():
    network = build(pathway("A -> F", rules={"F": "B and not 'Alias C'"}))
    assert network.rules["F"] == parse("B and not C")


def test_drugs_and_alterations_that_a_rule_names_are_off():
    agents = {"drugs": {"D1": Drug(id="D1")}, "alterations": {"M1": Alteration(id="M1")}}
    network = build(pathway(rules={"F": "(A or M1) and not D1"}, **agents))
    assert network.rules["F"] == Var("A")
    assert network.species == tuple("ABCDEF")


def test_a_rule_over_a_missing_species_is_refused():
    with pytest.raises(RuleError, match=r"rule of F: no species, drug or alteration 'AA'\."):
        build(pathway(rules={"F": "AA"}))
    with pytest.raises(RuleError, match="rule of F: expected a name after 'and', but the rule ends"):
        build(pathway(rules={"F": "A and"}))


def test_inputs_keep_their_value_or_are_all_set():
    plain = Pathway(
        name="x",
        species={"A": Species(id="A", initial=1), "B": Species(id="B"), "C": Species(id="C", speed=Speed.slow)},
        edges=(edge("A -> C"), edge("B -> C")),
    )
    assert build(plain).inputs == ("A", "B")
    assert build(plain).initial == {"A": 1, "B": 0, "C": 0}
    assert build(plain, inputs=0).initial == {"A": 0, "B": 0, "C": 0}
    assert build(plain, inputs=1).initial == {"A": 1, "B": 1, "C": 0}
    assert build(plain).slow == {"C"}
    assert build(plain).edges["C"] == plain.edges


def test_a_network_of_rules_makes_unruled_names_inputs():
    network = from_rules({"A": "B and not C", "C": "A"}, initial={"B": 1})
    assert network.species == ("A", "C", "B")
    assert network.inputs == ("B",)
    assert network.initial == {"A": 0, "C": 0, "B": 1}
    assert network.dependents == {"A": ("C",), "C": ("A",), "B": ("A", "B")}
    assert pickle.loads(pickle.dumps(network)) == network


def test_an_edge_of_the_pathway_acts_where_its_conditions_hold():
    edges = (
        Edge(source="A", target="F", effect=Effect.activates, requires=("B", "M1"), unless=("C",)),
        Edge(source="D", target="F", effect=Effect.inhibits, unless=("E", "D1")),
    )
    agents = {"drugs": {"D1": Drug(id="D1")}, "alterations": {"M1": Alteration(id="M1")}}
    letters = Pathway(name="x", species={name: Species(id=name) for name in "ABCDEF"}, edges=edges, **agents)
    assert build(letters).rules["F"] == parse("0")
    prepared = prepare(letters, Scenario(alterations=("M1",), drugs=(("D1", 1.0),)))
    for values in product((0, 1), repeat=7):
        state = dict(zip("ABCDEF", values, strict=False)) | {"M1": 1, "D1": values[6]}
        on = state["A"] and state["B"] and not state["C"]
        blocked = state["D"] and not state["E"] and not state["D1"]
        assert evaluate(prepared.treated.rules["F"], state) == int(bool(on and not blocked))


def test_an_efficacy_of_an_edge_of_the_pathway_is_refused():
    edges = (Edge(source="A", target="B", effect=Effect.activates, efficacy=0.5),)
    letters = Pathway(name="x", species={name: Species(id=name) for name in "AB"}, edges=edges)
    with pytest.raises(RuleError, match="A -> B: only a drug or an alteration has an efficacy"):
        build(letters)


def test_a_species_moves_once_a_unit_of_time_a_slow_one_less_and_one_with_rates_as_they_say():
    text = "schema: 1\nspecies: {A: {}, B: {speed: slow}, C: {rate_up: 3, rate_down: 0.5}}\n"
    network = build(load_text(text))
    assert network.rate("A") == (1, 1)
    up, down = network.rate("B")
    assert 0 < up == down < 1
    assert network.rate("C") == (3, 0.5)
