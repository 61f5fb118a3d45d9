#!/usr/bin/env bash
# biblatex-csl-converter 3.6.0: an article's number is that of a series, and Breast Cancer Res is `Breast cancer res`
#
# Expected: the BibTeX of an article becomes CSL's `article-journal` with the number as `issue`, and the journal as it
# is written; only titles lose capitals, which BibTeX's styles do as well.
#
# Seen: the number is `collection-number`, which styles print as a number of a series of books or not at all; `issue`
# is empty; the journal has lost its capitals like a title; the type is `article`, CSL's for a preprint. "and others"
# is an author called others. No error, no warning.
#
# Where her2 meets it: `her2 cite --bibtex` writes journal, number and the like as BibTeX has them; editors that go by
# this library print other references. RIS of `her2 cite --ris` has them apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save biblatex-csl-converter@3.6.0
cat >show.mjs <<'EOF'
import assert from "node:assert";
import { CSLExporter, parse } from "biblatex-csl-converter";

const given = parse(`@article{Arteaga2003, author = {Arteaga, CL and others}, title = {Trastuzumab},
  journal = {Breast Cancer Res}, year = {2003}, volume = {5}, number = {2}, pages = {96--100}}`);
const [csl] = Object.values(new CSLExporter(given.entries).parse());
console.log("biblatex-csl-converter 3.6.0:", csl);
assert.deepStrictEqual([given.errors, given.warnings, csl.volume], [[], [], "5"]);
assert.deepStrictEqual([csl["collection-number"], csl.issue], ["2", undefined], "the number is the issue now");
assert.strictEqual(csl["container-title"], "Breast cancer res", "the journal keeps its capitals now");
assert.deepStrictEqual([csl.type, csl.author[1]], ["article", { literal: "others" }], "type or authors differ now");
EOF
node show.mjs
