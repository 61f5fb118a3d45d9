#!/usr/bin/env bash
# dsjson 1.2: in a CDISC Dataset-JSON each column is a key of the table, and SEX is four letters long where one is missing
#
# Expected: `keySequence` is given to the few variables that tell rows apart and sort them, STUDYID and USUBJID; SEX with "F" and "M" has
# length 1.
#
# Seen: `make_column_metadata` numbers all columns through as keys, SEX and a tumour's H-score too, so that two rows of one patient are
# no duplicates to whoever goes by the keys, if a value differs. The length is that of the printed column, in which a missing value
# reads "None": 4 for SEX. Nothing is said. (1.3, for Python 3.12 and later, has the same lines.)
#
# Where her2 meets it: trials give out patients and their receptors so, and `her2 cohort` reads tables with one row a tumour.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet dsjson==1.2 pandas==2.3.3 numpy==2.3.5
cd "$folder"
venv/bin/python -W ignore - <<'END'
import json

import dsjson
import pandas as pd

table = pd.DataFrame(
    {
        "STUDYID": ["T1", "T1", "T1"],
        "USUBJID": ["001", "002", "003"],
        "SEX": ["F", None, "M"],
        "HSCORE": [280, 120, 300],
    }
)
columns = dsjson.make_column_metadata(table, {}, "DM")
made = dsjson.to_dataset_json(table, columns, name="DM", label="Demographics", itemGroupOID="IG.DM")
made = json.loads(json.dumps(made, default=int))
keys = {column["name"]: column.get("keySequence") for column in made["columns"]}
lengths = {column["name"]: column.get("length") for column in made["columns"]}
print("dsjson 1.2:", keys, lengths, made["rows"][1])
assert made["rows"][1] == ["T1", "002", None, 120]
assert lengths["USUBJID"] == 3
assert lengths["SEX"] == 4, "what is missing has no length now"
assert keys == {"STUDYID": 1, "USUBJID": 2, "SEX": 3, "HSCORE": 4}, "not all columns are keys now"
END
