#!/usr/bin/env bash
# citation-url 0.2.2: the DOI of a trial in the New England Journal is `full/10.1056/...`, and the addresses of PubMed are unknown
#
# Expected: of https://www.nejm.org/doi/full/10.1056/NEJM200103153441101 the DOI is 10.1056/NEJM200103153441101, and
# https://pubmed.ncbi.nlm.nih.gov/11248153/, the address that PubMed has had since 2020, is pubmed:11248153.
#
# Seen: what stands behind a known beginning is the DOI: full/10.1056/..., article/10.1186/... of Springer, abs/10.4161/... of
# Taylor & Francis, 10.3389/.../full of Frontiers, 10.1038/...#Sec1 of Nature, all of kind doi, without a word. PubMed's and
# PubMed Central's own addresses are "unknown"; those of before 2020 are known, and "11248153/" keeps the stroke.
#
# Where her2 meets it: her2's references have such addresses, most of them of PubMed Central; her2 gives DOI and PMID apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet citation-url==0.2.2
cd "$folder"
cat >example.py <<'END'
from citation_url import FailureReason, parse

DOIS = {
    "https://www.nejm.org/doi/full/10.1056/NEJM200103153441101": "full/10.1056/NEJM200103153441101",
    "https://link.springer.com/article/10.1186/bcr574": "article/10.1186/bcr574",
    "https://www.tandfonline.com/doi/abs/10.4161/example": "abs/10.4161/example",
    "https://www.frontiersin.org/articles/10.3389/example/full": "10.3389/example/full",
    "https://www.nature.com/articles/onc2008432#Sec1": "10.1038/onc2008432#Sec1",
}
NONE = ["https://pubmed.ncbi.nlm.nih.gov/11248153/", "https://pmc.ncbi.nlm.nih.gov/articles/PMC154152/"]

found = {address: parse(address) for address in DOIS}
old = parse("https://www.ncbi.nlm.nih.gov/pubmed/11248153/")
print("citation-url 0.2.2:", *(each.identifier for each in found.values()), old.identifier, *map(parse, NONE))
assert parse("https://doi.org/10.1186/bcr574").identifier == "10.1186/bcr574"
assert {address: each.identifier for address, each in found.items()} == DOIS, "DOIs are DOIs now"
assert {each.prefix for each in found.values()} == {"doi"}
assert [parse(address) for address in NONE] == [FailureReason.unknown] * 2, "PubMed is known now"
assert old.identifier == "11248153/"
END
venv/bin/python example.py
