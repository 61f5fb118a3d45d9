"""`her2 alteration`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look
from her2cli.cli._parameters import Argument


def alteration(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.alterations),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """An alteration of the tumour and what it does; or all alterations.

    her2 alteration ERBB2_amp
    """
    look("alteration", name, pathway, output, claims=claims)
