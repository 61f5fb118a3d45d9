"""Reads a line that has no mistake in it, as typer would, and without importing typer.

Typer and pydantic, which it brings, take longer to import than most answers take. Whatever is not plain (a mistake,
help, completion, an unusual type or spelling) is not read here at all, but by typer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, get_args, get_origin

from her2cli.cli._parameters import Parameter, parameters


class _Unclear(Exception):
    """Not a plain line."""


def values(function: Callable[..., None], words: Sequence[str]) -> dict[str, Any] | None:
    """What *words* give to the parameters of a command; None where typer has to look at them."""
    try:
        return _read(function, words)
    except _Unclear:
        return None


def _read(function: Callable[..., None], words: Sequence[str]) -> dict[str, Any]:
    every = parameters(function)
    taken = {name: _taken(each.hint) for name, each in every.items()}
    options = {option: name for name, (_, parameter) in taken.items() for option in parameter.names}
    places = [name for name, (_, parameter) in taken.items() if not parameter.names]
    given: dict[str, Any] = {}
    rest = iter(words)
    for word in rest:
        name, text = _named(word, rest, options, taken) if word.startswith("-") else (_placed(places, taken), word)
        kind, parameter = taken[name]
        if get_origin(kind) is list:
            given.setdefault(name, []).append(_value(text, get_args(kind)[0], parameter))
        elif name in given:
            raise _Unclear
        else:
            given[name] = kind is bool or _value(text, kind, parameter)
    if not {name for name, each in every.items() if each.required} <= set(given):
        raise _Unclear
    return given


def _taken(hint: Any) -> tuple[Any, Parameter]:
    """The type of an annotation, without None, and what it says of the parameter."""
    kind, parameter = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    if not isinstance(parameter, Parameter):
        raise _Unclear
    some = [each for each in get_args(kind) if each is not type(None)]
    return (some[0] if len(some) < len(get_args(kind)) else kind), parameter


def _named(word: str, rest: Any, options: dict[str, str], taken: dict[str, tuple[Any, Parameter]]) -> tuple[str, str]:
    """The parameter that an option names, and its text, which may be the next word."""
    option, equals, text = word.partition("=") if word.startswith("--") else (word, "", "")
    name = options.get(option)
    if name is None or (equals and taken[name][0] is bool):
        raise _Unclear
    return name, text if equals or taken[name][0] is bool else next(rest, "")


def _placed(places: list[str], taken: dict[str, tuple[Any, Parameter]]) -> str:
    """The parameter whose place has come; a list takes all that follow."""
    if not places:
        raise _Unclear
    return places[0] if get_origin(taken[places[0]][0]) is list and len(places) == 1 else places.pop(0)


def _value(text: str, kind: Any, parameter: Parameter) -> str | int:
    if not text or text.startswith("-"):
        raise _Unclear
    if kind is str:
        return text
    if kind is not int or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _Unclear
    if int(text) < parameter.settings.get("min", 0):
        raise _Unclear
    return int(text)
