#!/usr/bin/env bash
# vcf2maf-py 0.1.3: bases that are replaced by more are not lost: ERBB2 G776delinsLC becomes an insertion of four bases
#
# Expected: in MAF a change from G to TTGT has the reference G and the alternative TTGT, one from TTA to CC the reference TTA and the
# alternative CC. In a VCF with the samples NORMAL and TUMOR the second is the tumour.
#
# Seen: what is longer afterwards is a pure insertion, "-" to TTGT before the G, four bases more instead of three, out of frame; what is
# shorter is a pure deletion, TTA to "-", three bases less instead of one. And unless both are named, the first sample is the tumour: the row
# has the barcode NORMAL, none of the tumour's 20 reads, and 20 reads of the variant in its normal.
#
# Where her2 meets it: `her2 cohort` reads MAF; such changes of exon 20 activate ERBB2, a frame shift is a loss.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet vcf2maf-py==0.1.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import logging
from pathlib import Path

from vcf2maf_py.converter import convert_vcf_to_maf

logging.disable(logging.CRITICAL)
HEAD = """##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
"""
ROWS = ["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT NORMAL TUMOR".split()]
for place, before, after in [(1001, "G", "TTGT"), (2001, "TTA", "CC"), (3001, "G", "A"), (4000, "CTTT", "C")]:
    ROWS.append(["17", str(place), ".", before, after, ".", "PASS", ".", "GT:AD", "0/0:50,0", "0/1:30,20"])
Path("tumour.vcf").write_text(HEAD + "".join("\t".join(row) + "\n" for row in ROWS))


def changes(**samples):
    rows = convert_vcf_to_maf("tumour.vcf", **samples)
    names = "Start_Position End_Position Variant_Type Reference_Allele Tumor_Seq_Allele2".split()
    reads = {(row["Tumor_Sample_Barcode"], row["t_alt_count"], row["n_alt_count"]) for row in rows}
    return [" ".join(row[name] for name in names) for row in rows], reads


seen, reads = changes(tumor_id="TUMOR", normal_id="NORMAL")
_, unnamed = changes()
print("vcf2maf-py 0.1.3:", seen, reads, unnamed, sep="\n  ")
assert seen[2:] == ["3001 3001 SNP G A", "4001 4003 DEL TTT -"]
assert seen[0] == "1000 1001 INS - TTGT", "the G is gone now"
assert seen[1] == "2001 2003 DEL TTA -", "CC is there now"
assert reads == {("TUMOR", "20", "0")}
assert unnamed == {("NORMAL", "0", "20")}, "the tumour is found by its name now"
END
