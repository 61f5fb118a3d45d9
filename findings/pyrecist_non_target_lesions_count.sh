#!/usr/bin/env bash
# pyrecist 0.1.0: lesions that are not target lesions count in the sum of diameters, and a tumour that is gone is a partial response
#
# Expected: its page says that response is "based exclusively on target lesions"; a non-target lesion of the table changes nothing. By
# RECIST 1.1 target lesions of 0 mm are a complete response, CR, which is among its classes.
#
# Seen: the column that says target or non-target is checked and not used: 40 mm that shrink to 24 beside a non-target lesion of 60 mm are
# stable disease, not a partial response, and one that grows from 60 to 110 is a progression of the targets. CR is never given: 0 mm is PR.
#
# Where her2 meets it: what it foretells of drugs is held against responses in trials of trastuzumab and others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyrecist==0.1.0 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pathlib import Path

from pyrecist.assessment import Evaluator
from pyrecist.data import Reader


def response(*lesions):
    """What a second study says of lesions: their kind, and what they measure in the first and in the second."""
    rows = ["patient_id,study_date,measurement,lesion_label_alias,lesion_category"]
    for number, (kind, *sizes) in enumerate(lesions):
        rows += [f"1,{date},{size},{'ABC'[number]},{kind}" for date, size in zip((20250101, 20250401), sizes)]
    Path("lesions.csv").write_text("\n".join(rows) + "\n")
    reader = Reader()
    reader.read_measurements("lesions.csv")
    return Evaluator(reader).evaluate_recist().loc[0, ["baseline_burden", "classification"]].tolist()


alone = response(("target", 40.0, 24.0))
beside = response(("target", 40.0, 24.0), ("non-target", 60.0, 60.0))
other = response(("target", 40.0, 24.0), ("non-target", 60.0, 110.0))
gone = response(("target", 40.0, 0.0))
print("pyrecist 0.1.0:", alone, beside, other, gone)
assert alone == [40.0, "PR"]
assert beside == [100.0, "SD"], "target lesions alone count now"
assert other == [100.0, "PD"]
assert gone == [40.0, "PR"], "a complete response is told now"
END
