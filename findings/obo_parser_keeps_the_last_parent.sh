#!/usr/bin/env bash
# obo-parser 1.0.3: of the parents and synonyms of a term the last is left, and the last term of a file may be lost
#
# Expected: a term of an OBO file has all of its `is_a` and `synonym` lines, and every term of the file comes.
#
# Seen: each line takes the place of the one before it with the same tag. HER2-positive carcinoma below "breast carcinoma" and
# "carcinoma that a receptor drives" is below the second alone. A term comes when the next one begins, or a [Typedef]: in a file without
# these, as OBO allows it, the last term does not come. Nothing is said.
#
# Where her2 meets it: diseases and functions that its drugs and species are looked up by have more than one parent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet obo-parser==1.0.3
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

from obo_parser.parser import OBO_Parser

TEXT = """format-version: 1.2
subsetdef: mine "Mine"
ontology: example

[Term]
id: EX:0000001
name: breast carcinoma

[Term]
id: EX:0000002
name: carcinoma that a receptor drives

[Term]
id: EX:0000003
name: HER2-positive breast carcinoma
synonym: "ERBB2-amplified breast carcinoma" EXACT []
synonym: "HER2+ breast cancer" EXACT []
is_a: EX:0000001 ! breast carcinoma
is_a: EX:0000002 ! carcinoma that a receptor drives
"""
TYPE = """
[Typedef]
id: part_of
name: part of
"""


def terms(text):
    Path("example.obo").write_text(text)
    return {term["id"]: dict(term) for term in OBO_Parser("example.obo").terms}


plain, typed = terms(TEXT), terms(TEXT + TYPE)
print("obo-parser 1.0.3:", list(plain), typed["EX:0000003"])
assert list(plain) == ["EX:0000001", "EX:0000002"], "the last term comes now"
assert list(typed) == ["EX:0000001", "EX:0000002", "EX:0000003"]
assert typed["EX:0000003"]["is_a"] == "EX:0000002 ! carcinoma that a receptor drives"
assert typed["EX:0000003"]["synonym"] == '"HER2+ breast cancer" EXACT []'
END
