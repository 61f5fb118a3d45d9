"""`her2 receptor`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look
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
    *,
    output: _options.OutputOptions,
) -> None:
    """One receptor: what article and literature say, names, kinase, ligands, partners, domains.

    her2 receptor HER3
    """
    look("receptor", name, pathway, output, claims=claims)
