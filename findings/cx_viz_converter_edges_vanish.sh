#!/usr/bin/env bash
# @js4cytoscape/cx-viz-converter 0.1.6: of a CX2 network Cytoscape.js shows only the edges whose number no node has
#
# Expected: CX2 counts nodes and edges apart, Cytoscape.js knows one list of ids; so edges get other ids, as cytoscape-cx2js, its
# elder for CX, calls them e0, e1. A value that an element has wins over the default of its attribute.
#
# Seen: node 0 and edge 0 are both "0", and Cytoscape.js leaves out the second of two: with as many nodes as edges, all edges are
# gone, without a word. A value of 0 or false is replaced by the default: an edge of weight 0 has 1, a species that is not active
# is active. A default of 0 or false is dropped. Arrowheads are not carried over, so that an inhibition is a line of its colour.
#
# Where her2 meets it: her2's CX2 of the article's pathway has 43 species and 60 edges, as Cytoscape and NDEx read it; on this
# way 17 edges are left. It has no defaults. Put a letter before the ids of the edges that the converter gives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @js4cytoscape/cx-viz-converter@0.1.6 cytoscape@3.34.4
cat >show.js <<'JS'
const assert = require("assert");
globalThis.self = globalThis; // the converter asks for it by this name
const { convert } = require("@js4cytoscape/cx-viz-converter");
const cytoscape = require("cytoscape");
const network = [
  { CXVersion: "2.0", hasFragments: false },
  { metaData: ["attributeDeclarations", "nodes", "edges", "visualProperties"].map((name) => ({ name })) },
  {
    attributeDeclarations: [
      {
        nodes: { name: { d: "string" }, active: { d: "boolean", v: true } },
        edges: { interaction: { d: "string" }, weight: { d: "double", v: 1 } },
      },
    ],
  },
  { nodes: ["ERBB2", "AKT", "FOXO3"].map((name, id) => ({ id, x: 0, y: id, v: { name, active: false } })) },
  {
    edges: [
      { id: 0, s: 0, t: 1, v: { interaction: "activates", weight: 0 } },
      { id: 1, s: 1, t: 2, v: { interaction: "inhibits" } },
      { id: 2, s: 2, t: 1, v: { interaction: "activates" } },
      { id: 3, s: 0, t: 2, v: { interaction: "inhibits" } },
    ],
  },
  {
    visualProperties: [
      {
        default: { network: {}, node: {}, edge: { EDGE_TARGET_ARROW_SHAPE: "triangle", EDGE_WIDTH: 1 } },
        nodeMapping: {},
        edgeMapping: {
          EDGE_TARGET_ARROW_SHAPE: {
            type: "DISCRETE",
            definition: { attribute: "interaction", map: [{ v: "inhibits", vp: "tee" }] },
          },
        },
      },
    ],
  },
  { status: [{ success: true }] },
];
const { elements, style } = convert(network, "cytoscapeJS");
const shown = cytoscape({ headless: true, elements: JSON.parse(JSON.stringify(elements)) });
const active = elements.nodes.map(({ data }) => data.active);
console.log("cx-viz-converter 0.1.6: nodes", shown.nodes().map((node) => node.id()), "edges", shown.edges().map((edge) => edge.id()),
  "of 4; active:", active, "weight:", elements.edges[0].data.weight, "style:", JSON.stringify(style));
assert.strictEqual(elements.edges.length, 4);
assert.deepStrictEqual(shown.edges().map((edge) => edge.id()), ["3"], "all edges are shown now");
assert.deepStrictEqual(active, [true, true, true], "false is false now");
assert.strictEqual(elements.edges[0].data.weight, 1);
assert.ok(!JSON.stringify(style).includes("arrow"));
for (const { data } of elements.edges) data.id = `e${data.id}`;
assert.strictEqual(cytoscape({ headless: true, elements }).edges().length, 4);
JS
node show.js
