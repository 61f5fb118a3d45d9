"""`her2 ligands`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from her2cli.cli import _options
from her2cli.cli._look import literature
from her2cli.cli._output import Answer, show
from her2cli.cli._reading import load

if TYPE_CHECKING:
    from her2cli.model import Pathway
    from her2cli.render.lists import Listing


def ligands(
    pathway: _options.Source = "her2",
    *,
    output: _options.OutputOptions,
) -> None:
    """What a scenario can put into the medium with --ligand, and what each acts on.

    her2 ligands
    """
    from her2cli.logic.network.scenario import ligands
    from her2cli.render import lists
    from her2cli.render.console import stacked
    from her2cli.render.json import thing

    path = load(pathway)

    def listing(of: Pathway) -> Listing:
        return lists.ligands(of, ligands(of))

    answer = Answer(
        command="ligands",
        pathway=path,
        look=lambda: stacked(listing(path).look, literature(path, lambda of: listing(of).table.rows)),
        table=lambda: listing(path).table,
        data=lambda: {"ligands": [thing(path.species[name]) for name in ligands(path)]},
    )
    show(answer, output)
