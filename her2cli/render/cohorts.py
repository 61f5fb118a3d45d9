"""Short tables of a cohort: columns as wide as their cells, the last one wrapped under itself."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from her2cli.render.console import text

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
        room = max(options.max_width, 30)
        wide = [max(len(name), *(len(row[at]) for row in self.rows)) for at, name in enumerate(self.names)]
        number = [
            all(row[at].lstrip("+-").replace(",", "").replace(".", "").isdigit() for row in self.rows)
            for at in range(len(wide))
        ]
        for at in range(len(wide) - 1):  # a long column in front of the last gives way
            wide[at] = min(wide[at], max(room // 2 - 4, 8))
        before = sum(wide[:-1]) + 2 * (len(wide) - 1)
        wide[-1] = min(wide[-1], max(room - before, 12))
        yield text(self._line(self.names, wide, number), "quiet")
        for row in self.rows:
            cells = [
                textwrap.wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(row, wide, strict=True)
            ]
            for line in range(max(map(len, cells))):
                yield text(self._line([cell[line] if line < len(cell) else "" for cell in cells], wide, number))

    @staticmethod
    def _line(cells: Sequence[str], wide: Sequence[int], number: Sequence[bool]) -> str:
        parts = [
            f"{cell:>{size}}" if right else f"{cell:<{size}}"
            for cell, size, right in zip(cells, wide, number, strict=True)
        ]
        return "  ".join(parts).rstrip()
