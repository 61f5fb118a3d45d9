"""`her2 function`."""

from __future__ import annotations

from typing import Annotated

import typer

from her2cli.cli import _names, _options
from her2cli.cli._look import show_one
from her2cli.cli._output import Answer, show


def function(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="By any of its names; all, if not given.", autocompletion=_names.functions
        ),
    ] = None,
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """What the receptors do for the cell, in the article's words and in the field's.

    her2 function survival
    """
    if name is not None:
        show_one("function", name, pathway, json=json, csv=csv, tsv=tsv)
        return
    from her2cli.formats import load
    from her2cli.render import cards
    from her2cli.render.json import thing

    path = load(pathway)
    answer = Answer(
        command="function",
        pathway=path,
        look=lambda: cards.functions(path),
        table=lambda: cards.functions(path),
        data=lambda: {"functions": [thing(each) for each in path.functions.values()]},
    )
    show(answer, json=json, csv=csv, tsv=tsv)
