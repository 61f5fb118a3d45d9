#!/usr/bin/env bash
# lixplore-cli 1.2.3: "Roe Jane A" of PubMed is cited as "A, R. J.", and in RIS and BibTeX the family's name is A
#
# Expected: one author, found in PubMed, in Europe PMC and in Crossref, is "Roe, J. A." in APA and of the family Roe in BibTeX and RIS,
# where a name is "Roe, Jane A".
#
# Seen: what PubMed gives as LastName and ForeName becomes "Roe Jane A", Europe PMC's is "Roe JA", Crossref's "Jane A Roe": the family
# first or last, as it comes. Citations and citation keys take the last word for the family's name: A, JA and Roe. In BibTeX the
# names stand without a comma, so that pybtex reads the same; in RIS they do as well. Who has no LastName, a study group, is not
# there. Nothing is said, and PubMed is the first source that its description names.
#
# Where her2 meets it: references of its network come from PubMed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet lixplore-cli==1.2.3 pybtex==0.26.1
cd "$folder"
cat >example.py <<'END'
import os

from lixplore.sources.crossref import CrossrefSource
from lixplore.sources.europepmc import EuropePMCSource
from lixplore.sources.pubmed import PubMedSource
from lixplore.utils.citations import format_citations
from lixplore.utils.export import export_to_bibtex, export_to_ris
from pybtex.database import parse_file

AUTHORS = [{"LastName": "Roe", "ForeName": "Jane A", "Initials": "JA"}, {"CollectiveName": "Example Study Group"}]
TITLE, YEAR = "HER2 in an example", "2020"
issue = {"Title": "J Examples", "JournalIssue": {"PubDate": {"Year": YEAR}}}
articles = {
    "PubMed": PubMedSource().parse_article(
        {"MedlineCitation": {"PMID": "10000001", "Article": {"ArticleTitle": TITLE, "AuthorList": AUTHORS, "Journal": issue}}}
    ),
    "Europe PMC": EuropePMCSource().parse_article({"title": TITLE, "authorString": "Roe JA", "pubYear": YEAR}),
    "Crossref": CrossrefSource().parse_article({"title": [TITLE], "author": [{"given": "Jane A", "family": "Roe"}]}),
}
seen = {}
for source, article in articles.items():
    path, ris = os.path.abspath("papers.bib"), os.path.abspath("papers.ris")
    export_to_bibtex([article], path)
    export_to_ris([article], ris)
    entry = next(iter(parse_file(path).entries.values()))
    with open(ris) as file:
        names = [line[6:].strip() for line in file if line.startswith("AU")]
    cited = format_citations([article], "apa")[0]
    seen[source] = (cited.split(" (")[0].split(" HER2")[0], [str(each) for each in entry.persons["author"]], names)
print("lixplore-cli 1.2.3:", seen)
assert "Roe, J. A." in seen["Crossref"][0] and seen["Crossref"][1] == ["Roe, Jane A"]
assert "A, R. J." in seen["PubMed"][0], "families are families now"
assert seen["PubMed"][1:] == (["A, Roe Jane"], ["Roe Jane A"])
assert "JA, R." in seen["Europe PMC"][0] and seen["Europe PMC"][1] == ["JA, Roe"]
assert "Group" not in str(seen["PubMed"]), "study groups are there now"
END
venv/bin/python -W ignore example.py | tail -1
