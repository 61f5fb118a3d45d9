#!/usr/bin/env bash
# graphology-graphml 0.5.2: a default of GraphML is text whatever its type, so that a default of false is true
#
# Expected: a node without data for the boolean key `on` gets its default, false, and one without `level` the number 1,
# as values that stand at the node are read.
#
# Seen: they get "false", which JavaScript takes for true, and "1", to which 1 added is "11". An edge that says
# directed="false" in a directed graph is directed. A key for="all", which is what GraphML takes where `for` is left
# out, or for="port", which yEd writes into each file, is a TypeError.
#
# Where her2 meets it: sigma.js shows GraphML by way of this reader; her2's own has no defaults and no such keys.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save graphology@0.26.0 graphology-graphml@0.5.2
cat >show.js <<'EOF'
const assert = require("assert");
const { MultiDirectedGraph } = require("graphology");
const { parse } = require("graphology-graphml");
const text = (key) => `<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="level" attr.type="int"><default>1</default></key>
<key id="d1" for="node" attr.name="on" attr.type="boolean"><default>false</default></key>${key}
<graph edgedefault="directed"><node id="EGFR"><data key="d0">2</data><data key="d1">true</data></node>
<node id="AKT1"/><edge source="EGFR" target="AKT1" directed="false"/></graph></graphml>`;
const graph = parse(MultiDirectedGraph, text(""));
const refused = ["all", "port"].filter((kind) => {
  try {
    parse(MultiDirectedGraph, text(`<key id="k" for="${kind}" attr.name="note" attr.type="string"/>`));
  } catch (error) {
    return error instanceof TypeError;
  }
});
const given = graph.getNodeAttributes("EGFR"), byDefault = graph.getNodeAttributes("AKT1");
console.log("graphology-graphml 0.5.2: given", given, "by default", byDefault, "directed edges", graph.directedSize, "keys refused", refused);
assert.deepStrictEqual([given.level, given.on], [2, true]);
assert.deepStrictEqual([byDefault.level, byDefault.on], ["1", "false"], "defaults have their type now");
assert.deepStrictEqual([graph.directedSize, refused], [1, ["all", "port"]], "such edges or keys are read now");
EOF
node show.js
