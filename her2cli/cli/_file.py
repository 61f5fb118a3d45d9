"""Files that are written: never over the input, never half, and not over another file unless that is asked for."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from her2cli.errors import Her2Error, shown


def check_target(path: str, *, force: bool, sources: tuple[str, ...] = ()) -> None:
    """Complain now, before any work, where *path* could not be written later. Raises `Her2Error`.

    A link is followed: the file that it points to is replaced.
    """
    target = Path(path)
    name = shown(path, 200)
    folder = Path(_real(path)).parent
    try:
        status = target.stat()
    except FileNotFoundError:
        if not folder.is_dir():
            raise Her2Error(f"{name}: there is no folder {shown(str(folder), 200)}.") from None
        if not os.access(folder, os.W_OK):
            raise Her2Error(f"{name}: the folder cannot be written to.") from None
        return
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise Her2Error(f"{name}: is a directory; name a file in it.")
    if any(os.path.exists(source) and os.path.samefile(source, target) for source in sources):
        raise Her2Error(f"{name}: is the input itself; name another file.")
    if stat.S_ISREG(status.st_mode) and not force:
        raise Her2Error(f"{name}: exists already; --force replaces it.")
    if stat.S_ISREG(status.st_mode) and not os.access(folder, os.W_OK):  # the new file is made beside the old one
        raise Her2Error(f"{name}: the folder cannot be written to.")


def save(path: str, content: str | bytes) -> None:
    """Write *content* to *path*, text as UTF-8. Raises as `written` does."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    written(path, lambda stream: stream.write(data))


def written(path: str, write: Callable[[IO[bytes]], object]) -> None:
    """Have *write* fill *path*, the whole or nothing: an old file stays until the new one is complete.

    Raises `Her2Error` when the disk is full or the file cannot be written.
    """
    target = _real(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):  # a device or a pipe takes it directly
            with open(target, "wb") as stream:
                write(stream)
            return
        _replace(target, write)
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from None


def _real(path: str) -> str:
    """*path* with its links followed. Raises `Her2Error` in a working directory that is gone."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from None


def _replace(target: str, write: Callable[[IO[bytes]], object]) -> None:
    folder, name = os.path.split(target)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name[:50]}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode(target))
        os.replace(temporary, target)
    except BaseException:  # an interrupt leaves nothing behind, either
        os.unlink(temporary)
        raise


def mode(target: str) -> int:
    """The permissions of the old file, or those that a new file gets here."""
    if os.path.exists(target):
        return stat.S_IMODE(os.stat(target).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def unwritten(path: str, error: OSError | ValueError) -> Her2Error:
    reason = getattr(error, "strerror", None) or str(error)
    return Her2Error(f"{shown(path, 200)}: cannot be written: {reason.lower()}.")
