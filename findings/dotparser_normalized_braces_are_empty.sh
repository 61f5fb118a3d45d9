#!/usr/bin/env bash
# dotparser-normalized 0.1.0: of `AKT -> {FOXO3 TSC2}` there is one edge to nothing; FOXO3 and TSC2 are not there
#
# Expected: braces say that the edge is for each of the two: three nodes and two edges, "usable structure" as the README
# has it.
#
# Seen: the braces are a node without id, and the edge has no target. With a name, `subgraph targets { FOXO3 TSC2 }`,
# they are a node "targets", in which the two are not listed either, though the same subgraph by itself lists them.
# Nothing is said. dotparser 1.1.1, which it wraps, gives both names.
#
# Where her2 meets it: her2's DOT has one edge a line, in no braces; figures of other tools and papers often group
# targets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" dotparser-normalized@0.1.0 dotparser@1.1.1
cat >show.js <<'JS'
const assert = require("assert");
const { parse } = require("dotparser-normalized");
const plain = require("dotparser");
const read = (text) => {
  const [graph] = parse(`digraph { ${text} }`);
  return { nodes: graph.nodes.map((one) => one.id), edges: graph.edges.map((one) => [one.source, one.target]) };
};
const each = read("AKT -> FOXO3; AKT -> TSC2");
const braces = read("AKT -> {FOXO3 TSC2} [arrowhead=tee]");
const named = read("AKT -> subgraph targets { FOXO3 TSC2 } [arrowhead=tee]");
console.log("dotparser-normalized 0.1.0:", JSON.stringify({ each, braces, named }));
assert.deepStrictEqual(each, { nodes: ["AKT", "FOXO3", "TSC2"], edges: [["AKT", "FOXO3"], ["AKT", "TSC2"]] });
assert.deepStrictEqual(braces, { nodes: ["AKT", undefined], edges: [["AKT", undefined]] }, "braces have nodes now");
assert.deepStrictEqual(named, { nodes: ["AKT", "targets"], edges: [["AKT", "targets"]] }, "braces have nodes now");
const [alone] = parse("digraph { subgraph targets { FOXO3 TSC2 } }");
assert.deepStrictEqual(alone.nodes[0].nodes.map((one) => one.id), ["FOXO3", "TSC2"]);
assert.match(JSON.stringify(plain("digraph { AKT -> {FOXO3 TSC2} }")), /FOXO3.*TSC2/);
JS
node show.js
