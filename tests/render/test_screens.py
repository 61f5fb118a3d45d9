"""The rows of a screen: names that are cut stay different, and what has no room is named."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from her2cli.render.screens import Line, Ranking, _short


def test_names_that_are_the_same_when_cut_get_numbers():
    assert _short(["AKT", "PROLIFERATION", "PROLINE"], 5) == ["AKT", "PROLI", "PROL2"]
    assert _short(["AKT3", "AKTX1", "AKTX2"], 4) == ["AKT3", "AKTX", "AKT2"]
    assert _short(["AKT2", "AKTX1", "AKTX2"], 4) == ["AKT2", "AKTX", "AKT3"]


@given(st.lists(st.text("AB2", min_size=3, max_size=6), unique=True, max_size=12))
def test_names_that_are_cut_stay_different_and_as_short_as_asked(names):
    cut = _short(names, 4)
    assert len(set(cut)) == len(names)
    assert all(len(short) <= 4 for short in cut)


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (30, "not shown for want of room: PROLIFERATION, AKT"),
        (37, "PRO PROLIFERATION; not shown for want of room: AKT"),
        (60, ""),
    ],
)
def test_readouts_without_room_are_named_in_a_sentence(width, said):
    line = Line(rank="1", names=("lapatinib",), score="0.50 ± 0.01", shares=(10, 20))
    look = Ranking(names=("drug",), readouts=("PROLIFERATION", "AKT"), lines=[line], goals={})
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(look)
    told = " ".join(out.getvalue().split("\n", 2)[2].split())
    assert told.removeprefix("1 lapatinib 0.50 ± 0.01 10 20").strip() == said
