#!/usr/bin/env bash
# flat-fhir 0.1.4: a drug that is not to be given is an active medication, a refuted cancer an active condition, and "< 5 %" is 5
#
# Expected: what it makes of a FHIR bundle for a language model, `to_prompt`, and for a table keeps the meaning: doNotPerform of a
# MedicationRequest is a prohibition, the verification status "refuted" says that there is no such condition, a comparator belongs to
# its number, and an observation "entered-in-error" is none. `to_fhir` gives the bundle again.
#
# Seen: lapatinib stands under "Active Medications", breast cancer under "Active Conditions", Ki-67 is 5, and so is what was entered
# in error. Back in FHIR that observation is "final", the refuted cancer has no verification status, nothing has a patient or,
# but for codes that it knows, a unit, and trastuzumab that was not taken (a MedicationStatement) is a MedicationRequest. Nothing
# is said.
#
# Where her2 meets it: receptors and treatments of tumours, for `her2 cohort`, come out of such records.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet flat-fhir==0.1.4 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
from flat_fhir.core import FlatFHIR

PATIENT = {"subject": {"reference": "Patient/P1"}}


def status(system, code):
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def laboratory(number, state, name, value):
    about = {"resourceType": "Observation", "id": number, "status": state, "category": [status("observation-category", "laboratory")]}
    return {**about, **PATIENT, "code": {"text": name}, "effectiveDateTime": "2024-01-02", "valueQuantity": value}


RESOURCES = [
    {"resourceType": "Patient", "id": "P1", "gender": "female", "birthDate": "1970-01-01", "name": [{"family": "Roe", "given": ["Jane"]}]},
    laboratory("O1", "final", "Ki-67", {"value": 5, "comparator": "<", "unit": "%"}),
    laboratory("O2", "entered-in-error", "CA 15-3", {"value": 30, "unit": "U/mL"}),
    {
        "resourceType": "Condition",
        "id": "C1",
        "clinicalStatus": status("condition-clinical", "active"),
        "verificationStatus": status("condition-ver-status", "refuted"),
        "code": {"text": "Breast cancer"},
        **PATIENT,
    },
    {"resourceType": "MedicationStatement", "id": "M1", "status": "not-taken", "medicationCodeableConcept": {"text": "trastuzumab"}, **PATIENT},
    {
        "resourceType": "MedicationRequest",
        "id": "M2",
        "status": "active",
        "intent": "order",
        "doNotPerform": True,
        "medicationCodeableConcept": {"text": "lapatinib"},
        **PATIENT,
    },
]
flat = FlatFHIR({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in RESOURCES]})
prompt = flat.to_prompt()
again = {entry["resource"]["id"]: entry["resource"] for entry in flat.to_fhir()["entry"]}
print("flat-fhir 0.1.4:", prompt, again["O1"], again["O2"], again["M1"]["resourceType"], sep="\n")
active = prompt.split("## Active Medications")[1].split("##")[0]
assert "lapatinib" in active, "what is not to be given is told now"
assert "Breast cancer" in prompt.split("## Active Conditions")[1].split("##")[0] and "efuted" not in prompt
assert again["O1"]["valueQuantity"] == {"value": 5.0} and "<" not in prompt, "the comparator is kept now"
assert again["O2"]["status"] == "final" and "30" in prompt
assert again["M1"]["resourceType"] == "MedicationRequest" and "verificationStatus" not in again["C1"]
assert not any("subject" in resource for resource in again.values())
END
