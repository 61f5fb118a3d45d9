"""A hook of mkdocs: pages of commands and of the YAML, made from help and schema when the site is built."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any


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
    words = [sys.executable, "-m", "her2cli", name, "--help"]
    environment = {**os.environ, "COLUMNS": "96", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout


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
