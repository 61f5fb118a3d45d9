#!/usr/bin/env bash
# brightohir 2.1.2: from FHIR R4 to R5, the drug of a MedicationStatement, the day of a Procedure and the reason of a prescription stay in R4
#
# Expected: `r4_to_r5` gives what R5 allows: medicationCodeableConcept becomes medication.concept, performedDateTime occurrenceDateTime,
# reasonCode reason.concept. Its own `conversion_status` lists the first of these for MedicationStatement.
#
# Seen: MedicationStatement and Procedure come as they went in, under their old names, and of a MedicationRequest the reason does:
# fhir.resources 8.3.0, which it is built on, refuses all three as R5. By default nothing is checked and nothing said; with
# validate=True they cannot be converted at all. To whoever reads R5, the trastuzumab has no name and the mastectomy no day.
#
# Where her2 meets it: treatments of tumours, for `her2 cohort`, come out of such records.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet brightohir==2.1.2 fhir.resources==8.3.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import importlib

from brightohir import conversion_status, r4_to_r5
from pydantic import ValidationError

PATIENT = {"subject": {"reference": "Patient/P1"}}


def coded(text):
    return {"text": text}


RESOURCES = [
    {"resourceType": "MedicationStatement", "status": "completed", "medicationCodeableConcept": coded("trastuzumab"), **PATIENT},
    {"resourceType": "Procedure", "status": "completed", "code": coded("mastectomy"), "performedDateTime": "2020-01-01", **PATIENT},
    {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": coded("lapatinib"),
        "reasonCode": [coded("breast cancer")],
        **PATIENT,
    },
]


def refused(resource, version=""):
    kind = resource["resourceType"]
    model = getattr(importlib.import_module(f"fhir.resources.{version}{kind.lower()}"), kind)
    try:
        model.model_validate(resource)
    except ValidationError as error:
        return sorted(str(each["loc"][0]) for each in error.errors())
    return []


assert not any(refused(resource, "R4B.") for resource in RESOURCES)
converted = [r4_to_r5(dict(resource)) for resource in RESOURCES]
seen = {each["resourceType"]: refused(each) for each in converted}
status = {each["resourceType"]: conversion_status(each["resourceType"])["status"] for each in RESOURCES}
print("brightohir 2.1.2: refused as R5:", seen, "it says:", status)
assert seen == {
    "MedicationStatement": ["medication", "medicationCodeableConcept"],
    "Procedure": ["performedDateTime"],
    "MedicationRequest": ["reasonCode"],
}, "R5 is R5 now"
assert converted[:2] == RESOURCES[:2] and converted[2]["medication"] == {"concept": coded("lapatinib")}
assert ("rename", "medication[x]", "medication (CodeableReference)") in conversion_status("MedicationStatement")["changes"]
assert status["Procedure"] == "compatible"
END
