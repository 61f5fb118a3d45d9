"""What the Python functions of `her2cli.api` take of the command line: its commands are asked, and nothing is printed.

Files of this room whose names begin with an underscore are its own; this one is its door, and no command.
"""

from her2cli.cli._commands import COMMANDS, SPELLINGS, function
from her2cli.cli._errors import Exit, heard
from her2cli.cli._output import Answer, envelope, kept, of_width, version
from her2cli.cli._parameters import Parameter, filled, parameters

__all__ = [
    "COMMANDS",
    "SPELLINGS",
    "Answer",
    "Exit",
    "Parameter",
    "envelope",
    "filled",
    "function",
    "heard",
    "kept",
    "of_width",
    "parameters",
    "version",
]
