"""`her2 pathways`."""

from __future__ import annotations

from her2cli.cli import _options
from her2cli.cli._output import Answer, show


def pathways(*, output: _options.OutputOptions) -> None:
    """The networks that --pathway knows by name: those that are shipped, and your own in HER2_PATHWAYS.

    her2 pathways
    """
    from her2cli import loading
    from her2cli.render import lists

    found = [loading.load(name) for name in loading.pathway_names()]
    answer = Answer(
        command="pathways",
        pathway=None,
        look=lambda: lists.pathways(found).look,
        table=lambda: lists.pathways(found).table,
        data=lambda: {"pathways": lists.pathways(found).table.records()},
    )
    show(answer, output)
