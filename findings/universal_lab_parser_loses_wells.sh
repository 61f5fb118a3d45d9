#!/usr/bin/env bash
# universal-lab-parser 2.0.0: of a plate of 384 wells 96 come back, and a line "Date," above a plate of 96 costs its last rows
#
# Expected: a plate that SoftMax wrote is read to its end, whatever stands above it; a size that is not known is refused.
#
# Seen: twelve columns and eight lines are read, no more. The eight begin at the first line with a letter from A to H, which
# is "Date" or "Barcode" as well as row A. Rows and columns that are missing are not told, and the log says that it was parsed.
#
# Where her2 meets it: doses of two drugs, as `her2 combine` has them, are measured on such plates; controls stand at their edge.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet universal-lab-parser==2.0.0 pandas==2.3.3 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'EOF'
import lab_parser


def wells(name, rows, columns, above=()):
    lines = ["SoftMax Pro", *above, "," + ",".join(str(column + 1) for column in range(columns))]
    lines += [f"{chr(65 + row)}," + ",".join("0.5" for _ in range(columns)) for row in range(rows)]
    with open(name, "w") as file:
        file.write("\n".join(lines) + "\n")
    return set(lab_parser.read(name)["well"])


small = wells("plate96.csv", 8, 12)
dated = wells("dated.csv", 8, 12, above=["Date,2024-01-01", "Temperature,37"])
large = wells("plate384.csv", 16, 24)
print("universal-lab-parser 2.0.0: wells of 96:", len(small), "with a date above:", len(dated), "of 384:", len(large))
assert len(small) == 96
assert len(dated) == 60 and small - dated == {f"{row}{column + 1}" for row in "FGH" for column in range(12)}, "lines are found now"
assert large == small, "large plates are read now"
EOF
