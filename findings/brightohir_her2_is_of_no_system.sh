#!/usr/bin/env bash
# brightohir 2.1.2: from HL7 v2 to FHIR, HER2's LOINC code is of a system "LN", "< 5 %" is the text "<^5", and a second line is lost
#
# Expected: LN and SCT, as HL7's table 0396 calls LOINC and SNOMED CT, are http://loinc.org and http://snomed.info/sct in FHIR, where a
# system is an address; a structured number (SN) of "<", 5 and % is a quantity with a comparator; text (TX) that repeats is all of
# the lines; in a bundle a reference is to what a fullUrl names.
#
# Seen: systems are "LN" and "SCT". The number is the text "<^5" and its unit is gone. Of a text the first line is left. Observations
# refer to Patient/ID where the patient's fullUrl is urn:uuid:ID, and the sender's endpoint is how Python shows an object:
# "urn:oid:[<Field MSH_3 (SENDING_APPLICATION) of type HD>]". Nothing is said.
#
# Where her2 meets it: reports of pathology with HER2, for `her2 cohort`, come as such messages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet brightohir==2.1.2
cd "$folder"
venv/bin/python -W ignore - <<'END'
from brightohir import v2_to_r5

MESSAGE = [
    r"MSH|^~\&|LAB|HOSPITAL|RECORDS|HOSPITAL|20240102120000||ORU^R01^ORU_R01|1|P|2.5.1",
    "PID|1||P1^^^HOSPITAL^MR||Roe^Jane^^^^^L||19700101|F",
    "OBR|1||S1|PATH^Pathology^L|||20240102",
    "OBX|1|CWE|48676-1^HER2 Interpretation^LN||10828004^Positive^SCT||||||F|||20240102",
    "OBX|2|SN|KI67^Ki-67^L||<^5|%|||||F|||20240102",
    "OBX|3|TX|NOTE^Note^L||The first line.~The second line.||||||F|||20240102",
]
bundle = v2_to_r5("\r".join(MESSAGE))
addresses = {entry["resource"]["resourceType"]: entry["fullUrl"] for entry in bundle["entry"]}
resources = [entry["resource"] for entry in bundle["entry"]]
her2, number, note = (each for each in resources if each["resourceType"] == "Observation")
systems = her2["code"]["coding"][0]["system"], her2["valueCodeableConcept"]["coding"][0]["system"]
endpoint = next(each for each in resources if each["resourceType"] == "MessageHeader")["source"]["endpoint"]
values = [{key: value for key, value in each.items() if key.startswith("value")} for each in (number, note)]
print("brightohir 2.1.2:", systems, *values, her2["subject"], addresses["Patient"], endpoint)
assert systems == ("LN", "SCT"), "systems are addresses now"
assert values == [{"valueString": "<^5"}, {"valueString": "The first line."}], "numbers and lines are kept now"
assert her2["subject"]["reference"].removeprefix("Patient/") == addresses["Patient"].removeprefix("urn:uuid:")
assert endpoint == "urn:oid:[<Field MSH_3 (SENDING_APPLICATION) of type HD>]"
END
