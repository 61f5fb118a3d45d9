"""The rows of a screen: names that are cut stay different."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from her2cli.render.screens import _short


def test_names_that_are_the_same_when_cut_get_numbers():
    assert _short(["AKT", "PROLIFERATION", "PROLINE"], 5) == ["AKT", "PROLI", "PROL2"]
    assert _short(["AKT3", "AKTX1", "AKTX2"], 4) == ["AKT3", "AKTX", "AKT2"]
    assert _short(["AKT2", "AKTX1", "AKTX2"], 4) == ["AKT2", "AKTX", "AKT3"]


@given(st.lists(st.text("AB2", min_size=3, max_size=6), unique=True, max_size=12))
def test_names_that_are_cut_stay_different_and_as_short_as_asked(names):
    cut = _short(names, 4)
    assert len(set(cut)) == len(names)
    assert all(len(short) <= 4 for short in cut)
