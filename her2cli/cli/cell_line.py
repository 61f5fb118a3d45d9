"""`her2 cell-line`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look
from her2cli.cli._parameters import Argument


def cell_line(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.cell_lines),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """A cell line by the alterations that are cited for it; or all cell lines.

    her2 cell-line BT474
    """
    look("cell line", name, pathway, output, claims=claims)
