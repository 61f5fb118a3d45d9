"""From a renderable to the text that is written: width, colour and encoding decided once, for every look.

Names come from files and from strangers, so they are printed as rich `Text` and never parsed as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

Piece: TypeAlias = tuple[str, str]  # words and their style
Words: TypeAlias = "Text | Sequence[Piece]"  # a line, or its pieces
SCREEN = 24  # lines of one screen

# What meanings look like. Each is also said by a sign or a word, so nothing is lost without colour.
STYLES = {
    "activates": "green",
    "inhibits": "red",
    "drug": "magenta",
    "step": "cyan",
    "name": "bold",
    "heading": "bold",
    "status": "yellow",
    "quiet": "dim",
    "on": "green",
    "off": "red",
}

# One character for one, so that tables keep their columns where the encoding lacks a character.
_PLAIN = str.maketrans(
    "─│┌┐└┘├┤┬┴┼━┃┏┓┗┛┣┫╸╺╴╶╷╵╭╮╰╯═║‐‑–—−…·•→←↑↓↔⇒⊣‘’‚“”„«»×÷±≤≥≠≈∞αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΘΚΛΠΣΦΨΩµß°▁▂▃▄▅▆▇█",
    "-|++++|+++++|++++|+----||++++=|-----.-*><^v-=|''`\"\"\"<>x/+<>=~8abgdezhtiklmnxoprstyfxpoABGDTKLPSFPOus'_.-=+oO#",
)


def text(value: object, style: str = "") -> Text:
    """*value* as literal text: no markup, no emoji codes, control and bidirectional characters escaped."""
    from rich.text import Text

    # The style goes on the words alone: as the style of the whole Text it would spread to all that is appended.
    return Text().append(literal(str(value)), STYLES.get(style, style))


def literal(value: str) -> str:
    """*value* with every character that could move a cursor or turn a line around written as an escape."""
    if value.isprintable():
        return value
    return "".join(_visible(c) for c in value)


def _visible(character: str) -> str:
    if character.isprintable() or character == "\n":
        return character
    from unicodedata import category

    if category(character) == "Zs":  # the narrow and the no-break blanks of typography
        return " "
    return character.encode("unicode_escape").decode("ascii")


def joined(words: Words) -> Text:
    """*words* as one text; a text is copied."""
    from rich.text import Text

    if isinstance(words, Text):
        return words.copy()
    return Text.assemble(*((literal(piece), STYLES.get(style, style)) for piece, style in words))


def plain(words: Words) -> str:
    """*words* without style."""
    return literal("".join([piece for piece, _ in words])) if isinstance(words, list) else words.plain  # type: ignore[union-attr]


def wide(words: Sequence[Piece]) -> int:
    """The columns of a screen that *words* take."""
    return width_of(plain(words))


def width_of(said: str) -> int:
    """The columns of a screen that *said* takes, which holds no control characters."""
    if said.isascii():
        return len(said)
    from rich.cells import cell_len

    return cell_len(said)


_ARROW = re.compile(r"[()]|\s+(?=(?:->|-\||<-)(?:\s|$))")
_COMMA = re.compile(r"(?<=[,;])\s+")


def at_arrows(words: Sequence[Piece], width: int, *, further: str = "    ") -> list[list[Piece]]:
    """A chain in lines of at most *width* columns, each but the first set in by *further*, and begun by an arrow.

    A chain is broken nowhere else, so that a name, and an edge in parentheses, stay whole; what is wider than a line by
    itself is left so.
    """
    depth, places = 0, []
    for found in _ARROW.finditer("".join(piece for piece, _ in words)):
        if found[0] in "()":
            depth = depth + 1 if found[0] == "(" else max(depth - 1, 0)
        elif not depth:
            places.append(found.span())
    return _broken(words, places, width, further)


def at_commas(words: Sequence[Piece], width: int, *, further: str = "   ") -> list[list[Piece]]:
    """A list in the same way, broken behind commas and semicolons alone."""
    places = [found.span() for found in _COMMA.finditer("".join(piece for piece, _ in words))]
    return _broken(words, places, width, further)


def _broken(words: Sequence[Piece], places: Sequence[tuple[int, int]], width: int, further: str) -> list[list[Piece]]:
    """*words* in lines that end where one of the blanks at *places* begins, as few as can be."""
    said = "".join(piece for piece, _ in words)
    lines: list[list[Piece]] = []
    start = 0
    for (end, after), (upto, _) in pairwise([*places, (len(said), 0)]):
        margin = further if lines else ""
        if width_of(literal(margin + said[start:upto])) > width:
            lines.append(_between(words, start, end, margin))
            start = after
    return [*lines, _between(words, start, len(said), further if lines else "")]


def _between(words: Sequence[Piece], start: int, end: int, margin: str) -> list[Piece]:
    """The pieces of *words* from one character to another, behind a margin."""
    found, place = [(margin, "")] if margin else [], 0
    for piece, style in words:
        part = piece[max(start - place, 0) : max(end - place, 0)]
        if part:
            found.append((part, style))
        place += len(piece)
    return found


def labelled(name: Text, room: int, values: Text) -> list[Text]:
    """*values* behind *name*, which has a line of its own where it is wider than *room*."""
    lines = []
    if name.cell_len > room:
        lines.append(name)
        name = text("")
    return [*lines, name.copy().append(" " * (room - name.cell_len)).append_text(values)]


class Chain:
    """A chain of arrows, which is broken before an arrow alone where it does not fit."""

    def __init__(self, words: Sequence[Piece], *, further: str = "    ") -> None:
        self.words, self.further = words, further

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from map(joined, at_arrows(self.words, options.max_width, further=self.further))

    def uncoloured(self, screen: Screen) -> list[str]:
        lines = at_arrows(self.words, screen.width, further=self.further)
        return list(chain.from_iterable(screen.wrapped(line, screen.width) for line in lines))


class Stack:
    """Looks below each other with a blank line between."""

    def __init__(self, looks: Sequence[RenderableType]) -> None:
        self.looks = looks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for number, look in enumerate(self.looks):
            yield from ("", look) if number else (look,)


class Block:
    """Looks right below each other."""

    def __init__(self, looks: Sequence[RenderableType]) -> None:
        self.looks = looks

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from self.looks

    def uncoloured(self, screen: Screen) -> list[str]:
        return list(chain.from_iterable(map(screen.lines, self.looks)))


def stacked(*looks: RenderableType | None) -> RenderableType:
    """*looks* below each other with a blank line between; what is None is left out."""
    return Stack([look for look in looks if look is not None])


class Line:
    """Words on a line of their own, wrapped where they do not fit."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield joined(self.words)

    def uncoloured(self, screen: Screen) -> list[str]:
        return screen.wrapped(self.words, screen.width)


def folded(line: str, width: int) -> list[str]:
    """A line of ASCII characters broken between words, and within a word that is wider than *width*, as rich does."""
    breaks = [0]
    used = 0
    for word in re.finditer(r"\s*\S+\s*", line):
        start, length = word.start(), len(word[0].rstrip())
        if used + length <= width:
            used += len(word[0])
        elif length > width:
            cuts = range(start, word.end(), width)
            breaks += cuts
            used = word.end() - cuts[-1]
        else:
            breaks.append(start)
            used = len(word[0])
    breaks = list(dict.fromkeys([*breaks, len(line)]))
    return [line[start:end] for start, end in pairwise(breaks)] or [""]


class Screen:
    """What looks are written on: so many columns, with colour or without.

    A look that has a method `uncoloured` gives its lines itself where no colour is asked for. All others, and lines
    that have to be broken, are rich's, which takes longer to import than many an answer.
    """

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour

    @cached_property
    def console(self) -> Console:
        from io import StringIO

        from rich.console import Console

        return Console(
            file=StringIO(),
            width=self.width,
            height=100,  # with both given, rich asks neither the terminal nor the environment
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
        )

    def printed(self, look: RenderableType) -> list[str]:
        """The lines that rich makes of *look*."""
        with self.console.capture() as capture:
            self.console.print(look)
        return capture.get().splitlines()

    def wrapped(self, words: Words, width: int) -> list[str]:
        """The lines of *words* without colour, of at most *width* columns."""
        said = plain(words)
        if said.isascii() and said.isprintable():
            return [said] if len(said) <= width else folded(said, width)
        return [line.plain for line in joined(words).wrap(self.console, width, overflow="fold")]

    def lines(self, look: RenderableType) -> list[str]:
        """The lines of *look*."""
        said = getattr(look, "plain", "\n")  # of a Text; to ask for that class would import it
        if not self.colour and "\n" not in said:
            return self.wrapped([(said, "")], self.width)
        if isinstance(look, Stack):
            parts = [self.lines(each) for each in look.looks]
            return list(chain.from_iterable(["", *part] if number else part for number, part in enumerate(parts)))
        direct = None if self.colour else getattr(look, "uncoloured", None)
        return direct(self) if direct else self.printed(look)


def rendered(look: RenderableType, *, width: int, colour: bool = False, encoding: str = "utf-8") -> str:
    """*look* as text of at most *width* columns, made of characters that *encoding* has."""
    lines = Screen(width, colour=colour).lines(look)
    return encodable("\n".join([line.rstrip() for line in lines]) + "\n", encoding)


def encodable(value: str, encoding: str) -> str:
    """*value* with each character that *encoding* lacks replaced by one that is close, or by `?`."""
    try:
        value.encode(encoding)
        return value
    except UnicodeEncodeError:
        return "".join(c if _fits(c, encoding) else _nearest(c, encoding) for c in value)


def _fits(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _nearest(character: str, encoding: str) -> str:
    from unicodedata import east_asian_width, normalize

    for candidate in (character.translate(_PLAIN), normalize("NFKD", character)[:1]):
        if _fits(candidate, encoding):
            return candidate
    return "?" * (2 if east_asian_width(character) in "WF" else 1)
