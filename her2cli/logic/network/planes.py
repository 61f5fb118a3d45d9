"""Planes, whole numbers whose bit i is lane i: one operation on a plane is one for every lane."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

Member = TypeVar("Member", bound=Hashable)

_DIGITS = bytes.maketrans(b"01", b"\0\1")


def bits(plane: int) -> Iterator[int]:
    """The lanes of a plane, lowest first."""
    while plane:
        lowest = plane & -plane
        yield lowest.bit_length() - 1
        plane ^= lowest


def planes_of(rows: Sequence[Iterable[Member]]) -> dict[Member, int]:
    """For each member of any of the *rows* the plane of those that have it: bit i is row i."""
    texts: dict[Member, bytearray] = {}
    for place, members in enumerate(rows, start=1):
        for member in members:
            if member not in texts:
                texts[member] = bytearray(b"0" * len(rows))
            texts[member][-place] = ord("1")
    return {member: int(text, 2) for member, text in texts.items()}


def turned(rows: Sequence[int], width: int) -> list[int]:
    """*rows* of so many bits as so many columns: bit k of row i is bit i of column k."""
    if not rows:
        return [0] * width
    digits = "".join([f"{row:0{width}b}" for row in reversed(rows)])
    return [int(digits[place::width], 2) for place in reversed(range(width))]


def flags(plane: int, lanes: int) -> bytes:
    """For each lane a byte, 0 or 1."""
    return f"{plane:0{lanes}b}".encode()[::-1][:lanes].translate(_DIGITS)


def words(planes: Sequence[int], lanes: int) -> array[int]:
    """For each lane a word, whose binary digits are what up to 64 planes have there, the first one lowest."""
    whole = bytearray(8 * lanes)
    for first in range(0, len(planes), 8):
        eight = 0
        for place, plane in enumerate(planes[first : first + 8]):
            eight |= int.from_bytes(flags(plane, lanes), "little") << place
        whole[first // 8 :: 8] = eight.to_bytes(lanes, "little")
    found = array("Q", bytes(whole))
    if sys.byteorder == "big":
        found.byteswap()
    return found
