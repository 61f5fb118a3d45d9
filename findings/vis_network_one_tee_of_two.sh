#!/usr/bin/env bash
# vis-network 10.1.5: of `AKT -> {FOXO3 TSC2} [arrowhead=tee]` one edge is drawn with a T-bar, the other with an arrow
#
# Expected: attributes behind a DOT statement hold for each of its edges, and edges within a subgraph are edges.
#
# Seen: only the first of a group, and only the last of a chain `PTEN -> AKT -> FOXO3`, has the attribute; the others are
# arrows, so that an inhibition is an activation. `arrowhead=none` is an arrow, too. Of a cluster the nodes are there, and
# the edges that stand in it are not. Nothing is said.
#
# Where her2 meets it: `her2 export dot` has each edge in a statement of its own, outside the clusters.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --legacy-peer-deps --prefix "$folder" vis-network@10.1.5
cat >show.cjs <<'EOF'
const assert = require("assert");
const { parseDOTNetwork } = require("vis-network/standalone/umd/vis-network.cjs");
const heads = (text) => {
  const found = parseDOTNetwork(`digraph { ${text} }`).edges;
  return found.map((edge) => `${edge.from}>${edge.to} ${(edge.arrows.to && edge.arrows.to.type) || "arrow"}`);
};
const single = heads("AKT -> FOXO3 [arrowhead=tee]");
const group = heads("AKT -> {FOXO3 TSC2} [arrowhead=tee]");
const chain = heads("PTEN -> AKT -> FOXO3 [arrowhead=tee]");
const cluster = heads("subgraph cluster_0 { AKT -> FOXO3 [arrowhead=tee]; } EGFR -> AKT");
console.log("vis-network 10.1.5:", single, group, chain, cluster);
assert.deepStrictEqual(single, ["AKT>FOXO3 bar"]);
assert.deepStrictEqual(group, ["AKT>FOXO3 bar", "AKT>TSC2 arrow"], "all edges of a group have their head now");
assert.deepStrictEqual(chain, ["PTEN>AKT arrow", "AKT>FOXO3 bar"], "all edges of a chain have their head now");
assert.deepStrictEqual(cluster, ["EGFR>AKT arrow"], "edges in clusters are there now");
EOF
node show.cjs
