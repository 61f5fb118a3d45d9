#!/usr/bin/env bash
# bibliography-io 0.1.0: of a paper in PubMed's format the first author is left, half of the title, and a DOI that is none
#
# Expected: a tag that comes again adds another author, a line that begins with blanks goes on with the one above, and of the
# identifiers in AID the one marked [doi] is the DOI.
#
# Seen: the first value of a tag is kept and the others are dropped; lines that go on are dropped, so that titles and
# abstracts end with their first line; the publisher's item number, which stands first in AID, is the "doi". From RIS a
# paper has all of its authors, until it is written again: then they are one author, and the pages stand under PA, a tag
# that RIS does not have.
#
# Where her2 meets it: her2 gives the PMIDs of its references, with which PubMed hands out such files to reference managers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bibliography-io==0.1.0
cd "$folder"
cat >example.nbib <<'END'
PMID- 1
TI  - A receptor that has no ligand and what becomes of its partners when it is
      taken away.
PG  - 177-82
FAU - Roe, Jane
AU  - Roe J
FAU - Doe, John
AU  - Doe J
DP  - 2001 Jan
JT  - An example
AID - S0000-0000(01)00001-1 [pii]
AID - 10.1000/example.1 [doi]
END
cat >example.ris <<'END'
TY  - JOUR
AU  - Roe, Jane
AU  - Doe, John
TI  - A receptor that has no ligand
SP  - 177
EP  - 182
ER  - 
END
cat >example.py <<'END'
import bibliography_io

(paper,) = bibliography_io.load_records("example.nbib").values()
ris = bibliography_io.load_records("example.ris")
again = bibliography_io.dumps(ris, format="ris").splitlines()
print("bibliography-io 0.1.0:", paper["author"], "|", paper["title"], "|", paper["doi"], "|", again)
assert paper["author"] == "Roe J", "all authors are kept now"
assert paper["title"].strip().endswith("when it is")
assert paper["doi"] == "S0000-0000(01)00001-1 [pii]"
assert ris["1"]["author"] == "Roe, Jane and Doe, John" and ris["1"]["pages"] == "177--182"
assert "A1  - Roe, Jane and Doe, John" in again and "PA  - 177--182" in again
END
venv/bin/python example.py
