"""A hook of mkdocs: pages of commands and of the YAML, made from help and schema when the site is built."""

from __future__ import annotations

import os
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import Any
from unittest.mock import patch


def on_files(files: Any, config: Any) -> Any:
    """Add both pages to the site."""
    from mkdocs.structure.files import File

    for name, text in (("commands.md", commands()), ("yaml.md", yaml())):
        files.append(File.generated(config, name, content=text))
    return files


def commands() -> str:
    """Each command with its help, in the groups of `her2 --help`."""
    from her2cli.cli._commands import COMMANDS

    lines = ["# Commands", ""]
    for heading, group in COMMANDS.items():
        lines += [f"## {heading}", ""]
        for name, about in group.items():
            lines += [f"### her2 {name}", "", f"{about}.", "", "```text", _help(name).rstrip(), "```", ""]
    return "\n".join(lines)


def _help(name: str) -> str:
    """What a pipe of 96 columns gets; from this process, since starting one for each command takes longer than all."""
    from her2cli.cli.app import run

    pipe = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    with patch.dict(os.environ, {"COLUMNS": "96", "NO_COLOR": "1"}), redirect_stdout(pipe):
        code = run([name, "--help"])
    if code != 0:
        raise SystemExit(f"her2 {name} --help: exit code {code}")
    pipe.seek(0)
    return pipe.read()


def yaml() -> str:
    """Each section of a YAML file with its fields, from the JSON Schema."""
    from her2cli.loading.shape import json_schema

    schema = json_schema()
    lines = ["# YAML", "", "Every value is text; `her2 schema` prints the whole as JSON Schema.", ""]
    for name, definition in sorted(schema.get("$defs", {}).items()):
        lines += [f"## {name}", "", "| field | |", "|---|---|"]
        for field, about in definition.get("properties", {}).items():
            words = about.get("description") or ", ".join(map(str, about.get("enum", ()))) or str(about.get("type", ""))
            must = " (needed)" if field in definition.get("required", ()) else ""
            lines.append(f"| `{field}`{must} | {' '.join(words.split()).replace('|', chr(92) + '|')} |")
        lines.append("")
    return "\n".join(lines)
