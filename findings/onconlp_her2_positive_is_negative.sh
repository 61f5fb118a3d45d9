#!/usr/bin/env bash
# onconlp 0.1.1: a "HER2-positive" carcinoma of a report has the biomarker "HER2-", and a kidney's eGFR is EGFR
#
# Expected: "HER2-positive" comes out as HER2 or as HER2+, "HER2+" as HER2+, "HER2-negative" as HER2-; "alkaline phosphatase" and
# "eGFR 62 ml/min", the filtration of the kidneys, name no biomarker.
#
# Seen: a hyphen behind HER2 is taken for the minus of a status, so that "HER2-positive" and "HER2-negative" are both HER2-, with
# a confidence of 0.8. Words are searched in capitals and within words: ALK is found in alkaline, EGFR in eGFR.
#
# Where her2 meets it: `her2 cohort` goes by tables of tumours and their status; made from reports in this way, each tumour that is
# called HER2-positive is negative.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps onconlp==0.1.1
cd "$folder"
venv/bin/python -W ignore - <<'END'
import logging

logging.disable(logging.CRITICAL)
from onconlp.core import OncologyTextProcessor

REPORTS = [
    "HER2+ breast cancer",
    "HER2-positive breast cancer",
    "HER2-negative breast cancer",
    "Breast cancer, HER2 positive",
    "Breast cancer. Alkaline phosphatase 80 U/l, eGFR 62 ml/min",
]
processor = OncologyTextProcessor()
seen = {report: processor.process(report) for report in REPORTS}
print("onconlp 0.1.1:", *(f"  {each.biomarkers}: {report}" for report, each in seen.items()), sep="\n")
found = [each.biomarkers for each in seen.values()]
assert found[0] == ["HER2+"]
assert found[1] == found[2] == ["HER2-"], "the two are told apart now"
assert found[3] == ["HER2"]
assert sorted(found[4]) == ["ALK", "EGFR"], "words are looked at as a whole now"
assert seen[REPORTS[1]].confidence_scores["biomarkers"] == 0.8
END
