#!/usr/bin/env bash
# thunor 1.0.3: in a table of a plate of 1536 wells that it writes, rows AA to AF are called [ \ ] ^ _ `
#
# Expected: behind row Z come AA to AF, as its reader takes them and its own list of wells has them.
#
# Seen: `well_id_to_name`, by which `write_vanderbilt_hts` names wells, counts on in the alphabet of characters: AA1 is "[1",
# AB2 is "\2", AF48 is "`48". Nothing is said; thunor reads "[1" again as AA1, so that its own way there and back shows
# nothing, and other readers of wells find no well.
#
# Where her2 meets it: the doses of two drugs that `her2 combine` is held against are measured on such plates; thunor fits them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet thunor==1.0.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import csv
import io

from thunor.io import PlateMap, read_vanderbilt_hts, write_vanderbilt_hts

WELLS = ["Y1", "AA1", "AB2", "AF48"]
SIZE = {"plate_width": 48, "plate_height": 32}
HEAD = ["upid", "well", "time", "cell.count", "cell.line", "drug1", "drug1.conc", "drug1.units"]
rows = [HEAD, *(["P1", well, "72", "100", "BT474", "lapatinib", "1e-6", "M"] for well in WELLS)]
rows.append(["P1", "Z1", "72", "100", "BT474", "", "0", "M"])
data = read_vanderbilt_hts(io.StringIO("\n".join("\t".join(row) for row in rows) + "\n"), sep="\t", **SIZE)
write_vanderbilt_hts(data, "plate.tsv", **SIZE)
with open("plate.tsv") as file:
    written = [row["well"] for row in csv.DictReader(file, delimiter="\t") if row["drug1"] == "lapatinib"]
print("thunor 1.0.3:", dict(zip(WELLS, written)))
assert written == ["Y1", "[1", "\\2", "`48"], "rows beyond Z have their names now"
plate = PlateMap(width=48, height=32)
listed = plate.well_list()[plate.well_name_to_id("AA1")]
assert (str(listed["row"]), listed["col"]) == ("AA", 1)
assert plate.well_name_to_id("[1") == plate.well_name_to_id("AA1")
END
