"""Tables of text: what parts their cells, where each cell stands in its file, and columns that stand twice."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import NamedTuple

from her2cli.errors import DataError, Problem, shown


class Row(NamedTuple):
    """The cells of a row, and the line and the column at which the text of each begins."""

    cells: list[str]
    places: list[tuple[int, int]]


def parted_by(head: str) -> str:
    """What parts the cells of a table whose header is *head*: of tabs, commas and semicolons what it has most of."""
    return max("\t,;", key=head.count)


_TOLD = re.compile(r'"?sep=([^\w\s"\'#]|\t)"?[ \t,;]*(?=[\r\n]|$)', re.IGNORECASE)


def told_by(text: str) -> tuple[str, str]:
    """What parts the cells, where a first line `sep=;` says so as Excel reads it, else nothing; and *text* without it.

    The line stays, blank, so that all others keep their number.
    """
    found = _TOLD.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def rows(text: str, name: str) -> Iterator[Row]:
    """The rows of a table; between tabs a quotation mark is a letter. Raises `DataError` where it is no table."""
    told, text = told_by(text)
    delimiter = told or parted_by(text.lstrip("\r\n").partition("\n")[0])
    quote = None if delimiter == "\t" else '"'
    taken: list[str] = []  # the lines of the row at hand

    def lines() -> Iterator[str]:
        for line in StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, quotechar=quote, strict=True)
    try:
        for cells in reader:
            first = reader.line_num - len(taken) + 1
            yield Row(cells, places("".join(taken), delimiter, first, quoted=quote is not None))
            taken.clear()
    except csv.Error as error:
        raise no_table(name, error, reader.line_num, begun=reader.line_num - len(taken) + 1) from None


def no_table(file: str, error: csv.Error, line: int, *, begun: int = 0) -> DataError:
    """Why a table between commas cannot be read any further, in a row that ends at *line* and has *begun* above."""
    told = str(error)
    if told == "unexpected end of data":
        line, told = begun or line, "a quotation mark in this row is never closed; close it, or write it as two"
    elif "expected after" in told:
        told = "a letter follows a closing quotation mark; one within a cell is written as two"
    return DataError([Problem(f"{file}:{line}", f"is no table: {told}.")])


def places(row: str, delimiter: str, line: int, *, quoted: bool = True) -> list[tuple[int, int]]:
    """Where each cell of a *row* as it is written begins, whose first line is *line*: behind its quotation mark."""
    found, column, inside, begins, before = [(line, 1)], 1, False, True, ""
    for sign in row:
        column += 1
        if sign == delimiter and not inside:
            found.append((line, column))
            begins = True
        else:
            if quoted and sign == '"' and (inside or begins or before == '"'):  # two within are one, and a letter
                inside = not inside
                if begins:
                    found[-1] = (line, column)
            elif sign == "\n":
                line, column = line + 1, 1
            begins = False
        before = sign
    return found


def doubled(file: str, header: Sequence[str], where: Iterable[tuple[int, int]]) -> list[Problem]:
    """That a column of *header* stands a second time, at its place of *where*; columns without a name are none."""
    first: dict[str, int] = {}
    problems = []
    for number, (name, (line, column)) in enumerate(zip(header, where, strict=False), start=1):
        if name and first.setdefault(name, number) != number:
            told = f"the column {shown(name, 40)!r} stands already as column {first[name]}"
            problems.append(Problem(f"{file}:{line}:{column}", f"{told}; leave one out, or call it otherwise."))
    return problems


_KINDS = (  # by which columns each kind of table is known, and what reads it
    ("experiments", "her2 validate", ({"readout", "expect"},)),
    ("species or edges", "her2 check", ({"source", "target"}, {"id", "rule"}, {"id", "value"}, {"node", "value"})),
    ("tumours", "her2 cohort", ({"sample"}, {"sample_id"}, {"tumour"}, {"tumor"}, {"tumor_sample_barcode"})),
)


def another_kind(header: Iterable[str], kind: str) -> str:
    """That a table that is not of this *kind* is of another, and what reads it; empty where that is unknown."""
    names = {column.strip().strip('"').casefold() for column in header}
    for other, reader, columns in _KINDS:
        if other != kind and any(some <= names for some in columns):
            return f" It is a table of {other}, which '{reader}' reads."
    return ""
