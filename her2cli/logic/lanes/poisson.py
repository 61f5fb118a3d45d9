"""Poisson numbers: how many rings there are in a stretch of time."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def poisson(mean: float) -> tuple[int, list[float]]:
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
