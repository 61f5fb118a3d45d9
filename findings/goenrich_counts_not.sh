#!/usr/bin/env bash
# goenrich 1.12: a gene that is annotated NOT to have a function counts as having it
#
# Expected: rows of GAF or gene2go whose qualifier holds NOT say what a gene does not do, and are left out of enrichment, as
# GO's guide asks (goatools leaves them out).
#
# Seen: both readers keep the rows, and the grouping that the README shows puts the gene into the term's set. An enrichment
# of kinases then holds the pseudokinases that a curator had taken out by hand.
#
# Where her2 meets it: ERBB3's weak kinase is what such annotations are for; her2's references come with GO terms.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet goenrich==1.12 pandas==2.3.3 setuptools==75.8.0
cd "$folder"
venv/bin/python -W ignore - <<'EOF'
import goenrich

row = "UniProtKB\t{id}\t{symbol}\t{qualifier}\tGO:0004713\tPMID:12345\tIDA\t\tF\tname\t\tprotein\ttaxon:9606\t20240101\tUniProt\t\t\n"
with open("example.gaf", "w") as file:
    file.write("!gaf-version: 2.2\n")
    file.write(row.format(id="P00001", symbol="KINASE", qualifier="enables"))
    file.write(row.format(id="P00002", symbol="PSEUDO", qualifier="NOT|enables"))
with open("gene2go", "w") as file:
    file.write("#tax_id\tGeneID\tGO_ID\tEvidence\tQualifier\tGO_term\tPubMed\tCategory\n")
    file.write("9606\t1\tGO:0004713\tIDA\tenables\tprotein tyrosine kinase activity\t12345\tFunction\n")
    file.write("9606\t2\tGO:0004713\tIDA\tNOT enables\tprotein tyrosine kinase activity\t12345\tFunction\n")

gaf = goenrich.read.goa("example.gaf")
ncbi = goenrich.read.gene2go("gene2go")
sets = {term: set(genes) for term, genes in gaf.groupby("go_id")["db_object_symbol"]}
numbers = {term: set(genes) for term, genes in ncbi.groupby("GO_ID")["GeneID"]}
print("goenrich 1.12: GAF", sets, "gene2go", numbers)
assert sets["GO:0004713"] == {"KINASE", "PSEUDO"}, "NOT is heard in GAF now"
assert numbers["GO:0004713"] == {1, 2}, "NOT is heard in gene2go now"
EOF
