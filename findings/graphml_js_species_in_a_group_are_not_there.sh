#!/usr/bin/env bash
# graphml-js 0.4.0: species inside a group are not there, and a second file has those of the first
#
# Expected: a node of GraphML may hold a graph, as groups of yEd do, and its nodes and edges belong to the network; a
# key's default is the value where none is given; each file that is parsed gives its own network.
#
# Seen: only the outermost graph is read. ERBB2 and EGFR of a group for the membrane, and the edge between them, are
# lost, and edges to them name nodes that do not exist. The default of a key, in the README's own example yellow, is
# nowhere; that a graph is directed neither; the boolean "false" is a text, which is true. A parser that reads a second
# file adds to the first. All without an error.
#
# Where her2 meets it: her2 reads and writes GraphML, its own without groups and defaults, and yEd's have both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts graphml-js@0.4.0 >/dev/null
cat >example.js <<'END'
const assert = require("assert");
const { GraphMLParser } = require("graphml-js");

const graphml = (content) => `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="i" for="edge" attr.name="interaction" attr.type="string"><default>activates</default></key>
<key id="c" for="edge" attr.name="condition" attr.type="boolean"/>
<graph id="G" edgedefault="directed">${content}</graph></graphml>`;
const membrane = `<node id="membrane"><graph id="membrane:" edgedefault="directed">
<node id="ERBB2"/><node id="EGFR"/><edge source="EGFR" target="ERBB2"/></graph></node>
<node id="AKT1"/><edge source="ERBB2" target="AKT1"><data key="c">false</data></edge>`;
const read = (parser, content) => {
  let found;
  parser.parse(graphml(content), (error, graph) => { found = graph; assert.ifError(error); });
  return [found.nodes.map((node) => node.id), found.edges];
};

const parser = new GraphMLParser();
const [nodes, edges] = read(new GraphMLParser(), membrane);
read(parser, membrane);
const [second] = read(parser, '<node id="KRAS"/><node id="BRAF"/><edge source="KRAS" target="BRAF"/>');
console.log("graphml-js 0.4.0:", nodes, edges.map((edge) => [edge.source, edge.target, edge.attributes]), second);
assert.deepStrictEqual(nodes, ["membrane", "AKT1"], "species in a group are there now");
assert.deepStrictEqual(edges.map((edge) => [edge.source, edge.target]), [["ERBB2", "AKT1"]]);
assert.deepStrictEqual(edges[0].attributes, { condition: "false" }, "defaults and booleans are read now");
assert.deepStrictEqual(second, ["membrane", "AKT1", "KRAS", "BRAF"], "each file is a network of its own now");
END
node example.js
