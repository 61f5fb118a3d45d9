#!/usr/bin/env bash
# drug-named-entity-recognition 2.0.9: lapatinib weighs 753, and aspirin is a calcium salt of two aspirins
#
# Expected: "lapatinib" and "aspirin" in a text are found with their own formula and weight, C29H26ClFN4O4S, 581.1, and C9H8O4, 180.2, as
# DB01259 and DB00945 of DrugBank, which it names for them, have; "lapatinib ditosylate" would be another.
#
# Seen: a drug has the formula of some salt or hydrate of it: lapatinib that with one molecule of tosylate, neratinib its maleate, afatinib
# its dimaleate, docetaxel its trihydrate, aspirin Ca(C9H7O4)2. Tucatinib, pyrotinib and everolimus are themselves. Nothing shows
# which is which, and the "smiles" has the same parts. From ng/ml to µM lapatinib comes out at three quarters.
#
# Where her2 meets it: levels of drugs in blood, in ng/ml, and doses in dishes, in µM, stand behind its doses (`her2 drug`, `--dose`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet drug-named-entity-recognition==2.0.9
cd "$folder"
cat >weights.py <<'END'
from drug_named_entity_recognition import find_drugs


def drug(name):
    (found, _, _), *rest = find_drugs([name], is_ignore_case=True)
    assert not rest
    return found["name"], found["drugbank_id"], found["formula"], found["molecular_weight"]


names = "lapatinib aspirin neratinib afatinib docetaxel tucatinib pyrotinib everolimus".split()
seen = {name: drug(name) for name in names}
print("drug-named-entity-recognition 2.0.9:", *seen.values(), sep="\n  ")
assert seen["tucatinib"] == ("Tucatinib", "DB11652", "C26H24N8O2", 480.52)
assert seen["lapatinib"] == ("Lapatinib", "DB01259", "C36H34ClFN4O7S2", 753.26), "lapatinib is lapatinib now"
assert seen["aspirin"] == ("Aspirin", "DB00945", "C18H14CaO8", 398.38)
assert [seen[name][3] for name in ("neratinib", "afatinib", "docetaxel")] == [673.11, 718.08, 861.93]
assert [seen[name][3] for name in ("pyrotinib", "everolimus")] == [583.08, 958.22]
END
HOME="$folder" venv/bin/python -W ignore weights.py
