"""One line on stderr while work lasts: on a terminal past a second, and gone when the work is done; elsewhere, where
lines stay, a line now and then."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

Progress = Callable[[float], None]  # told the share of the work that is done
Counted = Callable[[int, int], None]  # told how many things are done, and of how many

AFTER = 1.0  # seconds until the line appears
EVERY = 0.5
LINES_AFTER, LINES_EVERY = 10.0, 30.0  # the same where stderr is a file or a pipe


@contextmanager
def progress(what: str) -> Iterator[Progress | None]:
    """Show what is being done, for how long, and which share of it is done where the work says so.

    Yields what the work calls with that share, or None where nobody would see it.
    """
    if sys.stderr is None:
        yield None
        return
    done: list[float] = []

    def told(seconds: float) -> str:
        return f"{what}: {f'{min(done[-1], 1):.0%}, ' if done else ''}{seconds:.0f} s"

    with _line(told):
        yield done.append


@contextmanager
def counted(what: str) -> Iterator[Counted | None]:
    """As `progress`, for work that says how many things are done, and of how many: with their rate, and the time left.

    The rate is that since the first time that it was told, so that what was done by an earlier run counts for nothing.
    """
    if sys.stderr is None:
        yield None
        return
    done: list[tuple[int, int, float]] = []

    def told(seconds: float) -> str:
        return in_words(what, done, seconds)

    with _line(told):
        yield lambda count, of: done.append((count, of, time.monotonic()))


def in_words(what: str, done: Sequence[tuple[int, int, float]], seconds: float) -> str:
    """What `counted` shows after so many *seconds*; *done* are counts, of how many, and when they were told."""
    if not done:
        return f"{what}: {seconds:.0f} s"
    count, of, now = done[-1]
    words = f"{what}: {count:,} of {of:,}"
    first, _, begin = done[0]
    if count > first and now > begin:
        rate = (count - first) / (now - begin)
        words += f", {rate:,.0f} a second, {(of - count) / rate:,.0f} s left"
    return words


@contextmanager
def _line(told: Callable[[float], str]) -> Iterator[None]:
    stop = Event()
    # A thread of its own, because a single step of the work may last for seconds.
    line = Thread(target=_show, args=(told, stop), daemon=True)
    line.start()
    try:
        yield
    finally:
        stop.set()
        line.join()


def _show(told: Callable[[float], str], stop: Event) -> None:
    begin, longest = time.monotonic(), 0
    terminal = sys.stderr.isatty()
    wait = AFTER if terminal else LINES_AFTER
    while not stop.wait(wait):
        if not terminal:
            wait = LINES_EVERY
            _write(f"her2: {told(time.monotonic() - begin)}.\n")
            continue
        wait = EVERY
        text = f"her2: {told(time.monotonic() - begin)}; Ctrl-C stops it."[: _width() - 1]
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
