"""`her2 schema`: the JSON Schema of the YAML files, and of the answers."""

from __future__ import annotations

from typing import Annotated

from her2cli.cli import _options
from her2cli.cli._output import envelope, write
from her2cli.cli._parameters import Argument, Option
from her2cli.errors import Her2Error, UnknownName, nearest


def schema(
    command: Annotated[
        str | None, Argument(metavar="[COMMAND]", help="With --answers: the command whose answer it is.")
    ] = None,
    answers: Annotated[bool, Option("--answers", help="The schemas of what --json prints, not of the YAML.")] = False,
    json: _options.Json = False,
) -> None:
    """Print the JSON Schema of a her2 YAML file, for editors that check and complete as you type.

    Save it (her2 schema > her2.schema.json) and name it in the first line of a YAML file:
    # yaml-language-server: $schema=her2.schema.json

    --json wraps it as every other answer is, under json_schema. --answers prints the schema of an answer of a command,
    or of all commands, by their names.

    her2 schema --answers simulate
    """
    from json import dumps

    from her2cli.loading.shape import json_schema
    from her2cli.render.shapes import ANSWERS, answer_schema

    if command is not None and not answers:
        raise Her2Error(f"The schema of an answer is asked with --answers: her2 schema --answers {command}.")
    if command is not None and command not in ANSWERS:
        raise UnknownName("command with an answer in JSON", command, nearest(command, ANSWERS))
    if command is not None:
        found = answer_schema(command)
    else:
        found = {each: answer_schema(each) for each in ANSWERS} if answers else json_schema()
    write(envelope("schema", None, {"json_schema": found}) if json else dumps(found, indent=2) + "\n")
