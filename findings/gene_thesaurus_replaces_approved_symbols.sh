#!/usr/bin/env bash
# gene-thesaurus 3.2.0: PDK1, an approved symbol, is "updated" to PDPK1, another gene that is also called PDK1
#
# Expected: what HGNC approves stays as it is; aliases and previous symbols count only where no gene has that symbol today.
#
# Seen: symbols, previous symbols and aliases go into one dictionary, and the gene that stands later in HGNC's file wins. If
# PDPK1 (the kinase of AKT) stands behind PDK1 (pyruvate dehydrogenase kinase 1), the second becomes the first, MST1 becomes
# STK4, and an Ensembl identifier is that of the wrong gene. Nothing is said; in the other order all stay.
# The rows below are laid out as HGNC's monthly JSON; their symbols and aliases are HGNC's as remembered, cut down.
# Issue 1668 of SACGF/variantgrid counts 830 approved symbols that went to another gene by the same order of questions.
#
# Where her2 meets it: tumours' tables come with symbols "brought up to date", and PDPK1 is a step of PI3K to AKT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gene-thesaurus==3.2.0
cd "$folder"
venv/bin/python - <<'EOF'
import json
from datetime import datetime
from pathlib import Path

from gene_thesaurus import GeneThesaurus

GENES = [
    {"symbol": "MST1", "ensembl_gene_id": "ENSG_OF_MST1"},
    {"symbol": "PDK1", "ensembl_gene_id": "ENSG_OF_PDK1"},
    {"symbol": "PDPK1", "alias_symbol": ["PDK1"], "ensembl_gene_id": "ENSG_OF_PDPK1"},
    {"symbol": "STK4", "alias_symbol": ["MST1", "KRS2"], "ensembl_gene_id": "ENSG_OF_STK4"},
]
ASKED = ["PDK1", "PDPK1", "MST1", "STK4", "KRS2"]


def answers(name, genes):
    folder = Path(name)
    folder.mkdir()
    # The file of this month, as it is kept once it has been fetched.
    (folder / f"hgnc_complete_set_{datetime.now():%Y-%m}-01.json").write_text(json.dumps({"response": {"docs": genes}}))
    thesaurus = GeneThesaurus(str(folder))
    return thesaurus.update_gene_symbols(ASKED), thesaurus.translate_genes(ASKED, source="symbol", target="ensembl_id")


updated, identifiers = answers("as_listed", GENES)
turned, _ = answers("turned", GENES[::-1])
print("gene-thesaurus 3.2.0:", updated, "PDK1:", identifiers["PDK1"], "in the other order:", turned)
assert updated == {"PDK1": "PDPK1", "MST1": "STK4", "KRS2": "STK4"}, "approved symbols stay now"
assert identifiers["PDK1"] == "ENSG_OF_PDPK1"
assert turned == {"KRS2": "STK4"}
EOF
