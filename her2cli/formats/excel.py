"""The first sheet of a spreadsheet (Excel, LibreOffice) as a table of species or edges. Read only, by python-calamine.

What such a table holds is in `tables`. Cells are text, a number without decimals where it has none, and a date is told
as one: it was a gene once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from her2cli.errors import DataError, MissingExtra, shown
from her2cli.files import file_limit
from her2cli.formats import rows
from her2cli.formats.guard import Allowance, problem
from her2cli.model import Pathway

_UNPACKED = 20  # times the limit of a file: a sheet is XML, which packs well


def read(data: bytes, *, name: str, source: str) -> Pathway:
    """The pathway in the first sheet. Raises `DataError` or `MissingExtra`."""
    sheets, cells = first_sheet(data, source)
    found = rows.read_rows(cells, name, source, lambda _: range(1, 1 << 14))
    if len(sheets) == 1:
        return found
    first, *others = (shown(each, 30) for each in sheets)
    more = f"only the first sheet, {first}, is read; there are also {', '.join(others[:3])}."
    return replace(found, remarks=(more, *found.remarks))


def first_sheet(data: bytes, source: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of all sheets, and the rows of the first as text with their numbers. Raises `DataError` or
    `MissingExtra`.
    """
    try:
        from python_calamine import CalamineError, load_workbook  # an extra; only spreadsheets need it
    except ImportError:
        raise MissingExtra("spreadsheets need python-calamine: pip install 'her2cli[excel]'") from None
    from io import BytesIO

    if not data:
        raise DataError([problem(source, "is empty.")])
    _check_packing(data, source)
    try:
        book = load_workbook(BytesIO(data))
        if not book.sheet_names:
            raise DataError([problem(source, "has no sheet.")])
        cells: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise DataError([problem(source, f"is no spreadsheet that can be read: {shown(str(error), 100)}.")]) from None
    Allowance(source, 100_000, "lines").take(len(cells))
    return book.sheet_names, _rows(cells)


def _check_packing(data: bytes, source: str) -> None:
    """Refuse a spreadsheet that unpacks to very much more than it is."""
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    if not data.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except (BadZipFile, OSError) as error:
        raise DataError([problem(source, f"is no spreadsheet: {shown(str(error), 100)}.")]) from None
    if size > _UNPACKED * file_limit():
        raise DataError([problem(source, f"unpacks to {size // 1_000_000} MB, which is too much.")])


def _rows(cells: list[list[Any]]) -> Iterator[tuple[int, list[str]]]:
    """The rows as text with their numbers, without the empty cells after the last that has something."""
    for number, row in enumerate(cells, start=1):
        written = [_text(cell) for cell in row]
        while written and not written[-1]:
            written.pop()
        if written:
            yield number, written


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell.day}-{cell:%b}"
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
