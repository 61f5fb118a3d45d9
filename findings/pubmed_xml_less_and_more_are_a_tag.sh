#!/usr/bin/env bash
# pubmed-xml 1.0.3: what stands between "<2.0" and ">2.2" in an abstract of PubMed is taken for a tag and cut out
#
# Expected: "HER2/CEP17 was <2.0 in 30 tumours and >2.2 in 12" stays so: the XML writes these signs as &lt; and &gt;, so
# that they are no tags.
#
# Seen: once the XML is read and the signs are signs, tags are taken out of the text, up to the next "more than": "HER2/CEP17 was
# 2.2 in 12". A ratio is turned into another one, and nothing is said. "< 2.0" with a blank stays, as does "<2.0" without a ">"
# behind it. A group that is an author (CollectiveName) is an author without a name.
#
# Where her2 meets it: the limits of tests for HER2, by which tumours are positive or not, stand so in abstracts that it rests on.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
# It imports python-dateutil, which it does not ask for.
python3 -m pip --python "$folder/venv" install --quiet pubmed-xml==1.0.3 python-dateutil==2.9.0.post0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from html import escape
from pathlib import Path

from pubmed_xml import Pubmed_XML_Parser


def read(abstract):
    Path("article.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>90000001</PMID>'
        "<Article><Journal><JournalIssue><PubDate><Year>2011</Year></PubDate></JournalIssue><Title>J Ex</Title></Journal>"
        f"<ArticleTitle>HER2 and CEP17</ArticleTitle><Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract>"
        "<AuthorList><Author><LastName>Muster</LastName><ForeName>Anna</ForeName></Author>"
        "<Author><CollectiveName>Example Group</CollectiveName></Author></AuthorList>"
        "</Article></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType='pubmed'>90000001</ArticleId>"
        "</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"
    )
    (article,) = Pubmed_XML_Parser().parse("article.xml")
    return article


TEXT = "HER2/CEP17 was <2.0 in 30 tumours and >2.2 in 12."
article = read(TEXT)
print("pubmed-xml 1.0.3:", article.abstract, article.authors)
assert article.abstract == "HER2/CEP17 was 2.2 in 12.", "the abstract is kept whole now"
assert article.authors == ["Anna Muster", ""]
for kept in (TEXT.replace("<", "< "), TEXT.replace(" and >2.2 in 12", "")):
    assert read(kept).abstract == kept
END
