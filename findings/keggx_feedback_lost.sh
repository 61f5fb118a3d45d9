#!/usr/bin/env bash
# keggx 0.1.2: of "EGFR activates ERK" and "ERK inhibits EGFR" only the first is there, and a lone ubiquitination activates
#
# Expected: each relation of a KGML file is an edge; two proteins that act on each other have one in each direction.
#
# Seen: a relation is left out where one between the same two proteins came before, in whichever direction: a negative
# feedback is gone, and the order of the file says which half. Nothing is said. "CBL ubiquitinates EGFR", with no
# "inhibition" beside it, has the effect 1, an activation.
#
# Where her2 meets it: tables of edges made from KEGG are read by her2; such a one has no feedbacks of two. keggx needs an
# older setuptools, and pandas 1 where a pathway has groups.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet keggx==0.1.2 pandas==1.5.3 numpy==1.26.4 'setuptools==80.9.0'
cd "$folder"
cat >small.xml <<'XML'
<?xml version="1.0"?>
<pathway name="path:hsa00001" org="hsa" number="00001" title="small" image="none" link="none">
<entry id="1" name="hsa:1956" type="gene" link="none"><graphics name="EGFR" fgcolor="#000000" bgcolor="#FFFFFF" type="rectangle" x="10" y="10" width="46" height="17"/></entry>
<entry id="2" name="hsa:5594" type="gene" link="none"><graphics name="ERK" fgcolor="#000000" bgcolor="#FFFFFF" type="rectangle" x="90" y="10" width="46" height="17"/></entry>
<entry id="3" name="hsa:867" type="gene" link="none"><graphics name="CBL" fgcolor="#000000" bgcolor="#FFFFFF" type="rectangle" x="10" y="90" width="46" height="17"/></entry>
<relation entry1="1" entry2="2" type="PPrel"><subtype name="activation" value="--&gt;"/></relation>
<relation entry1="2" entry2="1" type="PPrel"><subtype name="inhibition" value="--|"/></relation>
<relation entry1="3" entry2="1" type="PPrel"><subtype name="ubiquitination" value="+u"/></relation>
</pathway>
XML
MPLBACKEND=agg venv/bin/python -W ignore - <<'EOF'
from keggx.keggx import KEGG

graph = KEGG(KGML_file="small.xml").G_kegg
names = {node: data["name"] for node, data in graph.nodes(data=True)}
edges = {(names[source], names[target]): data["effect"] for source, target, data in graph.edges(data=True)}
print("keggx 0.1.2:", edges)
assert edges[("EGFR", "ERK")] == 1
assert ("ERK", "EGFR") not in edges, "a feedback is kept now"
assert edges[("CBL", "EGFR")] == 1, "ubiquitination has another effect now"
EOF
