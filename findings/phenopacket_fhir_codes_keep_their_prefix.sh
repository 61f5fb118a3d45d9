#!/usr/bin/env bash
# phenopacket-fhir 0.1.1: in FHIR the code of LOINC is "LOINC:12345-6", which LOINC does not have, and NCIT has no system at all
#
# Expected: an ontology class of a Phenopacket is a CURIE, LOINC:12345-6; a Coding of FHIR has the system http://loinc.org and, as its
# code, what that system calls it: 12345-6. So it is with SNOMED CT. Terms of NCIT, which GA4GH recommends for cancers, are of NCIT.
#
# Seen: the whole CURIE is the code. NCIT, EFO and ICD-O have one system, "urn:phenopackets:ontology". Of an onset between 40 and 49
# years the 40 is left, as if it were known. Nothing is said.
#
# Where her2 meets it: stages and sites of tumours with HER2 are NCIT's and SNOMED's, and a server of FHIR cannot find them so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet phenopacket-fhir==0.1.1
cd "$folder"
venv/bin/python -W ignore - <<'END'
from phenopackets_fhir import phenopacket_to_response

TUMOUR = {
    "id": "T1",
    "subject": {"id": "P1"},
    "diseases": [
        {
            "term": {"id": "NCIT:C4872", "label": "Breast Carcinoma"},
            "onset": {"ageRange": {"start": {"iso8601duration": "P40Y"}, "end": {"iso8601duration": "P49Y"}}},
            "diseaseStage": [{"id": "SNOMEDCT:12345678", "label": "an example"}, {"id": "LOINC:12345-6", "label": "an example"}],
        }
    ],
    "metaData": {"created": "2024-01-01T00:00:00Z", "createdBy": "example", "phenopacketSchemaVersion": "2.0"},
}
disease = next(item for item in phenopacket_to_response(TUMOUR)["item"] if item["linkId"] == "diseases")
answers = {item["linkId"]: item["answer"] for item in disease["item"]}
codings = [each["valueCoding"] for key in ("disease.term", "disease.disease_stage") for each in answers[key]]
seen = [(coding["system"], coding["code"]) for coding in codings]
print("phenopacket-fhir 0.1.1:", seen, answers["disease.onset_age"])
assert seen == [
    ("urn:phenopackets:ontology", "NCIT:C4872"),
    ("http://snomed.info/sct", "SNOMEDCT:12345678"),
    ("http://loinc.org", "LOINC:12345-6"),
], "codes are those of their systems now"
assert answers["disease.onset_age"] == [{"valueString": "P40Y"}]
END
