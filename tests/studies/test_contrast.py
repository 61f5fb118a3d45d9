"""Scenarios side by side: where they part, and where they end apart."""

from __future__ import annotations

import pytest

from her2cli.errors import ScenarioError
from her2cli.logic.simulation import Readout, simulate
from her2cli.model import Alteration, Drug, Edge, Effect, Pathway, Scenario, Species
from her2cli.studies.contrast import compare

ON, OFF = Effect.activates, Effect.inhibits


@pytest.fixture
def letters() -> Pathway:
    """L -> R -> K -> P, and K2 -> P; the alteration M -> K2; the drugs X -| R and Y -| K."""
    edges = (("L", "R"), ("R", "K"), ("K", "P"), ("K2", "P"))
    return Pathway(
        name="letters",
        species={name: Species(id=name, initial=int(name == "L")) for name in ("L", "R", "K", "K2", "P")},
        edges=tuple(Edge(source=source, target=target, effect=ON) for source, target in edges),
        readouts=("P",),
        drugs={
            "X": Drug(id="X", edges=(Edge(source="X", target="R", effect=OFF, evidence=("Paper",)),)),
            "Y": Drug(id="Y", edges=(Edge(source="Y", target="K", effect=OFF),)),
        },
        alterations={"M": Alteration(id="M", edges=(Edge(source="M", target="K2", effect=ON),))},
    )


X, Y = (("X", 1.0),), (("Y", 1.0),)


def test_treated_and_untreated_part_at_the_drugs_own_target(letters):
    found = compare(letters, [Scenario(), Scenario(drugs=X)])
    (parting,) = found.partings
    assert (parting.other, parting.phase, parting.step, parting.given) == (1, "early", 1, ("X",))
    assert parting.in_first == ()
    (change,) = parting.in_other
    assert (change.species, change.value, change.reason) == ("R", 0, "X on")
    assert [edge.evidence for edge in change.because] == [("Paper",)]
    assert [(d.species, d.late) for d in found.differences] == [("R", (1, 0)), ("K", (1, 0)), ("P", (1, 0))]
    assert [[b.species for b in reason.because] for reason in found.differences[-1].reasons] == [["K"], ["K", "K2"]]
    assert found.readouts == (("P", (Readout(1, 1, 1), Readout(1, 0, 0))),)


def test_a_mutated_tumour_parts_before_the_treatment(letters):
    found = compare(letters, [Scenario(drugs=X), Scenario(drugs=X, alterations=("M",))])
    (parting,) = found.partings
    assert (parting.phase, parting.step, parting.given) == ("untreated", 1, ("M",))
    assert [change.species for change in parting.in_other] == ["K2"]
    assert [d.species for d in found.differences] == ["K2", "P"]


def test_two_drugs_part_where_they_act(letters):
    found = compare(letters, [Scenario(drugs=X), Scenario(drugs=Y), Scenario(drugs=X)])
    (parting,) = found.partings
    assert (parting.other, parting.step, parting.given) == (1, 1, ("X", "Y"))
    assert ([c.species for c in parting.in_first], [c.species for c in parting.in_other]) == (["R"], ["K"])
    assert [(d.species, d.late) for d in found.differences] == [("R", (0, 1, 0))]


def test_scenarios_that_never_differ_have_no_parting(letters):
    found = compare(letters, [Scenario(ligands=("L",)), Scenario(inputs=None)])
    assert found.partings == ()
    assert found.differences == ()


def test_what_is_given_is_a_difference_but_no_parting(letters):
    """With M the readout stays on through K2, so holding K itself off is all that differs."""
    found = compare(letters, [Scenario(alterations=("M",)), Scenario(alterations=("M",), clamps=(("K", 0),))])
    assert found.partings == ()
    assert [d.species for d in found.differences] == ["K"]


def test_each_simulation_is_the_one_asked_for(letters):
    scenarios = [Scenario(), Scenario(drugs=X)]
    assert compare(letters, scenarios).simulations == tuple(simulate(letters, scenario) for scenario in scenarios)


def test_one_scenario_is_no_comparison(letters):
    with pytest.raises(ScenarioError, match="two scenarios or more"):
        compare(letters, [Scenario()])
