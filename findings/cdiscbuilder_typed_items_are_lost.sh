#!/usr/bin/env bash
# cdiscbuilder 2.2.0: of CDISC's ODM a value whose type is told, ItemDataInteger, is not there, and values and patients that are removed are
#
# Expected: ODM 1.3 writes a value as ItemData or, with its type, as ItemDataString, ItemDataInteger and so on, one way as good as the
# other; in a file of the type Transactional, TransactionType="Remove" says that a value, or a whole subject, is to be removed.
#
# Seen: `parse_odm_to_long_df` goes by elements called ItemData alone and looks at no TransactionType: a HER2 status of 3+ and
# an age in typed elements are not in the table, a removed status of the progesterone receptor is, and so is a removed patient.
# Nothing is said.
#
# Where her2 meets it: receptors and treatments of a trial's patients come out of such files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cdiscbuilder==2.2.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from cdiscbuilder.sdtm.odm_parser import parse_odm_to_long_df


def subject(key, items, removed=""):
    data = f'<FormData FormOID="F.1"><ItemGroupData ItemGroupOID="IG.1">{items}</ItemGroupData></FormData>'
    return f'<SubjectData SubjectKey="{key}"{removed}><StudyEventData StudyEventOID="SE.1">{data}</StudyEventData></SubjectData>'


ITEMS = """
  <ItemDataString ItemOID="I.HER2">3+</ItemDataString>
  <ItemDataInteger ItemOID="I.AGE">54</ItemDataInteger>
  <ItemData ItemOID="I.ER" Value="positive" TransactionType="Insert"/>
  <ItemData ItemOID="I.PR" Value="positive" TransactionType="Remove"/>
"""
subjects = subject("S001", ITEMS) + subject("S002", '<ItemData ItemOID="I.ER" Value="negative"/>', ' TransactionType="Remove"')
with open("trial.xml", "w") as file:
    file.write(
        '<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" ODMVersion="1.3.2" FileOID="F1" FileType="Transactional" '
        f'CreationDateTime="2024-01-01T00:00:00"><ClinicalData StudyOID="ST" MetaDataVersionOID="M1">{subjects}</ClinicalData></ODM>'
    )
table = parse_odm_to_long_df("trial.xml")
seen = [tuple(row) for row in table[["SubjectKey", "ItemOID", "Value"]].to_numpy()]
print("cdiscbuilder 2.2.0:", *seen)
assert [row[1] for row in seen if row[0] == "S001"] == ["I.ER", "I.PR"], "typed items or removals are read now"
assert seen[-1] == ("S002", "I.ER", "negative")
END
