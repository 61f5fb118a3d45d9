#!/usr/bin/env bash
# ctproc 0.2.3: a trial for "ER+/HER2- disease" asks for "ER+/HER2", and ER- and PR- are asked for nowhere
#
# Expected: criteria are what stands behind the dashes that begin a line: a trial for "ER- PR- HER2- tumours" asks for
# these, and what is named behind "Exclusion Criteria:" is excluded.
#
# Seen: the text is cut at each hyphen with a blank behind it, so that the minus of HER2- goes with it: "ER+/HER2" and
# "disease" are two criteria, of ER- and PR- nothing is left, as pieces of two letters are dropped. Of "HER2- by IHC" as
# an exclusion "HER2" is left: those who have it are excluded. A criterion that says "(see exclusion criteria)" ends
# those for inclusion: ECOG 0-1 behind it is an exclusion. Nothing is said.
#
# Where her2 meets it: which drugs are tried in HER2-negative and in HER2-positive tumours is what such tables of trials
# are asked.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps ctproc==0.2.3 lxml==6.0.2
cd "$folder"
cat >example.py <<'END'
import importlib.util
import sys
import types

# The package's own __init__ loads language models; its module of criteria needs only small neighbours.
package = types.ModuleType("ctproc")
package.__path__ = list(importlib.util.find_spec("ctproc").submodule_search_locations)
sys.modules["ctproc"] = package
from ctproc.eligibility import process_eligibility_naive

FIRST = "LVEF above 50 %"


def criteria(inclusion, exclusion):
    lines = ["Inclusion Criteria:", *inclusion, "Exclusion Criteria:", *exclusion]
    return process_eligibility_naive("\n\n".join(line if line.endswith(":") else f"  -  {line}" for line in lines))


plain = criteria([FIRST, "ECOG 0-1"], ["Pregnant women"])
minus = criteria(["ER+/HER2- disease", "ER- PR- HER2- tumours"], ["HER2- by IHC"])
turned = criteria([f"{FIRST} (see exclusion criteria)", "ECOG 0-1"], ["Pregnant women"])
print("ctproc 0.2.3:", plain, minus, turned, sep="\n")
assert plain == ([FIRST, "ECOG 0-1"], ["Pregnant women"])
assert minus[0] == ["ER+/HER2", "disease", "HER2", "tumours"], "the minus is kept now"
assert minus[1] == ["HER2", "by IHC"], "the minus is kept now"
assert turned[1] == ["ECOG 0-1", "Pregnant women"], "inclusion ends at its own end now"
END
venv/bin/python -W ignore example.py
