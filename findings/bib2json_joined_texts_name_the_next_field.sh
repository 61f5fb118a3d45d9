#!/usr/bin/env bash
# bib2json 0.0.1: a title joined of two texts loses its end, which becomes the name of the next field; Pérez is P'erez
#
# Expected: in BibTeX texts are joined by "#": title = "A trial" # " in HER2" is "A trial in HER2", and the field behind
# it keeps its name. {\'e} is é, in the form that BibTeX itself asks for as in \'{e}: the README says that directives of
# LaTeX become UTF-8. A year may stand without braces.
#
# Seen: the title is "A trial", and the field behind it, doi, is called "in", the first word of what was joined: a
# reference without a DOI, and no error. Accents are read only where the letter alone has braces: P{\'e}rez is P'erez,
# M{\"u}ller M"uller, Fran{\c c}ois "Franc cois", and S{\o}rlie, who found the subtypes, Sorlie, all without an error;
# P\'{e}rez is Pérez. year = 2001 is read right, and is an error: "Reference to an undefined macro: 2001".
#
# Where her2 meets it: her2 writes its references as BibTeX, with names as they were published.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts bib2json@0.0.1 >/dev/null
cat >example.js <<'END'
const assert = require("assert");
const parse = require("bib2json");

const read = (fields) => {
  const { entries, errors } = parse(`@article{a, ${fields}, journal = {Nature}}`);
  return [entries[0].Fields, errors.map((error) => error[error.length - 1])];
};
const [joined, none] = read('title = "A trial" # " in HER2", doi = {10.1000/182}');
const names = ["P\\'{e}rez", "P{\\'e}rez", 'M{\\"u}ller', "Fran{\\c c}ois", "S{\\o}rlie"].map((name) => {
  const [fields, errors] = read(`author = {${name}}`);
  assert.deepStrictEqual(errors, []);
  return fields.author;
});
const [dated, errors] = read("year = 2001");
console.log("bib2json 0.0.1:", joined, none, names, dated, errors);
assert.deepStrictEqual(none, [], "joined texts are an error now");
assert.strictEqual(joined.title, "A trial", "texts are joined now");
assert.strictEqual(joined.doi, undefined);
assert.strictEqual(joined.in, "10.1000/182", "the next field keeps its name now");
assert.deepStrictEqual(names, ["Pérez", "P'erez", 'M"uller', "Franc cois", "Sorlie"], "accents in braces are read now");
assert.strictEqual(dated.year, "2001");
assert.deepStrictEqual(errors, ["Reference to an undefined macro: 2001"], "a year may be bare now");
END
node example.js
