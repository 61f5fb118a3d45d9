#!/usr/bin/env bash
# logical-expression-parser 1.0.0: `!PTEN&EGFR` is read as "PTEN and not EGFR", and `EGFR&!PTEN` holds in cells without both
#
# Expected: of the operators that its page names, | & ! and brackets, ! belongs to the name behind it and & binds tighter than |, as in JavaScript
# and in BNET.
#
# Seen: names and operators are put in order each for themselves: the ! of the first rule comes to EGFR, in the second it stands before the
# whole: not (EGFR and PTEN). `EGFR|RAS&RAF` is EGFR and (RAS or RAF). With brackets around each pair all are right. Its fork
# @jeanbenitez/logical-expression-parser 1.0.0 knows no !, and reads `EGFR OR RAS AND RAF` in the same way. No error is raised.
#
# Where her2 meets it: rules in the BNET that her2 writes have just these signs, as `!HER2_TAKEN_IN & (HER2_HIGH | ...)` (without its blanks,
# which are parts of names to this parser).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" logical-expression-parser@1.0.0 @jeanbenitez/logical-expression-parser@1.0.0
cat >rules.js <<'JS'
const assert = require("assert");
const parser = require("logical-expression-parser");
const fork = require("@jeanbenitez/logical-expression-parser");
const states = (names) =>
  [...Array(2 ** names.length).keys()].map((number) => names.filter((_, place) => (number >> place) & 1));
// The states, as the names that are on, in which a rule holds.
const holds = (reader, rule, names) =>
  states(names)
    .filter((on) => reader.parse(rule, (name) => on.includes(name)))
    .map((on) => on.join(" ") || "none");
const two = ["EGFR", "PTEN"];
const three = ["EGFR", "RAS", "RAF"];
const seen = {
  first: holds(parser, "!PTEN&EGFR", two),
  second: holds(parser, "EGFR&!PTEN", two),
  brackets: holds(parser, "EGFR&(!PTEN)", two),
  mixed: holds(parser, "EGFR|RAS&RAF", three),
  apart: holds(parser, "EGFR|(RAS&RAF)", three),
  fork: holds(fork, "EGFR OR RAS AND RAF", three),
};
console.log("logical-expression-parser 1.0.0:", seen);
assert.deepStrictEqual(seen.brackets, ["EGFR"]);
assert.deepStrictEqual(seen.first, ["PTEN"], "the ! stays where it is now");
assert.deepStrictEqual(seen.second, ["none", "EGFR", "PTEN"], "the ! is that of PTEN now");
const right = ["EGFR", "EGFR RAS", "RAS RAF", "EGFR RAF", "EGFR RAS RAF"].sort();
assert.deepStrictEqual(seen.apart.sort(), right);
const wrong = ["EGFR RAF", "EGFR RAS", "EGFR RAS RAF"];
assert.deepStrictEqual(seen.mixed.sort(), wrong, "& binds tighter now");
assert.deepStrictEqual(seen.fork.sort(), wrong, "AND binds tighter now");
JS
node rules.js
