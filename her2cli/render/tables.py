"""A plain table, and what it looks like: columns where they fit, one block a row where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from her2cli.render.console import text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.table import Table as RichTable
    from rich.text import Text

Cell = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns. `styles` maps a column to a style of `render.console.STYLES`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    note: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)

    def records(self) -> list[dict[str, Cell]]:
        """The rows as mappings from column to cell, for JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.measure import Measurement

        if self.title:
            yield text(self.title, "heading")
        columns = _columns(self)
        fits = Measurement.get(console, options, columns).minimum <= options.max_width
        yield columns if fits else _blocks(self, options.max_width)
        if self.note:
            yield text(self.note, "quiet")


def words(cell: Cell) -> str:
    """*cell* as a person reads it: yes and no, two decimals, a list with commas."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.2f}" if cell % 1 else f"{cell:.0f}"
    if isinstance(cell, tuple):
        return ", ".join(cell)
    return str(cell)


def stacked(*looks: RenderableType | None) -> RenderableType:
    """*looks* below each other with a blank line between; what is None is left out."""
    from rich.console import Group
    from rich.text import Text

    present = [look for look in looks if look is not None]
    spaced: list[RenderableType] = []
    for look in present:
        spaced += [Text(""), look] if spaced else [look]
    return Group(*spaced)


def fields(pairs: Mapping[str, Cell]) -> RenderableType:
    """Names and values in two columns, without lines; an empty value is left out."""
    from rich.table import Table as RichTable

    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs.items():
        if value not in (None, "", ()):
            grid.add_row(text(name, "quiet"), text(words(value)))
    return grid


def _columns(table: Table) -> RichTable:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable

    look = RichTable(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="", padding=(0, 1, 0, 1))
    for index, column in enumerate(table.columns):
        number = all(_is_number(row[index]) for row in table.rows) and bool(table.rows)
        look.add_column(text(column, "quiet"), justify="right" if number else "left", overflow="fold")
    for row in table.rows:
        look.add_row(*_cells(table, row))
    return look


def _blocks(table: Table, width: int) -> RenderableType:
    """Each row as a short list, for a screen too narrow for the columns."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    lines: list[RenderableType] = []
    for row in table.rows:
        first, *rest = _cells(table, row)
        lines.append(first)
        for column, cell in zip(table.columns[1:], rest, strict=True):
            if cell.plain:
                lines.append(Padding(Text.assemble(text(f"{column}: ", "quiet"), cell, overflow="fold"), (0, 0, 0, 2)))
    return Group(*lines)


def _cells(table: Table, row: tuple[Cell, ...]) -> Iterator[Text]:
    for column, cell in zip(table.columns, row, strict=True):
        yield text(words(cell), table.styles.get(column, ""))


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
