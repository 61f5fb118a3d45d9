"""The list of commands, and how one is run: a command's file is imported when it is asked for, not before.

A new command is a line in `COMMANDS` and a file `cli/<command>.py` with a function of that name.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

# pydantic, which typer brings, would look through every installed package for plugins; none is used here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
import typer.core
import typer.main

from her2cli.cli._errors import complain, explained, remark
from her2cli.cli._output import unwritten, version, write
from her2cli.errors import Her2Error

COMMANDS: dict[str, dict[str, str]] = {
    "Look up": {
        "receptors": "The four receptors side by side",
        "receptor": "One receptor, as article and literature have it",
        "domain": "A domain of a receptor, or all domains",
        "function": "What the receptors do for the cell",
        "drug": "A drug and every action it has, or all drugs",
        "alteration": "An alteration of the tumour, or all alterations",
        "show": "Anything, by any of its names",
        "search": "Find a text in names, aliases, claims and notes",
        "evidence": "The references, or those behind one thing",
    },
    "Follow": {
        "trace": "Follow a cascade step by step",
    },
    "Compute": {
        "simulate": "What a tumour does, and what a drug does to it",
        "explain": "Why a species is on or off, and what would flip it",
        "compare": "Scenarios side by side, and where they part",
        "attractors": "Fixed points, trap spaces and attractors",
    },
    "Study": {
        "validate": "Re-run published experiments and count the agreement",
    },
    "Files": {
        "check": "Every problem of a file, with line and column",
        "convert": "From one format to another",
        "export": "Write the pathway in a standard format",
        "schema": "The JSON Schema of the YAML, for editors",
        "diff": "What differs between two files, by meaning",
        "new": "A commented starter file",
    },
}

EXAMPLES = ("her2 trace HER2", "her2 receptor HER3", "her2 simulate --drug trastuzumab")


class Commands(typer.core.TyperGroup):
    """The group of all commands, which imports none of them until it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.list_commands(ctx):
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _command(cmd_name)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            ctx.fail(_no_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in their groups. It imports none, so the help is there at once."""
        formatter.write_usage("her2", "COMMAND [OPTIONS]")
        self.format_help_text(ctx, formatter)
        longest = max(len(name) for name in self.list_commands(ctx))
        for heading, group in COMMANDS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(longest), line) for name, line in group.items()])
        with formatter.section("Options"):
            records = (param.get_help_record(ctx) for param in self.get_params(ctx))
            formatter.write_dl([record for record in records if record])
        with formatter.section("For a start"):
            for example in EXAMPLES:
                formatter.write_text(example)
        formatter.write_paragraph()
        formatter.write_text("her2 COMMAND --help says more about one command.")


def _command(name: str) -> Any:
    """The typer command of `cli/<name>.py`."""
    function = getattr(import_module(f"her2cli.cli.{name}"), name)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
    return typer.main.get_command(app)


def _no_command(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name[:80].lower(), known, n=3)
    hint = f"Did you mean {' or '.join(close)}?" if close else "'her2 --help' lists the commands."
    return f"No command '{name}'. {hint}"


def _version(value: bool) -> None:
    if value:
        write(f"her2 {version()}\n")
        raise typer.Exit


app = typer.Typer(cls=Commands, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})


def _verbose(value: bool) -> None:
    """Say what the user's own folder replaces."""
    if value:
        from her2cli.loading import library

        for name in library().overrides():
            remark(f"her2: HER2_PATHWAYS replaces {name}")


@app.callback(invoke_without_command=True)
def her2(
    context: typer.Context,
    show_version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
    verbose: bool = typer.Option(
        False, "--verbose", "-v", callback=_verbose, help="Say what the folder in HER2_PATHWAYS replaces."
    ),
) -> None:
    """Explore HER2/ErbB signalling: trace cascades, simulate drugs, ask why. Not for treatment decisions."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 fine, 1 the answer is no, 2 bad input, 130 interrupted."""
    command = typer.main.get_command(app)
    # typer brings its own click or imports it, by version: the class it raises is taken from what it shows of it.
    usage_error: type[Exception] = typer.BadParameter.__mro__[2]
    try:
        code = command.main(list(arguments), prog_name="her2", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except Her2Error as error:
        complain(error)
    except usage_error as error:
        complain(explained(error))
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:  # of a help text; answers go through `write`
        complain(unwritten(error))
    return 2
