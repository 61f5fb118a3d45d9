"""`her2 cell-line`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look


def cell_line(
    name: Annotated[str | None, _options.named(_names.cell_lines)] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """A cell line by the alterations that are cited for it; or all cell lines.

    her2 cell-line BT474
    """
    look("cell line", name, pathway, output, claims=claims)
