"""The tables of a cohort: every name is there, in as many columns of the screen as there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.render.cohorts import Columns
from her2cli.render.console import rendered

NAMES = ("drug", "among the best in", "mean gain")
ROWS = (("pictilisib_bupar", "1,204 tumours", "+0.61"), ("none", "2 tumours", "-0.4"))


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (
            44,
            [
                "drug              among the best in  mean gain",
                "pictilisib_bupar  1,204 tumours          +0.61",
                "none              2 tumours               -0.4",
            ],
        ),
        (
            20,
            [
                "pictilisib_bupar",
                "  among the best",
                "    in: 1,204 tumours",
                "  mean gain: +0.61",
                "none",
                "  among the best",
                "    in: 2 tumours",
                "  mean gain: -0.4",
            ],
        ),
    ],
)
def test_rows_that_do_not_fit_are_lists(width, lines):
    """At 40 columns the last cell of a row stood below the first, and names were cut in two."""
    assert rendered(Columns(names=NAMES, rows=ROWS), width=width + 2).splitlines() == lines


WORDS = st.lists(st.sampled_from(["PIK3CA_H1047R", "PTEN_loss", "ERBB2_amp", "none", "of"]), min_size=1, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(20, 100))
def test_every_word_is_whole_and_no_line_is_wider_than_the_screen(cells, width):
    rows = tuple((" ".join(words), str(10**place), " ".join(words)) for place, words in enumerate(cells))
    text = rendered(Columns(names=("alterations", "tumours", "like it"), rows=rows), width=width)
    assert max(map(len, text.splitlines())) <= width
    told = text.split()
    for word in {word for words in cells for word in words}:
        assert told.count(word) == 2 * sum(words.count(word) for words in cells)
