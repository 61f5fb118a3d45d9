"""`her2 function`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look


def function(
    name: Annotated[str | None, _options.named(_names.functions)] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """What the receptors do for the cell, in the article's words and in the field's.

    her2 function survival
    """
    look("function", name, pathway, output, claims=claims)
