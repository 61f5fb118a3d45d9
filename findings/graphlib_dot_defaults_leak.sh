#!/usr/bin/env bash
# graphlib-dot 0.6.4: edge defaults of a cluster hold behind it, so that an activation becomes an inhibition
#
# Expected: `edge [arrowhead=tee]` within a subgraph is for the edges of that subgraph; DOT says that defaults which are
# set there are the subgraph's own. An edge behind the closing brace has none of them.
#
# Seen: each edge that follows the cluster has arrowhead=tee, and each new node the shape of the cluster's nodes. No
# warning. The successor @dagrejs/graphlib-dot 1.0.2 does it right. Both refuse names in Greek letters.
#
# Where her2 meets it: her2's DOT states the arrowhead at each edge; with defaults, T-bars spread to what follows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" graphlib-dot@0.6.4 @dagrejs/graphlib-dot@1.0.2 > npm.log 2>&1 || { cat npm.log; exit 1; }
node - <<'EOF'
const assert = require("assert");
const text = `digraph {
  subgraph cluster_nucleus { node [shape=box]; edge [arrowhead=tee]; RB1 -> E2F1; }
  E2F1 -> CCNE1;
}`;
const seen = (name) => {
  const graph = require(name).read(text);
  return [graph.edge({ v: "RB1", w: "E2F1" }).arrowhead, graph.edge({ v: "E2F1", w: "CCNE1" }).arrowhead, graph.node("CCNE1").shape];
};
const [old, successor] = ["graphlib-dot", "@dagrejs/graphlib-dot"].map(seen);
console.log("graphlib-dot 0.6.4: inside, behind, node behind:", old, "successor:", successor);
assert.deepStrictEqual(successor, ["tee", undefined, undefined]);
assert.deepStrictEqual(old, ["tee", "tee", "box"], "defaults end with their subgraph now");
EOF
