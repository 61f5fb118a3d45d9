"""From a renderable to the text that is written: width, colour and encoding decided once, for every look.

Names come from files and from strangers, so they are printed as rich `Text` and never parsed as markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

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
    "─│┌┐└┘├┤┬┴┼━┃┏┓┗┛┣┫╸╺╴╶╷╵╭╮╰╯═║‐‑–—−…·•→←↑↓↔⇒⊣‘’‚“”„«»×÷±≤≥≠≈∞αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΘΚΛΠΣΦΨΩµß°",
    "-|++++|+++++|++++|+----||++++=|-----.-*><^v-=|''`\"\"\"<>x/+<>=~8abgdezhtiklmnxoprstyfxpoABGDTKLPSFPOus'",
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


def rendered(look: RenderableType, *, width: int, colour: bool = False, encoding: str = "utf-8") -> str:
    """*look* as text of at most *width* columns, made of characters that *encoding* has."""
    from io import StringIO

    from rich.console import Console, Group

    stream = StringIO()
    console = Console(
        file=stream,
        width=width,
        height=100,  # with both given, rich asks neither the terminal nor the environment
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )
    for part in look.renderables if isinstance(look, Group) else (look,):
        direct = None if colour else getattr(part, "uncoloured", None)  # a look that may be very long has one
        if direct:
            stream.write(direct(console))
        else:
            console.print(part)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return encodable("\n".join(lines) + "\n", encoding)


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
