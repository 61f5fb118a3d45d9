"""`her2 function`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look
from her2cli.cli._parameters import Argument


def function(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.functions),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """What the receptors do for the cell, in the article's words and in the field's.

    her2 function survival
    """
    look("function", name, pathway, output, claims=claims)
