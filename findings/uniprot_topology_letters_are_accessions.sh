#!/usr/bin/env bash
# uniprot-topology 0.1: an entry with one accession, Q12345, is found under Q, 1, 2, 3, 4 and 5, and under Q12345 it is not
#
# Expected: the domains of a protein are found under its accession, as those of an entry with several accessions are under each.
#
# Seen: one accession is a text, and its letters are taken for accessions. Of two such entries the last one has the letters that
# both have. Nothing is said, and the answer has entries, so that Q12345 seems to have no transmembrane segment.
#
# Where her2 meets it: `her2 receptor` gives the segments of a receptor after UniProt, with which such a list is compared;
# ask for a protein by its accession, not for the length of the list.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet uniprot-topology==0.1
cd "$folder"
cat >example.py <<'END'
from uniparser import get_topological_domains

ENTRY = """<entry>%s<name>EXAMPLE</name>
<feature type="topological domain" description="Extracellular">
  <location><begin position="20"/><end position="%d"/></location></feature>
<feature type="transmembrane region" description="Helical">
  <location><begin position="%d"/><end position="%d"/></location></feature>
<sequence length="4">MRAN</sequence></entry>"""

with open("example.xml", "w") as file:
    file.write('<uniprot xmlns="http://uniprot.org/uniprot">')
    file.write(ENTRY % ("<accession>Q12345</accession>", 99, 100, 120))
    file.write(ENTRY % ("<accession>P04626</accession><accession>B2RZG3</accession>", 652, 653, 675))
    file.write("</uniprot>")
domains, _ = get_topological_domains("example.xml")
print("uniprot-topology 0.1:", list(domains))
assert domains["P04626"] == domains["B2RZG3"] and domains["P04626"][1][2:] == (653, 675)
assert "Q12345" not in domains, "one accession is one now"
assert list(domains) == [*"Q12345", "P04626", "B2RZG3"]
END
venv/bin/python example.py
