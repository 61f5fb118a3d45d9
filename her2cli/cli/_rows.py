"""Rows of a study that are written to a file: CSV, TSV or Parquet by its extension, a row at a time, whole or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Annotated, Any

from her2cli.cli._file import check_target, written
from her2cli.cli._parameters import Option, Options
from her2cli.cli._written import Force
from her2cli.errors import Her2Error, shown

if TYPE_CHECKING:
    from her2cli.render.plots import Grid

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]  # its header and its rows

FORMATS = ("csv", "tsv", "parquet")

Into = Annotated[
    str | None,
    Option("--output", "-o", metavar="FILE", help="Write all rows to a .csv, .tsv or .parquet file (extra 'scale')."),
]

IntoOrPicture = Annotated[
    str | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write all rows to a .csv, .tsv or .parquet file (extra 'scale'), or a heat map to a .svg, .png or .pdf "
        "file (extra 'plot').",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsOptions(Options):
    """A file for all rows of a study."""

    into: Into = None
    force: Force = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntoOptions(RowsOptions):
    """A file for all rows of a study, or for its heat map."""

    into: IntoOrPicture = None

    def check(self, *sources: str | None) -> bool:
        """Whether the file is to be a picture. Complains as `check_rows`, before any work, where it cannot be."""
        if self.into is None:
            return False
        from her2cli.render.plots import FORMATS as PICTURES

        if self.into.rpartition(".")[2].lower() in PICTURES:
            from her2cli.cli._picture import check_plot

            check_plot(self.into, force=self.force)
            return True
        check_rows(self.into, *sources, force=self.force)
        return False

    def save(self, grid: Callable[[], Grid] | None, table: Callable[[], Table]) -> None:
        """Write what was asked for, if anything: the heat map of *grid*, where that is one, or else the *table*."""
        if self.into and grid:
            from her2cli.cli._picture import save_plot

            save_plot(self.into, grid(), force=self.force)
        elif self.into:
            save_rows(self.into, *table())


def check_rows(path: str | None, *sources: str | None, force: bool) -> None:
    """Complain before any work where *path* could not be written, or is one of *sources*.

    Raises `Her2Error`, `MissingExtra`.
    """
    if path is None:
        return
    if _format(path) == "parquet":
        from her2cli.columns import check

        check()
    check_target(path, force=force, sources=tuple(filter(None, sources)))


def save_rows(path: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write *rows* under *header* to *path*, as `written` does, and raise as it does."""
    written(path, lambda stream: _write(stream, _format(path), header, rows))


def _format(path: str) -> str:
    suffix = os.path.splitext(path)[1].lower().removeprefix(".")
    if suffix not in FORMATS:
        raise Her2Error(f"{shown(path, 200)}: rows are written as {', '.join(f'.{each}' for each in FORMATS)}.")
    return suffix


def _write(stream: IO[bytes], format: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    if format == "parquet":
        from her2cli.columns import write_parquet

        write_parquet(stream, header, rows)
        return
    from csv import writer

    from her2cli.render.csv import cell

    lines = TextIOWrapper(stream, encoding="utf-8", newline="")
    table = writer(lines, delimiter="\t" if format == "tsv" else ",", lineterminator="\n")
    table.writerow([cell(name) for name in header])
    table.writerows([cell(value) for value in row] for row in rows)
    lines.flush()
    lines.detach()
