"""How a line is run: a command's file is imported when it is asked for, not before. The list is in `_commands`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from her2cli.cli._commands import COMMANDS as COMMANDS
from her2cli.cli._commands import SPELLINGS as SPELLINGS
from her2cli.cli._commands import function as function
from her2cli.cli._commands import spelled
from her2cli.cli._errors import Exit, complain
from her2cli.cli._parameters import filled
from her2cli.errors import Her2Error, shown

# pydantic, where it is imported, would look through every installed package for plugins; none is used here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

_COMPLETION = "_HER2_COMPLETE"  # the variable by which a shell asks typer for completions


def run(arguments: Sequence[str]) -> int:
    """Run one line and return its exit code: 0 fine, 1 the answer is no, 2 bad input, 130 interrupted."""
    try:
        return run_line(arguments)
    except Exit as done:
        return done.code
    except Her2Error as error:
        complain(error)
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # of a folder that is not to be listed, or of a help text; answers go through `write`
        from her2cli.cli._output import unwritten

        place, reason = error.filename, error.strerror or ""
        complain(f"{shown(str(place), 200)}: cannot be read: {reason.lower()}." if place else unwritten(error))
    return 2


def run_line(arguments: Sequence[str]) -> int:
    """Run one line as `run` does, and let its mistakes be raised; those of its spelling are told, and are a 2."""
    arguments = arguments if _COMPLETION in os.environ else spelled(arguments)
    known = {name for group in COMMANDS.values() for name in group}
    if arguments and arguments[0] in known and _COMPLETION not in os.environ:
        from her2cli.cli import _line

        command = function(arguments[0])
        given = _line.values(command, arguments[1:])
        if given is not None:
            with filled(command, given) as taken:
                command(**taken)
            return 0
    from her2cli.cli import _typer

    return _typer.run(arguments)
