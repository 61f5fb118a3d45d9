"""How a command says what it takes: `Annotated[str, Argument(...)]` and `Annotated[bool, Option(...)]`.

The words are typer's, which is not imported for them: most lines are read without it (`_line`). Options that several
commands share stand in a frozen dataclass, an `Options`; a command takes it as one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import fields
from functools import cache
from inspect import Parameter as Place
from inspect import signature
from typing import Any, NamedTuple, get_type_hints


class Parameter:
    """An argument, or an option with its *names*, and what else typer is told of it."""

    __slots__ = ("brings", "names", "settings")

    def __init__(self, names: tuple[str, ...], brings: type[Options] | None = None, **settings: Any) -> None:
        self.names = names
        self.brings = brings  # further options of every command that takes this; they are `active` while it runs
        self.settings = {name: value for name, value in settings.items() if value is not None}


def Argument(
    *,
    metavar: str,
    help: str,
    autocompletion: Callable[..., list[str]] | None = None,
    brings: type[Options] | None = None,
) -> Parameter:
    """What a command is given by its place. *autocompletion* lists the names that a shell may complete."""
    return Parameter((), brings, metavar=metavar, help=help, autocompletion=autocompletion)


def Option(
    *names: str,
    help: str,
    metavar: str | None = None,
    min: int | None = None,
    autocompletion: Callable[..., list[str]] | None = None,
    brings: type[Options] | None = None,
) -> Parameter:
    """What a command is given by name; *min* is the least that a number may be."""
    return Parameter(names, brings, metavar=metavar, help=help, min=min, autocompletion=autocompletion)


class Options:
    """The base of options that commands share: a frozen dataclass, each field of it an option with a default."""

    def active(self) -> AbstractContextManager[None]:
        """What holds while a command runs that another parameter *brings* these to."""
        return nullcontext()


class Taken(NamedTuple):
    """One argument or option of a command: its annotation, and its default if it has one."""

    hint: Any
    default: Any

    @property
    def required(self) -> bool:
        return self.default is Place.empty


@cache
def parameters(command: Callable[..., None]) -> Mapping[str, Taken]:
    """All that *command* takes, by name and in order; those in an `Options` stand in its place."""
    hints = get_type_hints(command, include_extras=True)
    taken: dict[str, Taken] = {}
    for name, place in signature(command).parameters.items():
        if _is_group(hints[name]):
            taken |= _fields(hints[name])
        else:
            taken[name] = Taken(hints[name], place.default)
    for group in _brought(taken):
        taken |= _fields(group)
    return taken


@contextmanager
def filled(command: Callable[..., None], given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What *command* is run with, of what is *given* to its arguments and options by their names; it runs meanwhile."""
    hints = get_type_hints(command, include_extras=True)
    values = dict(given)
    with ExitStack() as stack:
        for group in _brought(parameters(command)):
            stack.enter_context(_filled(group, values).active())
        for name in signature(command).parameters:
            if _is_group(hints[name]):
                values[name] = _filled(hints[name], values)
        yield values


def _brought(taken: Mapping[str, Taken]) -> list[type[Options]]:
    """The options that others bring, each kind once."""
    said = [each for taking in taken.values() for each in getattr(taking.hint, "__metadata__", ())]
    return list(dict.fromkeys(each.brings for each in said if isinstance(each, Parameter) and each.brings))


def _fields(group: type[Options]) -> dict[str, Taken]:
    inner = get_type_hints(group, include_extras=True)
    return {each.name: Taken(inner[each.name], each.default) for each in fields(group)}  # type: ignore[arg-type]


def _filled(group: type[Options], values: dict[str, Any]) -> Options:
    """The *group* with its own of the *values*, which are taken out of them."""
    own = {each.name for each in fields(group)}  # type: ignore[arg-type]
    return group(**{key: values.pop(key) for key in own & set(values)})


def _is_group(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Options)
