"""Tables, pairs and characters: what they look like in any width and any encoding."""

from __future__ import annotations

import codecs
import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.cli.app import run
from her2cli.loading import load
from her2cli.logic.questions.responses import Outcome
from her2cli.logic.questions.shares import Readout
from her2cli.logic.questions.simulation import Change, Simulation
from her2cli.lookup import Hit
from her2cli.model import Agreement, Claim, Edge, Effect, Pathway, Reference, Scenario, Status, Verification
from her2cli.render import contrasts, runs
from her2cli.render.claims import both_sides
from her2cli.render.console import encodable, rendered, stacked, text
from her2cli.render.ends import _states
from her2cli.render.finds import hits
from her2cli.render.matrices import _first_chains, contrary_words
from her2cli.render.responses import MANY, MOVED, _agreement, _references, _sure, _telling, how_sure, how_sure_of
from her2cli.render.tables import Table, fields
from her2cli.studies.matrix import Reason

TREATED = Scenario(drugs=(("X", 1.0),))
TABLE = Table(
    title="Readouts",
    columns=("readout", "late", "agree", "note"),
    rows=(("SURVIVAL", 0.5, True, "falls where PTEN is there"), ("DEATH", 1.0, False, "")),
    note="Shares of time.",
)


def test_a_table_that_fits_stands_in_columns():
    assert rendered(TABLE, width=60) == (
        "Readouts\n"
        "readout   late  agree  note\n"
        "────────────────────────────────────────────────\n"
        "SURVIVAL  0.50  yes    falls where PTEN is there\n"
        "DEATH     1.00  no\n"
        "Shares of time.\n"
    )


def test_scenarios_are_letters_and_past_z_numbers():
    assert [contrasts.letter(index) for index in (0, 1, 25, 26, 27)] == ["A", "B", "Z", "S27", "S28"]


def test_each_time_of_a_readout_stands_in_its_own_column():
    one = Simulation(scenario=Scenario(), readouts={"AKT": Readout(0.1, 0.2, 0.3)}, values={}, semantics="")
    columns, row = (table := contrasts.readouts([one, one])).columns, table.rows[1]
    told = dict(zip(columns, row, strict=True))
    assert (told["scenario"], told["before"], told["early"], told["late"]) == ("B", 0.1, 0.2, 0.3)


def test_what_the_article_says_to_the_contrary_is_said_of_each_row_and_no_more_than_asked_for():
    found = [("A", "AKT", "more"), ("B", "ERK", "less"), ("C", "MYC", "alike")]
    assert contrary_words(found, named=3) == (
        "The article's pathway says the contrary: more AKT in A, less ERK in B, unchanged MYC in C (-p article)."
    )
    assert contrary_words(found, "with", 1) == (
        "The article's pathway says the contrary: more AKT with A; so of 2 more answers (-p article)."
    )


def test_of_very_many_readouts_those_are_told_that_moved_most_or_are_nearest_to_half_of_the_cells():
    moved = {f"R{place}": Readout(0.5, 0.5 + place / 200, 0.5) for place in range(MANY + 1)}
    told = _telling([Outcome(readout=name, word="stays") for name in moved], moved)
    assert [each.readout for each in told] == [f"R{place}" for place in range(MANY + 1)][-MOVED:]
    ends = {f"R{place}": Readout(0, 0, (place + 0.1) / 50) for place in range(MANY + 1)}
    told = _telling([Outcome(readout=name, word="") for name in ends], ends)
    assert [each.readout for each in told] == [f"R{place}" for place in range(17, 17 + MOVED)]
    assert len(_telling([Outcome(readout=name, word="") for name in list(ends)[:MANY]], ends)) == MANY


def test_what_rests_on_no_source_of_its_own_is_cited_last():
    known = {
        "Remembered": Reference(id="Remembered", citation="", verified=Verification.memory),
        "Seen": Reference(id="Seen", citation="", verified=Verification.seen),
    }
    edge = Edge(source="A", target="B", effect=Effect.activates, evidence=tuple(known))
    told = _references(
        [Outcome(readout="B", word="rises", chain=(edge,))], Pathway(name="", species={}, edges=(), references=known)
    )
    assert told == "Seen, Remembered (unverified)"


def test_the_gravest_claims_stand_first_where_that_is_asked_for_and_else_in_the_order_of_the_article():
    statuses = (Status.simplified, Status.omission, Status.outdated, Status.disputed, Status.wrong)
    claims = [Claim(id=str(number), article=f"This is {each}.", status=each) for number, each in enumerate(statuses)]
    for gravest_first, expected in ((True, statuses[::-1]), (False, statuses)):
        told = rendered(both_sides(claims, gravest_first=gravest_first), width=60)
        assert re.findall(r"This is (\w+)", told) == [each.value for each in expected]


def test_a_tumour_beside_a_normal_cell_has_both_under_their_names(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "72")
    assert run(["simulate", "-p", "tests/data/small.yaml", "--replicates", "20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    head = next(index for index, line in enumerate(lines) if line.split() == ["normal", "here"])
    growth, death = lines[head + 1 : head + 3]
    assert (growth.split()[:3], death.split()[:3]) == (["GROWTH", "0%", "100%"], ["DEATH", "100%", "0%"])


def test_of_many_reasons_the_first_and_the_first_that_goes_the_other_way_are_told():
    reasons = [Reason(readout=name, by=by, chain=()) for name, by in zip("ABCD", (0.9, 0.5, -0.4, -0.3), strict=True)]
    assert [each.readout for each in _first_chains(reasons)] == ["A", "C"]
    assert [each.readout for each in _first_chains(reasons[:2])] == ["A"]


def test_how_sure_an_answer_is_comes_from_drugs_of_its_kind_or_from_all():
    of = {"all": ("", 40), "few": ("antibody", 9), "kind": ("kinase inhibitor", 12)}
    known = {
        key: Agreement(id=key, answer="change", right=5, of=number, kind=kind) for key, (kind, number) in of.items()
    }
    chosen = {kinds: _agreement(known, "change", kinds) for kinds in (("kinase inhibitor",), ("antibody",), ())}
    assert {kinds: each and each.id for kinds, each in chosen.items()} == {
        ("kinase inhibitor",): "kind",
        ("antibody",): "all",
        (): "all",
    }


def test_a_little_and_nothing_are_told_apart_where_they_are_parts_of_what_was_unchanged():
    """An agreement of one's own may have no parts, and then those that come with her2 are of other experiments."""
    figures = {"change": (9, 10), "unchanged": (6, 20), "slight": (2, 5), "steady": (8, 15)}
    known = {key: Agreement(id=key, answer=key, right=right, of=of) for key, (right, of) in figures.items()}
    moved = [SimpleNamespace(slightly="rises")]
    result = SimpleNamespace(outcomes=moved, simulation=SimpleNamespace(scenario=Scenario(context="body")))
    whole, own = SimpleNamespace(drugs={}, agreement=known), SimpleNamespace(drugs={}, agreement=dict(known))
    own.agreement["unchanged"] = Agreement(id="unchanged", answer="unchanged", right=1, of=12)
    assert 'in 8 of 15 times that it said "stays"' in _sure(result, whole)
    assert "in only 1 of 12 times that it foretold none" in _sure(result, own)
    assert "of 15" not in _sure(result, own)


@pytest.mark.parametrize(
    ("word", "slightly", "told"),
    [
        ("falls", "", "in 9 of 10 changes that it foretold"),
        ("returns", "", "in 9 of 10 changes that it foretold"),
        ("stays", "rises", 'in only 2 of 10 times that it said "a little"'),
        ("stays", "", 'in 8 of 15 times that it said "stays"'),
        ("", "", ""),
    ],
)
def test_of_one_readout_it_is_told_how_sure_that_is_and_nothing_else(word, slightly, told):
    figures = {"change": (9, 10), "unchanged": (10, 25), "slight": (2, 10), "steady": (8, 15)}
    known = {key: Agreement(id=key, answer=key, right=right, of=of) for key, (right, of) in figures.items()}
    outcomes = [SimpleNamespace(word=word, slightly=slightly)]
    result = SimpleNamespace(outcomes=outcomes, simulation=SimpleNamespace(scenario=Scenario(context="body")))
    assert how_sure_of(result, SimpleNamespace(drugs={}, agreement=known)) == (
        f"How sure: in blind tests it was right {told}." if told else ""
    )


def test_ends_that_are_those_above_are_not_listed_again():
    ends = {"cyclic": 0, "counted": True, "complete": True, "species": ("A", "B"), "sizes": (1, 1)}
    above = SimpleNamespace(count=2, states=("10", "01"), **ends)
    same, other = (SimpleNamespace(count=2, states=states, **ends) for states in (("10", "01"), ("10", "11")))
    assert rendered(_states("Attractors", same, above), width=60) == "Attractors. 2\n  The same as above.\n"
    assert "same as above" not in rendered(_states("Attractors", other, above), width=60)


def test_what_is_called_as_its_id_is_told_once():
    hit = Hit(kind="species", id="AKT", field="id", value="AKT", name="AKT")
    other = Hit(kind="species", id="SHC1", field="note", value="binds AKT", name="")
    first, second = rendered(hits([hit, other], "AKT", 5), width=60).splitlines()[-2:]
    assert (first.split(), second.split()) == (["AKT"], ["SHC1", "note:", "binds", "AKT"])


def test_the_widest_column_gives_way_first_and_words_stay_whole():
    assert rendered(TABLE, width=36).splitlines()[3:6] == [
        "SURVIVAL  0.50  yes    falls where",
        "                       PTEN is there",
        "DEATH     1.00  no",
    ]


def test_a_table_too_wide_for_the_screen_becomes_one_block_a_row():
    assert rendered(TABLE, width=20) == (
        "Readouts\n"
        "SURVIVAL\n"
        "  late: 0.50\n"
        "  agree: yes\n"
        "  note: falls\n"
        "    where PTEN is\n"
        "    there\n"
        "DEATH\n"
        "  late: 1.00\n"
        "  agree: no\n"
        "Shares of time.\n"
    )


def test_a_detail_stands_below_its_row():
    table = Table(columns=("id", "kind", "told"), rows=(("A", "edge", "a long sentence that wraps"),), detail="told")
    assert rendered(table, width=24).splitlines()[2:] == ["A   edge", "    a long sentence that", "    wraps"]


def test_pairs_stand_beside_each_other_where_there_is_room_and_below_where_not():
    pairs = fields({"tumour": "ERBB2_amp", "treatment": ("lapatinib", "trastuzumab"), "ligands": ""})
    assert rendered(pairs, width=60) == "tumour     ERBB2_amp\ntreatment  lapatinib, trastuzumab\n"
    assert rendered(pairs, width=24) == "tumour\n  ERBB2_amp\ntreatment\n  lapatinib, trastuzumab\n"


def test_looks_are_stacked_with_one_blank_line_and_nothing_is_left_out_silently():
    assert rendered(stacked(text("a"), None, text("b")), width=20) == "a\n\nb\n"


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=4, max_size=4),
    st.integers(20, 90),
)
def test_whatever_the_cells_hold_no_line_is_wider_than_the_screen(cells, width):
    from rich.cells import cell_len

    table = Table(columns=("a", "b", "c", "d"), rows=(tuple(cells),))
    assert all(cell_len(line) <= width for line in rendered(table, width=width).splitlines())


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "koi8-r"])
@given(value=st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_can_be_encoded_and_ascii_stays_as_it_is(encoding, value):
    out = encodable(value, encoding)
    codecs.encode(out, encoding)
    assert encodable(out, encoding) == out
    if value.isascii():
        assert out == value


@pytest.mark.parametrize(
    ("value", "expected"),
    [("├─ α → β", "|- a > b"), ("TGF-α", "TGF-a"), ("naïve", "naive"), ("日本", "????"), ("10–20 µM", "10-20 uM")],
)
def test_a_lacking_character_is_replaced_by_one_that_is_close(value, expected):
    assert encodable(value, "ascii") == expected


def test_the_steps_behind_a_change_are_merged():
    first = Edge(source="A", target="C", effect=Effect.activates, step=(1, 2))
    second = Edge(source="B", target="C", effect=Effect.activates, step=(2, 3))
    assert runs.behind([second, first]) == [("  [1,2,3]", "step")]


def test_a_parting_shows_what_each_does_and_why_the_other_does_not():
    off = Change(species="C", value=0, reason="X on")
    on = Change(species="C", value=1, reason="C off")
    assert rendered(contrasts.parting(1, "late, at step 9", ((), (on,)), ((off,), ())), width=60) == (
        "B first parts from A late, at step 9\n  A stays off C  because X on\n  B on  C        because C off\n"
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("untreated", 1, (1, 1), 0), "in the untreated tumour, at step 1"),
        (("early", 1, (None, 9), 0), "early under the treatment, at step 9"),
        (("late", 1, (12, 11), 0), "late, at step 11 (12 of A)"),
        (("late", 0, (None, None), 0), "late, at step 1 after fast species have settled"),
        (
            ("early", 1, (None, None), 2),
            "early under the treatment, at step 1 after it is added, if it comes at moment 3 of the cycle before",
        ),
    ],
)
def test_a_parting_is_timed_as_the_simulations_count(arguments, expected):
    assert contrasts.moment(*arguments) == expected


def test_what_never_parts_is_told_in_words():
    assert (
        contrasts.alike(1, ("K", "X"), 1, 1).plain
        == "B runs as A does, step by step; only what is named differs: K, X."
    )
    assert contrasts.alike(2, (), 0, 0).plain == "C runs as A does, step by step."
    assert contrasts.alike(1, (), 3, 5).plain == (
        "B runs as A does, step by step (followed from 3 of the 5 moments of the cycle at which a treatment may come)."
    )


def test_a_note_of_several_scenarios_and_times_is_told_once():
    told = contrasts.notes(
        [
            ("before: a cycle", (0,)),
            ("before and late: a cycle", (1,)),
            ("X: not here", (0, 1)),
            ("early: a cycle", (0,)),
        ]
    )
    assert told == [("A before; B before and late; A early", "a cycle"), ("A; B", "X: not here")]


@pytest.mark.parametrize(
    ("readouts", "options", "expected"),
    [
        ({"A": (1, 1, 1), "B": (0, 0, 0)}, {}, "On: A."),
        ({"A": (0.5, 0.5, 0.5), "B": (1, 1, 1)}, {}, "On: B. Keeps changing: A."),
        ({"A": (0.4, 0.4, 0.4)}, {}, "Keeps changing: A."),
        ({"A": (0, 0, 0)}, {}, "On: none of the readouts."),
        ({"A": (0.6, 0.6, 0.6)}, {"replicates": 1000}, "On in a part of the cells: A."),
        ({"A": (1, 0, 0)}, {"scenario": TREATED}, "Lost: A."),
        ({"A": (1, 1, 1)}, {"scenario": TREATED}, "The treatment changes none of the readouts."),
        (
            {"A": (1, 0, 1), "B": (0, 0, 0)},
            {"scenario": TREATED},
            "In the end the treatment changes none of the readouts; early, it changes A.",
        ),
    ],
)
def test_the_summary_says_what_is_on_and_what_keeps_changing(readouts, options, expected):
    values = {name: Readout(*three) for name, three in readouts.items()}
    result = Simulation(**{"scenario": Scenario(), "semantics": "", "readouts": values, "values": values} | options)
    letters = Pathway(name="letters")
    assert rendered(runs.simulation(result, letters), width=100).splitlines()[-1] == expected


def test_each_time_of_one_scenario_stands_in_its_own_column():
    one = Simulation(scenario=Scenario(), readouts={"AKT": Readout(0.1, 0.2, 0.4)}, values={}, semantics="")
    told = dict(zip((table := runs.readouts(one)).columns, table.rows[0], strict=True))
    assert (told["readout"], told["before"], told["early"], told["late"]) == ("AKT", 0.1, 0.2, 0.4)


def test_a_table_has_all_of_its_rows_however_many():
    table = Table(columns=("place", "name"), rows=tuple((place, f"N{place}") for place in range(1000)))
    for width in (60, 4):
        assert [f"N{place}" for place in range(1000)] == re.findall(r"N\d+", rendered(table, width=width))


def test_where_a_drug_s_own_class_has_too_few_experiments_that_is_said_beside_the_figure_of_all():
    pathway = load("erbb")
    of_all = {each.answer: each for each in pathway.agreement.values() if not each.kind}
    for name, drug in pathway.drugs.items():
        said = how_sure(pathway, Scenario(drugs=((name, 1.0),), context="body"), ("change",))
        own = [each for each in pathway.agreement.values() if (each.kind, each.answer) == (drug.kind, "change")]
        if f"{of_all['change'].right} of {of_all['change'].of}" in said:
            few = own[0].of if own else 0
            assert few < 10
            assert (f"Only {few} of these changes" if few else "None of these changes") in said
        else:
            assert f"in {own[0].right} of {own[0].of} changes" in said
            assert "these changes" not in said
