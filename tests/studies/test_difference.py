"""Two pathways differ where they mean something else, not where they are written in another way."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her2cli.expression import Expression, Not, Var, all_of, any_of, evaluate, parse, variables
from her2cli.logic.network.sampling import Sampling
from her2cli.model import (
    Alteration,
    Drug,
    Edge,
    Effect,
    Experiment,
    JointStart,
    Pathway,
    Reference,
    Rule,
    Scenario,
    Species,
    StateRate,
)
from her2cli.studies.difference import Change, _by_diagram, _by_ends, difference, witness
from her2cli.studies.experiments import ValidationReport

expressions: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from("ABCD").map(Var),
    lambda inner: inner.map(Not) | st.tuples(inner, inner).map(all_of) | st.tuples(inner, inner).map(any_of),
    max_leaves=8,
)


def pathway(rules: dict[str, str], *, edges: tuple[Edge, ...] = (), **more: object) -> Pathway:
    names = dict.fromkeys([*rules, "A", "B"])
    return Pathway(
        name="p",
        species={name: Species(id=name) for name in names},
        rules={name: Rule(target=name, text=rule) for name, rule in rules.items()},
        edges=edges,
        **more,  # type: ignore[arg-type]
    )


@given(first=expressions, second=expressions)
@settings(max_examples=60, deadline=None)
def test_a_witness_is_a_state_in_which_the_rules_differ_and_none_means_none(first: Expression, second: Expression):
    names = tuple(dict.fromkeys([*variables(first), *variables(second)]))
    differing = [
        state
        for values in product((0, 1), repeat=len(names))
        if evaluate(first, state := dict(zip(names, values, strict=True))) != evaluate(second, state)
    ]
    for found in (witness(first, second), _by_diagram(first, second, names)):
        assert found is None if not differing else dict(found or ()) in differing


def test_rules_of_many_species_are_compared_exactly():
    many = [f"x{number}" for number in range(40)]
    first = parse(" or ".join(f"({one} and y)" for one in many))
    same = parse(f"y and ({' or '.join(many)})")
    other = parse(f"y and ({' or '.join(many[:-1])})")
    assert witness(first, same) is None
    state = dict(witness(first, other) or ())
    assert (state["y"], state["x39"], sum(state.values())) == (1, 1, 2)


def test_a_rule_that_says_what_the_edges_say_is_no_difference():
    edges = (
        Edge(source="A", target="B", effect=Effect.activates),
        Edge(source="C", target="B", effect=Effect.inhibits),
    )
    assert not difference(pathway({"C": "0"}, edges=edges), pathway({"C": "0", "B": "not (C or not A)"}, edges=edges))


def test_what_is_added_removed_or_changed_is_told_field_by_field():
    edge = Edge(source="A", target="B", effect=Effect.activates, evidence=("one",))
    before = pathway({"C": "A"}, edges=(edge,), drugs={"d": Drug(id="d", efficacy=0.5)})
    after = pathway(
        {"C": "A and B", "D": "1"},
        edges=(Edge(source="A", target="B", effect=Effect.activates, evidence=("one", "two")),),
        drugs={"d": Drug(id="d", efficacy=0.9)},
    )
    assert difference(before, after) == (
        Change(kind="species", name="D", after="present"),
        Change(kind="edge", name="A -> B", field="evidence", before="one", after="one, two"),
        Change(kind="rule", name="C", before="A", after="A and B", witness=(("A", 1), ("B", 0))),
        Change(kind="drugs", name="d", field="efficacy", before="0.5", after="0.9"),
    )


def test_a_format_without_drugs_does_not_lack_them():
    assert not difference(pathway({"C": "A"}, drugs={"d": Drug(id="d")}), pathway({"C": "A"}))


def test_an_experiment_whose_direction_changes_is_named():
    trial = Experiment(
        id="T1",
        scenario=Scenario(clamps=(("A", 1),)),
        comparator=Scenario(),
        readout="B",
        expect="up",
    )
    before = pathway({"B": "A"}, experiments={"T1": trial})
    after = pathway({"B": "0"}, experiments={"T1": trial})
    changes = difference(before, after)
    assert changes[-1] == Change(kind="experiment", name="T1", field="B, published up", before="up", after="unchanged")
    assert [change.kind for change in difference(before, before)] == []


def test_readouts_that_are_not_named_are_the_phenotypes():
    phenotype = Species(id="P", kind="phenotype")
    first = Pathway(name="p", species={"P": phenotype})
    assert not difference(first, Pathway(name="p", species={"P": phenotype}, readouts=("P",)))
    assert [change.field for change in difference(first, Pathway(name="p", species={"P": Species(id="P")}))]


def test_a_foreign_file_is_compared_with_the_references_that_are_cited():
    """It has no library around it, so what the library knows besides is no difference."""
    cited, other = (Reference(id=key, citation=key) for key in ("cited", "other"))
    species = {"A": Species(id="A", evidence=("cited",))}
    foreign = Pathway(name="p", species=species, references={"cited": cited})
    own = Pathway(name="p", species=species, references={"cited": cited, "other": other}, drugs={"d": Drug(id="d")})
    assert not difference(foreign, own)
    assert not difference(own, foreign)
    changed = Pathway(
        name="p", species=species, references={"cited": Reference(id="cited", citation="x"), "other": other}
    )
    assert [(each.kind, each.name) for each in difference(foreign, changed)] == [("references", "cited")]
    elsewhere = Pathway(name="p", species={"A": Species(id="A", evidence=("other",))}, references={"other": other})
    told = {(each.kind, each.name) for each in difference(foreign, elsewhere) if each.kind == "references"}
    assert told == {("references", "cited"), ("references", "other")}


HOLDS = Edge(source="d", target="B", effect=Effect.inhibits)
LIFTS = Edge(source="m", target="B", effect=Effect.activates)
ASIDE = Edge(source="m", target="Z", effect=Effect.inhibits)
TRIAL = Experiment(
    id="T",
    scenario=Scenario(alterations=("m",)),
    comparator=Scenario(clamps=(("A", 0), ("B", 0))),
    readout="B",
    expect="unchanged",
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"species": {"A": {"initial": 1}}}, "up", id="a beginning"),
        pytest.param({"species": {"A": {"share": 0.9}}}, "up", id="a share of cells"),
        pytest.param({"species": {"B": {"initial": 1, "rate_down": 0.0}}}, "up", id="a rate"),
        pytest.param({"rules": {"B": "1"}}, "up", id="a rule"),
        pytest.param({"alterations": {"m": Alteration(id="m", edges=(ASIDE, LIFTS))}}, "up", id="an alteration"),
        pytest.param({"agent_edges": (LIFTS,)}, "up", id="an action that the pathway adds"),
        pytest.param(
            {"joint_starts": (JointStart(species=("A", "Z"), weights={(1, 0): 1.0}),)}, "up", id="a joint start"
        ),
    ],
)
def test_experiments_are_run_again_after_whatever_can_change_their_answer(change: dict[str, Any], expected: str):
    """B follows A, which begins off; the arm has the alteration m, which acts aside, and its comparator holds A off."""

    def one(change: dict[str, Any]) -> Pathway:
        fields = change.get("species", {})
        rest = {key: value for key, value in change.items() if key not in ("species", "rules")}
        rules = {"A": "A", "B": "A", "Z": "Z"} | change.get("rules", {})
        return Pathway(
            name="p",
            species={key: Species(id=key, **fields.get(key, {})) for key in "ABZ"},
            rules={key: Rule(target=key, text=rule) for key, rule in rules.items()},
            experiments={"T": TRIAL},
            **({"alterations": {"m": Alteration(id="m", edges=(ASIDE,))}} | rest),
        )

    last = difference(one({}), one(change))[-1]
    assert (last.kind, last.before, last.after) == ("experiment", "unchanged", expected)


def test_experiments_are_run_again_after_a_rate_that_holds_in_some_states_only():
    """B follows A, which is on; then it turns on at no rate where A is on."""
    before = Pathway(
        name="p",
        species={"A": Species(id="A", initial=1), "B": Species(id="B")},
        rules={key: Rule(target=key, text="A") for key in "AB"},
        experiments={"T": replace(TRIAL, scenario=Scenario(), comparator=Scenario(clamps=(("B", 0),)))},
    )
    after = replace(before, state_rates=(StateRate(species="B", direction="up", rate=0.0, where="A"),))
    last = difference(before, after)[-1]
    assert (last.kind, last.before, last.after) == ("experiment", "up", "unchanged")


def test_experiments_are_run_again_when_a_drug_acts_elsewhere():
    trial = Experiment(
        id="T", scenario=Scenario(drugs=(("d", 1.0),)), comparator=Scenario(), readout="B", expect="unchanged"
    )
    before, after = (
        pathway({"A": "1", "B": "A"}, drugs={"d": Drug(id="d", edges=edges)}, experiments={"T": trial})
        for edges in ((), (HOLDS,))
    )
    assert difference(before, after)[-1].after == "down"


def test_what_no_answer_depends_on_runs_no_experiment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("her2cli.studies.difference.validate", lambda *_, **__: pytest.fail("an experiment was run"))
    first = Pathway(name="p", species={"A": Species(id="A")}, experiments={"T": TRIAL})
    assert difference(first, replace(first, title="another", species={"A": Species(id="A", note="said")}))


def test_both_pathways_are_drawn_by_the_engine_that_the_larger_one_takes(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, str | None]] = []

    def report(pathway: Pathway, experiments: object, *, sampling: Sampling) -> ValidationReport:
        asked.append((pathway.name, sampling.engine))
        return ValidationReport(semantics="stochastic", rows=(), engine="numba", replicates=1000)

    monkeypatch.setattr("her2cli.studies.difference.validate", report)
    small = Pathway(name="small", species={"A": Species(id="A")}, experiments={"T": TRIAL})
    large = replace(small, name="large", species={key: Species(id=key) for key in "AB"})
    difference(small, large)
    difference(large, small)
    assert asked == [("large", None), ("small", "numba")] * 2


def test_edges_of_the_same_ends_and_sign_are_told_apart_by_numbers():
    edges = [Edge(source="A", target="B", effect=Effect.activates, mechanism=str(number)) for number in range(4)]
    named = {name: edge.mechanism for name, edge in _by_ends(edges).items()}
    assert named == {"A -> B": "0", "A -> B (2)": "1", "A -> B (3)": "2", "A -> B (4)": "3"}


def test_what_is_true_or_false_is_told_as_the_yaml_writes_it():
    edge = Edge(source="A", target="B", effect=Effect.activates)
    one, other = (pathway({}, edges=(each,)) for each in (edge, replace(edge, condition=True)))
    (change,) = difference(one, other)
    assert (change.field, change.before, change.after) == ("condition", "", "true")
