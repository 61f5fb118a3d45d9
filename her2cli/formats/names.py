"""Ids in formats that allow only letters, digits and underscores: mapped so that no two meet, and mapped back.

A character that a format forbids becomes `_x` + its code point in hexadecimal + `_`: `HER2-HER3` is `HER2_x2D_HER3`.
"""

from __future__ import annotations

import re

# An underscore that would look like the beginning of such a code is written as a code itself.
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_]|_(?=x[0-9A-F])|^[0-9]")
_CODE = re.compile(r"_x([0-9A-F]{1,6})_")
RESERVED = frozenset({"and", "or", "not", "true", "false", "xor", "targets", "factors"})


def escaped(name: str) -> str:
    """*name* with letters, digits and underscores alone, not beginning with a digit, and no word that is reserved."""
    text = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):X}_", name)
    return f"_x{ord(text[0]):X}_{text[1:]}" if text.lower() in RESERVED else text


def unescaped(text: str) -> str:
    """The name that `escaped` made *text* of."""
    return _CODE.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    valid = code <= 0x10FFFF and chr(code).isprintable()
    return chr(code) if valid else found[0]
