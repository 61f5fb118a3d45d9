"""A plain table, and what it looks like: columns where they fit, one block a row where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from her2cli.render.console import joined, literal, plain, text, width_of

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

    from her2cli.render.console import Screen, Words

NONE = "There is none."
Cell = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns. `styles` maps a column to a style of `render.console.STYLES`.

    The text of the column `detail` is printed below its row, over the whole width. Without rows there are no heads.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""
    note: str = ""
    detail: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)

    def records(self) -> list[dict[str, Cell]]:
        """The rows as mappings from column to cell, for JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.title:
            yield text(self.title, "heading")
        if self.rows:
            columns = [_Column.of(self, index) for index, name in enumerate(self.columns) if name != self.detail]
            widths = _widths(columns, options.max_width)
            yield from (
                _rows(self, columns, widths, console, options.max_width)
                if widths
                else _blocks(self, console, options.max_width)
            )
        else:
            yield text(NONE, "quiet")
        if self.note:
            yield text(self.note, "quiet")

    def uncoloured(self, screen: Screen) -> list[str]:
        """The same without colour, and without rich where all is ASCII."""
        if screen.width < NARROWEST:
            return screen.printed(self)
        lines = screen.wrapped([(self.title, "")], screen.width) if self.title else []
        if self.rows:
            columns = [_Column.of(self, index) for index, name in enumerate(self.columns) if name != self.detail]
            widths = _widths(columns, screen.width)
            lines += _plain_rows(self, columns, widths, screen) if widths else _plain_blocks(self, screen)
        else:
            lines.append(NONE)
        return lines + (screen.wrapped([(self.note, "")], screen.width) if self.note else [])


def words(cell: Cell, *, shares: bool = True) -> str:
    """*cell* as a person reads it: yes and no, two decimals where the column holds *shares*, a list with commas."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.2f}" if shares else f"{cell:g}"
    if isinstance(cell, tuple):
        return ", ".join(cell)
    return str(cell)


EMPTY = (None, "", ())


@dataclass(eq=False, repr=False, kw_only=True)
class Pairs:
    """Labels and, beside them, what they stand for; below them where the screen is narrow."""

    pairs: Sequence[tuple[Words, Words]]
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        margin = " " * self.indent
        told = [(joined(label), joined(value)) for label, value in self.pairs]
        room = self._room(max((label.cell_len for label, _ in told), default=0), options.max_width)
        for label, value in told:
            lines = value.wrap(console, max(options.max_width - self.indent - room, 8), overflow="fold")
            if label.cell_len + GAP > room:
                yield Text(margin).append_text(label)
                label = Text()
            for number, line in enumerate(lines):
                line.rstrip()
                start = label.copy() if number == 0 else Text()
                yield Text(margin).append_text(start).append(" " * (room - start.cell_len)).append_text(line)

    def _room(self, longest: int, width: int) -> int:
        """The columns of the labels; two where the values would have hardly any beside them."""
        return 2 if width - self.indent - longest - GAP < 22 else longest + GAP

    def uncoloured(self, screen: Screen) -> list[str]:
        """The same without colour, and without rich where all is ASCII."""
        margin = " " * self.indent
        labels = [plain(label) for label, _ in self.pairs]
        if not all(label.isascii() for label in labels):
            return screen.printed(self)
        room = self._room(max(map(len, labels), default=0), screen.width)
        lines: list[str] = []
        for label, (_, value) in zip(labels, self.pairs, strict=True):
            if len(label) + GAP > room:
                lines.append(margin + label)
                label = ""
            for part in screen.wrapped(value, max(screen.width - self.indent - room, 8)):
                lines.append(f"{margin}{label:<{room}}{part.rstrip()}")
                label = ""
        return lines


def fields(pairs: Mapping[str, Cell]) -> RenderableType:
    """Names and values in two columns, without lines; an empty value is left out."""
    return Pairs(
        pairs=[([(name, "quiet")], [(words(value), "")]) for name, value in pairs.items() if value not in EMPTY]
    )


@dataclass(eq=False, repr=False, kw_only=True)
class _Column:
    """A column as it is laid out: its cells, the width that shows each on one line, and that of its longest word."""

    name: str
    cells: tuple[str, ...]
    style: str
    number: bool
    natural: int
    least: int

    @classmethod
    def of(cls, table: Table, index: int) -> _Column:
        name = table.columns[index]
        values = [row[index] for row in table.rows]
        shares = any(isinstance(value, float) and value % 1 for value in values)
        cells = tuple(literal(words(value, shares=shares)) for value in values)
        spoken = [literal(name), *cells]
        longest = max(width_of(word) for cell in spoken for word in (cell.split() or [""]))
        return cls(
            name=name,
            cells=cells,
            style=table.styles.get(name, ""),
            number=bool(values) and all(_is_number(value) for value in values),
            natural=max(map(width_of, spoken)),
            least=min(longest, LONGEST_WORD),
        )


LONGEST_WORD = 32  # as the names of things; a longer word, such as an address, is broken
GAP = 2
NARROWEST = 14  # columns; below, what is set in by four has less than ten


def _widths(columns: list[_Column], width: int) -> list[int]:
    """The width of each column: the widest give way first, down to their longest word; none if they cannot fit."""
    widths = [column.natural for column in columns]
    room = width - GAP * (len(columns) - 1)
    if sum(column.least for column in columns) > room:
        return []
    while sum(widths) > room:
        widest = max(
            (index for index, column in enumerate(columns) if widths[index] > column.least), key=widths.__getitem__
        )
        widths[widest] -= 1
    return widths


def _rows(
    table: Table, columns: list[_Column], widths: list[int], console: Console, width: int
) -> Iterator[RenderableType]:
    from rich.text import Text

    yield _beside([text(column.name, "quiet") for column in columns], columns, widths, console)
    yield text("─" * (sum(widths) + GAP * (len(widths) - 1)), "quiet")
    for number, row in enumerate(table.rows):
        yield _beside([text(column.cells[number], column.style) for column in columns], columns, widths, console)
        detail = words(row[table.columns.index(table.detail)]) if table.detail else ""
        for line in (
            text(detail, table.styles.get(table.detail, "")).wrap(console, max(width - 4, 10), overflow="fold")
            if detail
            else ()
        ):
            yield Text("    ").append_text(line)


def _plain_rows(table: Table, columns: list[_Column], widths: list[int], screen: Screen) -> Iterator[str]:
    """As `_rows`, without colour."""
    detail = table.columns.index(table.detail) if table.detail else -1
    yield from _plainly([literal(column.name) for column in columns], columns, widths, screen)
    yield "─" * (sum(widths) + GAP * (len(widths) - 1))
    for number, row in enumerate(table.rows):
        yield from _plainly([column.cells[number] for column in columns], columns, widths, screen)
        if table.detail and (told := words(row[detail])):
            yield from (f"    {line}" for line in screen.wrapped([(told, "")], screen.width - 4))


def _plainly(cells: Sequence[str], columns: list[_Column], widths: list[int], screen: Screen) -> Iterator[str]:
    """As `_beside`, without colour."""
    fits = ("\n" not in cell and width_of(cell) <= room for cell, room in zip(cells, widths, strict=True))
    wrapped = [
        [cell] if whole else screen.wrapped([(cell, "")], max(room, 1))
        for cell, room, whole in zip(cells, widths, fits, strict=True)
    ]
    for parts in zip_longest(*wrapped, fillvalue=""):
        said = ""
        for part, column, room in zip(parts, columns, widths, strict=True):
            part = part.rstrip()
            padding = " " * max(room - width_of(part), 0)
            said += (padding + part if column.number else part + padding) + " " * GAP
        yield said.rstrip()


def _beside(cells: list[Text], columns: list[_Column], widths: list[int], console: Console) -> Text:
    """One row: each cell wrapped in its column, the lines joined."""
    from rich.text import Text

    wrapped = [cell.wrap(console, max(room, 1), overflow="fold") for cell, room in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max((len(lines) for lines in wrapped), default=0)):
        line = Text()
        for column, room, parts in zip(columns, widths, wrapped, strict=True):
            part = parts[number].copy() if number < len(parts) else Text()
            part.rstrip()
            padding = " " * max(room - part.cell_len, 0)
            line = line.append(padding).append_text(part) if column.number else line.append_text(part).append(padding)
            line.append(" " * GAP)
        line.rstrip()
        lines.append(line)
    return Text("\n").join(lines)


def _blocks(table: Table, console: Console, width: int) -> Iterator[RenderableType]:
    """Each row as a short list, for a screen too narrow for the columns."""
    from rich.text import Text

    for row in table.rows:
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            spoken = words(cell)
            if not spoken:
                continue
            label = text("" if number == 0 else f"  {column}: ", "quiet")
            line = label.append_text(text(spoken, table.styles.get(column, "")))
            for count, part in enumerate(line.wrap(console, max(width - 4, 10), overflow="fold")):
                yield Text("    " if count else "").append_text(part)


def _plain_blocks(table: Table, screen: Screen) -> Iterator[str]:
    """As `_blocks`, without colour."""
    for row in table.rows:
        for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            if spoken := words(cell):
                label = "" if number == 0 else f"  {column}: "
                for count, part in enumerate(screen.wrapped([(label + spoken, "")], screen.width - 4)):
                    yield f"    {part}" if count else part


def _is_number(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))
