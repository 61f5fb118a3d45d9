"""`her2 receptors`."""

from __future__ import annotations

from her2cli.cli import _options
from her2cli.cli._look import remark_none
from her2cli.cli._output import Answer, show
from her2cli.cli._reading import load


def receptors(
    claims: _options.Claims = False,
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """The four receptors side by side: names, kinase, ligands, partners."""
    from her2cli.render import cards
    from her2cli.render.json import thing

    path = load(pathway)
    remark_none("receptor", path)
    answer = Answer(
        command="receptors",
        pathway=path,
        look=lambda: cards.receptors(path, claims=claims),
        table=lambda: cards.receptors_table(path),
        data=lambda: {"receptors": [thing(each) for each in path.receptors.values()]},
    )
    show(answer, output)
