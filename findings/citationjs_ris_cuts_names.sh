#!/usr/bin/env bash
# citation-js 0.8.2: on the way from BibTeX to RIS von der Heyde becomes Heyde, and "and others" an author called others
#
# Expected: `AU  - von der Heyde, S`, as its own BibTeX and its CSL keep the name; no author for "and others".
#
# Seen: `AU  - Heyde, S` and `AU  - others`. The particle is in the data, and the writer of RIS leaves it out; a name that
# came from RIS keeps it. No warning.
#
# Where her2 meets it: `her2 cite --bibtex` writes such names and "and others"; `her2 cite --ris` is the way to RIS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat >show.js <<'EOF'
const assert = require("assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");

const given = new Cite(`@article{Heyde2014, author = {von der Heyde, S and others},
  title = {Boolean ErbB network}, journal = {BMC Syst Biol}, year = {2014}}`);
const authors = (text, mark) => text.split("\n").filter((line) => line.trim().startsWith(mark)).map((line) => line.trim());
const ris = authors(given.format("ris"), "AU");
const bibtex = authors(given.format("bibtex"), "author");
console.log("citation-js 0.8.2:", given.data[0].author, bibtex, ris);
assert.strictEqual(given.data[0].author[0]["non-dropping-particle"], "von der");
assert.ok(bibtex[0].includes("von der Heyde, S"));
assert.deepStrictEqual(ris, ["AU  - Heyde, S", "AU  - others"], "names are whole in RIS now");
assert.ok(new Cite("TY  - JOUR\nAU  - von der Heyde, S\nTI  - x\nER  - \n").format("ris").includes("AU  - von der Heyde, S"));
EOF
node show.js
