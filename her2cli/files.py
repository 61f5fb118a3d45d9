"""From a file to its text: which files are read, up to what size, and what no text of ours may hold."""

from __future__ import annotations

import os
import re
import stat

from her2cli.errors import DataError, Problem, shown

MAX_MEGABYTES = 2.0
LIMIT_VARIABLE = "HER2_MAX_FILE_MB"
MAX_COUNTED = 1000  # problems of a file; past so many its reader may give up

# What no text file of ours may hold: control characters but tab and line ends, byte order marks inside, non-characters.
_UNREADABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]"


_PLAIN = bytes([*b"\t\n\r", *range(0x20, 0x7F)])


def looks_like_file(name: str) -> bool:
    """Whether *name* has a folder or an ending, as no name of the library does."""
    return os.sep in name or "/" in name or "." in name


def file_limit(default_megabytes: float = MAX_MEGABYTES) -> int:
    """The largest file that is read, in bytes; `HER2_MAX_FILE_MB` sets it. Raises `DataError` if that is no number."""
    text = os.environ.get(LIMIT_VARIABLE, "")
    if not text:
        return int(default_megabytes * 1_000_000)
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text):
        raise DataError([Problem("", f"{LIMIT_VARIABLE}='{shown(text)}' is not a number of megabytes, such as 20.")])
    return int(float(text) * 1_000_000)


def read_bytes(path: str | os.PathLike[str], *, limit: int | None = None) -> bytes:
    """The content of a regular file of at most *limit* bytes. Raises `DataError` with one problem otherwise.

    The kind of file is looked at before it is opened, so that a pipe does not hang and a device does not flood.
    """
    limit = file_limit() if limit is None else limit
    size = check_regular(path)
    if size > limit:
        raise _wrong(path, _too_large(path, size, limit))
    try:
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)  # the file may have grown since it was looked at
    except OSError as error:
        raise _wrong(path, f"cannot be read: {_reason(error)}.") from None
    if len(data) > limit:
        raise _wrong(path, _too_large(path, len(data), limit))
    return data


def check_regular(path: str | os.PathLike[str]) -> int:
    """The size in bytes of a regular file. Raises `DataError` where it is none: missing, a folder, a pipe, a device."""
    if os.fspath(path) == "-":
        raise _wrong(path, "standard input is not read; name a file.")
    try:
        status = os.stat(path)
    except FileNotFoundError:
        broken = os.path.islink(path)
        raise _wrong(path, "a link to a file that is not there." if broken else "no such file.") from None
    except (OSError, ValueError) as error:
        raise _wrong(path, f"cannot be read: {_reason(error)}.") from None
    if stat.S_ISDIR(status.st_mode):
        raise _wrong(path, "is a directory; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        if _is_null(path):
            raise _wrong(path, "is empty.")
        raise _wrong(path, "is not a regular file.")
    return status.st_size


def decode(data: bytes, file: str) -> str:
    """*data* as UTF-8 text, a byte order mark taken off. Raises `DataError` with the line and column of what is not."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise DataError([Problem(shown(file, 200), "is UTF-16; save it as UTF-8.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rest = error.object  # without the mark, as *start* is counted
        before = rest[: error.start].decode("utf-8", "replace")
        raise DataError(
            [_problem_at(file, before, f"byte 0x{rest[error.start]:02x} is not UTF-8; save it so.")]
        ) from None
    plain = text.isascii() and not data.translate(None, _PLAIN)  # the search is slow on a large file
    found = None if plain else re.search(_UNREADABLE, text)
    if found:
        what = f"character U+{ord(found[0]):04X} has no place in a text file; take it out."
        raise DataError([_problem_at(file, text[: found.start()], what)])
    return text


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file, checked by `read_bytes` and `decode`. Raises `DataError`."""
    return decode(read_bytes(path), os.fspath(path))


def _problem_at(file: str, before: str, message: str) -> Problem:
    lines = before.split("\n")
    return Problem(f"{shown(file, 200)}:{len(lines)}:{len(lines[-1]) + 1}", message)


def _wrong(path: str | os.PathLike[str], message: str) -> DataError:
    return DataError([Problem(shown(os.fspath(path), 200), message)])


def _too_large(path: str | os.PathLike[str], size: int, limit: int) -> str:
    ours = os.fspath(path).lower().endswith((".yaml", ".yml", ".json"))
    other = ", or bring a large network as BNET, SIF or tables" if ours else ""
    return f"is {size / 1e6:.1f} MB; at most {limit / 1e6:g} MB are read. Set {LIMIT_VARIABLE} to read more{other}."


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _is_null(path: str | os.PathLike[str]) -> bool:
    return os.path.realpath(path) == os.devnull
