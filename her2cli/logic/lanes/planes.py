"""Planes, whole numbers whose bit i is lane i: turned into numbers for each lane, and back."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from functools import lru_cache


def spread(planes: Sequence[int], lanes: int) -> bytes:
    """For each lane a byte, whose binary digits are what up to eight planes have there, the first one lowest."""
    blocks = -(-lanes // 8)
    rows = bytearray(8 * blocks)
    for place, plane in enumerate(planes):
        rows[place::8] = plane.to_bytes(blocks, "little")
    return _transposed(int.from_bytes(rows, "little"), blocks)[:lanes]


def words(planes: Sequence[int], lanes: int) -> array[int]:
    """For each lane a word, whose binary digits are what up to 64 planes have there, the first one lowest."""
    whole = bytearray(8 * lanes)
    for first in range(0, len(planes), 8):
        whole[first // 8 :: 8] = spread(planes[first : first + 8], lanes)
    found = array("Q", bytes(whole))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def gathered(numbers: int, lanes: int) -> list[int]:
    """The planes of the eight binary digits of bytes, one a lane; given as one number, the first lane lowest."""
    blocks = -(-lanes // 8)
    rows = _transposed(numbers, blocks)
    return [int.from_bytes(rows[place::8], "little") for place in range(8)]


def _transposed(numbers: int, blocks: int) -> bytes:
    """Blocks of eight bytes in which byte i has as its digit j what byte j had as its digit i.

    Half of what is to move changes places with the other half, in squares of one, two and four digits (Warren 2013,
    Hacker's Delight, 7-3).
    """
    for distance, mask in zip((7, 14, 28), _squares(blocks), strict=True):
        moved = (numbers ^ numbers >> distance) & mask
        numbers ^= moved ^ moved << distance
    return numbers.to_bytes(8 * blocks, "little")


@lru_cache(maxsize=16)
def _squares(blocks: int) -> tuple[int, ...]:
    """Of each step the digits that change places with others further on."""
    words = (0x00AA00AA00AA00AA, 0x0000CCCC0000CCCC, 0x00000000F0F0F0F0)
    return tuple(int.from_bytes(word.to_bytes(8, "little") * blocks, "little") for word in words)
