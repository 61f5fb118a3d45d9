"""`her2 agents`: a guide for programs and agents."""

from __future__ import annotations

from pathlib import Path

from her2cli.cli._output import write


def agents() -> None:
    """A guide for programs and agents that ask her2: questions, exit codes, the keys of the JSON, what not to ask.

    It is a skill as agents load it: save it as SKILL.md in a folder called her2. 'her2 mcp' is a server with the same.

    her2 agents > SKILL.md
    """
    write((Path(__file__).resolve().parents[1] / "SKILL.md").read_text("utf-8"))
