#!/usr/bin/env bash
# fcswrite 0.6.4: a channel called "HER2/neu" makes an FCS file that cannot be read
#
# Expected: the delimiter of an FCS text segment is doubled inside of a value, as FCS 3.1 has it (3.2), or another one is taken.
#
# Seen: the name is written between slashes as it is, so that all keywords after it are shifted by one. Writing says nothing,
# and reading ends at a missing keyword ('p1r'). Blanks are taken out of names, in the list of the caller, too.
# flowio 1.4.0 writes the same channels so that they come back.
#
# Where her2 meets it: cells sorted by HER2 are what its experiments are measured on; her2 itself reads no FCS.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fcswrite==0.6.4 flowio==1.4.0
cd "$folder"
venv/bin/python - <<'EOF'
import fcswrite
import flowio
import numpy

EVENTS = numpy.array([[1.5, 2.5], [3.5, 4.5]])


def read(file):
    try:
        data = flowio.FlowData(file)
    except KeyError as error:
        return f"no keyword {error}"
    return data.pnn_labels, data.as_array().tolist()


plain, slash = ["pAKT S473", "PE-A"], ["HER2/neu", "PE-A"]
fcswrite.write_fcs("plain.fcs", plain, EVENTS)
fcswrite.write_fcs("slash.fcs", slash, EVENTS)
with open("other.fcs", "wb") as file:
    flowio.create_fcs(file, EVENTS.flatten().tolist(), ["HER2/neu", "PE-A"])
print("fcswrite 0.6.4:", read("plain.fcs"), "with a slash:", read("slash.fcs"))
print("flowio 1.4.0:  ", read("other.fcs"))
assert read("plain.fcs") == (["pAKTS473", "PE-A"], EVENTS.tolist()) and plain == ["pAKTS473", "PE-A"]
assert read("other.fcs") == (["HER2/neu", "PE-A"], EVENTS.tolist())
assert read("slash.fcs") == "no keyword 'p1r'", "the delimiter is doubled now"
EOF
