"""The rows of a screen: names of rows are whole, heads that are cut stay different, and what has no room is named."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from her2cli.render.console import rendered
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
        (20, "not shown for want of room: PROLIFERATION, AKT"),
        (37, "PRO PROLIFERATION; not shown for want of room: AKT"),
        (60, ""),
    ],
)
def test_readouts_without_room_are_named_in_a_sentence(width, said):
    line = Line(rank="1", names=("lapatinib",), score="0.50 ± 0.01", shares=(10, 20))
    look = Ranking(names=("drug",), readouts=("PROLIFERATION", "AKT"), lines=[line], goals={})
    out = StringIO()
    Console(file=out, width=width, color_system=None).print(look)
    _, _, told = " ".join(out.getvalue().split()).partition("0.50 ± 0.01")
    assert told.lstrip(" 0123456789") == said


@pytest.mark.parametrize(
    ("width", "rows"),
    [  # rank 4, names 8 and 6, score 5, a share 3, with 2 between: 34 columns
        (34, ["rank  drug      line    score  AKT", "  12  lapatini  SKBR33  0.503   10"]),
        (33, ["rank  drug  line", "      score  AKT", "  12  lapatini  SKBR33", "      0.503   10"]),
        (18, ["rank  drug  line", "      score  AKT", "  12  lapatini", "      SKBR33", "      0.503   10"]),
    ],
)
def test_names_have_lines_of_their_own_where_no_share_fits_behind_them(width, rows):
    line = Line(rank="12", names=("lapatini", "SKBR33"), score="0.503", shares=(10,))
    look = Ranking(names=("drug", "line"), readouts=("AKT",), lines=[line], goals={})
    assert rendered(look, width=width).splitlines() == rows


@pytest.mark.parametrize("wanted", [0, 1])
def test_each_share_stands_under_its_readout_in_the_colour_of_its_goal(wanted):
    """Half of the cells and more are on; the colour says whether that is as it is to be."""
    line = Line(rank="1", names=("lapatinib",), score="0.50 ± 0.01", shares=(49, 50, 7))
    goals = {"AKT": wanted, "ERK": wanted}
    look = Ranking(names=("drug",), readouts=("AKT", "ERK", "MTOR"), lines=[line], goals=goals)
    console = Console(width=80)
    head, row = look.__rich_console__(console, console.options)
    shares = row.plain.split()[-3:]
    assert shares == ["49", "50", "7"]
    assert [row.plain.rindex(each) + len(each) for each in shares] == [
        head.plain.index(name) + len(name) for name in ("AKT", "ERK", "MTOR")
    ]
    styles = {row.plain[span.start : span.end].strip(): span.style for span in row.spans}
    assert [styles.get(each, "") for each in shares] == [*(("red", "green") if wanted else ("green", "red")), ""]
