#!/usr/bin/env bash
# js-quantities 1.8.0: an enzyme unit, 1 U, is a ten-millionth of a µmol a minute
#
# Expected: 1 U turns one µmol over in a minute; pint 0.25.3 and ucum-lhc 7.1.10 say so.
#
# Seen: `Qty("1 U").to("umol/min")` is 1.00002e-7: the seconds are right, the power of ten is not. So 10 U/ml of a kinase, read with it, are
# 1.7e-8 mol a second in a cubic metre, where pint has 0.17. Units per ml among themselves are right, and so are nM, ng/ml, Da and the katal;
# only where U meets mol is the factor there, and nothing is said.
#
# Where her2 meets it: the activity of a receptor's kinase is given as nmol/min/mg by some and as U/mg by others, and rates of models are
# made from either.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pint==0.25.3
cd "$folder"
npm install --silent --no-save --prefix "$folder" js-quantities@1.8.0 @lhncbc/ucum-lhc@7.1.10
cat >units.js <<'JS'
const assert = require("assert");
const Qty = require("js-quantities");
const ucum = require("@lhncbc/ucum-lhc").UcumLhcUtils.getInstance();
const read = Qty("1 U").to("umol/min").scalar;
const other = ucum.convertUnitTo("U", 1, "umol/min").toVal;
const kinase = Qty("10 U/ml").toBase().scalar;
console.log("js-quantities 1.8.0: 1 U =", read, "umol/min;", "ucum-lhc:", other, "| 10 U/ml =", kinase, "mol/s/m3");
assert.ok(Math.abs(other - 1) < 1e-9);
assert.ok(Math.abs(read - 1e-7) < 1e-11, "an enzyme unit is right now");
assert.ok(Math.abs(kinase - 1.6667e-8) < 1e-12);
assert.strictEqual(Qty("1 katal").to("mol/s").scalar, 1);
assert.ok(Math.abs(Qty("5 nM").to("nmol/l").scalar - 5) < 1e-9);
JS
node units.js
venv/bin/python - <<'EOF'
import pint

units = pint.UnitRegistry()
one, kinase = units("1 U").to("umol/min").magnitude, units("10 U/ml").to_base_units().magnitude
print("pint 0.25.3: 1 U =", one, "umol/min | 10 U/ml =", round(kinase, 5), "mol/s/m3")
assert abs(one - 1) < 1e-9 and abs(kinase - 1 / 6) < 1e-9
EOF
