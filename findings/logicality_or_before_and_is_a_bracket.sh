#!/usr/bin/env bash
# @bluemarblepayroll/logicality 2.0.0: `EGFR || ERBB2 && SHC1` is off where EGFR is on, and `ERBB2 && SHC1 || EGFR` is on
#
# Expected: && binds more closely than ||, as in JavaScript, whose signs these are, and in the formats of Boolean
# networks: the order of the two alternatives means nothing.
#
# Seen: both have one rank and go from left to right, so that the first rule is (EGFR || ERBB2) && SHC1. Its README
# lists `a && b || c` and `(a && b) || (c && (d || e && f))`, says nothing of ranks, and the first of them is right
# either way. ! is right. Nothing is said.
#
# Where her2 meets it: `her2 export bnet` writes rules with & and |, which are such expressions once the signs are
# doubled; in them an alternative may stand first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @bluemarblepayroll/logicality@2.0.0
cat >show.js <<'JS'
const assert = require("assert");
const { evaluate } = require("@bluemarblepayroll/logicality");
const on = { EGFR: true, ERBB2: false, SHC1: false };
const asked = (rule) => [evaluate(rule, on), new Function(...Object.keys(on), `return ${rule}`)(...Object.values(on))];
const first = asked("EGFR || ERBB2 && SHC1");
const last = asked("ERBB2 && SHC1 || EGFR");
const bracket = asked("EGFR || (ERBB2 && SHC1)");
console.log("@bluemarblepayroll/logicality 2.0.0 and JavaScript:", first, last, bracket);
assert.deepStrictEqual(last, [true, true]);
assert.deepStrictEqual(bracket, [true, true]);
assert.deepStrictEqual(asked("!EGFR || !ERBB2"), [true, true]);
assert.deepStrictEqual(first, [false, true], "&& binds more closely now");
JS
node show.js
