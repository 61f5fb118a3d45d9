"""`her2 receptor`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import show_one
from her2cli.cli._parameters import Argument


def receptor(
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help="HER1 to HER4, ErbB-1 to ErbB-4, a gene symbol or an accession.",
            autocompletion=_names.receptors,
        ),
    ],
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """One receptor: what article and literature say, names, kinase, ligands, partners, domains.

    her2 receptor HER3
    """
    show_one("receptor", name, pathway, claims=claims, json=json, csv=csv, tsv=tsv)
