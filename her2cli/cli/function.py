"""`her2 function`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def function(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.functions),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """What the receptors do for the cell, in the article's words and in the field's.

    her2 function survival
    """
    if name is not None:
        show_one("function", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import lists

    show_all("function", pathway, lists.functions, json=json, csv=csv, tsv=tsv)
