"""`her2 drug`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _elsewhere, _names, _options
from her2cli.cli._look import literature, look
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Option
from her2cli.cli._reading import load
from her2cli.errors import Her2Error


def drug(
    name: Annotated[str | None, _options.named(_names.drugs)] = None,
    target: Annotated[
        str | None,
        Option("--target", metavar="NAME", help="Only drugs against this species.", autocompletion=_names.species),
    ] = None,
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """A drug: what it is, every action it has, and on what evidence; or all drugs, or those against a target.

    her2 drug Herceptin
    her2 drugs --target HER3
    """
    if name is not None and target is not None:
        raise Her2Error("--target lists the drugs against a species; leave out the name of a drug.")
    if target is not None:
        _against(target, pathway, output)
        return
    look("drug", name, pathway, output, claims=claims)


def _against(target: str, pathway: str, output: _options.OutputOptions) -> None:
    """List the drugs against a species."""
    from her2cli import lookup
    from her2cli.render import lists
    from her2cli.render.console import stacked
    from her2cli.render.json import thing

    path = load(pathway)
    with _elsewhere.better_pathway(path, takes=()):
        species = path.find_species(target)
    found = lookup.targeting(path, species)
    answer = Answer(
        command="drug",
        pathway=path,
        look=lambda: stacked(
            lists.against(path, species, found).look, literature(path, lambda of: lookup.targeting(of, species))
        ),
        table=lambda: lists.against(path, species, found).table,
        data=lambda: {
            "target": species,
            "drugs": [
                thing(path.drugs[each.drug]) | {"direct": each.direct, "through": list(each.through)} for each in found
            ],
        },
    )
    show(answer, output)
