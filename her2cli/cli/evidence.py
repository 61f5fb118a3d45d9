"""`her2 evidence`."""

from __future__ import annotations

from typing import Annotated

import typer

from her2cli.cli import _names, _options
from her2cli.cli._output import Answer, show
from her2cli.errors import Her2Error


def evidence(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Anything with a name, or a reference key.", autocompletion=_names.anything
        ),
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only what the literature contradicts.")] = False,
    unverified: Annotated[bool, typer.Option("--unverified", help="Only what nobody has checked in full.")] = False,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """All references; or the statements about one thing, or of one reference, with what they rest on.

    her2 evidence trastuzumab
    """
    from her2cli import lookup
    from her2cli.formats import load
    from her2cli.render import finds

    if disputed and unverified:
        raise Her2Error("Choose one of --disputed and --unverified.")
    path = load(pathway)
    everything = name is None and not disputed and not unverified
    statements = () if everything else lookup.uses(path, name or "")
    if disputed:
        statements = lookup.disputed(statements)
    if unverified:
        statements = lookup.unverified(statements)
    keys = None if everything else {key for use in statements for key in (*use.evidence, *use.against)}
    answer = Answer(
        command="evidence",
        pathway=path,
        look=lambda: finds.evidence(path, statements, keys),
        table=lambda: finds.uses_table(statements) if statements else finds.references_table(path, keys),
        data=lambda: finds.evidence_data(path, statements, keys),
    )
    show(answer, json=json, csv=csv, tsv=tsv)
