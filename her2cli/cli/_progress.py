"""One line on stderr while work lasts: only on a terminal, only past a second, and gone when the work is done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

Progress = Callable[[float], None]  # told the share of the work that is done

AFTER = 1.0  # seconds until the line appears
EVERY = 0.5


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """Show what is being done, for how long, and which share of it is done where the work says so.

    Yields what the work calls with that share, or None where nobody would see it.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    done: list[float] = []
    stop = Event()
    # A thread of its own, because a single step of the work may last for seconds.
    line = Thread(target=_show, args=(what, done, stop), daemon=True)
    line.start()
    try:
        yield done.append
    finally:
        stop.set()
        line.join()


def _show(what: str, done: list[float], stop: Event) -> None:
    begin, longest = time.monotonic(), 0
    wait = AFTER
    while not stop.wait(wait):
        wait = EVERY
        share = f"{min(done[-1], 1):.0%}, " if done else ""
        text = f"her2: {what}: {share}{time.monotonic() - begin:.0f} s; Ctrl-C stops it."[: _width() - 1]
        longest = max(longest, len(text))
        _write(f"\r{text.ljust(longest)}")
    if longest:
        _write(f"\r{' ' * longest}\r")


def _width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):  # a closed stderr: there is no one left to tell
        pass
