#!/usr/bin/env bash
# bibx 0.9.2: of two papers of one year whose first authors are called Roe, one is left, with the DOIs of both
#
# Expected: two papers with other first authors, other titles and other DOIs are two papers, when they are read and when files are put
# together; what is the same is known by its DOI.
#
# Seen: each paper has a second identifier, the family name of its first author and the year, `simple:roe2001`, and who shares one of them is
# merged: Jane Roe's "HER2 in cells" and Mary Roe's "PTEN in cells" are Jane's, with both DOIs, and the second title and authors are
# gone. So it is with two references of a paper, of which the first counts for both. Files of Scopus (RIS) and of the Web of
# Science alike. Nothing is said.
#
# Where her2 meets it: what stands behind its edges is looked for in such networks of papers; of its own, Hanker 2017 and Sergina 2007 are two each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bibx==0.9.2
cd "$folder"
cat >papers.py <<'END'
import io

from bibx import read_scopus_ris, read_wos

PAPERS = [("Roe, J.", "HER2 in cells", "10.1000/one", "Poe A"), ("Roe, M.", "PTEN in cells", "10.1000/two", "Poe B")]


def ris(year):
    return "\n".join(f"TY  - JOUR\nAU  - {a}\nTI  - {t}\nJ2  - Ex. J.\nPY  - {y}\nDO  - {d}\nER  -\n" for (a, t, d, _), y in zip(PAPERS, (2001, year)))


def wos():
    record = "PT J\nAU {}\nTI {}\nJ9 EX J\nPY 2001\nVL 1\nBP 1\nDI {}\nCR {}, 1999, EX J, V1, P1, DOI {}0\nER\n"
    return "FN Example\nVR 1.0\n" + "\n".join(record.format(a, t, d, cited, d) for a, t, d, cited in PAPERS) + "\nEF\n"


def titles(collection):
    return [(each.title, sorted(one for one in each.ids if one.startswith("doi"))) for each in collection.articles]


seen, other = (titles(read_scopus_ris(io.StringIO(ris(year)))) for year in (2001, 2002))
science = read_wos(io.StringIO(wos()))
cited = [sorted(each.ids) for paper in science.articles for each in paper.references]
print("bibx 0.9.2:", seen, other, titles(science), cited, sep="\n  ")
assert other == [("HER2 in cells", ["doi:10.1000/one"]), ("PTEN in cells", ["doi:10.1000/two"])]
assert seen == [("HER2 in cells", ["doi:10.1000/one", "doi:10.1000/two"])], "two papers are two now"
assert titles(science) == seen
assert cited == [["doi:10.1000/one0", "doi:10.1000/two0", "simple:poe1999"]]
END
venv/bin/python -W ignore papers.py
