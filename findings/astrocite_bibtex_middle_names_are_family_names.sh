#!/usr/bin/env bash
# astrocite-bibtex 0.16.4: Dennis J. Slamon has the family name "J. Slamon", and words in italics are not there
#
# Expected: without a comma the last word is BibTeX's family name, and all before it given names: Dennis J. Slamon is
# Slamon. A name in braces is one name. \textit{in vivo} stands for the words "in vivo". An article in a journal is
# CSL's "article-journal"; "article" is a preprint. A month is a number.
#
# Seen: only the first word is a given name: the family is "J. Slamon", sorted under J, and of "Marc J. van der Vijver"
# it is "J. van der Vijver". {The Cancer Genome Atlas} is "Cancer Genome Atlas", with the given name "The". Of a
# title that works "\textit{in vivo} and in patients" nothing stays of the italics. "and others" is dropped, so that the
# authors are all there. Every article is a preprint. The month {June} is "June", and a date without one has an
# empty month and an empty day. No error.
#
# Where her2 meets it: her2 writes its references as BibTeX, and pages read them as CSL-JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts astrocite-bibtex@0.16.4 >/dev/null
cat >example.js <<'END'
const assert = require("assert");
const { parse } = require("astrocite-bibtex");

const read = (fields) => parse(`@article{a, ${fields}, journal = {Nature}}`)[0];
const { author } = read("author = {Slamon, Dennis J. and Dennis J. Slamon and Marc J. van der Vijver and others}");
const [group] = read("author = {{The Cancer Genome Atlas}}").author;
const { title, type } = read("title = {It works \\textit{in vivo} and in patients}");
const dates = ["year = 2001", "year = 2001, month = {June}"].map((fields) => read(fields).issued["date-parts"][0]);
console.log("astrocite-bibtex 0.16.4:", author, group, [title, type], dates);
assert.deepStrictEqual(author[0], { family: "Slamon", given: "Dennis J." });
assert.deepStrictEqual(author[1], { family: "J. Slamon", given: "Dennis" }, "given names are given names now");
assert.deepStrictEqual(author[2], { family: "J. van der Vijver", given: "Marc" });
assert.strictEqual(author.length, 3, "others are told now");
assert.deepStrictEqual(group, { family: "Cancer Genome Atlas", given: "The" }, "a group is one name now");
assert.ok(!title.includes("in vivo") && title.startsWith("It works"), "words in italics stay now");
assert.strictEqual(type, "article", "articles are of a journal now");
assert.deepStrictEqual(dates, [["2001", "", ""], ["2001", "June", ""]], "dates are dates now");
END
node example.js
