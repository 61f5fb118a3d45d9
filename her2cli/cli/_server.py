"""Commands as tools of an MCP server: options become arguments, and mistakes go through as they are."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from her2cli.cli._commands import function
from her2cli.cli._output import envelope, version
from her2cli.cli._parameters import parameters
from her2cli.errors import Her2Error

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp_types import CallToolResult, Tool

ROOM = 4_000  # bytes of an answer

# The tools, each with those options of its command that an agent has a use for; the pathway goes with all of them.
_TUMOUR = ("drug", "alteration", "ligand", "cell_line", "clamp", "context")
TOOLS: dict[str, tuple[str, ...]] = {
    "trace": ("name", "to", "upstream", "depth", "drug", "alteration"),
    "explain": ("name", *_TUMOUR, "time", "seed"),
    "simulate": (*_TUMOUR, "readout", "seed", "replicates"),
    "compare": ("scenarios", *_TUMOUR, "seed", "replicates"),
    "screen": ("along", *_TUMOUR, "readout", "time", "seed", "replicates"),
    "evidence": ("name", "disputed", "unverified"),
}
ABOUT = (
    "HER2/ErbB signalling: cascades, what drugs do to tumours, and why, each answer with its references. For learning "
    "and research, not for treatment decisions. Shares are of cells, 0 to 1. A mistake says the closest names."
)


def server() -> Server[Any]:
    """The server with its tools."""
    from mcp.server.lowlevel import Server
    from mcp_types import ListToolsResult

    async def listed(_: Any, __: Any) -> ListToolsResult:
        return ListToolsResult(tools=[tool(name) for name in TOOLS])

    async def called(_: Any, request: Any) -> CallToolResult:
        return await asyncio.to_thread(answered, request.name, request.arguments or {})

    return Server("her2", version=version(), instructions=ABOUT, on_list_tools=listed, on_call_tool=called)


async def serve() -> None:
    """Answer on stdin and stdout until stdin ends."""
    from mcp.server.stdio import stdio_server

    her2 = server()
    async with stdio_server() as (incoming, outgoing):
        await her2.run(incoming, outgoing, her2.create_initialization_options())


def tool(name: str) -> Tool:
    """The tool of the command *name*: its help, and its options as a JSON Schema that refuses all others."""
    from mcp_types import Tool, ToolAnnotations

    taken = parameters(function(name))
    about = (function(name).__doc__ or "").split("\n\n    her2 ")[0]
    return Tool(
        name=name,
        description=" ".join(about.split()),
        input_schema={
            "type": "object",
            "properties": {each: _schema(taken[each].hint) for each in (*TOOLS[name], "pathway")},
            "required": [each for each in TOOLS[name] if taken[each].required],
            "additionalProperties": False,
        },
        annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def _schema(hint: Any) -> dict[str, Any]:
    kind, parameter = get_args(hint)
    kind = next((each for each in get_args(kind) if each is not NoneType), kind) if NoneType in get_args(kind) else kind
    types = {bool: "boolean", int: "integer", float: "number"}
    about = {"description": parameter.settings["help"]}
    if get_origin(kind) is list:
        return {"type": "array", "items": {"type": types.get(get_args(kind)[0], "string")}, **about}
    return {"type": types.get(kind, "string"), **about}


def answered(name: str, arguments: Mapping[str, Any]) -> CallToolResult:
    """What the command *name* answers, as JSON of less than 4 kB; a mistake as `her2` would tell it."""
    from mcp_types import CallToolResult, TextContent

    from her2cli.api import ask
    from her2cli.cli._errors import complain, heard

    def told(text: str, is_error: bool = False) -> CallToolResult:
        return CallToolResult(content=[TextContent(type="text", text=text)], is_error=is_error)

    if name not in TOOLS:
        return told(f"There is no tool {name!r}; there are {', '.join(TOOLS)}.", is_error=True)
    unknown = [each for each in arguments if each not in (*TOOLS[name], "pathway")]
    if unknown:
        given = ", ".join((*TOOLS[name], "pathway"))
        return told(f"{name} has no argument {', '.join(map(repr, unknown))}; it has {given}.", is_error=True)
    missing = [each for each in tool(name).input_schema["required"] if each not in arguments]
    if missing:
        return told(f"{name} needs {', '.join(missing)}.", is_error=True)
    places = [each for each in ("name", "scenarios", "along") if each in arguments]
    options = {key: value for key, value in arguments.items() if key not in places}
    try:
        return told(short(ask(name, *(arguments[each] for each in places), **options)))
    except Her2Error as error:
        with heard() as lines:
            complain(error)
        return told("\n".join(lines), is_error=True)
    except (TypeError, ValueError) as error:  # of a wrong type, or a number that is too small
        return told(str(error), is_error=True)


def short(result: Any) -> str:
    """An answer as JSON that has less than 4 kB, with its remarks: the short form if it has one, else the first rows.

    Where lists are cut, `shortened` says to how many entries; the whole is what `--json` prints.
    """
    answer = result.answer
    data = dict(answer.brief() if answer.brief is not None else answer.data())
    if result.notes:
        data["remarks"] = [note[:300] for note in result.notes[:3]]
    whole = envelope(answer.command, answer.pathway, data, indent=0)
    most = 64
    while len(whole.encode()) >= ROOM and most:
        most //= 2
        cut = {**_cut(data, most), "shortened": most}
        whole = envelope(answer.command, answer.pathway, cut, indent=0)
    return whole


def _cut(value: Any, most: int) -> Any:
    """*value* with at most so many entries in each list and mapping within it, and no very long text."""
    if isinstance(value, Mapping):
        return {key: _cut(each, most) for key, each in list(value.items())[: max(most, 12)]}
    if isinstance(value, list | tuple):
        return [_cut(each, most) for each in value[:most]]
    return f"{value[:300]}…" if isinstance(value, str) and len(value) > 300 else value
