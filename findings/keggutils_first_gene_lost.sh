#!/usr/bin/env bash
# KEGGutils 0.4.0: an entry of KEGG's with ERBB2 and ERBB3 is a node for ERBB3, and a second pathway has the genes of the first as well
#
# Expected: an entry that stands for some genes ("hsa:2064 hsa:2065") gives a node for each, with the relations of the entry; each pathway that
# is read has its own genes and relations.
#
# Seen: the second gene takes the place of the first, and only from the third on are there nodes more: of AKT1, AKT2, AKT3 AKT1 is gone,
# in the graph, the genes and the relations, while the label still says "AKT1, PKB". And the genes and relations of all pathways that are read
# in one session stand in one dictionary: in the second, list_by_nodetype("gene") gives those of the first, too, and a node 1 of the one
# takes the place of a node 1 of the other.
#
# Where her2 meets it: tables of edges made from KEGG's ErbB pathway, hsa04012, are read by her2. (Without `name=None` a file is not read,
# but KEGG asked for it.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.4.2 matplotlib==3.10.1 scipy==1.15.3 requests==2.32.5 \
  awesome-slugify==1.6.5 setuptools==75.8.0
python3 -m pip --python "$folder/venv" install --quiet --no-deps KEGGutils==0.4.0
cd "$folder"
MPLBACKEND=agg venv/bin/python -W ignore - <<'END'
from pathlib import Path

from KEGGutils import KEGGpathway

ENTRY = """<entry id="{}" name="{}" type="gene" link="x"><graphics name="{}" fgcolor="#000000" bgcolor="#FFFFFF" type="rectangle"
x="10" y="10" width="46" height="17"/></entry>"""
RELATION = """<relation entry1="1" entry2="2" type="PPrel"><subtype name="{}" value="{}"/></relation>"""


def read(number, relation, *entries):
    inner = "".join(ENTRY.format(place, *entry) for place, entry in enumerate(entries, 1)) + RELATION.format(*relation)
    head = f'<pathway name="path:hsa{number}" org="hsa" number="{number}" title="small" image="none" link="none">'
    Path("small.xml").write_text(f'<?xml version="1.0"?>{head}{inner}</pathway>')
    return KEGGpathway(kgml_file="small.xml", name=None)


erbb = read(
    "04012", ("activation", "--&gt;"), ("hsa:2064 hsa:2065", "ERBB2, HER2"), ("hsa:207 hsa:208 hsa:10000", "AKT1, PKB")
)
nodes, before = dict(erbb.nodes(data="name")), erbb.list_by_nodetype("gene")
pairs = sorted(relation["nodes"] for relation in erbb.relations.values())
p53 = read("04115", ("inhibition", "--|"), ("hsa:4193", "MDM2"), ("hsa:7157", "TP53"))
after, again = p53.list_by_nodetype("gene"), erbb.list_by_nodetype("gene")
print("KEGGutils 0.4.0:", nodes, pairs, after, sep="\n  ")
assert nodes == {"1": "hsa:2065", "2": "hsa:208", "2_1": "hsa:10000"}, "the first gene is there now"
assert pairs == [("hsa:2065", "hsa:10000"), ("hsa:2065", "hsa:208")]
assert before == ["hsa:2065", "hsa:208", "hsa:10000"]
assert dict(p53.nodes(data="name")) == {"1": "hsa:4193", "2": "hsa:7157"}
assert after == again == ["hsa:4193", "hsa:7157", "hsa:10000"], "each pathway has its own genes now"
END
