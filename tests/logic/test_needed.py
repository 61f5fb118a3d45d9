"""What is told as the reason is needed: held as it was before, it leaves the readout where it was in a good part.

The check is independent of how chains are found: it holds a species by a clamp of the treatment, which chains know
nothing of, and compares drawn cells, which chains are not told from.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from her2cli.loading import load, load_text
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.responses import CARRIED, SEVERAL, Response, chain_of, respond
from her2cli.logic.questions.shares import shares
from her2cli.logic.questions.sweeps import EVERY, Cells, sweep
from her2cli.model import Edge, Pathway, Scenario
from her2cli.render.console import rendered
from her2cli.render.responses import chain_text, response

CELLS = Sampling(replicates=400)
DRUGS = (
    *("lapatinib", "saracatinib", "trastuzumab", "tucatinib", "neratinib", "alpelisib", "capivasertib", "everolimus"),
    *("palbociclib", "trametinib", "pertuzumab", "gedatolisib", "trastuzumab_deruxtecan"),
)
HELD_BY = ("PIK3CA_H1047R", "AKT1_E17K", "P95HER2_up", "BRAF_V600E")


@pytest.fixture(scope="module")
def erbb():
    return load("erbb")


def treated(pathway, *drugs: str, more: tuple[str, ...] = ()) -> Scenario:
    alterations = (*pathway.default_alterations, *more)
    return Scenario(drugs=tuple((each, 1.0) for each in drugs), alterations=alterations, context="body")


def last(told: Response, readout: str) -> str:
    """The last species on the chain before the readout."""
    return told.outcome(readout).chain[-1].source


@pytest.mark.parametrize("drug", DRUGS)
def test_holding_the_last_step_of_what_is_told_keeps_a_good_part_of_the_readout(erbb, drug):
    """A quarter, or half of what any other regulator keeps that is held so; of each readout that falls."""
    scenario = treated(erbb, drug)
    told = respond(erbb, scenario, sampling=CELLS)
    values = told.simulation.values
    falls = {
        each.readout: last(told, each.readout) for each in told.outcomes if each.word == "falls" and len(each.chain) > 1
    }
    assert "PROLIFERATION" in falls

    def held(name: str) -> Scenario:
        return replace(scenario, clamps=((name, round(values[name].before)),))

    others = {
        readout: {edge.source for edge in erbb.edges_into(readout)} - {readout, *erbb.default_alterations}
        for readout in falls
    }
    names = sorted({*falls.values(), *(name for each in others.values() for name in each)})
    found = shares(erbb, [held(name) for name in names], sampling=CELLS).values
    late = {name: found[held(name)] for name in names}
    for readout, step in falls.items():
        fell = values[readout].before - values[readout].late
        kept = {name: (late[name][readout].late - values[readout].late) / fell for name in {step, *others[readout]}}
        best = max(kept.values())
        assert kept[step] > 0.2 or kept[step] > best / 2 - 0.1, (readout, step, kept)


def test_what_would_fall_without_it_all_the_same_is_no_reason(erbb):
    """Lapatinib: with BAD or APOPTOSIS held off PROLIFERATION falls nearly as far; with E2F1 held on it does not."""
    told = respond(erbb, treated(erbb, "lapatinib"), readouts=["PROLIFERATION"], sampling=CELLS)
    names = {edge.source for edge in told.outcome("PROLIFERATION").chain}
    assert "E2F1" in names
    assert not {"BAD", "APOPTOSIS"} & names


@pytest.mark.parametrize("alteration", HELD_BY)
def test_what_keeps_a_readout_up_keeps_less_when_the_last_step_is_held_where_it_would_be(erbb, alteration):
    """The chain of `resist`, of an alteration of the tumour: the step held as it is under the drug without it."""
    plain, altered = treated(erbb, "trastuzumab"), treated(erbb, "trastuzumab", more=(alteration,))
    chain = chain_of(erbb, plain, altered, {alteration}, "PROLIFERATION", rises=True)
    step = chain[-1].source
    assert step != "APOPTOSIS"
    drawn = shares(erbb, [plain, altered], sampling=CELLS).values
    without, with_ = drawn[plain]["PROLIFERATION"].late, drawn[altered]["PROLIFERATION"].late
    assert with_ > without
    where = drawn[plain][step].late < drawn[altered][step].late  # held off, if the alteration turns it on
    held = replace(altered, clamps=((step, int(not where)),))
    assert shares(erbb, [held], sampling=CELLS).values[held]["PROLIFERATION"].late < with_ - (with_ - without) / 4


def drawn(picture: str, *, rules: str, **said: str) -> Pathway:
    """The pathway of a *picture*, `A -> B -| P, A -> C`: A is on, a drug stops it; *said* is the YAML of a species."""
    chains = [chain.split() for chain in picture.split(", ")]
    species = {"A": "initial: 1"} | said
    edges = []
    for chain in chains:
        for source, arrow, target in zip(chain[::2], chain[1::2], chain[2::2], strict=False):
            effect = {"->": "activates", "-|": "inhibits"}[arrow]
            edges.append(f"{{source: {source}, target: {target}, effect: {effect}}}")
        species = dict.fromkeys(chain[::2], "") | species
    return load_text(f"""
schema: 1
name: letters
species: {{{", ".join(f"{name}: {{{yaml}}}" for name, yaml in species.items())}}}
edges: [{", ".join(edges)}]
rules: {{{rules}}}
drugs: {{stop: {{edges: [{{target: A, effect: inhibits}}]}}}}
""")


STOPPED = Scenario(drugs=(("stop", 1.0),))


def told(pathway: Pathway, readout: str = "P") -> tuple[Edge, ...]:
    """The chain that is told of a readout once A is stopped."""
    return respond(pathway, STOPPED, sampling=CELLS).outcome(readout).chain


@pytest.fixture(scope="module")
def letters():
    """In a tenth of the cells (FEW) C is on without A, and either is enough to stop P."""
    rules = "C: not A and FEW, P: B and not C"
    return drawn("A -> B -> P, A -| C -| P", rules=rules, FEW="initial: 1, share: 0.1")


def test_a_cell_is_counted_for_a_species_that_was_needed_and_not_where_another_would_have_done(letters):
    prepared = prepare(letters, STOPPED)
    times = sweep(prepared)
    cells = Cells(network=prepared.treated, before=times["before"], after=times["late"])
    few = times["before"]["FEW"]
    assert cells.moved("P", rises=False) == times["before"]["P"] != 0
    assert cells.needed("B", "P", rises=False) == times["before"]["P"] & ~few
    assert cells.needed("C", "P", rises=False) == 0
    assert cells.needed("A", "P", rises=False) == times["before"]["P"]
    assert cells.needed("FEW", "P", rises=False) == 0  # what does not move makes no difference


def test_early_it_is_the_cells_without_the_slow_species(letters):
    prepared = prepare(letters, STOPPED)
    times = sweep(prepared)
    cells = Cells(network=prepared.treated, before=times["before"], after=times["early"], late=False)
    by_hand = cells.moved("P", rises=False) & ~times["before"]["FEW"]
    assert by_hand.bit_count() > EVERY.bit_count() / 2
    assert (
        cells.needed("B", "P", rises=False) ^ by_hand
    ).bit_count() < EVERY.bit_count() / 50  # a few have not come to rest


KEPT = (
    ("lapatinib", ("ERBB2_amp", "PIK3CA_H1047R")),
    ("trastuzumab", ("ERBB2_amp", "PTEN_loss")),
    ("fulvestrant", ("PIK3CA_E545K", "ESR1_on")),
    ("palbociclib", ("ESR1_on", "RB1_loss")),
    ("alpelisib", ("ERBB2_amp", "RAS_mut")),
    ("trastuzumab", ("ERBB2_amp", "P95HER2_up")),
    ("trastuzumab", ("ERBB2_amp", "MUC4_high", "PIK3CA_other")),
    ("fulvestrant", ("ESR1_on", "PIK3CA_E545K", "ERBB2_L755S")),
)


@pytest.mark.parametrize(("drug", "alterations"), KEPT)
def test_what_is_called_kept_moves_in_a_tumour_without_the_alteration_that_is_named(erbb, drug, alterations):
    scenario = Scenario(drugs=((drug, 1.0),), alterations=alterations, context="body")
    result = respond(erbb, scenario, sampling=CELLS)
    shown = rendered(response(result, erbb, width=400), width=400).splitlines()
    for outcome in result.outcomes:
        if outcome.held_by:
            without = replace(scenario, alterations=tuple(each for each in alterations if each != outcome.held_by))
            alone = shares(erbb, [without], sampling=CELLS).values[without][outcome.readout]
            assert abs(alone.late - alone.before) > 0.1, outcome
            told = respond(erbb, without, readouts=[outcome.readout], sampling=CELLS).outcomes[0].told
            assert told in ("falls", "rises"), outcome
            (row,) = [line for line in shown if line.startswith(f"{outcome.readout} ")]
            assert outcome.held_by in row or f"kept: it would move without {outcome.held_by};" in " ".join(shown)


def test_an_edge_that_only_tells_in_which_cells_is_on_a_chain_where_there_is_no_other():
    """The way by SORT, which marks cells, is shorter, and keeps P on as well where it stays."""

    def sources(rule: str) -> list[str]:
        pathway = drawn("A -> B -> C -> P, A -> SORT -> P", rules=f"P: {rule}", SORT="kind: context")
        return [edge.source for edge in told(pathway)]

    assert sources("C or SORT") == ["stop", "A", "B", "C"]
    assert sources("SORT and (C or not C)") == ["stop", "A", "SORT"]


def test_where_each_of_several_ways_is_enough_none_of_them_is_told_and_what_they_share_is():
    """Without A both C and D are off, and either alone turns E off: with C held on, or D, nothing changes."""
    picture = "A -> B -> C -> E -> P, B -> D -> E"
    chain = told(drawn(picture, rules="E: C and D"))
    assert chain_text(chain) == "stop -| A -> B ... E -> P"
    assert [(edge.source, edge.target, edge.sign) for edge in chain if edge.mechanism == SEVERAL] == [("B", "E", 1)]
    assert chain_text(told(drawn(picture, rules="E: C and (D or not D)"))) == "stop -| A -> B -> C -> E -> P"


def test_what_works_against_a_readout_in_most_cells_is_on_no_chain_to_it():
    """Without A, B turns P off in three cells in ten (FEW), and keeps it on in the others, where C would not."""
    rules = "P: C and (B or not FEW) or not C and not B and not FEW and HALF"
    cells = {"FEW": "initial: 1, share: 0.3", "HALF": "initial: 1, share: 0.5"}
    pathway = drawn("A -> B -> P, A -> C -> P", rules=rules, **cells)
    assert respond(pathway, STOPPED, sampling=CELLS).outcome("P").word == "falls"
    assert "B" not in [edge.source for edge in told(pathway)]


STEPS = (
    *(("lapatinib", "ERBB2_amp PTEN_loss"), ("lapatinib", "ERBB2_amp"), ("trastuzumab", "ERBB2_amp")),
    *(("trastuzumab", "ERBB2_amp PTEN_loss"), ("alpelisib", "ERBB2_amp PIK3CA_H1047R"), ("trametinib", "ERBB2_amp")),
    *(("capivasertib", "ESR1_on"), ("palbociclib", "ESR1_on"), ("fulvestrant", "ESR1_on"), ("tucatinib", "ERBB2_amp")),
)


@pytest.mark.parametrize(("drug", "alterations"), STEPS)
def test_every_step_of_every_chain_takes_a_part_of_the_move_away_when_it_is_held_as_it_was(erbb, drug, alterations):
    """Of what was on, or off, in nearly all cells before: by a clamp, in cells that are drawn, to which chance does
    something, too."""
    scenario = Scenario(drugs=((drug, 1.0),), alterations=tuple(alterations.split()), context="body")
    sampling = Sampling(replicates=1000)
    told = respond(erbb, scenario, sampling=sampling)
    values = told.simulation.values
    steps = {
        (edge.source, outcome)
        for outcome in told.outcomes
        if not outcome.held_by
        for edge in outcome.chain[1:]
        if not 0.1 < values[edge.source].before < 0.9
    }
    held = {name: replace(scenario, clamps=((name, round(values[name].before)),)) for name, _ in steps}
    found = shares(erbb, list(held.values()), sampling=sampling).values if held else {}
    for name, outcome in sorted(steps):
        share, kept = values[outcome.readout], found[held[name]][outcome.readout]
        moved = getattr(share, outcome.time) - share.before
        gone = getattr(share, outcome.time) - getattr(kept, outcome.time)
        assert gone * (1 if moved > 0 else -1) > abs(moved) * CARRIED / 2 - 0.02, (name, chain_text(outcome.chain))


def test_no_chain_begins_with_an_action_that_its_condition_keeps_off(erbb):
    """Of every alteration that has such an action, alone beside a normal cell: the cells are drawn, chains are not."""
    asked = 0
    for name in erbb.alterations:
        if not any(edge.requires or edge.unless for edge in erbb.actions(name)):
            continue
        told = respond(erbb, Scenario(alterations=(name,), context="body"), sampling=Sampling(replicates=100))
        late = {species: each.late for species, each in told.simulation.values.items()}
        for outcome in told.outcomes:
            for action in outcome.chain[:1]:
                assert all(late.get(each, 0.0) < 0.98 for each in action.unless), (name, outcome.readout)
                assert all(late.get(each, 1.0) > 0.02 for each in action.requires), (name, outcome.readout)
                asked += 1
    assert asked > 20
