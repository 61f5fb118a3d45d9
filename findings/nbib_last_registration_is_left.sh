#!/usr/bin/env bash
# nbib 0.3.2: of two registrations of a trial, and of two study groups, the last is left, and an online date of a month is its first day
#
# Expected: SI (secondary source, such as a trial's number), CN (corporate author) and LA (language) occur several times in PubMed's
# format: all of them come, as authors, keywords and MeSH headings do. "DEP - 202001" is a month.
#
# Seen: each of these three is an attribute with one value, and the next one takes its place: the number of ClinicalTrials.gov
# is gone where another registry is named behind it, and so is the group that did the trial. The online date is 1 January 2020,
# 00:00, which a date that is told cannot be told from. Nothing is said.
#
# Where her2 meets it: experiments and trials that it is compared with are known by these papers and numbers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet nbib==0.3.2 biopython==1.86
cd "$folder"
venv/bin/python -W ignore - <<'END'
import io

import nbib
from Bio import Medline

PAPER = """PMID- 10000001
OWN - NLM
TI  - Two antibodies in HER2-positive breast cancer.
FAU - Roe, Jane
AU  - Roe J
CN  - First Example Group
CN  - Second Example Group
LA  - eng
LA  - fre
SI  - ClinicalTrials.gov/NCT00000001
SI  - ISRCTN/ISRCTN00000002
OT  - HER2
OT  - trastuzumab
DEP - 202001
SO  - J Examples. 2020 Jan;1(1):1-2.

"""
seen, other = nbib.read(PAPER)[0], Medline.read(io.StringIO(PAPER))
names = ["secondary_source", "corporate_author", "language"]
print("nbib 0.3.2:", {name: seen[name] for name in names}, seen["electronic_publication_date"], "Biopython:", other["SI"], other["CN"])
assert len(other["SI"]) == len(other["CN"]) == len(other["LA"]) == 2
assert [seen[name] for name in names] == ["ISRCTN/ISRCTN00000002", "Second Example Group", "fre"], "all of them come now"
assert seen["keywords"] == ["HER2", "trastuzumab"]
assert str(seen["electronic_publication_date"]) == "2020-01-01 00:00:00"
END
