#!/usr/bin/env bash
# @citation-js/plugin-enw 0.3.0: a line of an abstract that begins with "10 mg/kg" is a second reference, called "474 cells died."
#
# Expected: in EndNote's .enw a tag begins with %; a line without one goes on with the line above, as a keyword a line or the lines
# of an abstract do.
#
# Seen: the first such line of a file is joined. Of all others the second character is the tag, whatever stands before it:
# "10 mg/kg" has a 0, at which a new reference begins, "BT-474 cells died." a T, by which that one gets its title. Keywords
# behind the second are gone, and so is the DOI that comes after the abstract. Nothing is said.
#
# Where her2 meets it: papers on its drugs are full of "10 mg/kg" and BT-474; her2 itself writes RIS and BibTeX.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @citation-js/core@0.7.21 @citation-js/plugin-enw@0.3.0
cat >show.js <<'JS'
const assert = require("assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-enw");
const paper = `%0 Journal Article
%A Roe, Jane
%T The HER2 receptor
%D 2001
%K HER2
breast cancer
trastuzumab
%X Mice with tumours were given trastuzumab at
10 mg/kg for three days.
BT-474 cells died.
%R 10.1000/example.1
`;
const found = new Cite(paper).data.map(({ type, title, keyword, abstract, DOI }) => ({ type, title, keyword, abstract, DOI }));
console.log("@citation-js/plugin-enw 0.3.0:", found);
assert.strictEqual(found.length, 2, "it is one reference now");
assert.strictEqual(found[0].title, "The HER2 receptor");
assert.strictEqual(found[0].keyword, "HER2 breast cancer");
assert.strictEqual(found[0].abstract, "Mice with tumours were given trastuzumab at");
assert.deepStrictEqual([found[0].DOI, found[1].DOI], [undefined, undefined]);
assert.strictEqual(found[1].title, "474 cells died.");
JS
node show.js
