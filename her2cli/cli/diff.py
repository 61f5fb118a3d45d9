"""`her2 diff`."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _names, _options
from her2cli.cli._errors import Exit
from her2cli.cli._output import Answer, show
from her2cli.cli._parameters import Argument, Option
from her2cli.cli._progress import progress
from her2cli.cli._reading import Reading, load
from her2cli.errors import each_of

First = Annotated[
    str, Argument(metavar="A", help="A pathway's name, or a file.", autocompletion=_names.pathways, brings=Reading)
]
Second = Annotated[str, Argument(metavar="B", help="The one to compare.", autocompletion=_names.pathways)]


def diff(
    first: First,
    second: Second,
    verbose: Annotated[
        bool, Option("--verbose", "-v", help="All of what differs, and not the first of each kind.")
    ] = False,
    *,
    output: _options.OutputOptions,
) -> None:
    """What differs between two pathways, by meaning. Exit code 1 when anything does.

    Rules are compared as logic: one that is only written in another way is the same, and where two differ, a state
    shows it; the published experiments that both can run are run in both. Files may be of different formats. How much
    differs stands on top, then the first things of each kind.

    her2 diff her2 erbb
    """
    from her2cli.render.differences import COLUMNS, differences
    from her2cli.render.tables import Table
    from her2cli.studies.difference import difference

    before, after = each_of(lambda name: load(name, beside=(first, second)), (first, second))
    with progress("comparing the rules, then the experiments"):
        changes = difference(before, after)
    rows = tuple(
        (each.kind, each.name, each.field, each.before, each.after, tuple(f"{n}={v}" for n, v in each.witness))
        for each in changes
    )
    table = Table(columns=COLUMNS, rows=rows)
    answer = Answer(
        command="diff",
        pathway=after,
        look=lambda: differences(table, first, second, verbose=verbose),
        table=lambda: table,
        data=lambda: {"before": first, "after": second, "changes": table.records()},
    )
    show(answer, output)
    if changes:
        raise Exit(1)
