"""Resistance: sets by hand in a network of letters, their reasons, evidence and counters, and what is promised.

G is on and makes A, which the drug `ab` inhibits; R follows A or B. `loose` frees A of the drug, `bypass` makes B, and
`half1` and `half2` make B only together. The drug `bb` inhibits B.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

import pytest

from her2cli.errors import ScenarioError, UnknownName
from her2cli.formats import load
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.control import Change
from her2cli.logic.questions.responses import respond
from her2cli.model import Scenario
from her2cli.studies.resist import _evidence, resist

pytestmark = pytest.mark.usefixtures("quick_lanes")

TEXT = """
schema: 1
name: letters
readouts: [R]
species:
  G: {initial: 1}
  A: {}
  B: {}
  R: {kind: phenotype, goal: 0}
edges:
  - {source: G, target: A, effect: activates}
  - {source: A, target: R, effect: activates}
  - {source: B, target: R, effect: activates}
rules:
  B: half1 and half2
drugs:
  ab: {edges: [{target: A, effect: inhibits, unless: [loose]}]}
  bb: {edges: [{target: B, effect: inhibits}]}
  rr: {efficacy: 0, edges: [{target: R, effect: inhibits}]}
alterations:
  loose: {}
  bypass: {edges: [{target: B, effect: activates}], evidence: [Doe2000]}
  half1: {}
  half2: {}
references:
  Doe2000: {citation: 'Doe 2000', verified: memory}
  Roe2001: {citation: 'Roe 2001', verified: memory}
experiments:
  X1: {alterations: [bypass], treatment: [ab], readout: R, expect: unchanged, evidence: [Roe2001]}
"""
TREATED = Scenario(drugs=(("ab", 1.0),))


@pytest.fixture
def letters(tmp_path):
    path = tmp_path / "letters.yaml"
    path.write_text(TEXT)
    return load(str(path))


def sets(found) -> list[tuple[str, ...]]:
    return [way.names for way in found.ways]


def test_the_smallest_sets_are_those_by_hand(letters):
    found = resist(letters, TREATED, sampling=Sampling(replicates=20))
    assert (found.readout, found.value, found.blocked) == ("R", 1, True)
    assert sets(found) == [("loose",), ("bypass",), ("half1", "half2")]
    assert found.guarantee.startswith("Complete: all smallest sets of at most 2 of 4 alterations")
    assert " of at most 4 of 4 alterations" in replace(found, size=50).guarantee
    assert [way.share for way in found.ways] == [1, 1, 1]
    assert sets(resist(letters, TREATED, size=1, sampling=Sampling(replicates=20))) == [("loose",), ("bypass",)]


def test_each_set_has_its_chain_and_what_is_known_of_it(letters):
    ways = {way.names: way for way in resist(letters, TREATED, sampling=Sampling(replicates=20)).ways}
    bypass = ways["bypass",]
    assert [(link.source, link.target, link.effect.arrow) for link in bypass.links] == [
        ("bypass", "B", "->"),
        ("B", "R", "->"),
    ]
    assert bypass.experiments == ("X1",)
    assert bypass.evidence == ("Roe2001",)  # of the experiment, not only of the alteration
    assert ways["loose",].experiments == ()


@pytest.mark.parametrize("drug", ["trastuzumab", "lapatinib", "trastuzumab_deruxtecan", "abemaciclib"])
def test_the_signs_of_a_chain_multiply_to_what_is_said_of_it(drug):
    """An alteration is put on, and the readout stays at its value: an even number of inhibitions, or an odd one."""
    pathway = load("erbb")
    scenario = Scenario(alterations=pathway.default_alterations, drugs=((drug, 1.0),), context="body")
    found = resist(pathway, scenario, size=2, sampling=Sampling(replicates=1))
    assert any(way.links for way in found.ways)
    for way in found.ways:
        signs = [link.effect.sign for link in way.links]
        assert prod(signs) == (1 if found.value else -1), (way.names, way.links)


def test_counters_block_again_and_are_smallest(letters):
    ways = {way.names: way for way in resist(letters, TREATED, counter=2, sampling=Sampling(replicates=20)).ways}
    assert ways["bypass",].counters == (("bb",),)
    assert ways["half1", "half2"].counters == (("bb",),)
    assert ways["loose",].counters == ()  # nothing here blocks A once it is free


def test_the_most_cells_come_first_and_of_the_counters_what_leaves_the_fewest():
    """In both lists alike; the first and the last counters are simulated by themselves."""
    pathway, sampling = load("erbb"), Sampling(replicates=60)
    treated = Scenario(alterations=("ERBB2_amp",), drugs=(("trastuzumab", 1.0),), context="body")
    found = resist(pathway, treated, size=2, counter=1, sampling=sampling)
    for ways in (found.ways, found.partly):
        assert len(ways) > 5
        shares = [way.share for way in ways]
        assert shares == sorted(shares, reverse=True)
        way = next(way for way in ways if len(way.counters) > 5)
        left = []
        for (drug,) in (*way.counters[:3], *way.counters[-3:]):
            scenario = replace(way.scenario, drugs=(*way.scenario.drugs, (drug, 1.0)))
            answer = respond(pathway, scenario, sampling=Sampling(replicates=300))
            left.append(answer.simulation.readouts[found.readout].late)
        assert sum(left[:3]) < sum(left[3:]) - 0.2


def test_species_can_be_held_instead(letters):
    found = resist(letters, TREATED, over="species", size=1, sampling=Sampling(replicates=20))
    assert set(sets(found)) == {("A=1",), ("B=1",)}
    assert all(way.share == 1 for way in found.ways)
    both = resist(letters, TREATED, over="both", size=1, sampling=Sampling(replicates=20))
    assert set(sets(both)) == {("A=1",), ("B=1",), ("loose",), ("bypass",)}


def test_what_keeps_the_readout_in_some_ends_only_is_no_set_by_itself(tmp_path):
    """With `half1` B and C hold each other down: B wins in some of the cells, and these alone resist."""
    path = tmp_path / "two_ends.yaml"
    path.write_text(
        TEXT.replace("B: half1 and half2", "B: half1 and not C\n  C: not B").replace("B: {}", "B: {}\n  C: {}")
    )
    pathway = load(str(path))
    found = resist(pathway, TREATED, sampling=Sampling(replicates=20))
    assert ("half1",) not in sets(found)
    assert found.without == 0
    assert [(way.names, way.everywhere) for way in found.partly] == [(("half1",), False)]
    response = respond(pathway, replace(TREATED, alterations=("half1",)), sampling=Sampling(replicates=100))
    assert 0.2 < response.simulation.readouts["R"].late < 0.8
    assert 0.2 < found.partly[0].share < 0.8
    countered = resist(pathway, TREATED, counter=1, sampling=Sampling(replicates=20))
    assert countered.partly[0].counters == (("bb",),)  # `rr` reaches no cell


@pytest.mark.parametrize("drug", ["trastuzumab", "lapatinib"])
def test_each_alteration_that_keeps_growth_in_more_cells_than_the_drug_leaves_is_listed(drug):
    """Counted one by one beside it: whatever the ends are, a reader is told of it, and of what hardly adds."""
    erbb = load("erbb")
    treated, sampling = Scenario(alterations=("ERBB2_amp",), drugs=((drug, 1.0),)), Sampling(replicates=300)
    found = resist(erbb, treated, size=1, sampling=sampling)
    base = respond(erbb, treated, sampling=Sampling(replicates=1000)).simulation.readouts["PROLIFERATION"].late
    assert found.without == pytest.approx(base, abs=0.08)
    told = {way.names[0]: found.adds(way) for way in (*found.ways, *found.partly)}
    for name in ("PTEN_loss", "ERBB3_up", "ERBB2_T798I", "PIK3CA_E545K", "SRC_active", "CCNE1_amp"):
        case = replace(treated, alterations=("ERBB2_amp", name))
        late = respond(erbb, case, sampling=Sampling(replicates=1000)).simulation.readouts["PROLIFERATION"].late
        if abs(late - base - 0.1) > 0.1:  # beyond what chance does to 300 cells
            assert told.get(name, False) == (late - base > 0.1), name


def test_what_is_not_blocked_needs_no_resistance(letters):
    found = resist(letters, Scenario(drugs=(("bb", 1.0),)), sampling=Sampling(replicates=20))
    assert not found.blocked
    assert found.ways == ()


@pytest.mark.parametrize(
    ("scenario", "options", "error", "said"),
    [
        (Scenario(), {}, ScenarioError, "name a drug"),
        (TREATED, {"over": "genes"}, ScenarioError, "No 'genes' to look over"),
        (TREATED, {"readout": "NOBODY"}, UnknownName, "No species 'NOBODY'"),
        (TREATED, {"readout": "R=2"}, ScenarioError, "a readout stays at 0"),
        (TREATED, {"counter": 3}, ScenarioError, "at most 2 drugs"),
    ],
)
def test_what_cannot_be_asked_is_said(letters, scenario, options, error, said):
    with pytest.raises(error, match=said):
        resist(letters, scenario, **options)


def test_the_literature_knows_its_first_resistances():
    """PIK3CA mutation, p95HER2, lost PTEN (Berns2007, Scaltriti2007, Nagata2004) under trastuzumab, in culture."""
    pathway = load("erbb")
    found = resist(
        pathway,
        Scenario(alterations=("ERBB2_amp",), drugs=(("trastuzumab", 1.0),), context="culture"),
        size=1,
        sampling=Sampling(replicates=100),
    )
    names = {name for way in (*found.ways, *found.partly) for name in way.names}
    assert {"PIK3CA_H1047R", "P95HER2_up", "PTEN_loss"} <= names
    assert not {"ERBB2_low", "ERBB2_ultralow"} & names, "another amount of HER2 is another tumour"
    assert found.uncertain == ()


def test_the_references_of_a_set_stand_in_the_order_of_its_changes():
    """The same in every run, whatever order Python's sets have in it."""
    pathway = load("erbb")
    for names in (("ERBB2_L755S", "ERBB2_low"), ("ERBB2_low", "ERBB2_L755S")):
        changes = [Change(name=name, species=name) for name in names]
        expected = [key for name in names for key in pathway.alterations[name].evidence]
        assert _evidence(pathway, Scenario(drugs=(("lapatinib", 1.0),)), changes)[1] == tuple(expected)


def test_a_readout_that_stays_off_is_told_by_the_cells_in_which_it_is_off(letters):
    held = Scenario(clamps=(("G", 1),))
    found = resist(letters, held, readout="R=0", over="species", size=1, sampling=Sampling(replicates=20))
    assert [(way.names, way.share) for way in found.ways] == [(("A=0",), 1)]
