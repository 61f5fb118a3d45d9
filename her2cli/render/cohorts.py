"""Short tables of a cohort: columns as wide as their cells, without a rule; a plain table where these do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from her2cli.render.console import text
from her2cli.render.tables import GAP, Table

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of text under their names, numbers to the right."""

    names: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not self.rows:
            return
        wide = [max(map(len, column)) for column in zip(self.names, *self.rows, strict=True)]
        if sum(wide) + GAP * (len(wide) - 1) > options.max_width:
            yield Table(columns=self.names, rows=tuple(self.rows), styles={self.names[0]: "name"})
            return
        right = [all(map(_is_number, column)) for column in zip(*self.rows, strict=True)]
        for cells in (self.names, *self.rows):
            parts = (
                f"{cell:>{size}}" if number else f"{cell:<{size}}"
                for cell, size, number in zip(cells, wide, right, strict=True)
            )
            yield text((" " * GAP).join(parts).rstrip(), "quiet" if cells is self.names else "")


def _is_number(cell: str) -> bool:
    return cell.lstrip("+-").replace(",", "").replace(".", "").isdigit()
