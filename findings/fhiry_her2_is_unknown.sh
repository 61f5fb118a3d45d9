#!/usr/bin/env bash
# fhiry 5.2.2: "HER2: Positive" of FHIR is "Value: unknown", "< 5 %" is 5 %, a refuted cancer "was diagnosed", and tumours lose their patient
#
# Expected: the text that `FlattenFhir` makes for a language model says what an Observation says: its coded value, and "<" before a
# number; a Condition with the verification status "refuted" is not told as a diagnosis. The `patientId` of an observation is the id
# of its patient, whether its reference is Patient/P1, the whole address of that or a version of it; FHIR allows all three.
#
# Seen: coded values, which HER2 and other receptors have in mCODE, are "unknown"; the comparator and the verification status are not
# looked at. The patientId is "http://example.org/fhir/P1" or "P1/_history/2", so that the table joins none of them to P1. What has
# its code as text alone, or no onset, stops it. Nothing is said.
#
# Where her2 meets it: receptors of tumours, for `her2 cohort`, come out of such records.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fhiry==5.2.2 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import copy

from fhiry import Fhiry, FlattenFhir


def coded(system, code, display):
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def observation(number, code, patient, **value):
    about = {"resourceType": "Observation", "id": f"O{number}", "status": "final", "subject": {"reference": patient}}
    return {**about, "code": code, "effectiveDateTime": "2024-01-02", **value}


RESOURCES = [
    {"resourceType": "Patient", "id": "P1", "gender": "female", "birthDate": "1970-01-01"},
    observation(
        1,
        coded("http://loinc.org", "48676-1", "HER2 [Interpretation] in Tissue"),
        "http://example.org/fhir/Patient/P1",
        valueCodeableConcept=coded("http://snomed.info/sct", "10828004", "Positive"),
    ),
    observation(
        2,
        coded("http://example.org", "ki67", "Ki-67"),
        "Patient/P1/_history/2",
        valueQuantity={"value": 5, "comparator": "<", "unit": "%"},
    ),
    {
        "resourceType": "Condition",
        "id": "C1",
        "verificationStatus": coded("http://terminology.hl7.org/CodeSystem/condition-ver-status", "refuted", "Refuted"),
        "code": coded("http://example.org", "cancer", "Breast cancer"),
        "subject": {"reference": "Patient/P1"},
        "onsetDateTime": "2020-01-01",
    },
]
bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in RESOURCES]}
text = FlattenFhir(copy.deepcopy(bundle)).flattened
table = Fhiry().process_bundle_dict(copy.deepcopy(bundle))
patients = dict(zip(table["id"], table["patientId"]))
print("fhiry 5.2.2:", text, patients)
assert "HER2 [Interpretation] in Tissue" in text and "was Value: unknown. " in text, "coded values are told now"
assert "Positive" not in text and "Value: 5 %" in text and "<" not in text
assert "Breast cancer was diagnosed" in text and "efuted" not in text
assert patients == {"P1": "P1", "O1": "http://example.org/fhir/P1", "O2": "P1/_history/2", "C1": "P1"}, "patients are found now"
END
