"""Experiments as a table: by tabs, commas or semicolons, one a line, lists separated by blanks.

Columns: id, alterations, ligands, treatment, time, readout, expect, the comparator's vs_alterations, vs_ligands,
vs_treatment and vs_time, and system, difficulty, disputed, basis, citation. Needed are id, readout and expect.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from her2cli.errors import DataError, Problem, meant, shown
from her2cli.files import read_text
from her2cli.loading.entries import tidy, treated
from her2cli.loading.shape import DOI, EXPECTED, PMID
from her2cli.model import Experiment, Place, Scenario

ARM = ("alterations", "ligands", "treatment")
COLUMNS = (
    "id",
    *ARM,
    "time",
    "readout",
    "expect",
    *(f"vs_{name}" for name in (*ARM, "time")),
    "system",
    "difficulty",
    "disputed",
    "basis",
    "citation",
    "pmid",
    "doi",
)
NEEDED = ("id", "readout", "expect")
WORDS = {
    "expect": ("down", "up", "unchanged"),
    "time": ("", "early", "late"),
    "vs_time": ("", "early", "late"),
    "disputed": ("", "yes", "no"),
}


def read_experiments(path: str) -> dict[str, Experiment]:
    """The experiments of a table by their ids. Raises `DataError` with all problems of the file."""
    name = shown(path, 200)
    table = list(_rows(read_text(path), name))
    if not table:
        raise DataError([Problem(name, "is empty; the first line names the columns.")])
    (_, head), *rows = table
    header = [cell.strip() for cell in head]
    problems = [
        Problem(f"{name}:1", f"no column {shown(column)!r} is known{meant(column, COLUMNS) or _use(COLUMNS)}.")
        for column in header
        if column not in COLUMNS
    ]
    problems += [
        Problem(f"{name}:1", f"the column {column!r} is missing.") for column in NEEDED if column not in header
    ]
    if problems:
        raise DataError(tidy(problems, name))
    found: dict[str, Experiment] = {}
    compared = next((place for place, column in enumerate(header) if column.startswith("vs_")), 0)
    for line, row in rows:
        if not any(row):
            continue
        where = f"{name}:{line}"
        if len(row) > len(header):
            problems.append(Problem(where, f"has {len(row)} cells under {len(header)} columns."))
            continue
        if compared and len(row) <= compared:  # it would be compared with an untreated normal cell
            problems.append(Problem(where, f"ends before {header[compared]!r}: of a normal cell the cells are blank."))
            continue
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
        wrong = _wrong(cells, where)
        if cells.get("id", "") in found:
            wrong.append(Problem(where, f"the id {shown(cells['id'])!r} stands above already."))
        problems += wrong
        if not wrong:
            found[cells["id"]] = _experiment(cells, Place(name, line, 1))
    if problems:
        raise DataError(tidy(problems, name))
    return found


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with its line, by what the header has most of; between tabs a quotation mark is a letter."""
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    quoted = '"' if delimiter != "\t" else None
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quotechar=quoted, strict=True)
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise DataError([Problem(f"{name}:{rows.line_num}", f"is no table: {error}.")]) from None


def _wrong(cells: Mapping[str, str], where: str) -> list[Problem]:
    problems = [Problem(where, f"{column} is blank.") for column in NEEDED if not cells.get(column)]
    for column, words in WORDS.items():
        if (cell := cells.get(column, "")) not in words and cell:
            problems.append(
                Problem(where, f"{column}: {shown(cell)!r} is not known{meant(cell, words) or _use(words)}.")
            )
    if (number := cells.get("difficulty", "")) and not (number.isascii() and number.isdecimal() and len(number) < 3):
        problems.append(Problem(where, f"difficulty: {shown(number)!r} is not a number from 1 to 99."))
    for column, pattern in (("pmid", PMID), ("doi", DOI)):
        if (cell := cells.get(column, "")) and not re.match(pattern, cell):
            problems.append(Problem(where, f"{column}: {shown(cell)!r} is not {EXPECTED[pattern]}."))
    for prefix in ("", "vs_"):
        try:
            _arm(cells, prefix)
        except ValueError as error:
            problems.append(Problem(where, f"{prefix}treatment: {error}"))
    return problems


def _use(words: Iterable[str]) -> str:
    return f"; use {', '.join(filter(None, words))}"


def _experiment(cells: Mapping[str, str], place: Place) -> Experiment:
    time = cells.get("time") or "late"
    return Experiment(
        id=cells["id"],
        scenario=_arm(cells, ""),
        comparator=_arm(cells, "vs_"),
        readout=cells["readout"],
        expect=cells["expect"],
        time=time,
        comparator_time=cells.get("vs_time") or time,
        system=cells.get("system", ""),
        difficulty=int(cells["difficulty"]) if cells.get("difficulty") else None,
        disputed=cells.get("disputed") == "yes",
        basis=cells.get("basis", ""),
        note=cells.get("citation", ""),
        place=place,
    )


def _arm(cells: Mapping[str, str], prefix: str) -> Scenario:
    return treated(*(cells.get(prefix + name, "").split() for name in ARM))
