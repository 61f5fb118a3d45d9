"""How a file is read, wherever a command reads one: `--from` and `--settings`, and what its reader has to say.

The annotation of a pathway or a file *brings* these options, so that no command can forget them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _names
from her2cli.cli._errors import remark
from her2cli.cli._parameters import Option, Options
from her2cli.errors import shown

if TYPE_CHECKING:
    from her2cli.model import Pathway

From = Annotated[
    str,
    Option(
        "--from",
        metavar="FORMAT",
        help="Format of the file, where its extension and its content are not enough.",
        autocompletion=_names.formats,
    ),
]
Settings = Annotated[
    str, Option("--settings", metavar="FILE", help="MaBoSS: the .cfg file, where it is not called as the .bnd file.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Options):
    """The options that say how a file is read."""

    source_format: From = ""
    settings: Settings = ""

    @contextmanager
    def active(self) -> Iterator[None]:
        """Read every file so, for as long as the command runs."""
        before = _current.set((self, set()))
        try:
            yield
        finally:
            _current.reset(before)


_current: ContextVar[tuple[Reading, set[str]]] = ContextVar("reading")


def reading() -> Reading:
    """How the line that runs says that files are read."""
    return _current.get((Reading(), set()))[0]


def load(name: str, *, beside: Iterable[str] = ()) -> Pathway:
    """The pathway of that name or in that file, as the line says it is to be read; its remarks are told once.

    That is of the files of the line: where one stands *beside* it, a name of the library may, too. Raises as
    `formats.load` does.
    """
    from her2cli import formats

    how, told = _current.get((Reading(), set()))
    if how != Reading() and not formats.is_file(name) and any(map(formats.is_file, beside)):
        how = Reading()
    pathway = formats.load(name, how.source_format, how.settings)
    for each in pathway.remarks:
        line = f"her2: note: {shown(os.path.basename(name), 60)}: {each}"
        if line not in told:
            told.add(line)
            remark(line)
    return pathway
