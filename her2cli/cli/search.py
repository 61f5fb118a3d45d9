"""`her2 search`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _options
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument


def search(
    text: Annotated[str, Argument(metavar="TEXT", help="Letters that stand together; case is ignored.")],
    pathway: _options.Source = "her2",
    json: _options.Json = False,
    csv: _options.Csv = False,
    tsv: _options.Tsv = False,
) -> None:
    """Find a text in every name, alias, claim and note; the article's spellings are known.

    her2 search phophorylated
    """
    from her2cli import lookup
    from her2cli.formats import load
    from her2cli.render import finds

    path = load(pathway)
    hits = lookup.search(path, text)
    answer = Answer(
        command="search",
        pathway=path,
        look=lambda: finds.hits(hits, text),
        table=lambda: finds.hits_table(hits),
        data=lambda: {"text": text, "hits": finds.hits_table(hits).records()},
    )
    show(answer, json=json, csv=csv, tsv=tsv)
