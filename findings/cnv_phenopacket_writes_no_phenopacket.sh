#!/usr/bin/env bash
# cnv-phenopacket 1.0.2: the Phenopacket that it writes is none, a tumour without a description stops it, and a short row is left out
#
# Expected: `cnv-phenopacket -i table.tsv`, "convert TSV metadata to Phenopacket JSON", writes what GA4GH's own classes read: an object
# with an id and metaData (a phenopacket for each tumour, or a cohort), with all tumours of the table.
#
# Seen: the file is a list of biosamples with `sex` and `files`, which a biosample of the schema does not have: phenopackets 2.0.2
# reads it neither as a Phenopacket nor its items as Biosamples. There is no metaData. Of nine columns the fourth to the eighth
# are left out; where the ninth, the description, is empty, it stops with "list index out of range", for it strips the tabs at
# the end of a line and asks for eight fields where it takes nine; a row with fewer is left out in silence.
#
# Where her2 meets it: tumours with their amplifications are handed over in this schema.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cnv-phenopacket==1.0.2 phenopackets==2.0.2.post5 protobuf==6.33.6
cd "$folder"
venv/bin/python -W ignore - <<'END'
import json
import subprocess

from google.protobuf.json_format import ParseDict, ParseError
from phenopackets.schema.v2 import Phenopacket
from phenopackets.schema.v2.core.biosample_pb2 import Biosample

HEADER = "sample sex procedure tissue disease stage age platform description".split()
TUMOUR = ["FEMALE", "NCIT:C15189", "UBERON:0000310", "NCIT:C4872", "NCIT:C27966", "P54Y", "array"]


def convert(*rows):
    with open("table.tsv", "w") as file:
        file.writelines("\t".join(row) + "\n" for row in (HEADER, *rows))
    done = subprocess.run(["venv/bin/cnv-phenopacket", "-i", "table.tsv", "-o", "tumours.json"], capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    with open("tumours.json") as file:
        return json.load(file)


def refused(kind, data):
    try:
        ParseDict(data, kind())
    except (ParseError, AttributeError) as error:
        return type(error).__name__
    return None


seen = convert(["T1", *TUMOUR, "HER2-positive carcinoma"], ["T2", *TUMOUR[:-1], "", ""])
empty = convert(["T1", *TUMOUR, ""])
print("cnv-phenopacket 1.0.2:", json.dumps(seen), "without a description:", empty)
assert isinstance(seen, list) and [each["id"] for each in seen] == ["T1"], "all tumours are there now"
assert refused(Phenopacket, seen[0]) and refused(Biosample, seen[0]), "GA4GH's classes read it now"
assert not {"metaData", "sampledTissue", "timeOfCollection"} & set(seen[0]) and "C4872" not in json.dumps(seen)
assert empty == "IndexError: list index out of range"
END
