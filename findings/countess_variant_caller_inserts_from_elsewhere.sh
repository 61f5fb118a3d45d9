#!/usr/bin/env bash
# countess-variant-caller 0.1.1: with an offset, "ins5_15" still counts from one and names another sequence
#
# Expected: an amplicon that begins at c.2301 is compared with an offset of 2300, and every number of the HGVS text is
# then one of the gene. What is inserted is a copy of c.2305_2315: c.2317_2318ins2305_2315. In HGVS such a range is one
# of the same reference.
#
# Seen: where it is inserted is moved, what is inserted is not: c.2317_2318ins5_15. That is read as the first bases of
# the gene, and any tool that applies it makes another sequence. delins does the same: c.2314_2323delins1_10, far from
# there. Without an offset both are right; substitutions and duplications are right with one. Nothing is
# said.
#
# Where her2 meets it: ERBB2's insertions in exon 20 are copies of their neighbours, read from amplicons, and her2 takes
# changes of ERBB2 by such names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet countess-variant-caller==0.1.1 rapidfuzz==3.14.6 fqfa==1.3.1
cd "$folder"
venv/bin/python - <<'END'
from countess_variant_caller import find_variant_string

REFERENCE, COPIED = "ATCGATCGATCGATCGAGGGTCCC", "ATCGATCGATCGATCGAATCGATCGATCGGGTCCC"
REPLACED = ("AAAAAAAAAACCCGGGGGGGGGGTTT", "AAAAAAAAAACCCAAAAAAAAAATTT")


def named(pair, offset=0):
    return find_variant_string("c.", *pair, offset=offset)


copied, replaced = named((REFERENCE, COPIED), 2300), named(REPLACED, 2300)
print("countess-variant-caller 0.1.1:", copied, replaced)
assert named((REFERENCE, COPIED)) == "c.17_18ins5_15" and named(REPLACED) == "c.14_23delins1_10"
assert REFERENCE[:17] + REFERENCE[4:15] + REFERENCE[17:] == COPIED
assert named(("AGAAGTAGAGG", "ATAAGAAGAGG"), 2300) == "c.[2302G>T;2306T>A]"
assert named(("AGAAGTAGAGG", "AGAAGTTAGAGG"), 2300) == "c.2306dup"
assert copied == "c.2317_2318ins5_15", "what is inserted is moved now"
assert replaced == "c.2314_2323delins1_10", "what replaces is moved now"
END
