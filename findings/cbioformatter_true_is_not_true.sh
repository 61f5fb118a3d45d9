#!/usr/bin/env bash
# cbioformatter 0.3.0: it says that cBioPortal accepts only TRUE and FALSE, and writes True and False
#
# Expected: a column of booleans has the type BOOLEAN in the file of clinical data, and the values TRUE and FALSE, as
# cBioPortal "accepts only literal TRUE/FALSE", in the words of the function that finds the type. An id is a text,
# whatever it looks like.
#
# Seen: the type is BOOLEAN, and the values are True and False, as pandas writes them; texts "true" and "false" make a
# BOOLEAN too and stay as they are. Patients "101" and "102", texts here, have an id of the type NUMBER, in the file of
# the patients and in that of the samples. A column "HER2 +" is HER2_, and so is "HER2 -". Nothing is said.
#
# Where her2 meets it: her2 reads cohorts in cBioPortal's files, with the alterations and the clinical data of each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cbioformatter==0.3.0 pandas==2.2.3 numpy==2.2.6
cd "$folder"
venv/bin/python -W ignore - <<'END'
import inspect

import pandas as pd
from cbioformatter import ClinicalStudy
from cbioformatter.utils import infer_cbioportal_type

samples = pd.DataFrame({
    "SAMPLE_ID": ["a", "b"], "PATIENT_ID": ["101", "102"], "PRETREATED": [True, False], "RELAPSED": ["true", "false"],
    "HER2 +": ["yes", "no"],
})
about = {"study_id": "her2", "name": "HER2", "description": "HER2", "cancer_type": "brca", "genome_build": "GRCh38"}
folder = ClinicalStudy(**about, sample_data=samples).write_files(".", validate=False)
lines = [line.split("\t") for line in (folder / "data_clinical_sample.txt").read_text().splitlines()]
types, columns, values = lines[2], lines[4], lines[5:]
patients = (folder / "data_clinical_patient.txt").read_text().splitlines()
print("cbioformatter 0.3.0:", types, columns, values, patients[2])
assert "accepts only literal TRUE/FALSE" in inspect.getdoc(infer_cbioportal_type)
assert columns == ["SAMPLE_ID", "PATIENT_ID", "PRETREATED", "RELAPSED", "HER2_"]
assert types == ["#STRING", "NUMBER", "BOOLEAN", "BOOLEAN", "STRING"] and patients[2] == "#NUMBER", "ids are texts now"
assert [row[2:4] for row in values] == [["True", "true"], ["False", "false"]], "TRUE is TRUE now"
END
