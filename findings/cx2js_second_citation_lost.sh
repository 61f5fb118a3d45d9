#!/usr/bin/env bash
# cytoscape-cx2js 0.6.6: of two papers behind an edge of CX one is left, and of AKT1, PKB and RAC as aliases AKT1
#
# Expected: CX may say an edge's citations in one element or in several, which together are its citations; a list of
# strings is a list, which Cytoscape.js can hold.
#
# Seen: the citations (and supports) of a second element are dropped, for nodes as for edges, also when the network is written
# as CX again. Of an attribute that is a list the elements for Cytoscape.js have the first value, as if it were the
# only one. Nothing is said. Arrows, T-bars, numbers and booleans are kept.
#
# Where her2 meets it: NDEx's pathways, where edges for her2 are looked up, carry their papers so, several to an edge. her2's
# own CX2 has the evidence of an edge as one text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" cytoscape-cx2js@0.6.6
cat >show.js <<'JS'
const assert = require("assert");
const { CyNetworkUtils, CxToJs } = require("cytoscape-cx2js");
const cx = (citations) => [
  { numberVerification: [{ longNumber: 281474976710655 }] },
  { nodes: [{ "@id": 1, n: "AKT" }, { "@id": 2, n: "FOXO3" }] },
  { edges: [{ "@id": 3, s: 1, t: 2, i: "inhibits" }] },
  { nodeAttributes: [{ po: 1, n: "alias", v: ["AKT1", "PKB", "RAC"], d: "list_of_string" }] },
  { citations: [{ "@id": 10, "dc:title": "One paper" }, { "@id": 11, "dc:title": "Another" }] },
  { edgeCitations: citations },
  { status: [{ error: "", success: true }] },
];
const utils = new CyNetworkUtils();
const read = (citations) => utils.rawCXtoNiceCX(cx(citations));
const together = read([{ po: [3], citations: [10, 11] }]);
const apart = read([{ po: [3], citations: [10] }, { po: [3], citations: [11] }]);
const again = utils.niceCXToRawCX(apart).find((aspect) => aspect.edgeCitations).edgeCitations;
const { nodes } = new CxToJs(utils).cyElementsFromNiceCX(apart, {});
console.log("cytoscape-cx2js 0.6.6:", together.edgeCitations, apart.edgeCitations, JSON.stringify(again), nodes[0].data);
assert.deepStrictEqual(together.edgeCitations[3], [10, 11]);
assert.deepStrictEqual(apart.edgeCitations[3], [10], "both papers are kept now");
assert.deepStrictEqual(again, [{ po: [3], citations: [10] }]);
assert.strictEqual(nodes[0].data.alias, "AKT1", "a list is a list now");
JS
node show.js
