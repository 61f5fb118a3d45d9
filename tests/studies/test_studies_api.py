"""The studies as Python functions, with rows as dicts and an Arrow stream."""

from __future__ import annotations

import pytest

import her2cli

pytestmark = pytest.mark.usefixtures("quick_lanes")


def test_a_screen_is_rows():
    rows = her2cli.screen(["drugs=lapatinib,everolimus", "cell-lines=BT474"], replicates=10).rows
    assert {(row["drug"], row["cell_line"]) for row in rows} == {
        (drug, "BT474") for drug in ("none", "lapatinib", "everolimus")
    }


def test_resistance_is_rows():
    found = her2cli.resist(drugs=["capivasertib"], size=1, replicates=10)
    assert found.data["complete"] is True
    assert all(row["chain"][-1] == found.data["readout"] for row in found.rows)


def test_a_combination_is_rows_that_polars_reads():
    found = her2cli.combine("lapatinib", "everolimus", readout=["AKT"], replicates=40)
    assert len(found.rows) == 25
    polars = pytest.importorskip("polars")
    assert polars.DataFrame(found).shape == (25, 10)
