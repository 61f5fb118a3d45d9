#!/usr/bin/env bash
# dsjconvert 0.9.1: from XPT to Dataset-JSON and back, half past four on 3 February 2020 is six in the morning of 1 January 1960
#
# Expected: a "full XPT -> JSON -> XPT conversion cycle" gives the same dates: SAS counts a datetime in seconds from 1960 and tells it
# by its format. A column that Dataset-JSON 1.1 calls a date with the target data type integer is a SAS date in XPT, and a decimal,
# which it writes as text, is a number.
#
# Seen: datetimes become days, 21948.1875, and go back into XPT as they are, where SAS takes them for seconds; the formats of dates
# and datetimes are lost, so that nothing tells any more what they are. One datetime that is missing, and the table is not converted
# at all. From a Dataset-JSON of another program, dates and decimals are text in XPT.
#
# Where her2 meets it: tables of trials, whose arms its predictions are held against, are handed over in these two formats.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet dsjconvert==0.9.1 pyreadstat==1.3.7 pandas==2.3.3 linkml==1.12.1
cd "$folder"
venv/bin/python -W ignore - <<'END'
import datetime
import json
import logging
import os

logging.disable(logging.CRITICAL)
import pandas as pd
import pyreadstat
from dsjconvert import DatasetJSONToXPTConverter, XPTConverter
from dsjconvert.xpt_writer import write_dataset_json_to_xpt

FORMATS = {"ADT": "DATE9.", "ADTM": "DATETIME20."}


def through(when):
    table = pd.DataFrame({"USUBJID": ["S001", "S002"], "ADT": [21948.0, 21949.0], "ADTM": [1896323400.0, when]})
    pyreadstat.write_xport(table, "adtte.xpt", table_name="ADTTE", file_format_version=5, variable_format=FORMATS)
    os.makedirs("json", exist_ok=True)
    os.makedirs("xpt", exist_ok=True)
    path = XPTConverter(output_format="json").convert_dataset("adtte.xpt", "json")
    return DatasetJSONToXPTConverter(input_format="json").convert_dataset(path, "xpt")


back, about = pyreadstat.read_xport(through(1896323460.0))
before, _ = pyreadstat.read_xport("adtte.xpt")
read = datetime.datetime(1960, 1, 1) + datetime.timedelta(seconds=float(back["ADTM"][0]))
try:
    told = through(float("nan"))
except Exception as error:
    told = str(error)
columns = [
    {"itemOID": "IT.ADT", "name": "ADT", "label": "Analysis Date", "dataType": "date", "targetDataType": "integer"},
    {"itemOID": "IT.AVAL", "name": "AVAL", "label": "Analysis Value", "dataType": "decimal", "targetDataType": "decimal"},
    {"itemOID": "IT.CNSR", "name": "CNSR", "label": "Censor", "dataType": "integer"},
]
dataset = {"datasetJSONVersion": "1.1.0", "itemGroupOID": "IG.ADTTE", "records": 1, "name": "ADTTE", "label": "Time to Event"}
with open("other.json", "w") as file:
    json.dump({**dataset, "columns": columns, "rows": [["2020-02-03", "12.5", 0]]}, file)
write_dataset_json_to_xpt("other.json", "other.xpt")
_, other = pyreadstat.read_xport("other.xpt")
print("dsjconvert 0.9.1:", before["ADTM"][0], "->", read, about.original_variable_types, other.readstat_variable_types, told)
assert before["ADTM"][0] == datetime.datetime(2020, 2, 3, 4, 30) and str(before["ADT"][0]) == "2020-02-03"
assert read.replace(microsecond=0) == datetime.datetime(1960, 1, 1, 6, 5, 48), "datetimes are seconds again now"
assert back["ADT"].tolist() == [21948.0, 21949.0] and set(about.original_variable_types.values()) == {None}
assert "NaTType" in told
assert other.readstat_variable_types == {"ADT": "string", "AVAL": "string", "CNSR": "double"}, "dates and decimals are numbers now"
END
