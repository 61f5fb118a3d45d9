"""What becomes of a readout, by which chain of edges, and why a drug does nothing: on small networks told by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.loading import load, load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.responses import Response, respond, word_of
from her2cli.logic.questions.shares import Readout, slight
from her2cli.model import Drug, Edge, Effect, Pathway, Scenario
from her2cli.render.console import rendered
from her2cli.render.responses import chain_text, idle_words, indented, remarks, response, response_data

TEXT = """
schema: 1
name: letters
readouts: [R, S, T]
species:
  L: {kind: ligand, location: extracellular}
  H: {initial: 1}
  A: {}
  B: {}
  C: {}
  U: {}
  R: {kind: phenotype}
  S: {kind: phenotype}
  T: {kind: phenotype}
edges:
  - {source: H, target: A, effect: activates, evidence: [One]}
  - {source: A, target: B, effect: activates, evidence: [One]}
  - {source: B, target: C, effect: inhibits, evidence: [Two]}
  - {source: C, target: R, effect: inhibits, evidence: [Two]}
  - {source: A, target: U, effect: activates}
  - {source: B, target: S, effect: activates}
  - {source: U, target: S, effect: activates}
  - {source: L, target: T, effect: activates}
rules:
  S: B
references:
  One: {citation: One}
  Two: {citation: Two}
drugs:
  stop: {edges: [{target: A, effect: inhibits, evidence: [One]}]}
  cut: {edges: [{blocks: B -> C}]}
  part: {efficacy: 0.5, edges: [{target: A, effect: inhibits}]}
  picky: {edges: [{target: T, effect: inhibits, requires: [L]}, {target: R, effect: inhibits, unless: [mask]}]}
alterations:
  mask: {edges: [{target: U, effect: activates}]}
  bypass: {edges: [{target: B, effect: activates, evidence: [Two]}]}
"""


@pytest.fixture(scope="module")
def letters() -> Pathway:
    """H -> A -> B -| C -| R, and B -> S whatever U does; T waits for the ligand L."""
    return load_text(TEXT)


def asked(pathway: Pathway, *drugs: str, **scenario: tuple[str, ...]) -> Response:
    given = Scenario(drugs=tuple((name, 1.0) for name in drugs), **scenario)  # type: ignore[arg-type]
    return respond(pathway, given, sampling=Sampling(replicates=400))


def chain(response: Response, readout: str) -> str:
    edges = response.outcome(readout).chain
    signs = {Effect.activates: "->", Effect.inhibits: "-|"}
    return " ".join([edges[0].source, *(f"{signs[edge.effect]} {edge.target}" for edge in edges)]) if edges else ""


def test_a_readout_that_falls_has_the_signed_chain_from_the_drug(letters):
    response = asked(letters, "stop")
    assert response.outcome("R").word == "falls"
    assert chain(response, "R") == "stop -| A -> B -| C -| R"
    assert [edge.evidence for edge in response.outcome("R").chain] == [("One",), ("One",), ("Two",), ("Two",)]


def test_an_edge_that_the_rule_does_not_use_is_on_no_chain(letters):
    """U -> S is an edge, and the rule of S is B alone: the road through U is as short and carries nothing."""
    assert chain(asked(letters, "stop"), "S") == "stop -| A -> B -> S"


def test_to_block_an_inhibition_raises_what_was_inhibited(letters):
    response = asked(letters, "cut")
    assert (response.outcome("R").word, chain(response, "R")) == ("falls", "cut -> C -| R")
    assert response.outcome("R").chain[0].blocks == ("B", "C")
    assert chain_text(response.outcome("R").chain) == "cut -| (B -| C) -| R"


def test_a_drug_that_acts_in_half_of_the_cells_moves_half_of_them(letters):
    value = asked(letters, "part").simulation.readouts["R"]
    assert value == Readout(1.0, pytest.approx(0.5, abs=0.1), pytest.approx(0.5, abs=0.1))


@pytest.mark.parametrize(
    ("dose", "word", "slightly", "told"),
    [
        (0.02, "stays", "", "stays"),
        (0.075, "stays", "falls", "falls a little"),
        (0.3, "falls", "", "falls"),
    ],
)
def test_a_readout_that_moves_in_few_cells_falls_a_little_and_why_is_told(letters, dose, word, slightly, told):
    """So many cells get the drug, and R is on in each that does not."""
    given = Scenario(drugs=(("stop", dose),))
    result = respond(letters, given, sampling=Sampling(replicates=20_000, engine="python"))
    outcome = result.outcome("R")
    assert (outcome.word, outcome.slightly, outcome.told) == (word, slightly, told)
    assert chain(result, "R") == ("stop -| A -> B -| C -| R" if word == "falls" or slightly else "")
    assert f"  {told}" in rendered(response(result, letters), width=80)
    lines = rendered(response(result, letters, width=40), width=40).splitlines()
    way = "  a little: stop -| A -> B -| C -| R"  # a row of a narrow screen has no room for it
    assert (way in lines) == bool(slightly)
    assert not slightly or lines[lines.index(way) - 1].endswith(f"  {slightly}")
    assert response_data(result, letters)["outcomes"]["R"]["slightly"] == (slightly or None)
    assert [each.drug for each in result.idle] == ([] if word == "falls" or slightly else ["stop"])


def test_what_falls_a_little_is_not_called_kept_by_the_alteration_that_keeps_the_rest(letters):
    """The bypass keeps R on under stop in all cells; picky lowers it in some of them."""
    given = Scenario(drugs=(("stop", 1.0), ("picky", 0.08)), alterations=("bypass",))
    result = respond(letters, given, sampling=Sampling(replicates=20_000, engine="python"))
    assert (result.outcome("R").told, result.outcome("R").held_by) == ("falls a little", "")
    assert chain(result, "R") == "picky -| R"


def test_a_little_that_chance_may_do_is_not_told(letters):
    """Of 300 cells chance moves a difference by up to 0.082, two standard errors of two halves."""
    draws = [Sampling(replicates=300, seed=seed, engine="python") for seed in range(20)]
    results = [respond(letters, Scenario(drugs=(("stop", 0.085),)), sampling=each) for each in draws]
    moved = [1 - each.simulation.readouts["R"].late for each in results]
    told = [each.outcome("R").slightly for each in results]
    assert told == ["falls" if 0.0817 < share <= 0.1 else "" for share in moved]
    assert any(0.05 < share < 0.0817 for share in moved)
    assert "falls" in told


def test_what_an_alteration_holds_is_told_with_its_chain(letters):
    response = asked(letters, "stop", alterations=("bypass",))
    assert (response.outcome("R").word, response.outcome("R").held_by) == ("stays", "bypass")
    assert chain(response, "R") == "bypass -> B -| C -| R"
    told = response_data(response, letters)["outcomes"]["R"]
    assert (told["change"], told["held_by"]) == ("stays", "bypass")
    assert response_data(asked(letters, "stop"), letters)["outcomes"]["R"]["held_by"] is None


def test_a_species_that_is_held_begins_its_chain(letters):
    response = respond(letters, Scenario(clamps=(("B", 0),)), sampling=Sampling(replicates=50))
    assert chain(response, "R") == "B -| C -| R"


def test_a_drug_that_changes_nothing_says_what_each_of_its_actions_lacks(letters):
    (idle,) = asked(letters, "picky", "stop", alterations=("mask",)).idle
    assert idle.drug == "picky"
    assert [(lack.edge.target, lack.needs, lack.prevented_by) for lack in idle.lacks] == [
        ("R", (), ("mask",)),
        ("T", ("L",), ()),
    ]
    assert [each.drug for each in asked(letters, "stop").idle] == []


def test_a_drug_without_what_it_needs_says_so_in_words(letters):
    (idle,) = asked(letters, "picky", "stop", alterations=("mask",)).idle
    assert idle_words(idle) == "picky changes nothing here: on T it would need L; mask keeps it from R."


BARRED = """
schema: 1
name: barred
title: What keeps a drug from acting
species:
  ON: {kind: kinase, initial: 1}
  R: {kind: phenotype}
edges: [{source: ON, target: R, effect: activates}]
drugs:
  either:
    edges:
      - {target: ON, effect: inhibits, unless: [mutant, shield]}
      - {target: ON, effect: inhibits, requires: [mutant], unless: [shield]}
  only:
    edges: [{target: ON, effect: inhibits, requires: [mutant], unless: [shield]}]
alterations:
  mutant: {edges: [{target: ON, effect: activates}]}
  shield: {edges: [{target: ON, effect: activates}]}
"""


@pytest.mark.parametrize(
    ("drug", "alterations", "said"),
    [
        ("either", ("shield",), "shield keeps it from ON."),
        ("either", ("mutant", "shield"), "shield keeps it from ON."),
        ("only", ("shield",), "on ON it would need mutant without shield."),
        ("only", (), "on ON it would need mutant."),
        ("only", ("mutant", "shield"), "shield keeps it from ON."),
    ],
)
def test_what_a_drug_would_need_is_enough_for_it_to_act(drug, alterations, said):
    (idle,) = asked(load_text(BARRED), drug, alterations=alterations).idle
    assert idle_words(idle) == f"{drug} changes nothing here: {said}"
    assert asked(load_text(BARRED), drug, alterations=("mutant",)).idle == ()


@pytest.mark.parametrize(
    ("text", "drug", "said"),
    [
        (  # what its note says of it at large is no reason
            BARRED.replace("  shield: {", "  shield: {note: Found in lungs. An assumption., "),
            "either",
            ": shield keeps it from ON.",
        ),
        (BARRED.replace("only:\n    edges: [{target: ON, effect: inhibits, requires: [mutant], unless: [shield]}]",
                        "only: {edges: [{target: ON, effect: activates}]}"), "only", ": ON is on without it."),
    ],
)  # fmt: skip
def test_what_keeps_a_drug_from_acting_is_told_and_nothing_else_of_it(text, drug, said):
    (idle,) = asked(load_text(text), drug, alterations=("shield",)).idle
    assert idle_words(idle) == f"{drug} changes nothing here{said}"


def test_what_is_on_in_part_of_the_cells_is_not_called_off():
    """E is off where the drug could act, and on in the other half: as ERBB2 where MUC4 keeps it from being taken in."""
    text = """
schema: 1
species: {W: {share: 0.5}, H: {}, E: {}, R: {kind: phenotype}}
edges:
  - {source: W, target: H, effect: activates}
  - {source: W, target: E, effect: inhibits}
  - {source: E, target: R, effect: activates}
rules: {E: not W}
drugs: {degrader: {edges: [{target: E, effect: inhibits, requires: [H]}]}}
"""
    (idle,) = asked(load_text(text), "degrader").idle
    assert idle_words(idle) == "degrader changes nothing here: what it acts on is not at work where it could act."


def test_a_drug_on_what_is_off_already_says_that_and_no_lack(letters):
    (idle,) = respond(
        letters, Scenario(drugs=(("stop", 1.0),), clamps=(("A", 0),)), sampling=Sampling(replicates=50)
    ).idle
    assert [(lack.needs, lack.prevented_by, lack.without_object) for lack in idle.lacks] == [((), (), True)]
    assert idle_words(idle) == "stop changes nothing here: A is off without it."


def test_a_drug_is_set_beside_what_is_held_without_it(letters):
    """A falls because H is held off, not by the drug."""
    (idle,) = asked(letters, "stop", clamps=(("H", 0),)).idle
    assert idle_words(idle) == "stop changes nothing here: A is off without it."


def test_a_drug_of_no_dose_is_not_called_idle(letters):
    assert (
        respond(letters, Scenario(drugs=(("picky", 0.0), ("stop", 1.0))), sampling=Sampling(replicates=50)).idle == ()
    )


def test_what_is_there_before_the_treatment_alone_is_not_lacking(letters):
    """H, on at the start, is what the action needs; the treatment takes it away."""
    needs = Edge(source="late", target="T", effect=Effect.inhibits, requires=("H",))
    both = replace(letters, drugs={"late": Drug(id="late", edges=(needs,))})
    response = respond(both, Scenario(drugs=(("late", 1.0),), clamps=(("H", 0),)), sampling=Sampling(replicates=50))
    assert [lack.needs for idle in response.idle for lack in idle.lacks] == [()]


def test_what_is_there_before_the_treatment_alone_keeps_no_drug_from_acting(letters):
    """H, on at the start, would prevent the action; the treatment takes it away."""
    unless = Edge(source="late", target="T", effect=Effect.inhibits, unless=("H",))
    both = replace(letters, drugs={"late": Drug(id="late", edges=(unless,))})
    response = respond(both, Scenario(drugs=(("late", 1.0),), clamps=(("H", 0),)), sampling=Sampling(replicates=50))
    assert [lack.prevented_by for idle in response.idle for lack in idle.lacks] == [()]


def test_with_the_ligand_the_same_drug_does_act(letters):
    response = asked(letters, "picky", ligands=("L",), alterations=("mask",))
    assert response.idle == ()
    assert (response.outcome("T").word, chain(response, "T")) == ("falls", "picky -| T")


def test_an_untreated_tumour_is_set_beside_a_normal_cell(letters):
    lost = replace(letters, alterations={**letters.alterations})
    response = asked(lost, alterations=("bypass",))
    assert response.against_normal
    assert response.simulation.readouts["R"].before == 1.0
    assert not asked(letters).against_normal
    assert {each.word for each in asked(letters).outcomes} == {""}


def test_a_readout_that_moves_and_comes_back_returns():
    """A falls under the drug, and the slow feedback F lifts R again."""
    text = (
        "schema: 1\nname: back\nreadouts: [R]\nspecies:\n  H: {initial: 1}\n  A: {}\n  F: {speed: slow}\n  R: {}\n"
        "edges:\n  - {source: H, target: A, effect: activates}\n  - {source: A, target: F, effect: inhibits}\n"
        "  - {source: A, target: R, effect: activates}\n  - {source: F, target: R, effect: activates}\n"
        "drugs:\n  stop: {edges: [{target: A, effect: inhibits}]}\n"
    )
    response = asked(load_text(text), "stop")
    (outcome,) = response.outcomes
    assert (outcome.word, outcome.time) == ("returns", "early")
    assert chain(response, "R") == "stop -| A -> R"


@pytest.mark.parametrize(
    ("before", "early", "late", "word"),
    [
        (0.01, 0.12, 0.11, "stays"),  # as early, so not back: it rises a little
        (0.99, 0.88, 0.90, "stays"),
        (0.01, 0.12, 0.03, "returns"),
        (0.33, 0.09, 0.34, "returns"),
        (0.95, 0.45, 0.86, "returns"),  # 41 of 50 are undone
        (0.46, 0.28, 0.37, "stays"),  # half is undone: it falls a little
        (0.46, 0.28, 0.41, "returns"),
        (0.01, 0.12, 0.06, "stays"),
        (0.01, 0.12, 0.12, "rises"),
        (0.01, 0.10, 0.10, "stays"),
    ],
)
def test_what_returns_has_undone_two_thirds_of_its_early_move(before, early, late, word):
    assert word_of(Readout(before, early, late), least=0.1) == word


def test_what_is_told_of_a_readout_under_sotorasib_is_what_its_shares_say():
    """Apoptosis goes from 1 % to 12 % and 11 %, and was said to return."""
    found = respond(load("erbb"), Scenario(alterations=("RAS_mut",), drugs=(("sotorasib", 1.0),)))
    little = slight(found.simulation.replicates)
    for each in found.outcomes:
        before, early, late = found.simulation.readouts[each.readout]
        if each.told == "returns":
            assert abs(early - before) > 0.1
            assert 3 * abs(late - before) <= abs(early - before)
        else:
            change = 1 if late - before > little else -1 if late - before < -little else 0
            assert each.told.partition(" ")[0] == {1: "rises", -1: "falls", 0: "stays"}[change]


def test_a_drug_whose_target_is_back_late_is_not_called_idle():
    """The drug takes A away; by that the slow F comes, stays, and shields A from it."""
    text = (
        "schema: 1\nname: back\nreadouts: [A]\nspecies:\n  H: {initial: 1}\n  A: {initial: 1}\n  F: {speed: slow}\n"
        "edges:\n  - {source: H, target: A, effect: activates}\n  - {source: A, target: F, effect: inhibits}\n"
        "  - {source: F, target: F, effect: activates}\nrules:\n  F: {rule: F or not A}\n"
        "drugs:\n  stop: {edges: [{target: A, effect: inhibits, unless: [F]}]}\n"
    )
    response = asked(load_text(text), "stop")
    assert (response.outcomes[0].word, response.idle) == ("returns", ())


def test_the_shares_do_not_hang_on_what_is_followed_beside(letters):
    """The same scenario with and without other lanes is the same culture, within chance."""
    alone = asked(letters, "part").simulation.readouts["R"].late
    beside = asked(letters, "part", "picky", alterations=("mask",)).simulation.readouts["R"].late
    assert beside == pytest.approx(alone, abs=0.12)


def test_doses_act_as_shares(letters):
    response = respond(letters, Scenario(drugs=(("stop", 0.3),)), sampling=Sampling(replicates=1000))
    assert response.simulation.readouts["R"].late == pytest.approx(0.7, abs=0.06)
    assert prepare(letters, Scenario(drugs=(("stop", 0.3),))).treated.chances["stop"] == 0.3


@given(
    st.lists(st.sampled_from(["A", "AKT", "PIK3CA", "ERBB2_amplified"]), min_size=1, max_size=9), st.integers(24, 60)
)
def test_a_chain_too_long_for_a_line_is_broken_before_an_arrow_and_no_sooner_than_it_must(names, width):
    lines = ["".join(piece for piece, _ in line) for line in indented([(" -> ".join(names), "")], width)]
    assert " ".join(" ".join(lines).split()) == " -> ".join(names)
    assert all(len(line) <= width for line in lines)
    for line, following in pairwise(lines):
        assert following.startswith("    -> ")
        assert len(line) + len(" -> ") + len(following.split()[1]) > width


def test_a_chain_stands_in_the_row_of_its_readout_where_it_just_fits_and_below_it_where_it_does_not(letters):
    answer = asked(letters, "stop")

    def lines(width: int) -> list[str]:
        told = rendered(response(answer, letters, width=width), width=width).splitlines()
        return told[next(place for place, line in enumerate(told) if line.startswith("R  ")) :]

    chain_of_it = "stop -| A -> B -| C -| R"
    row = lines(len(lines(120)[0]) - 1)[0]  # on a narrow screen there are fewer blanks between the numbers
    assert row.split(maxsplit=4)[4] == f"falls    {chain_of_it}"
    assert lines(len(row))[0] == row
    first, second, *_ = lines(len(row) - 1)
    assert (first, second.strip()) == (row.removesuffix(chain_of_it).rstrip(), chain_of_it)


@pytest.mark.parametrize("dose", [0.01, 0.03, 0.05])
@pytest.mark.parametrize(("drug", "alterations"), [("stop", ()), ("part", ()), ("picky", ("mask",))])
def test_a_small_dose_of_what_acts_at_a_full_one_is_not_said_to_change_nothing(letters, drug, alterations, dose):
    """What a full dose does is drawn; of a drug that does nothing at that either, it is still said why."""
    full = respond(letters, Scenario(drugs=((drug, 1.0),), alterations=alterations), sampling=Sampling(replicates=200))
    moved = any(abs(each.late - each.before) > 0.1 for each in full.simulation.values.values())
    given = Scenario(drugs=((drug, dose),), alterations=alterations)
    (idle,) = respond(letters, given, sampling=Sampling(replicates=200)).idle
    if moved:
        assert idle_words(idle) == f"{drug} reaches {dose:.0%} of the cells, too few to see what it does there."
    else:
        assert "changes nothing here: on T it would need L" in idle_words(idle)


SWITCHED = """
schema: 1
name: switched
readouts: [R, S]
species:
  W: {}
  E: {}
  R: {kind: phenotype}
  S: {kind: phenotype}
edges:
  - {source: W, target: E, effect: activates}
  - {source: E, target: R, effect: activates}
drugs:
  degrader:
    edges: [{target: E, effect: inhibits, unless: [mutant]}, {target: E, effect: inhibits, requires: [mutant]}]
alterations:
  mutant: {edges: [{target: E, effect: activates}]}
  positive: {edges: [{target: W, effect: activates}]}
  other: {edges: [{target: S, effect: activates}]}
"""


def test_a_drug_on_what_is_off_names_what_turns_it_on_and_not_what_a_second_action_needs():
    (idle,) = asked(load_text(SWITCHED), "degrader").idle
    assert idle_words(idle) == "degrader changes nothing here: E is off without it, and on with mutant or positive."
    assert asked(load_text(SWITCHED), "degrader", alterations=("positive",)).idle == ()


def test_a_drug_that_acts_where_no_readout_moves_says_so(letters):
    """`side` turns U off, which no rule of a readout uses."""
    side = Drug(id="side", edges=(Edge(source="side", target="U", effect=Effect.inhibits),))
    pathway = replace(letters, drugs={**letters.drugs, "side": side})
    assert remarks(asked(pathway, "side"), pathway) == [
        "No readout moves, though side acts: what moves most of what it acts on is U."
    ]
    assert remarks(asked(pathway, "stop"), pathway) == []


def test_on_and_off_says_that_an_efficacy_is_left_out(letters):
    from her2cli.logic.questions.simulation import in_steps

    (note,) = in_steps(letters, Scenario(drugs=(("part", 1.0),))).notes
    assert note == "what part does in a share of the cells only (efficacy) acts fully here, in on and off"
    assert in_steps(letters, Scenario(drugs=(("stop", 1.0),))).notes == ()


def test_explain_says_in_which_share_of_the_cells_a_drug_does_what_it_does(letters):
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.render.reasons import answered

    result = explain_scenario(letters, Scenario(drugs=(("part", 0.6),)), "A")
    lines = rendered(answered(result, letters, None, None), width=100).splitlines()
    assert any("part on (drug, which does this in 30% of cells)  -| A" in line for line in lines), lines


def test_each_time_of_a_readout_stands_below_its_head(letters):
    result = asked(letters, "stop")
    shares = {name: Readout(0.11, 0.22, 0.77) for name in result.simulation.readouts}
    result = result._replace(simulation=result.simulation._replace(readouts=shares))
    told = [line.split() for line in rendered(response(result, letters, width=80), width=80).splitlines()]
    place = told.index(["before", "early", "late"])
    assert told[place + 1][1:4] == ["11%", "22%", "77%"]
