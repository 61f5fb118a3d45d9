"""`her2 search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from her2cli.cli import _options
from her2cli.cli._look import literature
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._reading import load

if TYPE_CHECKING:
    from rich.console import RenderableType


def search(
    text: Annotated[list[str], Argument(metavar="TEXT...", help="Words that all occur; case is ignored.")],
    limit: Annotated[int, Option("--limit", metavar="N", min=1, help="Things to show; JSON and CSV have all.")] = 20,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """Find words in every name, alias, claim and note; what is called so comes first.

    her2 search heregulin resistance
    """
    from her2cli import lookup
    from her2cli.render import finds
    from her2cli.render.console import stacked
    from her2cli.render.console import text as notice

    path, wanted = load(pathway), " ".join(text)
    hits = lookup.search(path, wanted)

    def look() -> RenderableType:
        if hits:
            return finds.hits(hits, wanted, limit)
        words = wanted.split()
        fewer = [" ".join(word for word in words if word != left) for left in words] if len(words) > 2 else []
        for each in fewer:
            if some := lookup.search(path, each):
                return stacked(
                    notice(f"Nothing holds all of '{wanted}'; these hold '{each}'."), finds.hits(some, each, limit)
                )
        apart = {word: len({(hit.kind, hit.id) for hit in lookup.search(path, word)}) for word in wanted.split()}
        return finds.nothing(wanted, apart)

    answer = Answer(
        command="search",
        pathway=path,
        look=lambda: stacked(look(), literature(path)),
        table=lambda: finds.hits_table(hits),
        data=lambda: {"text": wanted, "hits": finds.hits_table(hits).records()},
    )
    show(answer, output)
