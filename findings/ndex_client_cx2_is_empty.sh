#!/usr/bin/env bash
# @js4cytoscape/ndex-client 0.8.1: a CX2 file is read as a network without nodes, and a network that is built can never be written
#
# Expected: CX2Network.fromJSON, "from raw JSON data", takes what NDEx and Cytoscape write: a list of aspects. What it holds comes
# out of toJSON as text, and clone makes a copy.
#
# Seen: the list is copied as it is, as members called 0, 1, 2: no node, no edge, no name, and no error; `validate` says only
# that metaData is required. Built by addNode and addEdge a network is valid; toJSON, clone and JSON.stringify all end at
# "RangeError: Maximum call stack size exceeded", since the one asks the other.
#
# Where her2 meets it: `her2 export cx2` writes for NDEx, and this is NDEx's own client for JavaScript; hand it the list
# itself, not through this class. ndex2 for Python reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @js4cytoscape/ndex-client@0.8.1
cat >show.js <<'JS'
const assert = require("assert");
const { CX2Network } = require("@js4cytoscape/ndex-client");
const file = [
  { CXVersion: "2.0", hasFragments: false },
  { metaData: [{ name: "attributeDeclarations", elementCount: 1 }, { name: "nodes", elementCount: 2 }, { name: "edges", elementCount: 1 }] },
  { attributeDeclarations: [{ nodes: { name: { d: "string" } }, edges: { interaction: { d: "string" } } }] },
  { nodes: [{ id: 0, v: { name: "AKT" } }, { id: 1, v: { name: "FOXO3" } }] },
  { edges: [{ id: 0, s: 0, t: 1, v: { interaction: "inhibits" } }] },
  { status: [{ success: true }] },
];
const read = CX2Network.fromJSON(JSON.stringify(file));
const built = CX2Network.createEmpty();
built.addNode(0, { name: "AKT" });
built.addNode(1, { name: "FOXO3" });
built.addEdge(0, 0, 1, { interaction: "inhibits" });
const ends = (action) => {
  try {
    action();
    return "written";
  } catch (error) {
    return error.name;
  }
};
const written = [() => built.toJSON(), () => built.clone(), () => JSON.stringify(built)].map(ends);
console.log("ndex-client 0.8.1: read", read.getNodeCount(), "nodes and", read.getEdgeCount(), "edges,", read.validate(), "built", built.validate(), written);
assert.deepStrictEqual([read.getNodeCount(), read.getEdgeCount()], [0, 0], "CX2 is read now");
assert.deepStrictEqual(read.validate().errors, ["metaData is required and must not be empty"]);
assert.ok(built.validate().isValid && built.getEdgeCount() === 1);
assert.deepStrictEqual(written, ["RangeError", "RangeError", "RangeError"], "it can be written now");
JS
node show.js
