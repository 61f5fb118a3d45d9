#!/usr/bin/env bash
# @dagrejs/graphlib-dot 1.0.2: `AKT -> {FOXO3 TSC2}` gives a graph with a fourth node, called [object Undefined]
#
# Expected: braces without a name only say that the edge is for each of the two: three nodes and two edges.
#
# Seen: the braces are a node, too, a parent of the two, called "[object Undefined]" and a number. The number counts on from one
# file to the next, so that the same file read twice gives graphs that differ. A second edge of one pair is named so as well. A
# label in <...> is a TypeError.
#
# Where her2 meets it: her2's DOT has one edge a line, in no braces; counts of nodes in files of other tools are too high.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @dagrejs/graphlib-dot@1.0.2
cat >show.js <<'JS'
const assert = require("assert");
const dot = require("@dagrejs/graphlib-dot");
const nodes = (text) => dot.read(text).nodes();
const braces = "digraph { AKT -> {FOXO3 TSC2} [arrowhead=tee] }";
const [first, second] = [nodes(braces), nodes(braces)];
console.log("@dagrejs/graphlib-dot 1.0.2:", first, second);
const odd = (names) => names.filter((name) => name.startsWith("[object Undefined]"));
assert.deepStrictEqual(nodes("digraph { AKT -> FOXO3; AKT -> TSC2 }").sort(), ["AKT", "FOXO3", "TSC2"]);
assert.ok(first.length === 4 && odd(first).length === 1, "braces are no node now");
assert.notDeepStrictEqual(odd(first), odd(second));
const pair = dot.read("digraph { AKT -> FOXO3; AKT -> FOXO3 [arrowhead=tee] }").edges();
assert.strictEqual(odd(pair.map((edge) => edge.name || "")).length, 1);
assert.throws(() => dot.read("digraph { AKT [label=<<b>AKT</b>>] }"), TypeError);
JS
node show.js
