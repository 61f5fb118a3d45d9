"""`her2 context`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look


def context(
    name: Annotated[str | None, _options.named(_names.contexts)] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """What surrounds the cells of a scenario, and what it puts there; or all contexts.

    her2 context body
    """
    look("context", name, pathway, output, claims=claims)
