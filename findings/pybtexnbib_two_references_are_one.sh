#!/usr/bin/env bash
# pybtexnbib 0.2.0 and univtil 1.0.0: of a PubMed file with two references one is left, with the authors of both
#
# Expected: in PubMed's format (.nbib) a blank line parts the references, and a line that begins with blanks goes on with the
# field before it.
#
# Seen: both look for an end line ER, which RIS has and this format has not. pybtexnbib makes one article of all: titles and
# journals one behind the other, the authors of both, the DOI of the last one under the key of the first. Lines are joined
# without a blank, "HER2positive". univtil keeps title, year and DOI of the first with the authors of both, and cuts titles and
# abstracts at the end of their first line. Neither says anything. nbib 0.3.2 reads both references whole.
#
# Where her2 meets it: what stands behind its edges is looked up in PubMed and saved from there, several references at once, for
# the list of references that `her2 cite --bibtex` is added to.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pybtexnbib==0.2.0 univtil==1.0.0 nbib==0.3.2
cd "$folder"
venv/bin/python - <<'END'
import nbib
from pybtexnbib.parsers import NBIBParser
from univtil.bib.nbib import nbiblist

TEXT = """PMID- 90000001
DP  - 2011 Mar
TI  - Loss of PTEN and mutations of PIK3CA in breast tumours that are HER2
      positive.
FAU - Muster, Anna B
AU  - Muster AB
PT  - Journal Article
JT  - Journal of Examples
AID - 10.1000/example.1 [doi]

PMID- 90000002
DP  - 2012 Jan
TI  - Heregulin rescues cells from lapatinib.
FAU - Beispiel, Carl
AU  - Beispiel C
PT  - Journal Article
JT  - Journal of Examples
AID - 10.1000/example.2 [doi]

"""

first, second = nbib.read(TEXT)
assert first["title"].endswith("that are HER2 positive.") and second["doi"] == "10.1000/example.2"
assert [len(each["authors"]) for each in (first, second)] == [1, 1]

((key, one),) = NBIBParser().parse_string(TEXT).entries.items()
authors = [str(person) for person in one.persons["author"]]
print("pybtexnbib 0.2.0:", key, one.fields["title"], one.fields["doi"], authors, sep="\n  ")
assert (key, one.fields["doi"]) == ("Muster2011", "10.1000/example.2"), "references are kept apart now"
assert one.fields["title"].endswith("HER2positive.; Heregulin rescues cells from lapatinib.")
assert authors == ["Muster, Anna B", "Beispiel, Carl"]

(other,) = nbiblist(TEXT)
print("univtil 1.0.0:", other.bibkey, other.title, other.doi, other.author, sep="\n  ")
assert other.title.endswith("that are HER2") and other.doi == "10.1000/example.1"
assert other.author == "Muster, Anna B and Beispiel, Carl"
END
