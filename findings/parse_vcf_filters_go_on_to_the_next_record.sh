#!/usr/bin/env bash
# parse-vcf 0.2.8: the filter of one variant is that of all that are marked after it, PIK3CA H1047R among them
#
# Expected: add_filter(["LowVAF"]) "will add" LowVAF to the filters of this record; the list is the caller's, and the
# next record gets the same. A record whose filters were not applied, ".", has LowVAF alone.
#
# Seen: the filters that a record has are put into the caller's list, so that the next record gets them, too: behind a
# variant that is q10, each one that a program marks with its own list of filters is LowVAF;q10, whether it had passed
# or not. Of "." it makes ".;LowVAF", which VCF does not have. With a new list for each record, or replace=True, the
# first does not happen. Nothing is said.
#
# Where her2 meets it: tumours of a cohort come as VCF that such programs marked, and what did not pass is left out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps parse-vcf==0.2.8 pysam==0.24.1
cd "$folder"
cat >example.py <<'END'
from parse_vcf import VcfReader

HEAD = """##fileformat=VCFv4.2
##contig=<ID=3,length=198295559>
##FILTER=<ID=q10,Description="Quality below 10">
##FILTER=<ID=LowVAF,Description="Few reads">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""
with open("tumour.vcf", "w") as file:
    file.write(HEAD)
    for place, state in ((179203765, "PASS"), (179218303, "q10"), (179234297, "PASS"), (179234300, ".")):
        file.write(f"3\t{place}\t.\tA\tG\t.\t{state}\t.\n")


def marked(filters):
    seen = []
    for record in VcfReader("tumour.vcf"):
        record.add_filter(filters())
        seen.append(str(record).split("\t")[6])
    return seen


mine = ["LowVAF"]
shared, own = marked(lambda: mine), marked(lambda: ["LowVAF"])
print("parse-vcf 0.2.8: one list", shared, "a new list for each", own, "and the list is", mine)
assert own == ["LowVAF", "LowVAF;q10", "LowVAF", ".;LowVAF"], "a record without filters has the new one alone now"
assert shared[:2] == ["LowVAF", "LowVAF;q10"]
assert shared[2] == "LowVAF;q10" and "q10" in shared[3], "filters stay with their record now"
assert mine[:2] == ["LowVAF", "q10"]
END
venv/bin/python -W ignore example.py
