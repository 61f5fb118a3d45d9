#!/usr/bin/env bash
# xport-js 0.3.1: of three patients in an XPT file there are five, and as objects they are empty lists
#
# Expected: SAS fills a table of XPT up to a multiple of 80 bytes with blanks, which are no rows, and a file may hold several tables:
# a table of three rows has three, as pyreadstat reads it, and `type: "object"` gives objects. In CSV a quotation mark is doubled.
#
# Seen: blanks are rows: two patients without a name and with 3.7e-40 months, and 11 of them where a row is short, in `getData`, in `records`
# of the Dataset-JSON and in the CSV. Objects are arrays that carry the values under the columns' names, so that JSON of three
# patients is [[],[],[],[],[]]. A second table of the file is read on as rows of the first, headers and all. Of several quotation
# marks in a text the first alone is doubled.
#
# Where her2 meets it: tables of trials, whose arms its predictions are held against, come as XPT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-save --prefix "$folder" xport-js@0.3.1
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyreadstat==1.3.7 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import pandas as pd
import pyreadstat

tables = {
    "adtte": pd.DataFrame({"USUBJID": ["S001", "S002", "S003"], "AVAL": [12.5, 3.25, 7.0], "NOTE": ['a "big" one, 5"', "b", "c"]}),
    "adbm": pd.DataFrame({"USUBJID": ["S001", "S002"], "HER2": ["3+", "1+"]}),
}
files = []
for name, table in tables.items():
    pyreadstat.write_xport(table, f"{name}.xpt", table_name=name.upper(), file_format_version=5)
    assert len(pyreadstat.read_xport(f"{name}.xpt")[0]) == len(table)
    with open(f"{name}.xpt", "rb") as file:
        files.append(file.read())
with open("both.xpt", "wb") as file:
    file.write(files[0] + files[1][240:])
END
cat >example.js <<'END'
const assert = require("assert");
const fs = require("fs");
const module_ = require("xport-js");
const Library = module_.default || module_;

(async () => {
  const rows = async (name, options = {}) => new Library(`${name}.xpt`).getData(options);
  const adtte = await rows("adtte");
  const objects = await rows("adtte", { type: "object" });
  const library = new Library("adtte.xpt");
  const { records } = await library.getMetadata("dataset-json1.1");
  await library.toCsv(".");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const csv = fs.readFileSync("ADTTE.csv", "utf8").split("\n");
  const counts = { adtte: adtte.length, adbm: (await rows("adbm")).length, both: (await rows("both")).length, records };
  console.log("xport-js 0.3.1:", counts, JSON.stringify(adtte), "as objects:", JSON.stringify(objects), csv[1]);
  assert.deepStrictEqual(adtte.slice(0, 3).map((row) => row[1]), [12.5, 3.25, 7]);
  assert.strictEqual(counts.adtte, 5, "blanks are no rows now");
  assert.ok(adtte[4][0] === "" && adtte[4][1] > 0 && adtte[4][1] < 1e-39);
  assert.ok(counts.records === 5 && counts.adbm === 13 && counts.both > 18);
  assert.strictEqual(JSON.stringify(objects), "[[],[],[],[],[]]", "objects are objects now");
  assert.strictEqual(objects[0].USUBJID, "S001");
  assert.strictEqual(csv[1], 'S001,12.5,"a ""big" one, 5""', "quotation marks are doubled now");
})();
END
node example.js
