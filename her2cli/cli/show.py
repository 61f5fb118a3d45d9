"""`her2 show`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look
from her2cli.cli._parameters import Argument


def show(
    name: Annotated[
        str,
        Argument(
            metavar="NAME",
            help="Species, drug, alteration, receptor, domain, function, cell line, reference, claim or experiment.",
            autocompletion=_names.anything,
        ),
    ],
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """Anything, by any of its names; the article's own words are names, too.

    her2 show "rat sarcoma enzyme"
    """
    look("show", name, pathway, output, claims=claims)
