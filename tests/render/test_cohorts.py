"""The tables of a cohort: every word is there, in as many columns of the screen as there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from her2cli.render.cohorts import Columns
from her2cli.render.console import rendered

WORDS = st.lists(st.sampled_from(["PIK3CA_H1047R", "PTEN_loss", "ERBB2_amp", "none", "of"]), min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(40, 100))
def test_long_cells_are_wrapped_and_no_line_is_wider_than_the_screen(cells, width):
    rows = tuple((" ".join(words), str(10**place), " ".join(words)) for place, words in enumerate(cells))
    text = rendered(Columns(names=("alterations", "tumours", "like it"), rows=rows), width=width)
    assert max(map(len, text.splitlines())) <= width
    told = text.split()
    assert sorted(told) == sorted(" ".join(["alterations tumours like it", *(" ".join(row) for row in rows)]).split())


def test_a_long_last_cell_goes_on_below_itself():
    cell = " ".join(["word"] * 30)
    lines = rendered(Columns(names=("a", "b"), rows=(("1", cell), ("2", cell))), width=40).splitlines()
    assert [line[0] for line in lines if not line.startswith(" ")] == ["a", "1", "2"]
    assert all(line.startswith("   word") for line in lines if line.startswith(" "))
