"""`her2 species`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_all, show_one
from her2cli.cli._parameters import Argument


def species(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.species),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """A species: what it is, the drugs against it, what acts on it and what it acts on; or all species.

    her2 species AKT
    """
    if name is not None:
        show_one("species", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.render import lists

    show_all("species", pathway, lists.species, json=json, csv=csv, tsv=tsv)
