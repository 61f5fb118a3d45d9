#!/usr/bin/env bash
# astrocite-ris 0.16.4: "Slamon, D. J., Jr." of RIS is a person with the given name "Jr.", and who edits a book is one of its authors
#
# Expected: a name in RIS is "family, given, suffix"; A2 is, of a chapter, who edited the book, as T2 is the book.
#
# Seen: a name with two commas is read as in BibTeX, "family, suffix, given": its given name is "Jr." and its suffix "D. J.", so
# that a style prints "Slamon, J., D. J.". A1 to A4 are authors, so that a chapter by one has two. JF and JO are both the
# journal's name, and the last of the two stays: "N Engl J Med" behind "The New England Journal of Medicine" is it, and
# in the other order the abbreviation is lost. Nothing is said.
#
# Where her2 meets it: `her2 cite --ris` writes references, which reading tools complete and hand on as RIS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" astrocite-ris@0.16.4
cat >show.js <<'JS'
const assert = require("assert");
const { parse } = require("astrocite-ris");
const read = (...lines) => parse([...lines, "ER  - ", ""].join("\n"))[0];
const FULL = "JF  - The New England Journal of Medicine";
const SHORT = "JO  - N Engl J Med";
const paper = read("TY  - JOUR", "AU  - Slamon, D. J., Jr.", "AU  - Roe, Jane", "TI  - An example", FULL, SHORT, "PY  - 2001");
const other = read("TY  - JOUR", "AU  - Roe, Jane", "TI  - An example", SHORT, FULL, "PY  - 2001");
const chapter = read("TY  - CHAP", "AU  - Roe, Jane", "A2  - Doe, John", "TI  - A chapter", "T2  - A book", "PY  - 2001");
console.log("astrocite-ris 0.16.4:", paper.author, chapter.author, chapter.editor, paper["container-title"], other["container-title"]);
const roe = { family: "Roe", given: "Jane" };
assert.deepStrictEqual({ ...paper.author[1] }, roe);
assert.deepStrictEqual({ ...paper.author[0] }, { family: "Slamon", given: "Jr.", suffix: "D. J." }, "suffixes are in their place now");
assert.deepStrictEqual(chapter.author.map((each) => each.family), ["Roe", "Doe"]);
assert.strictEqual(chapter.editor, undefined);
assert.deepStrictEqual([paper, other].map((each) => each["container-title"]), ["N Engl J Med", "The New England Journal of Medicine"]);
assert.strictEqual(other.journalAbbreviation, undefined);
JS
node show.js
