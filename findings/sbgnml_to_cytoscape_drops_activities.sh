#!/usr/bin/env bash
# sbgnml-to-cytoscape 4.0.4: of an activity flow only the "and" is left, no activity and no influence
#
# Expected: an SBGN-ML map in the language "activity flow" becomes nodes and edges, or the map is refused: the README says
# "SBGN files", and that what cannot be converted throws an error.
#
# Seen: of three activities, an "and" and three arcs one node, the "and", and no edge are left; nothing is said. The same map
# as a process description (macromolecules, inhibition, stimulation) has its four nodes and three edges.
#
# Where her2 meets it: her2's networks are activity flows; those who convert such maps for Cytoscape.js see next to
# nothing. her2 writes CX2, which has all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" sbgnml-to-cytoscape@4.0.4
cat >show.js <<'EOF'
const assert = require("assert");
const convert = require("sbgnml-to-cytoscape");
const map = (language, node, inhibits, activates) => `<?xml version="1.0" encoding="UTF-8"?>
<sbgn xmlns="http://sbgn.org/libsbgn/0.2"><map language="${language}">
<glyph id="pten" class="${node}"><label text="PTEN"/><bbox x="0" y="0" w="60" h="30"/></glyph>
<glyph id="akt" class="${node}"><label text="AKT"/><bbox x="100" y="0" w="60" h="30"/></glyph>
<glyph id="pi3k" class="${node}"><label text="PI3K"/><bbox x="0" y="100" w="60" h="30"/></glyph>
<glyph id="and" class="and"><bbox x="50" y="50" w="20" h="20"/><port id="and.1" x="40" y="60"/><port id="and.2" x="80" y="60"/></glyph>
<arc id="a1" class="${inhibits}" source="pten" target="akt"><start x="60" y="15"/><end x="100" y="15"/></arc>
<arc id="a2" class="logic arc" source="pi3k" target="and.1"><start x="60" y="115"/><end x="40" y="60"/></arc>
<arc id="a3" class="${activates}" source="and.2" target="akt"><start x="80" y="60"/><end x="100" y="15"/></arc>
</map></sbgn>`;
const seen = (text) => {
  const graph = convert(text);
  return [graph.nodes.map((node) => node.data.id).sort(), graph.edges.length];
};
const flow = seen(map("activity flow", "biological activity", "negative influence", "positive influence"));
const process = seen(map("process description", "macromolecule", "inhibition", "stimulation"));
console.log("sbgnml-to-cytoscape 4.0.4, activity flow:", flow, "process description:", process);
assert.deepStrictEqual(process, [["akt", "and", "pi3k", "pten"], 3]);
assert.deepStrictEqual(flow, [["and"], 0], "activities are converted now");
EOF
node show.js
