#!/usr/bin/env bash
# pybtexris 0.2.0: an abstract that says "ER -negative" ends its record in RIS, and what follows is a second one without a title
#
# Expected: a record ends at a line that begins with the tag ER, as the format has it; within an abstract ER is the estrogen
# receptor.
#
# Seen: the text is cut at every "ER" with a blank and a hyphen behind it, wherever it stands. The article has half of its
# abstract and no DOI and volume; these belong to a work of type "Generic" without author and title. Nothing is said. "ER-negative"
# without the blank is read rightly. RISparser 0.4.4 reads both rightly.
#
# Where her2 meets it: its literature is that of tumours which are HER2-positive and ER-negative, and `her2 cite --ris` goes to
# the same readers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybtexris==0.2.0 RISparser==0.4.4
cd "$folder"
venv/bin/python - <<'END'
import io

import RISparser
from pybtexris.parsers import RISParser

RECORD = """TY  - JOUR
AU  - Muster, Anna
PY  - 2011
TI  - Endocrine therapy beside antibodies
JO  - Journal of Examples
AB  - Of 120 tumours that were HER2-positive and {}, 12 had lost PTEN.
VL  - 12
DO  - 10.1000/example.1
"""
RECORD += "ER  - \n"


def read(words):
    entries = RISParser().parse_string(RECORD.format(words)).entries
    return {key: (entry.fields.get("abstract"), entry.fields.get("doi")) for key, entry in entries.items()}


plain, parted = read("ER-negative"), read("ER -negative")
print("pybtexris 0.2.0:", plain, parted, sep="\n  ")
whole = RECORD.format("ER -negative").split("AB  - ")[1].splitlines()[0]
assert plain == {"Muster2011": (whole.replace("ER -", "ER-"), "10.1000/example.1")}
assert parted == {
    "Muster2011": ("Of 120 tumours that were HER2-positive and", None),
    "Unknown": (None, "10.1000/example.1"),
}, "the record is kept whole now"
(other,) = RISparser.read(io.StringIO(RECORD.format("ER -negative")))
assert (other["abstract"], other["doi"]) == (whole, "10.1000/example.1")
END
