#!/usr/bin/env bash
# gris 0.9.0: a thesis or a report is no RIS, a title in T1 is "NA", and a journal that stands in JA has no name
#
# Expected: RIS knows THES and RPRT among its types and U1 to U5 among its tags; T1 is a title as TI is, and the journal's name stands
# in JO, JF, T2 or JA.
#
# Seen: `check_conforms` says False of each thesis and report (its list has no THES, and "RPTR" for RPRT), and of each
# reference that has U2. `get_title` looks at TI alone, "NA" for what databases write as T1; `get_journal` comes to JA only
# where it has a name already. `python -m gris FILE AB`, as its description has it, cannot be run: "No module named 'gris.gris'".
#
# Where her2 meets it: its references come from such files, and theses are among what is cited for cell lines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gris==0.9.0 rispy==0.10.0
cd "$folder"
cat >papers.ris <<'END'
TY  - JOUR
T1  - HER2 in an example
JA  - J Examples
U2  - 10000001
ER  - 

TY  - THES
TI  - HER3 in an example
ER  - 

TY  - RPRT
TI  - EGFR in an example
ER  - 
END
cat >example.py <<'END'
import subprocess
import sys

import gris
import rispy
from gris.ris import check_conforms, get_journal, get_title

with open("papers.ris") as file:
    others = [(each["type_of_reference"], each.get("title") or each.get("primary_title")) for each in rispy.load(file)]
seen = [(each["TY"], get_title(each), get_journal(each), check_conforms(each)) for each in gris.read_ris("papers.ris")]
run = subprocess.run([sys.executable, "-m", "gris", "papers.ris", "TI"], capture_output=True, text=True).stderr.splitlines()[-1]
print("gris 0.9.0:", seen, run, "rispy:", others)
assert [each[0] for each in others] == ["JOUR", "THES", "RPRT"] and others[0][1] == "HER2 in an example"
assert seen[0] == ("JOUR", "NA", "NA", False), "T1, JA and U2 are known now"
assert [each[3] for each in seen[1:]] == [False, False], "theses and reports conform now"
assert run == "ModuleNotFoundError: No module named 'gris.gris'"
END
venv/bin/python -W ignore example.py
