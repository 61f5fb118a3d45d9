"""`her2 alteration`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look


def alteration(
    name: Annotated[str | None, _options.named(_names.alterations)] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """An alteration of the tumour and what it does; or all alterations.

    her2 alteration ERBB2_amp
    """
    look("alteration", name, pathway, output, claims=claims)
