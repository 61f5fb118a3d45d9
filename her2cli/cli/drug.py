"""`her2 drug`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def drug(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.drugs),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """A drug: what it is, every action it has, and on what evidence; or all drugs.

    her2 drug Herceptin
    """
    if name is not None:
        show_one("drug", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import cards

    show_all("drug", pathway, lambda path: cards.agents(path, "drug"), json=json, csv=csv, tsv=tsv)
