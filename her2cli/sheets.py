"""Tables of text: what parts their cells, where each cell stands in its file, and columns that stand twice."""

from __future__ import annotations

import csv
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


def rows(text: str, name: str) -> Iterator[Row]:
    """The rows of a table; between tabs a quotation mark is a letter. Raises `DataError` where it is no table."""
    delimiter = parted_by(text.partition("\n")[0])
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
        raise DataError([Problem(f"{name}:{reader.line_num}", f"is no table: {error}.")]) from None


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
