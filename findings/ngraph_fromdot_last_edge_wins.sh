#!/usr/bin/env bash
# ngraph.fromdot 7.1.0: of two edges from AKT to FOXO3, an activation and an inhibition, only the last is there
#
# Expected: a digraph that is not strict has both edges, each with its own arrowhead, as the language DOT has it; with
# `strict` they would be one. The nodes 007 and 7 are two.
#
# Seen: the second takes the place of the first: one edge, a tee. With and without `strict` the graph is the same. 007 is
# read as the number 7, and the two nodes become one.
#
# Where her2 meets it: a species that activates and inhibits another has two edges in the DOT that her2 writes; what draws
# it through ngraph shows one. her2's names begin with a letter.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" ngraph.fromdot@7.1.0
cat >show.js <<'JS'
const assert = require("assert");
const fromDot = require("ngraph.fromdot");
const seen = (text) => {
  const edges = [];
  fromDot(text).forEachLink((link) => {
    edges.push([link.fromId, link.toId, link.data && link.data.arrowhead]);
  });
  return edges;
};
const both = "digraph { AKT -> FOXO3 [arrowhead=normal]; AKT -> FOXO3 [arrowhead=tee] }";
const edges = seen(both);
const numbers = seen("digraph { 007 -> 7 }");
console.log("ngraph.fromdot 7.1.0:", edges, numbers);
assert.deepStrictEqual(edges, [["AKT", "FOXO3", "tee"]], "both edges are kept now");
assert.deepStrictEqual(edges, seen("strict " + both));
assert.deepStrictEqual(numbers, [[7, 7, undefined]], "007 and 7 are two nodes now");
JS
node show.js
