"""What surrounds a tumour: shares of its inputs, in every way of asking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from her2cli.errors import DataError, UnknownName
from her2cli.loading import load, load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.shares import shares, tallied
from her2cli.logic.questions.simulation import over_time
from her2cli.model import Context, Pathway, Scenario, Surrounding


def letters() -> Pathway:
    """L and M are inputs that make B; a gel holds L in half of the cells and takes M away."""
    text = (
        "schema: 1\nname: letters\nreadouts: [B]\nspecies:\n  L: {kind: ligand}\n  M: {initial: 1}\n  B: {}\n  C: {}\n"
        "edges:\n  - {source: L, target: B, effect: activates}\n  - {source: M, target: C, effect: activates}\n"
    )
    around = (Surrounding(species="L", share=0.5), Surrounding(species="M", share=0), Surrounding(species="Q", share=1))
    gel = Context(id="gel", aliases=("agar",), species=around)
    return replace(load_text(text), contexts={"gel": gel, "dish": Context(id="dish")})


def late(pathway: Pathway, scenario: Scenario) -> dict[str, float]:
    result = over_time(pathway, scenario, (0.0,), sampling=Sampling(replicates=2000))
    return {name: value.late for name, value in result.values.items()}


def test_a_context_gives_inputs_their_share_of_the_cells() -> None:
    values = late(letters(), Scenario(context="agar"))
    assert values["L"] == values["B"] == pytest.approx(0.5, abs=0.05)
    assert values["M"] == values["C"] == 0


def test_what_a_context_does_not_name_is_as_in_the_file() -> None:
    assert late(letters(), Scenario(context="dish")) == late(letters(), Scenario())


@pytest.mark.parametrize(
    ("scenario", "value"), [(Scenario(context="gel", ligands=("L",)), 1), (Scenario(context="gel", inputs=0), 0)]
)
def test_ligands_and_set_inputs_go_before_the_context(scenario: Scenario, value: int) -> None:
    assert late(letters(), scenario)["B"] == value


def test_on_and_off_has_what_half_of_the_cells_or_more_have() -> None:
    assert prepare(letters(), Scenario(context="gel")).untreated.initial["L"] == 1
    assert prepare(letters(), Scenario(context="gel")).untreated.initial["M"] == 0


def test_scenarios_in_several_surroundings_are_followed_together_as_each_alone() -> None:
    scenarios = [
        Scenario(context="gel"),
        Scenario(),
        Scenario(context="gel", ligands=("L",)),
        Scenario(context="gel", clamps=(("L", 0),)),
    ]
    together = shares(letters(), scenarios, sampling=Sampling(replicates=2000)).values
    for scenario in scenarios:
        alone = late(letters(), scenario)
        assert together[scenario]["B"].late == pytest.approx(alone["B"], abs=0.05)
    assert together[scenarios[3]]["B"].before == pytest.approx(0.5, abs=0.05)


def test_the_untreated_tumour_stays_in_its_context() -> None:
    assert Scenario(context="gel", drugs=(("x", 1.0),)).untreated.context == "gel"


def test_an_unknown_context_is_answered_with_the_closest() -> None:
    with pytest.raises(UnknownName, match="dish"):
        prepare(letters(), Scenario(context="dishh"))


def test_a_pathway_that_names_an_unknown_context_is_refused_at_its_place() -> None:
    with pytest.raises(DataError, match=r"<text>:3:10: context: 'attic' is not declared"):
        load_text("schema: 1\nname: x\ncontext: attic\nspecies:\n  A: {}\n")


def test_every_shipped_context_says_why_or_on_what_evidence() -> None:
    pathway = load("erbb")
    assert pathway.context == "body"
    for context in pathway.contexts.values():
        for each in context.species:
            assert each.species in pathway.species
            assert each.note
            assert "assumption" in each.note or each.evidence
            assert set(each.evidence) <= set(pathway.references)


def test_in_the_body_antibodies_meet_immune_cells() -> None:
    pathway = load("erbb")
    treated = Scenario(alterations=("ERBB2_amp",), drugs=(("trastuzumab", 1.0),))
    found = shares(pathway, [treated, replace(treated, context="body")], sampling=Sampling(replicates=300)).values
    assert found[treated]["ADCC"].late == 0
    assert found[replace(treated, context="body")]["ADCC"].late > 0.3


def test_counted_beside_others_a_scenario_keeps_its_own_surroundings() -> None:
    scenarios = [
        Scenario(context=context, ligands=ligands) for context in ("gel", "dish") for ligands in ((), ("L",), ("M",))
    ]
    rows, _ = tallied(letters(), scenarios, ["B", "C"], sampling=Sampling(replicates=2000))
    for scenario, row in zip(scenarios, rows, strict=True):
        alone = late(letters(), scenario)
        assert row[4:] == pytest.approx((alone["B"], alone["C"]), abs=0.05)
