#!/usr/bin/env bash
# cx2-mcp-poc 0.1.1: in a network whose attributes have aliases no node is called ERBB2
#
# Expected: CX2 declares attributes, and a declaration may give an alias, as Cytoscape's "n" for name and "i" for
# interaction, and a default, which stands for all nodes that say nothing. "Nodes whose name is ERBB2" is one node,
# whether its file writes "n" or "name"; nodes of the default type protein are of that type.
#
# Seen: declarations are not read. The name ERBB2 is found nowhere, though asked for by its declared name; filtered by
# it the network is empty; edges that do not inhibit are all edges, the inhibition among them. A new name is written
# beside the old, as an attribute that is declared to be written "n", so that a reader has two. The attributes of the
# network itself are looked for in the form of CX 1, {"n", "v"}, so that there are none. All as answers, no error.
#
# Where her2 meets it: her2 writes its networks for Cytoscape, whose own CX2 has such aliases.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cx2-mcp-poc==0.1.1 mcp==1.30.0 ndex2==3.12.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import asyncio
import json
from pathlib import Path

from cx2_mcp.server import call_tool
from ndex2.cx2 import RawCX2NetworkFactory

DECLARED = {
    "networkAttributes": {"name": {"d": "string"}},
    "nodes": {"name": {"d": "string", "a": "n"}, "type": {"d": "string", "v": "protein"}},
    "edges": {"interaction": {"d": "string", "a": "i"}},
}
NODES = [{"id": 0, "v": {"n": "ERBB2"}}, {"id": 1, "v": {"n": "lapatinib", "type": "drug"}}]
EDGES = [{"id": 0, "s": 1, "t": 0, "v": {"i": "inhibits"}}]
NETWORK = [{"CXVersion": "2.0", "hasFragments": False}, {"metaData": []}, {"attributeDeclarations": [DECLARED]}]
NETWORK += [{"networkAttributes": [{"name": "HER2"}]}, {"nodes": NODES}, {"edges": EDGES}, {"status": [{"success": True}]}]


def ask(tool, **arguments):
    return json.loads(asyncio.run(call_tool(tool, {"filename": "her2.cx2", **arguments}))[0].text)


Path("her2.cx2").write_text(json.dumps(NETWORK))
other = RawCX2NetworkFactory().get_cx2network(NETWORK)
named = [node["v"]["name"] for node in other.get_nodes().values()]
assert named == ["ERBB2", "lapatinib"] and other.get_network_attributes() == {"name": "HER2"}
ask("serve_file", path="her2.cx2")
summary = ask("get_network_summary")
her2 = ask("get_nodes", attribute="name", operator="eq", value="ERBB2")
proteins = ask("get_nodes", attribute="type", operator="eq", value="protein")
others = ask("get_edges", attribute="interaction", operator="ne", value="inhibits")
alone = ask("filter_network", attribute="name", operator="eq", value="ERBB2", output_filename="alone.cx2")
ask("set_node_attribute", node_id=0, attribute="name", value="HER2")
renamed = ask("get_nodes")["nodes"][0]["v"]
print("cx2-mcp-poc 0.1.1:", her2["count"], proteins["count"], others["count"], alone["node_count"], renamed, summary)
assert her2["count"] == 0 and alone["node_count"] == 0, "names are found now"
assert proteins["count"] == 0, "defaults are read now"
assert [edge["v"]["i"] for edge in others["edges"]] == ["inhibits"], "interactions are found now"
assert renamed == {"n": "ERBB2", "name": "HER2"}, "a name is written in its place now"
assert summary["network_attributes"] == {}, "the network has its attributes now"
END
