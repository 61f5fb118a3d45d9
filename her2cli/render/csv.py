"""Tables as CSV and TSV (RFC 4180), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

from her2cli.render.tables import Cell, Table


def delimited(table: Table, delimiter: str = ",") -> str:
    """*table* with one header line. Numbers keep the decimal point; a list is joined with semicolons."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow([_cell(column) for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return cell
    value = "; ".join(cell) if isinstance(cell, tuple) else cell
    # A spreadsheet takes a cell that begins so for a formula and runs it; an apostrophe keeps it text.
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
