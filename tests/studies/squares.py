"""The work of the engine room's tests, in a module of its own so that worker processes can import it.

It squares numbers; some of it misbehaves, and what does so only once leaves a mark.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from her2cli.studies.room import Work

NUMBERS = list(range(23))
SQUARES = [[number, number * number] for number in NUMBERS]


def squares(numbers: Sequence[int]) -> list[list[int]]:
    return [[number, number * number] for number in numbers]


def killed_once(mark: str, numbers: Sequence[int]) -> list[list[int]]:
    """Kills its own process at the number 12, the first time."""
    if 12 in numbers and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return squares(numbers)


def always_killed(numbers: Sequence[int]) -> list[list[int]]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def slow(numbers: Sequence[int]) -> list[list[int]]:
    time.sleep(0.05)
    return squares(numbers)


def work(answer=squares, size: int = 5, **identity: object) -> Work:
    return Work(study="squares", answer=answer, items=NUMBERS, size=size, identity=identity)
