"""The command line as typer runs it: help, completion, mistakes, and whatever `_line` does not read.

A command's file is imported when it is asked for, not before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from inspect import Parameter as Place
from inspect import Signature, cleandoc
from typing import Annotated, Any, get_args

import typer
import typer.core
import typer.main

from her2cli.cli._commands import COMMANDS, EXAMPLES, function
from her2cli.cli._errors import ASKED_BY, complain, empty, explained, remark
from her2cli.cli._output import version, width, write
from her2cli.cli._parameters import Parameter, filled, parameters
from her2cli.errors import nearest

HELP_WIDTH = 80
# typer brings its own click or imports it, by version: the class it raises is taken from what it shows of it.
USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[2]


class Help(typer.Context.formatter_class):  # type: ignore[misc, valid-type]
    """A help text as wide as the terminal; where that is narrow, what an option does stands below its name."""

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        longest = max((len(name) for name, _ in rows), default=0)
        super().write_dl(rows, col_max if 3 * longest < 2 * self.width - col_max else 2, col_spacing)


def _help(command: Any, ctx: Any) -> str:
    """The help of *command*, no line wider than the terminal: an example that is goes on after a backslash."""
    room = min(width(), HELP_WIDTH) - 2
    formatter = Help(width=room)
    command.format_help(ctx, formatter)
    lines = formatter.getvalue().rstrip("\n").split("\n")
    return "\n".join(part for line in lines for part in _continued(line, room))


def _continued(line: str, room: int) -> list[str]:
    """A command line in lines of at most *room* columns, as a shell takes them; any other line as it is."""
    if len(line) <= room or not line.lstrip().startswith("her2 "):
        return [line]
    margin = line[: len(line) - len(line.lstrip())]
    first, *words = re.findall(r"-\S+ (?:'[^']*'|[^\s-])\S*|(?:'[^']*'|\S)+", line)  # an option keeps its value
    parts = [margin + first]
    for word in words:
        if len(parts[-1]) + len(word) + len("  \\") > room:
            parts[-1] += " \\"
            parts.append(f"{margin}   ")
        parts[-1] += f" {word}"
    return parts


class Command(typer.core.TyperCommand):
    """A command that refuses what would be ignored: an option that is given twice and taken once, and an empty value,
    as a shell makes it of a variable that is not set.
    """

    get_help = _help

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        try:
            given, _, order = self.make_parser(ctx).parse_args(list(args))
        except USAGE_ERROR as error:  # it does not know its command, of which the message tells
            error.ctx = ctx  # type: ignore[attr-defined]
            raise
        for param in order:
            value = given.get(param.name)
            if "" in (value if isinstance(value, (list, tuple)) else [value]):
                ctx.fail(empty(ctx, param))
            flag = getattr(param, "is_flag", False) or not param.opts[0].startswith("-")
            if order.count(param) > 1 and not (flag or param.multiple):
                ctx.fail(f"{max(param.opts, key=len)} is given {order.count(param)} times; it is taken once.")
        return super().parse_args(ctx, args)


class Commands(typer.core.TyperGroup):
    """The group of all commands, which imports none of them until it is asked for."""

    get_help = _help

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
        formatter.write_text(
            "Look-ups and traces read the article's pathway (her2), computed answers the literature's (erbb); -p names "
            "another."
        )
        formatter.write_text("her2 COMMAND --help says more about one command.")


def _command(name: str) -> Any:
    """The typer command of `cli/<name>.py`."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(_annotated(function(name)))
    return typer.main.get_command(app)


def _annotated(command: Callable[..., None]) -> Callable[..., None]:
    """*command* with its parameters as typer writes them."""

    def run(**given: Any) -> None:
        with filled(command, given) as taken:
            command(**taken)

    taken = {
        name: Place(name, Place.KEYWORD_ONLY, default=each.default, annotation=_hint(each.hint))
        for name, each in parameters(command).items()
    }
    run.__name__, run.__doc__ = command.__name__, _examples_kept(command.__doc__ or "")
    run.__annotations__ = {name: each.annotation for name, each in taken.items()}
    run.__signature__ = Signature(list(taken.values()))  # type: ignore[attr-defined]
    return run


def _examples_kept(text: str) -> str:
    """*text* with its examples in lines of their own: click fills a paragraph that does not begin with a `\\b`."""
    return "\n\n".join(
        f"\b\n{part}" if part.strip().startswith("her2 ") else part for part in cleandoc(text).split("\n\n")
    )


def _hint(hint: Any) -> Any:
    kind, *said = get_args(hint) or (hint,)
    if not (said and isinstance(said[0], Parameter)):
        return hint
    parameter = said[0]
    written: Any = typer.Option if parameter.names else typer.Argument
    return Annotated[kind, written(*parameter.names, **parameter.settings)]


def _no_command(name: str, known: list[str]) -> str:
    close = nearest(name, known)
    hint = f"Did you mean {' or '.join(close)}?" if close else "'her2 --help' lists the commands."
    if name.partition(" ")[0] in known:
        hint = "A line has no quotes around it."
    return f"No command '{name}'. {ASKED_BY.get(name.casefold(), hint)}"


def _version(value: bool) -> None:
    if value:
        write(f"her2 {version()}\n")
        raise typer.Exit


def _verbose(value: bool) -> None:
    """Say what the user's own folder replaces."""
    if value:
        from her2cli.loading import library

        for name in library().overrides():
            remark(f"her2: HER2_PATHWAYS replaces {name}")


app = typer.Typer(cls=Commands, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})


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


@cache
def _group() -> Any:
    """All commands, each of which is built once in a process."""
    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run one line and return its exit code; a line that cannot be read is explained."""
    try:
        code = _group().main(list(arguments), prog_name="her2", standalone_mode=False)
    except USAGE_ERROR as error:
        complain(explained(error))
        return 2
    except typer.Abort:
        return 130
    return code if isinstance(code, int) else 0
