#!/usr/bin/env bash
# ts-graphviz 3.0.7: `edge [arrowhead=normal]` behind an edge turns it from an inhibition into an activation
#
# Expected: in DOT a default holds for what follows it, and what two statements say of one node adds up; a file that is read
# by fromDot and written by toDot draws the same picture.
#
# Seen: of two defaults for edges the last one stands above all edges, so that PTEN -> AKT, a tee, becomes an arrow. Of
# `AKT [color=red]` and `AKT [shape=box]` the second takes the place of the first. Nothing is said.
#
# Where her2 meets it: her2's DOT says `arrowhead` at each edge and names each node once, which comes through; other tools'
# files, with a default for each kind of edge, do not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" ts-graphviz@3.0.7
cat >show.js <<'JS'
const assert = require("assert");
const { fromDot, toDot } = require("ts-graphviz");
const again = (text) => toDot(fromDot(text)).replace(/\s+/g, " ");
const edges = again("digraph { edge [arrowhead=tee]; PTEN -> AKT; edge [arrowhead=normal]; PI3K -> AKT }");
const node = again("digraph { AKT [color=red]; AKT [shape=box] }");
const own = again("digraph { PTEN -> AKT [arrowhead=tee]; PI3K -> AKT [arrowhead=normal] }");
console.log("ts-graphviz 3.0.7:", edges, node);
assert.match(own, /"PTEN" -> "AKT" \[ arrowhead = "tee"; \];/);
assert.ok(!edges.includes("tee") && edges.indexOf("normal") < edges.indexOf("PTEN"), "a default holds for what follows it now");
assert.ok(node.includes("box") && !node.includes("red"), "attributes add up now");
JS
node show.js
