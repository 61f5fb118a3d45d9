#!/usr/bin/env bash
# networkx 3.6.1: an edge whose attribute `type` is "inhibits" is written to GEXF as one of the direction "inhibits", and comes back without it
#
# Expected: attributes of an edge, as `interaction`, `sign`, come into GEXF among its attvalues, and back; names that GEXF has for itself
# are kept apart.
#
# Seen: `type` is written as the attribute that says directed, undirected or mutual: type="inhibits", which GEXF has not. networkx reads the
# file again without a word, and no edge has a type: activations and inhibitions are alike. Called `interaction`, it is kept. gexfpy 0.1.1
# gives the direction "inhibits", and graphology-gexf 0.13.2 refuses the file. Where somebody else wrote `type` among the attvalues, networkx
# reads it, and loses it when it writes.
#
# Where her2 meets it: many tables of edges call it `type`; ours is `effect`, and it is `interaction` in our GraphML and CX2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.6.1 gexfpy==0.1.1
cd "$folder"
npm install --silent --no-save --prefix "$folder" graphology@0.26.0 graphology-gexf@0.13.2
venv/bin/python -W ignore - <<'EOF'
import gexfpy
import networkx

EDGES = [("ERBB2", "AKT", "activates"), ("AKT", "FOXO3", "inhibits")]


def again(graph):
    networkx.write_gexf(graph, "graph.gexf")
    return {(source, target): data for source, target, data in networkx.read_gexf("graph.gexf").edges(data=True)}


kept = networkx.DiGraph()
lost = networkx.DiGraph()
for source, target, kind in EDGES:
    kept.add_edge(source, target, interaction=kind)
    lost.add_edge(source, target, type=kind)
first = again(kept)
second = again(lost)
text = open("graph.gexf").read()
read = [str(edge.type) for edge in gexfpy.parse("graph.gexf").graph.edges[0].edge]
print("networkx 3.6.1: interaction:", first, "| type:", second, "| gexfpy 0.1.1:", read)
assert [data["interaction"] for data in first.values()] == ["activates", "inhibits"]
assert 'type="inhibits"' in text
assert not any("inhibits" in data.values() or "activates" in data.values() for data in second.values()), "networkx keeps `type` now"
assert read == ["activates", "inhibits"]

head = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed"><attributes class="edge">'
head += '<attribute id="0" title="type" type="string"/></attributes><nodes><node id="AKT" label="AKT"/><node id="FOXO3" label="FOXO3"/>'
tail = '</nodes><edges><edge id="0" source="AKT" target="FOXO3"><attvalues><attvalue for="0" value="inhibits"/></attvalues></edge></edges>'
open("other.gexf", "w").write(head + tail + "</graph></gexf>")
other = networkx.read_gexf("other.gexf")
assert other["AKT"]["FOXO3"]["type"] == "inhibits"
assert "type" not in again(other)["AKT", "FOXO3"]
networkx.write_gexf(lost, "graph.gexf")
EOF
cat >read.js <<'JS'
const assert = require("assert");
const fs = require("fs");
const Graph = require("graphology");
const { parse } = require("graphology-gexf");
let said = "";
try {
  parse(Graph, fs.readFileSync("graph.gexf", "utf8"));
} catch (error) {
  said = error.message;
}
console.log("graphology-gexf 0.13.2:", said);
assert.match(said, /activates|inhibits/);
JS
node read.js
