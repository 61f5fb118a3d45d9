#!/usr/bin/env bash
# mcp 2.3.0: what a tool's exception says does not reach the client, and a misspelt argument is dropped
#
# Expected: a ValueError("No drug 'trastuzmab'. Close: trastuzumab.") arrives as an error with that text; an argument
# that the tool does not have is refused.
#
# Seen: the client reads `Error executing tool simulate` and nothing else, unless ToolError is raised; the call with
# `dosis=0.5` runs with the default dose.
#
# Where her2 meets it: her2's server raises ToolError with her2's own words, and its tools forbid arguments that they
# do not know.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mcp==2.3.0
cd "$folder"
venv/bin/python - <<'EOF'
import asyncio
import logging

from mcp import Client
from mcp.server.mcpserver import MCPServer

logging.disable(logging.CRITICAL)
server = MCPServer("drugs")


@server.tool()
def simulate(drug: str, dose: float = 1.0) -> str:
    if drug != "trastuzumab":
        raise ValueError(f"No drug {drug!r}. Close: trastuzumab.")
    return f"{drug} at {dose}"


async def main():
    async with Client(server) as client:
        wrong = await client.call_tool("simulate", {"drug": "trastuzmab"})
        extra = await client.call_tool("simulate", {"drug": "trastuzumab", "dosis": 0.5})
        return wrong.content[0].text, extra.content[0].text, extra.is_error


wrong, extra, is_error = asyncio.run(main())
print("mcp 2.3.0:", repr(wrong), repr(extra))
assert "Close" not in wrong, "the text of an exception arrives now"
assert extra == "trastuzumab at 1.0" and not is_error, "an unknown argument is refused now"
EOF
