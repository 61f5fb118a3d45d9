"""How cells are drawn: one value, which a question passes on as it is to the engine that draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Engine = Literal["python", "numba"]
Progress = Callable[[float], None] | None  # hears which share of the work is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How many cells are drawn, from which seed, and by which engine.

    The same *seed* gives the same numbers everywhere, on the same engine. *engine* None takes Numba where it is
    installed and there is so much to do that loading it pays, Python elsewhere; every answer says which it was.
    """

    replicates: int = 1000
    seed: int = 0
    engine: Engine | None = None


def part(told: Progress, done: float, more: float) -> Progress:
    """What hears of a part of the work, so that *told* hears of the whole: of what was *done* before, and *more*."""
    return told and (lambda share: told(done + more * share))
