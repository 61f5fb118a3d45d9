#!/usr/bin/env bash
# bioregistry 0.15.6: the address of a DOI of BioMed Central is read as a clinical trial, isrctn:bcr574
#
# Expected: parse_iri(get_iri("doi", "10.1186/bcr574")) is doi and 10.1186/bcr574, as for DOIs of other publishers; what
# does not fit the pattern of a registry is not taken for it.
#
# Seen: since trials of ISRCTN have DOIs that begin with 10.1186/ as well, all papers of that publisher are trials, with
# an identifier that bioregistry itself calls invalid. In the same way the address that it makes for PMID 11406546
# gives `11406546/` back, and UniProt's present address of P04626 is a mnemonic. No error.
#
# Where her2 meets it: three dozen references of her2 have such DOIs (Breast Cancer Research and others); her2 gives DOI
# and PMID apart from their addresses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bioregistry==0.15.6
cd "$folder"
venv/bin/python - <<'EOF'
import bioregistry

found = {}
for prefix, identifier in (("doi", "10.1038/nature11412"), ("doi", "10.1186/bcr574"), ("pubmed", "11406546")):
    read = bioregistry.parse_iri(bioregistry.get_iri(prefix, identifier))
    found[identifier] = (*read, bioregistry.is_valid_identifier(*read))
read = bioregistry.parse_iri("https://www.uniprot.org/uniprotkb/P04626")
found["P04626"] = (*read, bioregistry.is_valid_identifier(*read))
print("bioregistry 0.15.6:", found)
assert found["10.1038/nature11412"] == ("doi", "10.1038/nature11412", True)
assert found["10.1186/bcr574"] == ("isrctn", "bcr574", False), "the paper is a paper now"
assert found["11406546"] == ("pubmed", "11406546/", False), "the address of a PMID is read right now"
assert found["P04626"] == ("uniprot.mnemonic", "P04626", False), "the address of UniProt is read right now"
EOF
