#!/usr/bin/env bash
# labparse 0.1.0: of a SoftMax Pro export of two plates the second is not there, and nothing is said
#
# Expected: a kinetic export begins with the number of its plates, "##BLOCKS= 2", and each plate ends with "~End": both
# are read. A file whose wells were read twice, as absorbance and as fluorescence, gives two series of each well, or an
# error.
#
# Seen: everything behind the first "~End" is cut off, so that the second plate is not there, and nothing is said. Where
# a second header with the same wells follows, its rows go on counting as later cycles: after 0.2 the absorbance of A1
# "rises" to 5000. In a table of one row per well each row is a cycle of its own, so that wide() has one value in each
# row, and the rest is empty.
#
# Where her2 meets it: viability under drugs is read on such plates, one cell line on each, before it becomes a table
# that her2 compares with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet labparse==0.1.0 pandas==2.3.3 numpy==1.26.4
cd "$folder"
LABPARSE_LLM=off LABPARSE_RECIPES_DIR="$folder/recipes" venv/bin/python - <<'END'
from pathlib import Path

import labparse

WELLS = [f"{row}{column}" for row in "AB" for column in range(1, 7)]


def series(values, separator, label):
    yield separator.join([label, "Temperature", *WELLS])
    for minute, value in zip((0, 5), values):
        yield separator.join([f"0:0{minute}:00", "37.0", *[str(value)] * 12])


def read(name, *lines):
    Path(name).write_text("\n".join(lines) + "\n")
    return labparse.parse(name, llm="off")


plates = ["##BLOCKS= 2"]
for line, values in {"SKBR3": (0.1, 0.2), "BT474": (0.7, 0.8)}.items():
    plates += [f"Plate:\t{line}\t1.3\tTimeFormat\tKinetic\tAbsorbance"]
    plates += [*series(values, "\t", "Time(hh:mm:ss)"), "", "~End"]
plates = read("plates.txt", *plates)
readings = [*series((0.1, 0.2), ",", "Time"), "", "Read 2:560,590", *series((5000, 6000), ",", "Time")]
twice = read("twice.csv", "Read 1:450", *readings)
rows = read("rows.csv", "well,drug,value", "A1,lapatinib,0.9", "A2,lapatinib,0.5")
one = twice.data[twice.data.well == "A1"]
print("labparse 0.1.0, two plates:", plates.recipe_name, sorted(set(plates.data.value)))
print("labparse 0.1.0, two readings of A1:", list(one.cycle), list(one.value))
assert plates.recipe_name == "spectramax_kinetic"
assert sorted(set(plates.data.value)) == [0.1, 0.2], "the second plate is read now"
assert list(one.value) == [0.1, 0.2, 5000, 6000] and list(one.cycle) == [1, 2, 3, 4], "two readings are told apart now"
assert rows.wide().shape == (2, 2) and rows.wide().isna().sum().sum() == 2, "a row is no cycle now"
END
