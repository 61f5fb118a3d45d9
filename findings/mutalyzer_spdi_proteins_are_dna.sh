#!/usr/bin/env bash
# mutalyzer-spdi-parser 0.3.1: L755S of HER2, as SPDI of its protein, is a description of DNA, and so is what SPDI says of an RNA
#
# Expected: SPDI names proteins as it names DNA, NP_004439.2:754:L:S; its model in HGVS is that of mutalyzer-hgvs-parser 0.4.0 for
# NP_004439.2:p.(Leu755Ser), "description_protein".
#
# Seen: `to_hgvs_internal_model` makes "description_dna" of each, whatever the sequence and the reference are, with an L that is deleted and
# an S that is inserted; S and W, M and K, and A, C, G and T are letters of DNA as well, so that nothing behind it can tell:
# alanine to threonine is a base A that becomes a T. Nothing is said.
#
# Where her2 meets it: mutations of HER2 are named by their proteins in its experiments, by SPDI in the registries.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mutalyzer-spdi-parser==0.3.1 mutalyzer-hgvs-parser==0.4.0 setuptools==65.5.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from mutalyzer_hgvs_parser import to_model
from mutalyzer_spdi_parser import to_hgvs_internal_model

DESCRIPTIONS = {
    "NP_004439.2:754:L:S": "NP_004439.2:p.(Leu755Ser)",
    "NP_004439.2:99:A:T": "NP_004439.2:p.(Ala100Thr)",
    "NC_000017.11:39724727:T:C": "NC_000017.11:g.39724728T>C",
}
seen = {spdi: (to_hgvs_internal_model(spdi)["type"], to_model(hgvs)["type"]) for spdi, hgvs in DESCRIPTIONS.items()}
change = to_hgvs_internal_model("NP_004439.2:99:A:T")["variants"][0]
letters = change["deleted"][0]["sequence"], change["inserted"][0]["sequence"]
print("mutalyzer-spdi-parser 0.3.1, mutalyzer-hgvs-parser 0.4.0:", seen, letters)
assert [other for _, other in seen.values()] == ["description_protein", "description_protein", "description_dna"]
assert {own for own, _ in seen.values()} == {"description_dna"}, "proteins are proteins now"
assert to_hgvs_internal_model("NR_000001.1:3:u:a")["type"] == "description_dna"
assert letters == ("A", "T")
END
