"""A pathway in a format goes to its file or to stdout, and what the format cannot carry is told on stderr."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from her2cli.cli._errors import Exit, remark
from her2cli.cli._file import check_target, save
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Option

if TYPE_CHECKING:
    from her2cli.formats import Format
    from her2cli.formats.losses import Written
    from her2cli.model import Pathway

Strict = Annotated[
    bool, Option("--strict", help="Write nothing and exit with 1 where the format cannot carry everything.")
]
Force = Annotated[bool, Option("--force", "-f", help="Replace a file that exists.")]


def targets(path: str, chosen: Format) -> tuple[str, ...]:
    """The files that writing *path* makes: MaBoSS has two, whichever of them is named."""
    if chosen.name != "maboss":
        return (path,)
    network = str(Path(path).with_suffix(".bnd")) if path.lower().endswith(".cfg") else path
    return network, str(Path(path).with_suffix(".cfg"))


def check_targets(path: str, chosen: Format, *, force: bool, sources: tuple[str, ...] = ()) -> None:
    """Complain before any work where a file could not be written. Raises `Her2Error`."""
    for target in targets(path, chosen):
        check_target(target, force=force, sources=sources)


def deliver(
    command: str, pathway: Pathway, chosen: Format, written: Written, *, path: str, strict: bool, json: bool
) -> None:
    """Write what was *written* to *path*, or to stdout where *path* is empty or `-`; then say what was left out."""
    to_file = path not in ("", "-")
    lost = (*written.losses, *(["the .cfg file with initial states"] if written.beside and not to_file else []))
    left_out = f"her2: {chosen.name.upper()} does not carry {', '.join(lost)}."
    if lost and strict:
        remark(left_out)
        raise Exit(1)
    if to_file:
        for target, text in zip(targets(path, chosen), (written.text, written.beside), strict=False):
            save(target, text)
    if json:
        content = {} if to_file else {"text": written.text}
        answer = {"format": chosen.name, "file": path if to_file else None, "losses": list(lost), **content}
        write(envelope(command, pathway, answer))
    elif not to_file:
        write(written.text)
    if lost:
        remark(left_out)
