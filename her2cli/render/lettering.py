"""The letters of pictures: how wide a label is in the font that is shipped for them, regular and bold.

The font has the metrics of Arial and Helvetica, so a label fits its box wherever one of the three is at hand.
"""

from __future__ import annotations

import struct
from functools import cache
from importlib.resources import files

FAMILY = "her2 Sans"  # see fonts/LICENSE
WIDEST = 1.0  # em, for a character that the font does not have
WEIGHTS = ("regular", "bold")


def width(label: str, size: float, *, bold: bool = False) -> float:
    """The width of *label* at that *size*, in the units of *size*."""
    advances: dict[int, float] = _advances("bold" if bold else "regular")
    return sum(size * advances.get(ord(character), WIDEST) for character in label)


def shortened(label: str, size: float, room: float, *, bold: bool = False) -> str:
    """*label*, cut with an ellipsis where it is wider than *room*."""
    if width(label, size, bold=bold) <= room:
        return label
    while label and width(label + "…", size, bold=bold) > room:
        label = label[:-1]
    return label + "…"


def font(weight: str) -> bytes:
    """The font file of that weight, regular or bold."""
    return files("her2cli.render").joinpath("fonts", f"{weight}.ttf").read_bytes()


@cache
def _advances(weight: str) -> dict[int, float]:
    """The advance of each character, in em: the tables cmap, hmtx, hhea and head (the OpenType specification)."""
    data = font(weight)
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        tables[tag] = offset
    em: int = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    metrics: int = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        last = min(glyph, metrics - 1)  # past the last one all are as wide as that
        units: int = struct.unpack_from(">H", data, tables[b"hmtx"] + 4 * last)[0]
        return units / em

    return {character: advance(glyph) for character, glyph in _glyphs(data, tables[b"cmap"])}


def _glyphs(data: bytes, table: int) -> list[tuple[int, int]]:
    """Each character with its glyph, from the subtable of format 4."""
    for number in range(struct.unpack_from(">H", data, table + 2)[0]):
        start = table + struct.unpack_from(">I", data, table + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", data, start)[0] == 4:
            break
    else:
        raise ValueError("the font has no table of characters of format 4")
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    found = []
    for segment in range(segments):
        end, first, delta, offset = (
            struct.unpack_from(">H", data, start + 14 + 2 * segment + shift)[0]
            for shift in (0, 2 * segments + 2, 4 * segments + 2, 6 * segments + 2)
        )
        place = start + 14 + 2 * segment + 6 * segments + 2
        for character in range(first, end + 1):
            if character == 0xFFFF:
                continue
            glyph = (
                character if not offset else struct.unpack_from(">H", data, place + offset + 2 * (character - first))[0]
            )
            found.append((character, (glyph + delta) & 0xFFFF))
    return found
