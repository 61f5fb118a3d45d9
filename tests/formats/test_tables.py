"""A table of edges that is read a column at a time says what it says row by row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import DataError
from her2cli.formats import _rows, tables

NAME = st.text(st.sampled_from("AB1β \"'=-.\t\r"), max_size=3)
ROW = st.tuples(NAME, st.sampled_from(["1", "-1", "activates", "Inhibits", "binds", ""]), NAME).map("\t".join)
PLAIN = st.tuples(st.sampled_from(["A", "B", "β"]), st.sampled_from(["1", "-1", "->"]), st.just("C")).map("\t".join)
ENDS = st.sampled_from(["\n", "\r\n"])


def told(read, content: str):
    """Everything that is read, or every problem that is found."""
    try:
        found = read(content)
    except DataError as error:
        return error.problems
    return list(found.species.items()), found.edges


@given(st.lists(st.one_of(ROW, PLAIN), max_size=4), ENDS, st.booleans())
def test_a_table_is_read_the_same_in_bulk_and_row_by_row(rows, end, closed):
    content = end.join(["source\tsign\ttarget", *rows]) + end * closed
    in_bulk = told(lambda text: tables.read_tsv(text, name="m", source="f"), content)
    assert in_bulk == told(lambda text: _rows.read(text, "\t", "m", "f"), content)


@given(st.lists(PLAIN, min_size=1), ENDS)
def test_a_plain_table_is_read_in_bulk(rows, end):
    content = end.join(["source\tsign\ttarget", *rows])
    assert tables._plain_edges(content, "\t", "m", "f") is not None


@pytest.mark.parametrize("row", ["A\t1", "A\t1\tB\tC", "", "A\t\tB", " A\t1\tB", "A\t1\tB ", "=A\t1\tB", 'A\t1\t"B"'])
def test_an_unusual_row_is_read_with_care(row):
    assert tables._plain_edges(f"source\tsign\ttarget\nA\t1\tB\n{row}\n", "\t", "m", "f") is None
