"""`her2 evidence`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _elsewhere, _names, _options
from her2cli.cli._look import literature
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load
from her2cli.errors import Her2Error

if TYPE_CHECKING:
    from her2cli.model import Pathway


def evidence(
    name: Annotated[
        str | None,
        Argument(metavar="[NAME]", help="Anything with a name, or a reference key.", autocompletion=_names.anything),
    ] = None,
    disputed: Annotated[bool, Option("--disputed", help="Only what the literature contradicts.")] = False,
    unverified: Annotated[bool, Option("--unverified", help="Only what nobody has checked in full.")] = False,
    claims: Annotated[bool, Option("--claims", help="All claims of the article beside the literature.")] = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """All references; or the statements about one thing, or of one reference, with what they rest on.

    her2 evidence trastuzumab
    """
    from her2cli import lookup
    from her2cli.render import finds
    from her2cli.render.console import stacked

    if disputed and unverified:
        raise Her2Error("Choose one of --disputed and --unverified.")
    path = load(pathway)
    if claims:
        if name is not None or disputed or unverified:
            raise Her2Error("--claims lists all claims of the article; give it alone.")
        show(_claims(path), output)
        return
    everything = name is None and not disputed and not unverified

    def said(of: Pathway) -> tuple[lookup.Use, ...]:
        found = () if everything else lookup.uses(of, name or "")
        found = lookup.disputed(found) if disputed else found
        return lookup.unverified(found) if unverified else found

    with _elsewhere.better_pathway(path, takes=()):
        statements = said(path)
    keys = None if everything else {key for use in statements for key in (*use.evidence, *use.against)}
    answer = Answer(
        command="evidence",
        pathway=path,
        look=lambda: stacked(finds.evidence(path, statements, keys), literature(path, said)),
        table=lambda: finds.uses_table(statements) if statements else finds.references_table(path, keys),
        data=lambda: finds.evidence_data(path, statements, keys),
    )
    show(answer, output)


def _claims(path: Pathway) -> Answer:
    from her2cli.render import claims
    from her2cli.render.json import thing

    return Answer(
        command="evidence",
        pathway=path,
        look=lambda: claims.all_claims(path),
        table=lambda: claims.claims_table(path),
        data=lambda: {"claims": [thing(each) for each in path.claims.values()]},
    )
