"""`her2 drug`."""

from __future__ import annotations

from typing import Annotated

import typer

from her2cli.cli import _names, _options
from her2cli.cli._look import show_one
from her2cli.cli._output import Answer, show


def drug(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.drugs),
    ] = None,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """A drug: what it is, every action it has, and on what evidence; or all drugs.

    her2 drug Herceptin
    """
    if name is not None:
        show_one("drug", name, pathway, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.formats import load
    from her2cli.render import cards
    from her2cli.render.json import thing

    path = load(pathway)
    answer = Answer(
        command="drug",
        pathway=path,
        look=lambda: cards.agents(path, "drug"),
        table=lambda: cards.agents(path, "drug"),
        data=lambda: {"drugs": [thing(each) for each in path.drugs.values()]},
    )
    show(answer, json=json, csv=csv, tsv=tsv)
