"""What is written without colour is what is written with it, but for the colour."""

from __future__ import annotations

import re

import pytest

from her2cli.render.console import rendered
from her2cli.render.tables import Table

LONG = "a sentence of some length, with aquitelongwordthatnocolumnisaswideas in it and  two blanks"
TABLES = [
    Table(columns=("name", "share"), rows=(("ERK", 0.25), ("AKT", 1.0), ("", None))),
    Table(
        columns=("name", "note", "count"),
        rows=(("A", LONG, 3), ("β-catenin", "日本語 " * 9, 12)),
        title=LONG,
        note=LONG,
    ),
    Table(
        columns=("id", "kind", "text"), rows=(("A", "one", LONG), ("B", "", "")), detail="text", styles={"id": "name"}
    ),
    Table(columns=("id", "lines"), rows=(("A\tB", "one\ntwo"), ("\x1b[31m", ("x", "y"))), detail="lines"),
    Table(columns=("id", "lines"), rows=(("A\tB", "one\ntwo"), ("C", ("x", "y")))),
    Table(columns=tuple(f"column {number}" for number in range(9)), rows=(tuple(range(9)), (True, *[LONG] * 8))),
    Table(columns=("only",), rows=()),
]


@pytest.mark.parametrize("width", [8, 14, 20, 27, 40, 80])
@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_a_table_has_the_same_lines_with_colour_and_without(table: Table, width: int) -> None:
    coloured = re.sub(r"\x1b\[[0-9;]*m", "", rendered(table, width=width, colour=True))
    assert rendered(table, width=width).splitlines() == [line.rstrip() for line in coloured.splitlines()]
