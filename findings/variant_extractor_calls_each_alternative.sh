#!/usr/bin/env bash
# variant-extractor 5.2.0: of ALT "A,T" a tumour that has A twice is called with T as well, and the second end of an inversion is its first
#
# Expected: an entry with two alternatives becomes two, each with the genotype of its own: a tumour with 1/1 has A and no T, and in an entry
# with one alternative no genotype names a second. From TTA to CC one base is lost. The two junctions of an inversion of 5001 to 6000
# lead from 5000 to 6000 and from 5001 to 6001, as its text `[17:6001[C` says.
#
# Seen: each of the entries has a reference allele and the second number of the genotype, whatever that is: 1/1 is 0/1 for A and 0/1 for T,
# beside no read of T; 0/2 is 0/2 for both, where nothing is called 2. The reads are split rightly. TTA to CC is a deletion of two, G to
# TTGT an insertion of three, as the longer side has it. The second junction's record names 5001, where it starts. Nothing is said.
#
# Where her2 meets it: the mutations that `her2 cohort` reads as MAF have been called as VCF, with both alternatives of a place in one entry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet variant-extractor==5.2.0 pysam==0.24.1
cd "$folder"
cat >calls.py <<'END'
from pathlib import Path

from variant_extractor import VariantExtractor

HEAD = """##fileformat=VCFv4.2
##FILTER=<ID=PASS,Description="All filters passed">
##contig=<ID=17>
##INFO=<ID=END,Number=1,Type=Integer,Description="End">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
"""
ROWS = [
    "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT TUMOR",
    "17 1001 . C A,T . PASS . GT:AD 1/1:0,25,0",
    "17 2001 . C A,T . PASS . GT:AD 0/2:30,0,20",
    "17 3001 . C A . PASS . GT:AD 1/1:0,25",
    "17 4001 . TTA CC . PASS . GT:AD 0/1:30,20",
    "17 5001 . C <INV> . PASS END=6000 GT:AD 0/1:30,20",
]
Path("tumour.vcf").write_text(HEAD + "".join(row.replace(" ", "\t") + "\n" for row in ROWS))
found = list(VariantExtractor("tumour.vcf"))
calls = [(each.pos, each.alt, each.samples["TUMOR"]["GT"], each.samples["TUMOR"]["AD"]) for each in found[:5]]
loss, (first, second) = found[5], found[6:]
print("variant-extractor 5.2.0:", *calls, (loss.variant_type.name, loss.length), first.alt, first.alt_sv_breakend, second.alt, second.alt_sv_breakend, sep="\n  ")
assert calls[4] == (3001, "A", (1, 1), (0, 25))
assert calls[:2] == [(1001, "A", (0, 1), (0, 25)), (1001, "T", (0, 1), (0, 0))], "genotypes are those of the alternative now"
assert calls[2:4] == [(2001, "A", (0, 2), (30, 0)), (2001, "T", (0, 2), (30, 20))]
assert (loss.variant_type.name, loss.length) == ("DEL", 2)
assert (first.pos, first.alt_sv_breakend.pos) == (5000, 6000)
assert (second.pos, second.alt, second.alt_sv_breakend.pos) == (5001, "[17:6001[C", 5001)
END
venv/bin/python -W ignore calls.py
