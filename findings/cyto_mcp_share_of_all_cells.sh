#!/usr/bin/env bash
# cyto-mcp 0.2.0: of 20 tumour cells 15 have much HER2, and its share "of parent" is 15% in one gate and 55% in the other, for 75%
#
# Expected: a gate within another counts cells of that one, and `frequency_of_parent` is, as its tools say, "events inside / parent events x
# 100": 15 of 20, 75%, by gate_rectangle as by gate_threshold.
#
# Seen: both divide by all cells of the file, 100. gate_threshold takes parent_gate and does not look at it: the 40 other cells that have as much
# are counted, too. Percentiles of 97.5 and 97.9 come under one name, "97", and one is lost. Nothing is said. It needs an mcp before
# 2; with FlowKit 1.3.2 its transformations and population_stats answer with errors.
#
# Where her2 meets it: shares of cells with much HER2, which her2's inputs stand for, are measured by such gates; her2 itself reads no FCS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet flowkit==1.3.2 flowio==1.4.0 mcp==1.30.0 pydantic-settings==2.16.3
python3 -m pip --python "$folder/venv" install --quiet --no-deps cyto-mcp==0.2.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import asyncio
import json
import logging

import flowio
from cyto_mcp.cache import SampleCache
from cyto_mcp.config import ServerConfig
from cyto_mcp.tools import gating, io, stats
from mcp.server.fastmcp import FastMCP

logging.disable(logging.CRITICAL)
# What scatters much is a tumour cell here; the last column is HER2.
KINDS = [(15, [100_000.0, 50_000.0, 10_000.0]), (5, [100_000.0, 50_000.0, 100.0])]
KINDS += [(40, [10_000.0, 5_000.0, 10_000.0]), (40, [10_000.0, 5_000.0, 100.0])]
values = [value for count, cell in KINDS for _ in range(count) for value in cell]
with open("cells.fcs", "wb") as handle:
    flowio.create_fcs(handle, values, ["FSC-A", "SSC-A", "FITC-A"], ["", "", "HER2"])

server, cache = FastMCP(name="cells"), SampleCache(max_size=2)
for tools in (io, gating, stats):
    tools.register(server, ServerConfig(data_dir=".", output_dir="."), cache)


def ask(tool, **words):
    answer = asyncio.run(server.call_tool(tool, words))
    return json.loads((answer[0] if isinstance(answer, tuple) else answer)[0].text)


cells = ask("load_fcs", path="cells.fcs")["sample_id"]
side = {"y_channel": "SSC-A", "y_min": 0, "y_max": 200_000}
tumour = ask("gate_rectangle", sample_id=cells, gate_name="tumour", x_channel="FSC-A", x_min=5e4, x_max=2e5, **side)
within = {"sample_id": cells, "parent_gate": "tumour"}
high = ask("gate_rectangle", gate_name="high", x_channel="FITC-A", x_min=1000, x_max=2e5, **side, **within)
over = ask("gate_threshold", gate_name="over", channel="FITC-A", threshold=1000, **within)
seen = [(gate["event_count"], gate["frequency_of_parent"]) for gate in (tumour, high, over)]
names = ask("channel_stats", sample_id=cells, channels=["FITC-A"], source="raw", percentiles=[50, 97.5, 97.9])
names = list(names["stats"]["FITC-A"]["percentiles"])
print("cyto-mcp 0.2.0:", seen, names)
assert seen[0] == (20, 20.0)
assert seen[1] == (15, 15.0), "the share is that of the parent now"
assert seen[2] == (55, 55.0), "the parent is looked at now"
assert names == ["50", "97"], "percentiles have their own names now"
END
