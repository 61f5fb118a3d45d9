#!/usr/bin/env bash
# metapub 0.7.5: a paper on pages 783-792 has no last page, and the issue of December 1998 and January 1999 is of January 1998
#
# Expected: the last page of "783-92" and of "783-792" is 792; the date of "1998 Dec-1999 Jan" is December 1998; of two paragraphs of an
# abstract both are there; "Example Study Group" is one author.
#
# Seen: a last page is given where it is shortened or no number; where it is written in full, as publishers send it, or gets longer, as
# 99-101, it is None. Of a span of dates the month that comes first in the calendar is taken, and the year that stands first. Sections of
# an abstract go by their label, so that of two without one, or two of the same, the last is left, as "None: ...". In its BibTeX
# the group is a person, "Example Study, Group". Nothing is said.
#
# Where her2 meets it: its references name pages and year (`her2 cite`), and papers of the nineties, PubMed's MedlineDate, are among them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet metapub==0.7.5
cd "$folder"
cat >pages.py <<'END'
from metapub.pubmedarticle import PubMedArticle


def paper(pages="1-9", date="<Year>2001</Year>", *paragraphs):
    return PubMedArticle(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        f"<Journal><JournalIssue><Volume>3</Volume><PubDate>{date}</PubDate></JournalIssue><Title>Example</Title></Journal>"
        f"<ArticleTitle>An example</ArticleTitle><Pagination><MedlinePgn>{pages}</MedlinePgn></Pagination>"
        f"<Abstract>{''.join(f'<AbstractText>{each}</AbstractText>' for each in paragraphs)}</Abstract>"
        "<AuthorList><Author><CollectiveName>Example Study Group</CollectiveName></Author></AuthorList>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )


pages = {each: paper(each).last_page for each in ("783-92", "e12-e20", "783-792", "99-101")}
spans = ("1998 Nov-Dec", "1998 Dec-1999 Jan")
dates = {each: f"{paper('1', f'<MedlineDate>{each}</MedlineDate>').pubdate:%Y-%m}" for each in spans}
abstract = paper("1", "<Year>2001</Year>", "HER2 is high.", "PTEN is lost.").abstract
author = next(line for line in paper().citation_bibtex.splitlines() if line.startswith("author"))
print("metapub 0.7.5:", pages, dates, repr(abstract), author, sep="\n  ")
assert pages["783-92"] == "792" and pages["e12-e20"] == "e20"
assert pages["783-792"] is pages["99-101"] is None, "last pages are there now"
assert dates == {"1998 Nov-Dec": "1998-11", "1998 Dec-1999 Jan": "1998-01"}
assert abstract == "None: PTEN is lost."
assert author == "author = {Example Study, Group},"
END
HOME="$folder" venv/bin/python -W ignore pages.py 2>said.txt || { cat said.txt; exit 1; }
