#!/usr/bin/env bash
# ndjsonlib 0.0.4: read in chunks, a Dataset-JSON of 25 rows has 9: the first row is passed over, and every chunk but the first is empty
#
# Expected: `read_chunk` "allows reading a large dataset incrementally": chunk by chunk, all rows come, and from row 10 on the ten
# that follow. `JsonDataFile(chunk_size=10)` hands over ten rows at a time.
#
# Seen: it begins at row 1, not 0, and stops at the tenth line of the file, wherever the chunk begins. An empty answer is what the end
# of the file looks like, so that nothing tells. JsonDataFile forgets its chunk_size for the default of 1000: whoever is past
# row 1000 gets no row.
#
# Where her2 meets it: tables of trials in CDISC's Dataset-JSON; of a thousand tumours of a cohort those beyond would be missing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ndjsonlib==0.0.4
cd "$folder"
venv/bin/python -W ignore - <<'END'
import json

from ndjsonlib.data_file import DataFile
from ndjsonlib.json_data_file import JsonDataFile


def numbers(rows):
    return [row[1] for row in rows]


with open("tumours_data.ndjson", "w") as file:
    file.writelines(json.dumps([f"T{number:02}", number]) + "\n" for number in range(25))
columns = [{"itemOID": f"IT.{name}", "name": name, "label": name, "dataType": kind} for name, kind in (("ID", "string"), ("N", "integer"))]
JsonDataFile("many", ".").write_dataset(
    {
        "datasetJSONCreationDateTime": "2024-01-01T00:00:00",
        "datasetJSONVersion": "1.1.0",
        "studyOID": "ST.MANY",
        "itemGroupOID": "IG.MANY",
        "records": 1200,
        "name": "MANY",
        "label": "Tumours",
        "columns": columns,
        "rows": [[f"T{number}", number] for number in range(1200)],
    }
)
file = DataFile("tumours_data.ndjson", chunk_size=10)
chunks = [numbers(file.read_chunk(is_return_list=True)) for _ in range(3)]
starts = [numbers(DataFile("tumours_data.ndjson", chunk_size=10).read_chunk(start, is_return_list=True)) for start in (0, 10, 20)]
data = JsonDataFile("many", ".", chunk_size=10)
offsets = {offset: len(data.read_dataset_chunk(offset)["rows"]) for offset in (0, 995, 1000)}
print("ndjsonlib 0.0.4: chunks", chunks, "from rows 0, 10, 20:", starts, "rows by offset:", offsets)
assert len(DataFile("tumours_data.ndjson").read_file(is_return_list=True)) == 25
assert chunks == [list(range(1, 10)), [], []], "all rows come now"
assert starts == [list(range(10)), [], []]
assert offsets == {0: 1000, 995: 5, 1000: 0}
END
