"""`her2 ligands`."""

from __future__ import annotations

from her2cli.cli import _options
from her2cli.cli._output import Answer, show
from her2cli.cli._reading import load


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
    from her2cli.render.json import thing

    path = load(pathway)
    found = ligands(path)
    answer = Answer(
        command="ligands",
        pathway=path,
        look=lambda: lists.ligands(path, found).look,
        table=lambda: lists.ligands(path, found).table,
        data=lambda: {"ligands": [thing(path.species[name]) for name in found]},
    )
    show(answer, output)
