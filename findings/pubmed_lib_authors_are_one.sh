#!/usr/bin/env bash
# pubmed-lib 1.0.0: in BibTeX three authors of a paper are one, of the family "Dennis J Slamon" and with the given name "Steven Shak"
#
# Expected: format_citation(article, "bibtex") puts "and" between authors, as BibTeX has it, and "and others" where some are left out.
#
# Seen: names are joined by commas, which in BibTeX part the family from what is before and behind: of two authors the first is the family's
# name of the second, of three the second is a "Jr". Of more than six the first six stand there, with commas, and "et al." as a
# name behind them. One author is right. Nothing is said.
#
# Where her2 meets it: her2 gives the PMIDs of its references, for which such tools fetch the rest; `her2 cite` itself writes "and".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pubmed-lib==1.0.0 pybtex==0.26.1
cd "$folder"
cat >cite.py <<'END'
from datetime import date

from pubmed_lib import Article, Author
from pubmed_lib.citation import format_citation
from pybtex.database import parse_string

NAMES = ["Dennis J Slamon", "Brian Leyland-Jones", "Steven Shak"]


def authors(names):
    paper = Article(pmid="1", title="An example", journal="J", published=date(2001, 1, 1), authors=[Author(name=each) for each in names])
    (entry,) = parse_string(format_citation(paper, "bibtex"), "bibtex").entries.values()
    return [
        {"family": " ".join(each.prelast_names + each.last_names), "given": " ".join(each.first_names + each.middle_names), "jr": " ".join(each.lineage_names)}
        for each in entry.persons["author"]
    ]


seen = {number: authors(NAMES[:number]) for number in (1, 2, 3)}
print("pubmed-lib 1.0.0:", *seen.values(), sep="\n  ")
assert seen[1] == [{"family": "Slamon", "given": "Dennis J", "jr": ""}]
assert seen[2] == [{"family": "Dennis J Slamon", "given": "Brian Leyland-Jones", "jr": ""}], "there are two authors now"
assert seen[3] == [{"family": "Dennis J Slamon", "given": "Steven Shak", "jr": "Brian Leyland-Jones"}]
many = Article(pmid="1", title="An example", journal="J", published=date(2001, 1, 1), authors=[Author(name=f"Jane Roe{n}") for n in range(7)])
assert "author = {Jane Roe0, Jane Roe1, Jane Roe2, Jane Roe3, Jane Roe4, Jane Roe5, et al.}," in format_citation(many, "bibtex")
END
venv/bin/python -W ignore cite.py
