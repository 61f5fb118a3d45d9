"""`her2 mcp`: a server of the Model Context Protocol, for programs that speak it."""

from __future__ import annotations

from her2cli.errors import Her2Error, MissingExtra


def mcp() -> None:
    """Answer programs and agents on stdin and stdout, by the Model Context Protocol, until stdin ends.

    Its tools are trace, explain, simulate, compare, screen and evidence; each answer is JSON of less than 4 kB. To a
    client it is told as the command 'her2 mcp'. 'her2 agents' prints a guide for an agent that has a shell instead.

    her2 mcp
    """
    try:
        import mcp  # noqa: F401  # an extra
    except ImportError:
        raise MissingExtra("The server needs mcp: pip install 'her2cli[mcp]'.") from None
    import asyncio
    import sys

    from her2cli.cli._server import serve

    if sys.stdin is None or sys.stdin.isatty():
        raise Her2Error("This is started by a program that speaks MCP; give it the command 'her2 mcp'.")
    asyncio.run(serve())
