"""`her2 context`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def context(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.contexts),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """What surrounds the cells of a scenario, and what it puts there; or all contexts.

    her2 context body
    """
    if name is not None:
        show_one("context", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import lists

    show_all("context", pathway, lists.contexts, json=json, csv=csv, tsv=tsv)
