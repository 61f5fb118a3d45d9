#!/usr/bin/env bash
# pubmed-mapper 0.1.1: a study group is an author "None None None", winter 2019 is January 2019, and "<HER2" of an abstract is a tag
#
# Expected: PubMed names an author who is a group in CollectiveName; an abstract that becomes HTML has "&lt;" where PubMed's XML has it; the
# issue of a winter has no day.
#
# Seen: CollectiveName is not read, and each group is an author without any name. Text is put into the HTML as it is read, beside the
# tags of italics and indices: of "HER3 was <HER2 in ten tumours and >HER2 in six" a browser shows "HER3 was HER2 in six", for the
# rest is a tag. A season becomes the first of a month, as if it were told. Nothing is said.
#
# Where her2 meets it: references and findings of its network come from PubMed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pubmed-mapper==0.1.1 lxml==6.0.2 beautifulsoup4==4.14.3 html5lib==1.1
cd "$folder"
venv/bin/python -W ignore - <<'END'
from bs4 import BeautifulSoup
from lxml import etree
from pubmed_mapper import Article

PAPER = """<PubmedArticle><MedlineCitation><PMID>10000001</PMID><Article>
<Journal><JournalIssue><Volume>1</Volume><PubDate><Year>2019</Year><Season>Winter</Season></PubDate></JournalIssue>
<Title>J Examples</Title><ISOAbbreviation>J Examples</ISOAbbreviation></Journal>
<ArticleTitle>HER2 in an example</ArticleTitle>
<Abstract><AbstractText>HER3 was &lt;HER2 in ten tumours and &gt;HER2 in <i>six</i>.</AbstractText></Abstract>
<AuthorList><Author><LastName>Roe</LastName><ForeName>Jane</ForeName><Initials>J</Initials></Author>
<Author><CollectiveName>Example Study Group</CollectiveName></Author></AuthorList>
</Article></MedlineCitation><PubmedData/></PubmedArticle>"""
article = Article.parse_element(etree.fromstring(PAPER))
authors = [str(author) for author in article.authors]
shown = BeautifulSoup(article.abstract, "html5lib").get_text()
print("pubmed-mapper 0.1.1:", authors, article.pubdate, article.abstract, "shown as:", shown)
assert authors == ["Roe J Jane", "None None None"], "study groups have a name now"
assert str(article.pubdate) == "2019-01-01"
assert article.abstract == "<p>HER3 was <HER2 in ten tumours and >HER2 in <i>six</i>.</p>", "text is escaped now"
assert shown == "HER3 was HER2 in six."
END
