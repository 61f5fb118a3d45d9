"""`her2 schema`: the JSON Schema of the YAML files."""

from __future__ import annotations

from her2cli.cli import _options
from her2cli.cli._output import envelope, write


def schema(json: _options.Json = False) -> None:
    """Print the JSON Schema of a her2 YAML file, for editors that check and complete as you type.

    Save it (her2 schema > her2.schema.json) and name it in the first line of a YAML file:
    # yaml-language-server: $schema=her2.schema.json

    --json wraps it as every other answer is, under json_schema.
    """
    from json import dumps

    from her2cli.loading.shape import json_schema

    found = json_schema()
    write(envelope("schema", None, {"json_schema": found}) if json else dumps(found, indent=2) + "\n")
