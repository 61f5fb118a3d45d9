"""The things of the model, made one by one or by the thousand, are the same."""

from __future__ import annotations

import copy
import pickle
import re
from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest

import her2cli.model
from her2cli.errors import UnknownName
from her2cli.loading import load
from her2cli.model import Edge, EdgeTable, Effect, Ends, Pathway, Species, answers, closest, find, many

EDGE = Edge(source="A", target="B", effect=Effect.inhibits)
LIGHT = many(Edge, source=["A", "C"], target=["B", "D"], effect=[Effect.inhibits, Effect.activates])


def test_things_made_together_equal_those_made_one_by_one():
    assert [EDGE, Edge(source="C", target="D", effect=Effect.activates)] == LIGHT
    assert [EDGE, LIGHT[1]] == LIGHT
    assert LIGHT[0] != LIGHT[1]
    assert hash(LIGHT[0]) == hash(EDGE)
    assert repr(LIGHT[0]) == repr(EDGE)
    assert many(Species, id=["A"]) == [Species(id="A")]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda edge: pickle.loads(pickle.dumps(edge))])
def test_they_are_copied_and_stored_as_any_other(again):
    assert again(LIGHT[0]) == EDGE


def test_a_changed_copy_is_one_of_the_usual_kind():
    changed = replace(LIGHT[0], evidence=("Alessi1997",))
    assert changed == replace(EDGE, evidence=("Alessi1997",))
    assert type(changed) is Edge


def test_they_cannot_be_changed_either():
    with pytest.raises(AttributeError):
        LIGHT[0].source = "X"
    with pytest.raises(AttributeError):
        LIGHT[0].note = "X"


def test_a_name_that_the_model_does_not_have_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        her2cli.model.Nothing  # noqa: B018


COLUMNS = {"source": ["A", "B", "A"], "target": ["B", "C", "C"], "effect": [Effect.inhibits, *[Effect.activates] * 2]}
ROWS = tuple(Edge(source=a, target=b, effect=c) for a, b, c in zip(*COLUMNS.values(), strict=True))


def test_a_table_of_edges_is_a_sequence_of_them():
    table = EdgeTable(**COLUMNS)
    assert table == ROWS
    assert table == ROWS
    assert table != ROWS[:2]
    assert (table[1], table[-1], table[1:], len(table)) == (ROWS[1], ROWS[2], list(ROWS[1:]), 3)
    assert hash(table) == hash(ROWS)
    assert pickle.loads(pickle.dumps(table)) == ROWS


@pytest.mark.parametrize("rows", [1, 100])
def test_the_edges_of_a_species_are_the_same_from_a_table_and_from_a_tuple(rows):
    columns = {name: column * rows for name, column in COLUMNS.items()}
    in_table, in_tuple = (Pathway(name="m", edges=edges) for edges in (EdgeTable(**columns), ROWS * rows))
    for name in "ABCD":
        assert in_table.edges_from(name) == in_tuple.edges_from(name)
        assert in_table.edges_into(name) == in_tuple.edges_into(name)


def test_the_species_at_the_ends_of_edges_are_named_in_their_order():
    species = Ends(EdgeTable(**COLUMNS), {"A", "B", "C"})
    assert dict(species) == {name: Species(id=name) for name in "ABC"}
    assert list(species) == ["A", "B", "C"]
    assert "A" in species
    assert "X" not in species
    assert len(species) == 3


WORDS = [
    "lapatinib",
    "Tykerb",
    "herceptin",
    "KRAS G12D",
    "PIK3CA p.H1047R",
    "HER2+",
    "BT-474",
    "Body",
    "EGFR",
    "none such",
]


@pytest.mark.parametrize("shelf", ["drugs", "alterations", "cell_lines", "contexts", "species"])
def test_a_thing_answers_to_a_name_exactly_where_it_is_found_by_it(shelf: str) -> None:
    kind = "alteration" if shelf == "alterations" else shelf
    shared = {name: SimpleNamespace(id=name, aliases=("both",)) for name in "ab"}
    for things, words in ((getattr(load("erbb"), shelf), WORDS), (shared, ["a", "B", "both", "c"])):
        found = []
        for word in words:
            with suppress(UnknownName):
                find(things, word, kind)
                found.append(word)
        assert [word for word in words if answers(things, word, kind)] == found
        assert 0 < len(found) < len(words)


@pytest.mark.parametrize("drug", sorted(load("her2").drugs))
def test_a_drug_with_a_letter_left_out_is_still_the_one_that_was_meant(drug):
    """But where what is left is a part of another one's name: dactolisib without its c is in gedatolisib."""
    drugs = load("her2").drugs
    typed = [drug[:place] + drug[place + 1 :] for place in range(len(drug))]
    typed = [each for each in typed if not any(each in other for other in drugs)]
    assert [each for each in typed if drug not in closest(each, drugs)] == []


@pytest.mark.parametrize(
    "name",
    ["alectinib", "crizotinib", "ibrutinib", "imatinib", "nivolumab", "olmutinib", "ramucirumab", "temsirolimus"],
)
def test_an_ending_that_a_class_of_drugs_shares_makes_no_drug_close(name):
    drugs = load("her2").drugs
    endings = {each[-4:] for each in drugs}
    close = closest(name, drugs)
    assert name[-4:] not in endings or [each for each in close if each.endswith(name[-4:])] == []


def test_what_the_library_leaves_out_names_stand_ins_that_are_there():
    """Of those that a reader of labels asks for; each with a reason, and a name in backquotes is one that answers."""
    pathway = load("erbb")
    asked = ["osimertinib", "adagrasib", "panitumumab", "sunitinib", "toremifene", "mobocertinib", "lasofoxifene"]
    assert {*asked} <= {*pathway.absent}
    for name in asked:
        assert pathway.absent[name].reason
        for stand_in in re.findall(r"`(\w+)`", pathway.absent[name].reason):
            assert stand_in in pathway.drugs, name
