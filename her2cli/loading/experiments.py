"""Experiments as a table: by tabs, commas or semicolons, one a line, lists separated by blanks.

Columns: id, alterations, ligands, treatment, time, readout, expect, the comparator's vs_alterations, vs_ligands,
vs_treatment and vs_time, and system, difficulty, disputed, basis, citation. Needed are id, readout and expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from her2cli.errors import DataError, Problem, meant, shown
from her2cli.files import read_text
from her2cli.loading.entries import tidy, treated
from her2cli.loading.shape import DOI, EXPECTED, PMID
from her2cli.model import Experiment, Place, Scenario
from her2cli.sheets import Row, another_kind, doubled, rows

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


Wrong = Callable[[Experiment], Iterable[tuple[str, str, str]]]  # columns, names in them, and what is wrong with these


def read_experiments(path: str, wrong: Wrong = lambda _: (), *, verbose: bool = False) -> dict[str, Experiment]:
    """The experiments of a table by their ids. *wrong* says which names an experiment has that nothing answers to.

    Raises `DataError` with the problems of the file, all of them where that is *verbose*.
    """
    name = shown(path, 200)
    table = [row for row in rows(read_text(path), name) if any(map(str.strip, row.cells))]
    if not table:
        raise DataError([Problem(name, "is empty; the first line names the columns.")])
    header = [cell.strip().lower() for cell in table[0].cells]
    while header and not header[-1] and not any("".join(row.cells[len(header) - 1 :]).strip() for row in table):
        header.pop()  # spreadsheets leave such columns
    if not {"readout", "expect"}.intersection(header):
        told = "is no table of experiments: its first line has no columns id, readout and expect."
        raise DataError([Problem(f"{name}:1:1", f"{told}{another_kind(header, 'experiments')}")])
    twice = doubled(name, header, table[0].places)
    problems = [*_wrong_columns(name, header, table[0].places), *twice]
    found: dict[str, Experiment] = {}
    for row in table[1:]:
        if twice and len(row.cells) < len(header):  # a cell may be another column's
            continue
        if cut := _cut(header, row, name):
            problems.append(cut)
            continue
        cells = _Cells(name, header, row)
        problems += cells.problems()
        if cells["id"] and cells["id"] in found:
            problems.append(cells.problem("id", f"the id {shown(cells['id'])!r} stands above already."))
        experiment = found[cells["id"]] = cells.experiment()
        problems += [cells.problem(column, f"{column}: {told}", word) for column, word, told in wrong(experiment)]
    if problems:
        raise DataError(tidy(problems, name, verbose=verbose))
    return found


def _wrong_columns(file: str, header: Sequence[str], where: Sequence[tuple[int, int]]) -> list[Problem]:
    """Columns that nothing reads, and that are missing."""
    problems = [
        Problem(
            f"{file}:{line}:{at}", f"no column {shown(column)!r} is known{meant(column, COLUMNS) or _use(COLUMNS)}."
        )
        for column, (line, at) in zip(header, where, strict=False)
        if column not in COLUMNS
    ]
    missing = (column for column in NEEDED if column not in header)
    return problems + [
        Problem(f"{file}:1:1", f"the column {column!r} is missing; add it to the first line.") for column in missing
    ]


def _cut(header: Sequence[str], row: Row, file: str) -> Problem | None:
    """That a row has more cells than there are columns, or ends before its comparator begins."""
    compared = next((place for place, column in enumerate(header) if column.startswith("vs_")), 0)
    if any(map(str.strip, row.cells[len(header) :])):  # spreadsheets write blank ones
        line, at = row.places[len(header)]
        told = f"has {len(row.cells)} cells under {len(header)} columns; take out what is too much."
        return Problem(f"{file}:{line}:{at}", told)
    if compared and len(row.cells) <= compared:  # it would be compared with an untreated normal cell
        line, at = row.places[-1]
        told = f"ends before {header[compared]!r}: of a normal cell the cells are blank."
        return Problem(f"{file}:{line}:{at}", told)
    return None


class _Cells:
    """The cells of a row by their columns; of two columns that are called alike, the first. Missing ones are blank."""

    def __init__(self, file: str, header: Sequence[str], row: Row) -> None:
        self._file, self._row = file, row
        self._header = header
        self._number = {column: number for number, column in reversed(list(enumerate(header)))}

    def __getitem__(self, column: str) -> str:
        return self._written(column).strip()

    def _written(self, column: str) -> str:
        number = self._number.get(column, len(self._row.cells))
        return self._row.cells[number] if number < len(self._row.cells) else ""

    def problem(self, column: str, message: str, word: str = "") -> Problem:
        """*message* at the cell of *column*, or at a *word* in it; at the row's beginning where there is no cell."""
        line, at = self._row.places[min(self._number.get(column, 0), len(self._row.places) - 1)]
        written = self._written(column)
        found = re.search(rf"(?<!\S){re.escape(word)}" if word else r"\S", written)
        if found:
            before = written[: found.start()].split("\n")
            line, at = (line + len(before) - 1, len(before[-1]) + (at if len(before) == 1 else 1))
        return Problem(f"{self._file}:{line}:{at}", message)

    def problems(self) -> Iterator[Problem]:
        """What no cell of its column may be."""
        for column in NEEDED:
            if column in self._number and not self[column]:
                yield self.problem(column, f"{column} is blank; write it.")
        for column, words in WORDS.items():
            if (cell := self[column]) not in words and cell:
                yield self.problem(
                    column, f"{column}: {shown(cell)!r} is not known{meant(cell, words) or _use(words)}."
                )
        if (number := self["difficulty"]) and not _is_difficulty(number):
            yield self.problem("difficulty", f"difficulty: {shown(number)!r} is not a number from 1 to 99.")
        for column, pattern in (("pmid", PMID), ("doi", DOI)):
            if (cell := self[column]) and not re.match(pattern, cell):
                yield self.problem(column, f"{column}: {shown(cell)!r} is not {EXPECTED[pattern]}.")
        for column in ("treatment", "vs_treatment"):
            for word in self[column].split():
                if told := _no_treatment(word):
                    yield self.problem(column, f"{column}: {told}", word)

    def experiment(self) -> Experiment:
        """What the row says, without what is wrong in it."""
        time = self["time"] or "late"
        difficulty = self["difficulty"]
        return Experiment(
            id=self["id"],
            scenario=self._arm(""),
            comparator=self._arm("vs_"),
            readout=self["readout"],
            expect=self["expect"],
            time=time,
            comparator_time=self["vs_time"] or time,
            system=self["system"],
            difficulty=int(difficulty) if _is_difficulty(difficulty) else None,
            disputed=self["disputed"] == "yes",
            basis=self["basis"],
            note=self["citation"],
            place=Place(self._file, self._row.places[-1][0], 1),
        )

    def _arm(self, prefix: str) -> Scenario:
        alterations, ligands, treatment = (self[prefix + name].split() for name in ARM)
        return treated(alterations, ligands, [word for word in treatment if not _no_treatment(word)])


def _no_treatment(word: str) -> str:
    """That *word* is neither a drug nor a clamp; empty where it is one of them."""
    try:
        treated((), (), [word])
    except ValueError as error:
        return str(error)
    return ""


def _is_difficulty(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 3 and int(number) > 0


def _use(words: Iterable[str]) -> str:
    return f"; use {', '.join(filter(None, words))}"
