"""Where answers go: the one place that writes to stdout, in the look, the width and the encoding that it takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from her2cli.cli._errors import remark
from her2cli.errors import Her2Error

if TYPE_CHECKING:
    from rich.console import RenderableType

    from her2cli.cli._options import OutputOptions
    from her2cli.model import Pathway
    from her2cli.render.tables import Table

PIPED_WIDTH = 100
NARROWEST, WIDEST = 20, 400


class Answer(NamedTuple):
    """One answer in its three forms. Each is made only when it is asked for."""

    command: str
    pathway: Pathway | None
    look: Callable[[], RenderableType]
    table: Callable[[], Table]
    data: Callable[[], Mapping[str, Any]]
    notes: Callable[[], Sequence[str]] = tuple  # what `look` and `data` tell and a table has no place for
    brief: Callable[[], Mapping[str, Any]] | None = None  # what matters of `data`, in less than 4 kB


_WIDTH: ContextVar[int | None] = ContextVar("width", default=None)


@contextmanager
def of_width(columns: int) -> Iterator[None]:
    """Fill so many columns meanwhile, whatever the terminal has."""
    token = _WIDTH.set(columns)
    try:
        yield
    finally:
        _WIDTH.reset(token)


_KEPT: ContextVar[list[Answer] | None] = ContextVar("kept", default=None)


@contextmanager
def kept() -> Iterator[list[Answer]]:
    """Keep answers in the list that is yielded instead of writing them, for whoever asks from Python."""
    answers: list[Answer] = []
    token = _KEPT.set(answers)
    try:
        yield answers
    finally:
        _KEPT.reset(token)


def show(answer: Answer, output: OutputOptions) -> None:
    """Write *answer* to stdout as the options say: for people, or as JSON, CSV or TSV."""
    if (taken := _KEPT.get()) is not None:
        taken.append(answer)
        return
    brief = bool(getattr(output, "brief", False))
    if brief and answer.brief is not None:
        write(envelope(answer.command, answer.pathway, answer.brief(), indent=1))
    elif output.json or brief:
        write(envelope(answer.command, answer.pathway, answer.data()))
    elif output.csv or output.tsv:
        from her2cli.render.csv import delimited

        write(delimited(answer.table(), "\t" if output.tsv else ","))
        for note in answer.notes():
            remark(f"her2: note: {note}")
    else:
        write(look(answer.look()))


def look(renderable: RenderableType) -> str:
    """*renderable* as text for the terminal or the pipe that stdout is."""
    from her2cli.render.console import rendered

    return rendered(renderable, width=width(), colour=colour(), encoding=encoding())


def streams(output: OutputOptions) -> bool:
    """Whether an answer may be written piece by piece: it is for people, and not kept for somebody else."""
    return _KEPT.get() is None and not (output.json or output.csv or output.tsv)


# Where the fields of a command's JSON have changed their meaning since the first version of it.
SCHEMAS = {"simulate": 2, "compare": 2, "explain": 2}


def envelope(command: str, pathway: Pathway | None, data: Mapping[str, Any], *, indent: int = 2) -> str:
    """*data* as JSON, with what is needed to get the same answer again: schema, version, pathway and its hash."""
    import json

    head: dict[str, Any] = {"schema": f"her2/{command}/{SCHEMAS.get(command, 1)}", "version": version()}
    if pathway is not None:
        from her2cli.loading import pathway_hash

        head["pathway"] = {"name": pathway.name, "hash": pathway_hash(pathway)}
    ascii_only = "utf" not in encoding()
    return json.dumps({**head, **data}, indent=indent, ensure_ascii=ascii_only, allow_nan=False, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{value!r} has no place in JSON")


def version() -> str:
    """The version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("her2cli")
    except PackageNotFoundError:  # a bare checkout
        return "0"


def encoding() -> str:
    """The encoding of stdout, in lower case."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def _terminal_width() -> int:
    """The columns of the terminal; 0 for none. What a pager shows is read on the terminal that stderr still is."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if columns := os.get_terminal_size(stream.fileno()).columns:
                return columns
        except (OSError, ValueError, AttributeError):
            continue
    return 0


def width() -> int:
    """The columns to fill: those of COLUMNS or the terminal, a pager's too, or 100 where there is none."""
    if (given := _WIDTH.get()) is not None:
        return given
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked[:9]) > 0:
        columns = int(asked[:9])
    else:
        columns = _terminal_width() or PIPED_WIDTH
    return min(max(columns, NARROWEST), WIDEST)


def colour() -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set; FORCE_COLOR colours a pipe, too."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0") or os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


@contextmanager
def interruptible() -> Iterator[None]:
    """Let an interrupt end the process at once: native code looks for none, and nothing has been written yet."""
    import signal

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if usual:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def write(text: str) -> None:
    """Write *text* to stdout at once, so that an interrupt leaves all of it or none. A closed pipe ends quietly."""
    if _KEPT.get() is not None:
        raise Her2Error("This is written as it is found and kept nowhere; ask for it at the command line.")
    if sys.stdout is None:
        raise Her2Error("Cannot write the answer: stdout is closed.")
    try:
        sys.stdout.buffer.write(text.encode(encoding(), "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard()
        raise SystemExit(141) from None  # what a shell reports for a closed pipe
    except OSError as error:
        raise unwritten(error) from None


def unwritten(error: OSError) -> Her2Error:
    """The mistake to report when stdout does not take the answer; what is left of it goes nowhere."""
    _discard()
    return Her2Error(f"Cannot write the answer: {error.strerror}.")


def _discard() -> None:
    """Point stdout at nothing, so that the interpreter does not fail on a full buffer when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
