#!/usr/bin/env bash
# plateparser 0.1.0: well A2 lies in row 2, and one empty well makes 48 or 6 wells of 96
#
# Expected: `tidyFormat` gives each well of a plate its row and its column, and an empty well has no value.
#
# Seen: `row` counts from 1 to 8 again and again along the wells, so that A2 is in row 2 and A9 in row 1; only `well`, `column`
# and `values` belong together. A line with an empty well is left out before the size is guessed: without H12 the plate is
# one of 6 by 8, without C5 one of 2 by 3, and the rest is gone. The size is printed, and nothing else is said.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, stand in the rows and columns of such plates.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet plateparser==0.1.0 pandas==2.3.3
cd "$folder"
venv/bin/python - <<'EOF'
import pandas
import plateparser


def tidy(empty=None):
    wells = [[f"{(row + 1) * 100 + column + 1}" for column in range(12)] for row in range(8)]
    if empty:
        wells[empty[0]][empty[1]] = ""
    lines = ["," + ",".join(str(column + 1) for column in range(12))]
    lines += [f"{chr(65 + row)}," + ",".join(values) for row, values in enumerate(wells)]
    with open("plate.csv", "w") as file:
        file.write("\n".join(lines) + "\n")
    return plateparser.tidyFormat(pandas.read_csv("plate.csv", header=None))


full = tidy().set_index("well")
rows = {well: (full.loc[well, "row"], full.loc[well, "column"], full.loc[well, "values"]) for well in ("A1", "A2", "A9", "B1")}
sizes = {well: len(tidy(place)) for well, place in {"H12": (7, 11), "C5": (2, 4), "E1": (4, 0)}.items()}
print("plateparser 0.1.0: row, column, value:", rows, "wells, if one is empty:", sizes)
assert len(full) == 96 and all(full.loc[well, "values"] == value for well, value in {"A1": 101, "B1": 201, "H12": 812}.items())
assert [int(rows[well][0]) for well in ("A1", "A2", "A9")] == [1, 2, 1], "rows are rows now"
assert sizes == {"H12": 48, "C5": 6, "E1": 24}, "empty wells are heard now"
EOF
