"""`her2 alteration`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def alteration(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.alterations),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """An alteration of the tumour and what it does; or all alterations.

    her2 alteration ERBB2_amp
    """
    if name is not None:
        show_one("alteration", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import lists

    show_all("alteration", pathway, lists.alterations, json=json, csv=csv, tsv=tsv)
