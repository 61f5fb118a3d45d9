"""`her2 python`: how her2 is asked from Python."""

from __future__ import annotations

from her2cli.cli._output import write

PAGE = """\
Every command is a function, and takes the same words: an option under its name, a repeatable one as a list.

>>> import her2cli
>>> answer = her2cli.simulate(
...     drugs=["lapatinib"],
...     cell_line="BT474")
>>> answer.rows[0]["readout"]
'PROLIFERATION'
>>> answer.rows[0]["change"]
'falls'

rows: the table of --csv, a list of dicts
data: what --json prints
text(80), print(answer): what a terminal shows; a notebook shows it by itself
notes: the remarks that the command line writes to stderr

Functions: load, trace, simulate, explain, compare, attractors, screen, resist, combine, cohort, validate, show, \
search, drugs, alterations, cell_lines; ask("receptors") asks any other command. \
help(her2cli.simulate) says what one takes, docs/python.md more.
"""


def python() -> None:
    """How her2 is asked from Python and in notebooks: 'import her2cli' has a function for each command.

    her2 python
    """
    from her2cli.cli._output import look
    from her2cli.render.console import stacked, text

    write(look(stacked(*(text(part) for part in PAGE.rstrip().split("\n\n")))))
