"""Who rings, one after the other, in each replicate: drawn for a stage's whole clock, whatever is run.

How many rings a stretch of time has, whose they are, and what inputs begin as, hang on the seed and the stage alone,
not on the state, on the scenarios that are run, or on the engine. So a scenario has the same numbers in any company.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from random import Random

from her2cli.logic.network import SLOW_RATE
from her2cli.logic.network.phases import Stage

_SLOW = b"\xff"  # stands for a slow species, of which it is drawn later which
_TOGETHER = 8192  # rings that are drawn at once


class Rings:
    """The rings of a stage in one replicate after the other, and what its inputs begin as.

    A species rings at rate 1, a slow one at `SLOW_RATE`. Bytes, or words for large networks, are drawn evenly and
    shared out: to each fast species the same number of values, and the same to each of as many places as the slow
    species take together; what is over is nobody's. Rings of nobody, and of species that do not move, are left out, or
    are those of the place *nobody*.
    """

    def __init__(self, stage: Stage, number: int, seed: int, nobody: int = -1) -> None:
        self._seed, self._random = f"{seed}:rings:{number}:", Random(0)
        place = {species: at for at, species in enumerate(stage.moving)}
        self._fast = [place.get(each, nobody) for each in stage.clock if each not in stage.slow]
        slow = [place.get(each, nobody) for each in stage.clock if each in stage.slow]
        shared = ceil(len(slow) * SLOW_RATE)  # places of slow species, and so many of them in each
        self._slow = [*slow, *[nobody] * (round(shared / SLOW_RATE) - len(slow))]
        self._slow_bytes = [bytes((each,)) if 0 <= each < 255 else b"" for each in self._slow]
        self._slots = max(len(self._fast) + shared, 1)  # where none moves, nobody asks
        self._bytes = self._slots <= 255
        values = 256 if self._bytes else 1 << 32
        self._limit = values - values % (self._slots if self._bytes else self._slots * max(len(self._slow), 1))
        often = self._slots * values / self._limit  # in a unit of time
        spans = [end - begin for begin, end in zip((0.0, *stage.times), stage.times, strict=False)]
        self._many = [_poisson(span * often) for span in spans]
        slots = [*self._fast, *[255] * shared] or [nobody]
        if self._bytes:
            whose = [slots[value % self._slots] if value < self._limit else nobody for value in range(256)]
            self._gone = bytes(value for value, each in enumerate(whose) if each < 0)
            self._table = bytes(max(each, 0) for each in whose)
        # An input that something acts on begins as a helper of its own, which is drawn as the input itself would be.
        names = {helper: stage.program.species[species] for species, helper in stage.begins_with}
        self._inputs = [
            (each, chance, Random(f"{seed}:{number}:{names.get(each, stage.program.species[each])}").random)
            for each, chance in stage.settings
            if 0 < chance < 1
        ]

    def settings(self) -> list[tuple[int, bool]]:
        """What each species that begins by chance begins as in the next replicate."""
        return [(species, draw() < chance) for species, chance, draw in self._inputs]

    def replicate(self, number: int) -> list[Iterator[Sequence[int]]]:
        """For each count the rings before it: places among the species that move, some at a time.

        They are to be asked for in turn; who has no use for the rest of a replicate may leave it.
        """
        self._random.seed(f"{self._seed}{number}")  # half of the time of a new one, which is seeded twice
        return [self._stretch(self._random, *many) for many in self._many]

    def _stretch(self, random: Random, least: int, weights: Sequence[float]) -> Iterator[Sequence[int]]:
        left = least + bisect_right(weights, random.random() * weights[-1], hi=len(weights) - 1)
        draw = self._of_bytes if self._bytes else self._of_words
        while left > 0:
            some = min(left, _TOGETHER)
            left -= some
            yield draw(random, some)

    def _of_bytes(self, random: Random, number: int) -> Sequence[int]:
        rings = random.randbytes(number).translate(self._table, self._gone)
        pieces = rings.split(_SLOW)
        if len(pieces) == 1:
            return rings
        slow, count, draw = self._slow_bytes, len(self._slow), random.random
        found = [b""] * (2 * len(pieces) - 1)
        found[::2] = pieces
        found[1::2] = [slow[int(draw() * count)] for _ in pieces[1:]]
        return b"".join(found)

    def _of_words(self, random: Random, number: int) -> Sequence[int]:
        words = array("I", random.randbytes(4 * number))
        if sys.byteorder == "big":
            words.byteswap()
        fast, slow, slots, limit = self._fast, self._slow, self._slots, self._limit
        many = len(fast)
        kinds = [
            fast[value % slots] if value % slots < many else slow[value // slots % len(slow)]
            for value in words
            if value < limit
        ]
        return [kind for kind in kinds if kind >= 0]


@lru_cache(maxsize=64)
def _poisson(mean: float) -> tuple[int, list[float]]:
    """The smallest number with a weight that counts, and from there on the cumulated weights, not normalised.

    Only additions, products and quotients, so that every machine has the same weights.
    """
    mode = int(mean)
    below: list[float] = []
    weight, number = 1.0, mode
    while number > 0 and weight > 1e-18:
        weight *= number / mean
        number -= 1
        below.append(weight)
    above = []
    weight, last = 1.0, mode
    while weight > 1e-18:
        last += 1
        weight *= mean / last
        above.append(weight)
    total, cumulated = 0.0, []
    for weight in [*reversed(below), 1.0, *above]:
        total += weight
        cumulated.append(total)
    return number, cumulated
