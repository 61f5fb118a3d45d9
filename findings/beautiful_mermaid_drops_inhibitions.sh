#!/usr/bin/env bash
# beautiful-mermaid 1.1.3: `AKT --x FOXO3` is not drawn: the edge is not there, nor is FOXO3
#
# Expected: Mermaid's edge with a cross, `--x`, and its circle, `--o`, are drawn, if need be as plain lines or arrows; or the
# renderer raises an error, as it does where the first line is no diagram.
#
# Seen: of such a line the first node alone is read, in SVG, in ASCII and in what parseMermaid gives: of an activation and an
# inhibition of AKT only the activation is left. `A -.-x B` becomes an edge to a new node called x. No error, no warning.
#
# Where her2 meets it: `her2 export mermaid` writes inhibitions as `--x`, as Mermaid has no T-bar; docs/formats.md says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" beautiful-mermaid@1.1.3
cat >show.mjs <<'EOF'
import assert from "assert";
import { parseMermaid, renderMermaidASCII, renderMermaidSVG } from "beautiful-mermaid";
const text = `flowchart TD
  EGFR --> AKT
  PTEN --x AKT
  AKT --x FOXO3`;
const found = parseMermaid(text);
const nodes = [...found.nodes.keys()];
const edges = found.edges.map((edge) => [edge.source, edge.target]);
const drawn = [renderMermaidSVG(text), renderMermaidASCII(text)].map((picture) => picture.includes("FOXO3"));
const dotted = [...parseMermaid("flowchart TD\nPTEN -.-x AKT").nodes.keys()];
console.log("beautiful-mermaid 1.1.3:", nodes, edges, "FOXO3 in SVG, in ASCII:", drawn, "dotted:", dotted);
assert.deepStrictEqual([nodes, edges], [["EGFR", "AKT", "PTEN"], [["EGFR", "AKT"]]], "edges with a cross are read now");
assert.deepStrictEqual(drawn, [false, false]);
assert.deepStrictEqual(dotted, ["PTEN", "x"], "dotted edges with a cross are read now");
EOF
node show.mjs
