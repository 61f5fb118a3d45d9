#!/usr/bin/env bash
# graphology-operators 1.6.1: in a disjoint union an edge to FOXO3 has the attributes F, O, X, O and 3, and no longer inhibits
#
# Expected: disjointUnion gives nodes and edges new keys, as its manual says, and what they carry stays with them, as it does in union
# and reverse.
#
# Seen: the name of the target is handed on where the attributes belong: the edge "AKT inhibits FOXO3" of weight -1 has five attributes
# called 0 to 4, one for each letter, and neither interaction nor weight. The attributes of the nodes are kept. Nothing is said.
#
# Where her2 meets it: GraphML of her2 is read by graphology-graphml; two states of a network, or two cell lines, are laid side by side
# for a picture in this way, where every edge then looks the same. Put the names of one graph before its nodes and use union.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" graphology@0.26.0 graphology-operators@1.6.1
cat >show.js <<'JS'
const assert = require("assert");
const { DirectedGraph } = require("graphology");
const { disjointUnion, union, reverse } = require("graphology-operators");

const graph = (source, target, interaction) => {
  const one = new DirectedGraph();
  one.addNode(source, { label: source });
  one.addNode(target, { label: target });
  one.addEdge(source, target, { interaction, weight: interaction === "inhibits" ? -1 : 1 });
  return one;
};
const edges = (one) => one.mapEdges((key, attributes) => attributes);
const first = graph("AKT", "FOXO3", "inhibits");
const second = graph("PDPK1", "AKT", "activates");
const both = [
  { interaction: "inhibits", weight: -1 },
  { interaction: "activates", weight: 1 },
];
const side = disjointUnion(first, second);
const labels = side.mapNodes((key, attributes) => attributes.label);
console.log("graphology-operators 1.6.1:", labels, JSON.stringify(edges(side)));
assert.deepStrictEqual(edges(union(first, second)), both);
assert.deepStrictEqual(edges(reverse(first)), both.slice(0, 1));
assert.deepStrictEqual(labels, ["AKT", "FOXO3", "PDPK1", "AKT"]);
assert.deepStrictEqual(edges(side), [{ ..."FOXO3" }, { ..."AKT" }], "edges keep their attributes now");
JS
node show.js
