#!/usr/bin/env bash
# pyrxnorm 0.0.2: a drug is equivalent to "Oral Tablet", and pertuzumab with trastuzumab to trastuzumab alone
#
# Expected: `terms_equivalent` is True of two names of one drug (its own example: imatinib mesylate and imatinib), False of a drug and the
# form it is given in, and of a combination and one of its drugs.
#
# Seen: any relation of RXNREL.RRF makes two terms equivalent, whatever it says: has_dose_form, so that a drug and "Oral Tablet" are
# one, has_part, so that two antibodies are one of them. What the relation is called stands in a column that is not read. And "is
# equivalent" is not handed on: lapatinib is "Oral Tablet", capecitabine is, and lapatinib is not capecitabine.
#
# Where her2 meets it: drugs of experiments come under several names, and trastuzumab alone must not be taken for both antibodies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyrxnorm==0.0.2 pydantic==1.10.24 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pyrxnorm import RxNorm

TABLET, OTHER, FORM = "lapatinib 250 MG Oral Tablet", "capecitabine 500 MG Oral Tablet", "Oral Tablet"
BOTH, ONE, BRAND = "pertuzumab / trastuzumab", "trastuzumab", "Herceptin"
TERMS = dict(enumerate([TABLET, OTHER, FORM, BOTH, ONE, BRAND], 1))
RELATIONS = [
    (TABLET, "has_dose_form", "dose_form_of", FORM),
    (OTHER, "has_dose_form", "dose_form_of", FORM),
    (BOTH, "has_part", "part_of", ONE),
    (BRAND, "tradename_of", "has_tradename", ONE),
]
numbers = {term: number for number, term in TERMS.items()}


def line(*fields):
    return "|".join(map(str, fields)) + "|\n"


def relation(first, kind, second):
    """RXNREL says that the second concept is of this kind to the first."""
    return line(numbers[second], "", "CUI", "RO", numbers[first], "", "CUI", kind, "", "", "RXNORM", "", "", "", "", "4096")


with open("RXNCONSO.RRF", "w") as file:
    for number, term in TERMS.items():
        file.write(line(number, "ENG", "", "", "", "", "", f"9{number}", "", number, "", "RXNORM", "PSN", number, term, "", "N", "4096"))
with open("RXNREL.RRF", "w") as file:
    for first, kind, inverse, second in RELATIONS:
        file.write(relation(first, kind, second) + relation(second, inverse, first))
names = RxNorm(data_dir=".")
names.set_lookup()
pairs = [(BRAND, ONE), (TABLET, FORM), (OTHER, FORM), (TABLET, OTHER), (BOTH, ONE), (BOTH, TABLET)]
seen = {pair: names.terms_equivalent(*pair) for pair in pairs}
print("pyrxnorm 0.0.2:", seen)
assert seen[BRAND, ONE] is True and seen[BOTH, TABLET] is False
assert seen[TABLET, FORM] is True and seen[OTHER, FORM] is True, "a drug is not its form now"
assert seen[TABLET, OTHER] is False
assert seen[BOTH, ONE] is True, "a combination is not one of its drugs now"
END
