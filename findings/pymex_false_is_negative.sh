#!/usr/bin/env bash
# pymex 0.9.31, the IMEx consortium's reader: an interaction with <negative>false</negative> is a negative one
#
# Expected: PSI-MI XML has `negative` as xs:boolean, true where an experiment shows that two proteins do NOT interact; "false"
# is False, as is an element that is left out.
#
# Seen: the text is kept and asked by bool("false"), which is True, and so for `modelled`; `intramolecular` is asked under a name
# that no file has and is always False. A list of interactions without the negative ones is then empty, and one of pairs that
# do not interact holds all. Written again the file is right.
#
# Where her2 meets it: protein interactions are where a new edge is looked for; her2 itself reads no PSI-MI.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pymex==0.9.31
cd "$folder"
cat >example.py <<'EOF'
import pymex.mif

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<entrySet xmlns="http://psi.hupo.org/mi/mif" level="2" version="5" minorVersion="4"><entry>
<source releaseDate="2024-01-01"><names><shortLabel>example</shortLabel></names></source>
<experimentList><experimentDescription id="1">
  <bibref><xref><primaryRef db="pubmed" dbAc="MI:0446" id="12345"/></xref></bibref>
  <interactionDetectionMethod><names><shortLabel>pull down</shortLabel></names>
    <xref><primaryRef db="psi-mi" dbAc="MI:0488" id="MI:0096"/></xref></interactionDetectionMethod>
</experimentDescription></experimentList>
<interactorList><interactor id="2"><names><shortLabel>erbb2_human</shortLabel></names>
  <xref><primaryRef db="uniprotkb" dbAc="MI:0486" id="P04626"/></xref>
  <interactorType><names><shortLabel>protein</shortLabel></names>
    <xref><primaryRef db="psi-mi" dbAc="MI:0488" id="MI:0326"/></xref></interactorType></interactor></interactorList>
<interactionList>"""
ONE = """<interaction id="{id}"><names><shortLabel>{name}</shortLabel></names>
<experimentList><experimentRef>1</experimentRef></experimentList>
<participantList><participant id="{id}1"><interactorRef>2</interactorRef></participant></participantList>
<interactionType><names><shortLabel>physical association</shortLabel></names>
  <xref><primaryRef db="psi-mi" dbAc="MI:0488" id="MI:0915"/></xref></interactionType>{flags}</interaction>"""
TAIL = "</interactionList></entry></entrySet>"
FALSE = "<modelled>false</modelled><intraMolecular>false</intraMolecular><negative>false</negative>"

with open("example.xml", "w") as file:
    file.write(HEAD + ONE.format(id=3, name="silent", flags="") + ONE.format(id=4, name="said", flags=FALSE)
               + ONE.format(id=5, name="negative", flags="<intraMolecular>true</intraMolecular><negative>true</negative>") + TAIL)
record = pymex.mif.Record()
with open("example.xml") as file:
    record.parseMif(file, "mif254")
found = {each.label: (each.negative, each.modelled, each.intramolecular) for each in record.interactions}
print("pymex 0.9.31: negative, modelled, intramolecular:", found)
assert found["silent"] == (False, False, False) and found["negative"] == (True, False, False)
assert found["said"] == (True, True, False), "false is False now"
EOF
venv/bin/python example.py >all.txt 2>&1 || { tail -3 all.txt; exit 1; }
grep '^pymex 0.9.31' all.txt
