#!/usr/bin/env bash
# keggstand 0.0.7: asked for the genes of the second organism, it answers with its pathways
#
# Expected: list_genes("mmu") gives the genes of the mouse, whatever was asked before; the cache answers what was asked
# already.
#
# Seen: what is kept under "pathway" and "hsa" makes a level "pathway"; what is kept next under "pathway" and "mmu"
# finds that level and does not enter it, so that the pathways of the mouse lie under "mmu", where its genes are looked
# for. list_genes("mmu") is the list of pathways, without a request; genes of the first organism are right. In KGML,
# relations without a subtype and those of a complex are left out of `interactions`.
#
# Where her2 meets it: the ErbB pathway of KEGG, hsa04012 and mmu04012, and its genes are listed so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet keggstand==0.0.7 pandas==2.3.3 numpy==2.3.5 requests==2.32.5 \
  beautifulsoup4==4.14.3 lxml==6.0.2
cd "$folder"
cat >example.py <<'END'
from types import SimpleNamespace

from keggstand.api import Kegg
from keggstand.parsers import KeggPathway

ANSWERS = {
    "list/pathway/hsa/": "hsa04012\tErbB signaling pathway - Homo sapiens (human)\n",
    "list/pathway/mmu/": "mmu04012\tErbB signaling pathway - Mus musculus (house mouse)\n",
    "list/hsa/": "hsa:2064\tERBB2; erb-b2 receptor tyrosine kinase 2\n",
    "list/mmu/": "mmu:13866\tErbb2; erb-b2 receptor tyrosine kinase 2\n",
}
KGML = """<?xml version="1.0"?><pathway name="path:hsa04012" org="hsa" number="04012">
<entry id="1" name="hsa:1956" type="gene"/><entry id="2" name="hsa:2064" type="gene"/>
<entry id="3" name="undefined" type="group"><component id="1"/><component id="2"/></entry>
<entry id="4" name="hsa:2885" type="gene"/><entry id="5" name="hsa:6464" type="gene"/>
<relation entry1="3" entry2="4" type="PPrel"><subtype name="activation" value="--&gt;"/></relation>
<relation entry1="2" entry2="5" type="PPrel"/>
<relation entry1="4" entry2="5" type="PPrel"><subtype name="binding/association" value="---"/></relation></pathway>"""


def keggs():
    """A client whose requests are answered from the table above, in KEGG's format."""
    client, asked = Kegg(), []

    def get(url):
        asked.append(url.removeprefix(Kegg.BASE_URL))
        return SimpleNamespace(content=ANSWERS[asked[-1]].encode())

    client.get = get
    return client, asked


alone, _ = keggs()
client, asked = keggs()
for organism in ("hsa", "mmu"):
    client.list_pathways(organism)
genes = {organism: client.list_genes(organism)[0][0] for organism in ("hsa", "mmu")}
found = KeggPathway(KGML).interactions
print("keggstand 0.0.7:", genes, asked, found[["source", "target"]].values.tolist())
assert alone.list_genes("mmu")[0][0] == "mmu:13866"
assert genes == {"hsa": "hsa:2064", "mmu": "mmu04012"}, "genes are genes now"
assert asked == ["list/pathway/hsa/", "list/pathway/mmu/", "list/hsa/"]
assert found[["source", "target"]].values.tolist() == [["hsa:2885", "hsa:6464"]], "all relations are there now"
END
venv/bin/python -W ignore example.py
