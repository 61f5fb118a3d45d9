"""`her2 schema`: the JSON Schema of the YAML files."""

from __future__ import annotations

from her2cli.cli._output import write


def schema() -> None:
    """Print the JSON Schema of a her2 YAML file, for editors that check and complete as you type.

    Save it (her2 schema > her2.schema.json) and name it in the first line of a YAML file:
    # yaml-language-server: $schema=her2.schema.json
    """
    import json

    from her2cli.loading.shape import json_schema

    write(json.dumps(json_schema(), indent=2) + "\n")
