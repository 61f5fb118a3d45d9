"""The work of the engine room's tests, in a module of its own so that worker processes can import it.

It squares numbers; some of it misbehaves, and what does so only once leaves a mark.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from her2cli.studies.room import Share, Work

NUMBERS = list(range(23))
SQUARES = b"".join(b"%d %d\n" % (number, number * number) for number in NUMBERS)


def squares(numbers: Sequence[int], told: Share | None = None) -> bytes:
    found = []
    for count, number in enumerate(numbers, start=1):
        found.append(b"%d %d\n" % (number, number * number))
        if told:
            told(count / len(numbers))
    return b"".join(found)


def killed_once(mark: str, numbers: Sequence[int], told: Share | None = None) -> bytes:
    """Kills its own process at the number 12, the first time."""
    if 12 in numbers and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return squares(numbers)


def always_killed(numbers: Sequence[int], told: Share | None = None) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def laden(load: bytes, numbers: Sequence[int], told: Share | None = None) -> bytes:
    """Is sent to a worker with more than a pipe holds, and takes long."""
    time.sleep(len(load) / 1e5)
    return squares(numbers)


def slow(numbers: Sequence[int], told: Share | None = None) -> bytes:
    for number in range(4):
        time.sleep(0.0125)
        if told:
            told((number + 1) / 4)
    return squares(numbers)


def work(answer=squares, size: int = 5, **identity: object) -> Work:
    return Work(study="squares", answer=answer, items=NUMBERS, size=size, identity=identity)
