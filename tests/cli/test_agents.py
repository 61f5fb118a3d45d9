"""The guide for agents is so: each command of it runs; and a real client of MCP gets the answers."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

import her2cli
from her2cli.cli._commands import COMMANDS
from her2cli.cli.app import run

SMALL = Path(__file__).resolve().parents[1] / "data" / "small.yaml"
GUIDE = (Path(__file__).resolve().parents[2] / "her2cli" / "SKILL.md").read_text("utf-8")
pytestmark = pytest.mark.usefixtures("few_cells", "drawn_once")
TOOLS = {"trace", "explain", "simulate", "compare", "screen", "evidence"}
QUICK = [
    line
    for line in re.findall(r"`(her2 [a-z][^`]*)`", GUIDE)
    if not re.search(r"\b[A-Z]{4,}\b|model\.bnet|resist|combine|validate|IN OUT|search", line)
    or "ERBB2_amp" in line
    or "HCC1954" in line
]


def test_the_guide_is_short_and_a_skill(capsys):
    assert len(GUIDE.splitlines()) < 80
    assert re.match(r"---\nname: her2\ndescription: .{40,1024}\n---\n", GUIDE)
    assert run(["agents"]) == 0
    assert capsys.readouterr().out == GUIDE


def test_every_command_of_the_guide_is_one():
    known = {name for group in COMMANDS.values() for name in group}
    from her2cli.cli._commands import SPELLINGS

    named = {line.split()[1] for line in re.findall(r"`(her2 [a-z][^`]*)`", GUIDE)}
    assert len(named) > 12
    assert named <= known | set(SPELLINGS)


@pytest.mark.parametrize("line", QUICK)
def test_a_line_of_the_guide_answers(line, capsys):
    assert run(shlex.split(line)[1:]) == 0
    out = capsys.readouterr().out
    if "--brief" in line or "--json" in line:
        assert json.loads(out)["schema"].startswith(f"her2/{line.split()[1]}/")


def test_enough_lines_of_the_guide_are_run():
    assert len(QUICK) >= 8


# --- a client of the official SDK ---------------------------------------------------------------------------------


def asked(*calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """What a client gets that is connected in memory: the list of tools, then the answer to each call."""
    mcp = pytest.importorskip("mcp")
    from her2cli.cli._server import server

    async def talk() -> list[Any]:
        async with mcp.Client(server()) as client:
            return [(await client.list_tools()).tools, *[await client.call_tool(name, given) for name, given in calls]]

    return asyncio.run(talk())


def test_a_client_lists_the_tools_and_their_arguments():
    (tools,) = asked()
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.input_schema["additionalProperties"] is False
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert all(each["description"] for each in tool.input_schema["properties"].values())


CALLS = [
    ("trace", {"name": "HER2"}, "steps"),
    ("trace", {"name": "HER2", "to": "MYC", "pathway": "erbb"}, "paths"),
    ("explain", {"name": "AKT", "drug": ["trastuzumab"], "alteration": ["PTEN_loss"]}, "species"),
    ("simulate", {"drug": ["lapatinib=0.5"], "cell_line": "HCC1954"}, "readouts"),
    ("compare", {"scenarios": ["untreated", "trastuzumab", "lapatinib"]}, "late"),
    ("screen", {"along": ["drugs"], "replicates": 50}, "rows"),
    ("evidence", {"name": "trastuzumab"}, "statements"),
    ("evidence", {}, "references"),
]


def test_each_tool_answers_in_less_than_four_kilobytes_what_the_command_answers(capsys):
    _, *answers = asked(*((name, given) for name, given, _ in CALLS))
    for (name, given, key), answer in zip(CALLS, answers, strict=True):
        assert not answer.is_error, (name, given, answer.content[0].text)
        text = answer.content[0].text
        assert len(text.encode()) < 4096, (name, given)
        assert json.loads(text)[key], (name, given)
    assert run(["explain", "AKT", "-d", "trastuzumab", "-a", "PTEN_loss", "--brief"]) == 0
    assert json.loads(answers[2].content[0].text).items() >= json.loads(capsys.readouterr().out).items()


def test_the_best_of_a_screen_is_that_of_the_command(capsys):
    _, answer = asked(("screen", {"along": ["drugs"], "replicates": 50}))
    told = json.loads(answer.content[0].text)
    run(["screen", "drugs", "--replicates", "50", "--json"])
    whole = json.loads(capsys.readouterr().out)["rows"]
    assert [row["drug"] for row in told["rows"]] == [row["drug"] for row in whole][: told["shortened"]]


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("simulate", {"drug": ["trastuzmab"]}, "trastuzumab"),
        ("explain", {"name": "AKTT"}, "AKT"),
        ("simulate", {"dosis": 0.5}, "'dosis'"),
        ("simulate", {"drug": 3}, "drug"),
        ("explain", {}, "name"),
        ("simulate", {"pathway": "no_such_file.yaml"}, "no_such_file.yaml"),
        ("simulate", {"replicates": 0}, "replicates"),
    ],
)
def test_a_mistake_comes_back_as_it_is(name, given, told):
    _, answer = asked((name, given))
    assert answer.is_error
    assert told in answer.content[0].text
    assert "Traceback" not in answer.content[0].text


def test_the_command_speaks_it_on_stdin_and_stdout():
    mcp = pytest.importorskip("mcp")
    from mcp.client.stdio import stdio_client

    place = mcp.StdioServerParameters(command=sys.executable, args=["-m", "her2cli", "mcp"])

    async def talk() -> Any:
        async with mcp.Client(stdio_client(place)) as client:
            return await client.call_tool("trace", {"name": "A", "pathway": str(SMALL)})

    answer = asyncio.run(asyncio.wait_for(talk(), 60))
    assert json.loads(answer.content[0].text)["start"] == "A"


def test_of_many_remarks_three_are_kept_and_of_long_lists_as_much_as_fits():
    """Halved again and again, so that more than half of what could be sent is."""
    pytest.importorskip("mcp")
    from her2cli.cli._output import Answer
    from her2cli.cli._server import ROOM, short

    rows = [{"row": number, "text": "x" * 40} for number in range(400)]
    answer = Answer(
        command="screen", pathway=her2cli.load(), look=lambda: "", table=lambda: None, data=lambda: {"rows": rows}
    )
    said = short(her2cli.api.Result(answer, ["one", "two", "three", "four"]))
    told = json.loads(said)
    assert told["remarks"] == ["one", "two", "three"]
    assert ROOM / 2 < len(said.encode()) < ROOM
    assert told["rows"] == rows[: told["shortened"]]
