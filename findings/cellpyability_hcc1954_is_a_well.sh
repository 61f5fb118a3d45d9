#!/usr/bin/env bash
# cellpyability 1.0.0: the cell line HCC1954 is the well C19, wherever its image was taken, and its cells are not counted
#
# Expected: names of images "must contain their corresponding well"; HCC1954_B02.tif is that of well B02.
#
# Seen: the first letter from A to H before a digit is taken, "C19" of HCC1954, "C15" of HCC1569, "C20" of HCC202, "A23" of MDA231.
# In the matrix of counts, which has columns 2 to 11, these images are not there, and nothing is said. With two images of such a
# line the run stops with "Index contains duplicate entries". BT474, SKBR3 and AU565 are right, as no such letter stands before their digits.
#
# Where her2 meets it: HCC1954 and BT474 are HER2-positive lines that it knows (`her2 compare`), and viability under drugs is what it foretells.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cellpyability==1.0.0 pandas==2.3.3 numpy==1.26.4
cd "$folder"
venv/bin/python -W ignore - <<'END' 2>/dev/null
import csv
from pathlib import Path

from cellpyability.simple_analysis import run_simple

IMAGES = {"HCC1954_B02.tif": 900, "HCC1569_C02.tif": 800, "BT474_D02.tif": 700, "SKBR3_E02.tif": 600}


def counts(images):
    Path("counts.csv").write_text("FileName_DAPI,Count_Nuclei\n" + "".join(f"{name},{n}\n" for name, n in images.items()))
    run_simple("pilot", image_dir=None, counts_file="counts.csv", output_dir="out")
    with open("out/simple_output/pilot_simple_CountMatrix.csv") as file:
        rows = [row for row in csv.DictReader(file)]
    return {row["Row"] + column: float(n) for row in rows for column, n in row.items() if column != "Row" and n}


plain = counts({name.split("_")[1]: n for name, n in IMAGES.items()})
seen = counts(IMAGES)
print("cellpyability 1.0.0:", seen, "and by the wells alone:", plain)
assert plain == {"B2": 900, "C2": 800, "D2": 700, "E2": 600}
assert seen == {"D2": 700, "E2": 600}, "the well is found behind the name of the line now"
try:
    counts({"HCC1954_B02.tif": 900, "HCC1954_B03.tif": 850})
except ValueError as error:
    assert "duplicate" in str(error)
else:
    raise AssertionError("two wells of HCC1954 are told apart now")
END
