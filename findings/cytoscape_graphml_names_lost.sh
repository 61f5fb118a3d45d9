#!/usr/bin/env bash
# cytoscape-graphml 1.0.6: attributes of GraphML come under the ids of their keys, d0 and d1, and as text
#
# Expected: a node with <data key="d0">2</data>, where d0 is declared as attr.name="level" attr.type="int", has level 2.
#
# Seen: it has d0 "2"; the declarations, with names, types and defaults, are not read. `node[level]` and
# `edge[sign < 0]` select nothing in GraphML of networkx or igraph, and a style for inhibitions is not applied. Its own
# GraphML has names for ids, so that it does not notice.
#
# Where her2 meets it: keys of `her2 export --format graphml` have speaking ids (`edge_interaction`), so that a style
# can still ask for them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save cytoscape@3.35.0 cytoscape-graphml@1.0.6 jquery@3.7.1 jsdom@26.1.0
cat >show.js <<'EOF'
const assert = require("assert");
const { window } = new (require("jsdom").JSDOM)("");
Object.assign(global, { window, document: window.document, DOMParser: window.DOMParser });
const cytoscape = require("cytoscape");
require("cytoscape-graphml")(cytoscape, require("jquery"));

const graph = cytoscape({ headless: true });
graph.graphml({ layoutBy: "grid" });
graph.graphml(`<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="level" attr.type="int"><default>1</default></key>
<key id="d1" for="edge" attr.name="sign" attr.type="int"/>
<graph edgedefault="directed"><node id="EGFR"><data key="d0">2</data></node><node id="AKT1"/>
<edge id="e" source="EGFR" target="AKT1"><data key="d1">-1</data></edge></graph></graphml>`);
const data = graph.elements().map((each) => each.data());
console.log("cytoscape-graphml 1.0.6:", data);
assert.deepStrictEqual(data, [{ id: "EGFR", d0: "2" }, { id: "AKT1" }, { id: "e", source: "EGFR", target: "AKT1", d1: "-1" }]);
assert.strictEqual(graph.$("node[level], edge[sign < 0]").length, 0, "the names are read now");
EOF
node show.js
