"""Work in a process of its own: it can be stopped, by Ctrl-C or after some time, also within native code."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from her2cli.errors import LimitError

Result = TypeVar("Result")
LONGEST = 1_000_000  # seconds; the system cannot wait for much more, and nobody does


class Stopped(LimitError):
    """The work took longer than it was given."""


def stoppable(work: Callable[..., Result], *given: Any, seconds: float | None) -> Result:
    """What *work* returns, or raises. Raises `Stopped` after *seconds*; an interrupt ends the process, too."""
    ways = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in ways else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sender, work, given), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds if seconds is None or seconds < LONGEST else None):
            raise Stopped(f"not found within {seconds:g} s")
        outcome = receiver.recv()
    except EOFError:
        raise LimitError("the search ended without an answer; it may have needed too much memory") from None
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(outcome, Exception):
        raise outcome
    result: Result = outcome
    return result


PATIENCE = 30  # seconds that one of four semantics is given


def within_reason(work: Callable[..., Result], *given: Any) -> Result:
    """What *work* returns, in a time that somebody waits; else `LimitError`, which says who waits longer."""
    try:
        return stoppable(work, *given, seconds=PATIENCE)
    except Stopped as stopped:
        raise LimitError(f"{stopped}; her2 attractors --only attractors looks for longer") from None


def _run(sender: Connection, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that waits decides
    try:
        outcome = work(*given)
    except Exception as error:
        outcome = error
    sender.send(outcome)
    sender.close()
