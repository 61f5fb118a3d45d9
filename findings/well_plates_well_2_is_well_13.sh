#!/usr/bin/env bash
# well-plates 6.0.3: on a plate that is filled by its columns well 2 is called 13 again
#
# Expected: with sequential codes each well has one code, and the code that a well is given leads back to it.
#
# Seen: a code is read in the plate's order (2 is B1 on a plate that is filled by columns, the order BY_ROW of the
# package) and, where a row and a column are given, written in the other: B1 becomes 13. getPosition("2", "formatted")
# is "13", which read again is the well E2. A1's right neighbour is "2", though what was stored under "2" is in B1. In
# the order that is the default both agree.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, stand in rows and columns of such plates, and
# codes lead back to them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts well-plates@6.0.3 >/dev/null
cat >example.js <<'END'
const assert = require("assert");
const { IterationOrder, PositionFormat, WellPlate } = require("well-plates");

const size = { rows: 8, columns: 12, positionFormat: PositionFormat.Sequential };
const plate = (iterationOrder) => new WellPlate({ ...size, iterationOrder });
const down = plate(IterationOrder.ByRow);
const along = plate(IterationOrder.ByColumn);
down.setData("2", "lapatinib 10 nM");
const place = down.getPosition("2", "row_column");
const written = down.getPosition("2", "formatted");
const again = down.getPosition(written, "row_column");
const stored = [...down].find((well) => well.data);
console.log("well-plates 6.0.3:", place, written, again, stored);
assert.deepStrictEqual(place, { row: 1, column: 0 });
assert.deepStrictEqual([stored.position, stored.code], [{ row: 1, column: 0 }, "2"]);
assert.strictEqual(written, "13", "a code leads back to its well now");
assert.deepStrictEqual(again, { row: 4, column: 1 });
assert.strictEqual(down.getPosition({ row: 0, column: 1 }, "formatted"), "2", "each code has one well now");
assert.strictEqual(down.getData({ row: 0, column: 1 }), undefined);
assert.strictEqual(along.getPosition("2", "formatted"), "2");
END
node example.js
