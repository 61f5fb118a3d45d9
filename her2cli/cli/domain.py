"""`her2 domain`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._look import look, remark_none
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument
from her2cli.cli._reading import load
from her2cli.errors import UnknownName
from her2cli.model import Pathway, find


def domain(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="A domain or a receptor; all, if not given.", autocompletion=_names.domains),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """A domain, with its residues and whether they were verified; or all domains, or those of a receptor.

    her2 domain HER3
    """
    from her2cli.render import cards
    from her2cli.render.json import thing

    path = load(pathway)
    receptor = _receptor(path, name) if name is not None else None
    if name is not None and receptor is None:
        look("domain", name, pathway, output, claims=claims)
        return
    remark_none("domain", path)
    chosen = [each for each in path.domains.values() if receptor in (None, each.receptor)]
    answer = Answer(
        command="domain",
        pathway=path,
        look=lambda: cards.domains(chosen),
        table=lambda: cards.domains(chosen),
        data=lambda: {"domains": [thing(each) for each in chosen]},
    )
    show(answer, output)


def _receptor(path: Pathway, name: str) -> str | None:
    try:
        return find(path.receptors, name, "receptor")
    except UnknownName:
        return None
