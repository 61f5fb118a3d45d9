"""Tables as CSV and TSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from her2cli.render.tables import Cell, Table


def delimited(table: Table, delimiter: str = ",") -> str:
    """*table* with one header line. Numbers keep the decimal point; a list is joined with semicolons."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow([cell(name) for name in table.columns])
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return stream.getvalue()


def cell(value: Cell) -> str | int | float:
    """*value* as it is written: a list joined with semicolons, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    words = "; ".join(value) if isinstance(value, tuple) else value
    # A spreadsheet takes a cell that begins so for a formula and runs it; an apostrophe keeps it text.
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
