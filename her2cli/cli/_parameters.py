"""How a command says what it takes: `Annotated[str, Argument(...)]` and `Annotated[bool, Option(...)]`.

The words are typer's, which is not imported for them: most lines are read without it (`_line`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Parameter:
    """An argument, or an option with its *names*, and what else typer is told of it."""

    __slots__ = ("names", "settings")

    def __init__(self, names: tuple[str, ...], **settings: Any) -> None:
        self.names = names
        self.settings = {name: value for name, value in settings.items() if value is not None}


def Argument(*, metavar: str, help: str, autocompletion: Callable[..., list[str]] | None = None) -> Parameter:
    """What a command is given by its place. *autocompletion* lists the names that a shell may complete."""
    return Parameter((), metavar=metavar, help=help, autocompletion=autocompletion)


def Option(
    *names: str,
    help: str,
    metavar: str | None = None,
    min: int | None = None,
    autocompletion: Callable[..., list[str]] | None = None,
) -> Parameter:
    """What a command is given by name; *min* is the least that a number may be."""
    return Parameter(names, metavar=metavar, help=help, min=min, autocompletion=autocompletion)
