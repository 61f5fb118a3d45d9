"""Which edge moved what, cell by cell: told from counting, and kept out of a chain where it moved nothing."""

from __future__ import annotations

import pytest

from her2cli.loading import load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.responses import respond
from her2cli.logic.questions.sweeps import CELLS, explained, sweep
from her2cli.model import Pathway, Scenario

TEXT = """
schema: 1
name: letters
species:
  A: {initial: 1}
  SWITCH: {initial: 0}
  HALF: {initial: 1, share: 0.5}
  P: {}
  Q: {}
  R: {}
edges:
  - {source: A, target: P, effect: activates}
  - {source: P, target: Q, effect: activates}
  - {source: Q, target: R, effect: activates}
  - {source: A, target: R, effect: activates}
  - {source: HALF, target: Q, effect: activates}
rules:
  Q: P and HALF
  R: Q or (A and SWITCH)
drugs:
  stop: {edges: [{target: A, effect: inhibits}]}
"""


@pytest.fixture(scope="module")
def letters() -> Pathway:
    """A -> P -> Q -> R, Q in half of the cells; A acts on R itself only where SWITCH is on, which it is nowhere."""
    return load_text(TEXT)


def test_an_edge_that_needs_what_is_not_there_is_on_no_chain(letters):
    outcome = respond(
        letters, Scenario(drugs=(("stop", 1.0),)), readouts=["R"], sampling=Sampling(replicates=400)
    ).outcomes[0]
    assert [edge.target for edge in outcome.chain] == ["A", "P", "Q", "R"]


def test_the_cells_are_on_in_their_shares_and_follow_the_rules(letters):
    times = sweep(prepare(letters, Scenario(drugs=(("stop", 1.0),))))
    before, late = times["before"], times["late"]
    assert before["A"].bit_count() == before["P"].bit_count() == CELLS
    assert 0.4 < before["HALF"].bit_count() / CELLS < 0.6
    assert before["Q"] == before["R"] == before["HALF"] == late["HALF"]
    assert late["A"] == late["P"] == late["Q"] == late["R"] == 0


def test_an_edge_is_why_in_the_cells_in_which_its_target_moved_with_it(letters):
    prepared = prepare(letters, Scenario(drugs=(("stop", 1.0),)))
    times = sweep(prepared)

    def why(target: str, *sources: str) -> int:
        ends = {"before": times["before"], "after": times["late"]}
        return explained(prepared.treated, target, sources, rises=False, **ends)

    assert why("Q", "P") == times["before"]["HALF"]  # in the others it never was on
    assert why("R", "Q") == times["before"]["Q"]
    assert why("R", "A") == 0
    assert explained(prepared.treated, "R", ["Q"], before=times["before"], after=times["late"], rises=True) == 0


def test_two_inputs_are_on_in_cells_of_their_own_each_in_its_share():
    text = """
schema: 1
name: two
species:
  A: {share: 0.2}
  B: {share: 0.5}
  C: {share: 0.5}
  P: {}
rules:
  P: A and B and C
drugs:
  stop: {edges: [{target: P, effect: inhibits}]}
"""
    times = sweep(prepare(load_text(text), Scenario(drugs=(("stop", 1.0),))))
    on = times["before"]
    for cells, share in ((on["A"], 0.2), (on["B"], 0.5), (on["B"] & on["C"], 0.25), (on["A"] & on["B"], 0.1)):
        assert abs(cells.bit_count() / CELLS - share) < 4.5 * (share * (1 - share) / CELLS) ** 0.5
    assert [times["late"][name] for name in "ABC"] == [on[name] for name in "ABC"]
