"""`her2 cell-line`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def cell_line(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.cell_lines),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """A cell line by the alterations that are cited for it; or all cell lines.

    her2 cell-line BT474
    """
    if name is not None:
        show_one("cell line", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import lists

    show_all("cell line", pathway, lists.cell_lines, json=json, csv=csv, tsv=tsv)
