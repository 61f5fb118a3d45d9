"""`her2 species`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look


def species(
    name: Annotated[str | None, _options.named(_names.species)] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """A species: what it is, the drugs against it, what acts on it and what it acts on; or all species.

    her2 species AKT
    """
    look("species", name, pathway, output, claims=claims)
