"""The things of the model, made one by one or by the thousand, are the same."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest

import her2cli.model
from her2cli.model import Edge, Effect, Species, many

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
