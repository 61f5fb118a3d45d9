#!/usr/bin/env bash
# @atomic-ehr/ucum 0.2.5: an international unit is a share of a mole, and mL/min/{1.73_m2}, in which kidneys are measured, is none
#
# Expected: UCUM's arbitrary units, [IU] and others, can be compared with nothing but themselves, "units without defined conversion factors" as
# its page says. What stands in braces is a remark and counts as 1: mL/min/{1.73_m2} is mL/min. validate() says of a wrong unit that
# it is not valid.
#
# Seen: they are all 1, so that 30 k[IU]/L of a tumour marker are 5e-11 nmol/L, a plaque or colony forming unit is one [IU], and
# isConvertible() says true. In braces, where UCUM allows all of ASCII, an underscore behind a number, or a comma, is refused:
# convert() raises, and so does validate() itself. {cells}, {HER2+} and mg/dL are right, and so is the enzyme's unit, U.
#
# Where her2 meets it: tables of patients, as `her2 cohort` reads, have tumour markers in units and kidneys' function beside HER2.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @atomic-ehr/ucum@0.2.5
cat >show.mjs <<'JS'
import assert from "assert";
import { ucum } from "@atomic-ehr/ucum";

const near = (seen, value) => assert.ok(Math.abs(seen / value - 1) < 1e-6, `${seen} is not ${value}`);
const seen = {
  marker: ucum.convert(30, "k[IU]/L", "nmol/L"),
  colonies: ucum.convert(1, "[CFU]", "[PFU]"),
  arbitrary: ucum.isArbitraryUnit("[IU]"),
  comparable: ucum.isConvertible("[IU]", "mol"),
  cells: ucum.convert(5, "{cells}/uL", "10*6/L"),
  enzyme: ucum.convert(1, "U", "umol/min"),
};
console.log("@atomic-ehr/ucum 0.2.5:", seen);
near(seen.cells, 5);
near(seen.enzyme, 1);
assert.ok(seen.arbitrary);
near(seen.marker, 30000 / 6.02214076e23 / 1e-9);
assert.ok(seen.comparable, "arbitrary units stand alone now");
near(seen.colonies, 1);
assert.throws(() => ucum.convert(60, "mL/min/{1.73_m2}", "mL/min"), /Invalid source unit/);
assert.throws(() => ucum.validate("mL/min/{1.73_m2}"), /Unexpected character '_'/);
assert.strictEqual(ucum.validate("{HER2+}/uL").valid, true);
JS
node show.mjs
