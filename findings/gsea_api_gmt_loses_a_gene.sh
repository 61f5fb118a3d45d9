#!/usr/bin/env bash
# gsea-api 0.3.4: a GMT that it writes has no descriptions, so that each set has lost a gene when it is read again
#
# Expected: a line of GMT is a name, a description and the genes, as its own reader takes it. What is read and written again
# holds the same genes.
#
# Seen: the writer puts the genes right behind the name, and each reader takes the first of them for the description. The receptors
# of the ERBB family are three, a set of one gene is empty and left out. Genes are written in the order of a Python set, so that
# another one may be lost each time. It warns of the empty set alone.
#
# Where her2 meets it: signatures of HER2 and its pathways, by which its readouts are looked up in tumours, are handed on as GMT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
# Its reader and writer of GMT need pandas alone; the rest of the package asks for an older Jupyter, and is left out here.
python3 -m pip --python "$folder/venv" install --quiet pandas==2.3.3
python3 -m pip --python "$folder/venv" install --quiet --no-deps gsea-api==0.3.4
cd "$folder"
PYTHONPATH=$(echo venv/lib/python3*/site-packages/gsea_api) venv/bin/python -W ignore - <<'END'
from pathlib import Path

from molecular_signatures_db import GeneSets

SETS = {"ERBB_RECEPTORS": {"EGFR", "ERBB2", "ERBB3", "ERBB4"}, "PI3K_PTEN": {"PIK3CA", "PTEN"}, "LOST": {"CDKN2A"}}
Path("sets.gmt").write_text("".join("\t".join([name, "mine", *sorted(genes)]) + "\n" for name, genes in SETS.items()))
first = GeneSets.from_gmt("sets.gmt")
assert {each.name: set(each.genes) for each in first.gene_sets} == SETS
first.to_gmt("again.gmt")
again = {each.name: set(each.genes) for each in GeneSets.from_gmt("again.gmt").gene_sets}
print("gsea-api 0.3.4:", again)
assert {name: len(genes) for name, genes in again.items()} == {"ERBB_RECEPTORS": 3, "PI3K_PTEN": 1}, "genes are kept now"
for line in Path("again.gmt").read_text().splitlines():
    name, *genes = line.split("\t")
    assert set(genes) == SETS[name]
END
