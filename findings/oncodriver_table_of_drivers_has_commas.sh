#!/usr/bin/env bash
# oncodriver 1.3.0: its _oncodriver.tsv is parted by commas, so that it cannot read it itself, and a depth of 20 is below 20
#
# Expected: the table of amplified drivers, NAME_oncodriver.tsv beside NAME.tsv, is parted by tabs as the table that it read, under the
# headings of that table. `--min_depth 20` "filters variants with depth < min_depth": 20 reads are enough.
#
# Seen: what is read with tabs is written with commas, under the headings that Facets has, whatever columns the file had and the
# configuration names. Read again as a TSV, each line is one field: oncodriver itself stops with "list index out of range". A
# mutation with 20 reads is left out, and so is one whose allele has just as many reads as are asked for.
#
# Where her2 meets it: amplifications of ERBB2 and mutations of PIK3CA that are drivers are what its tumours are made of.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet oncodriver==1.3.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import logging

logging.disable(logging.CRITICAL)
from oncodriver import process_cnv, process_vcf

GENES = {"oncogene": ["ERBB2", "PIK3CA"], "tsg": [], "both": [], "unknown": []}
CNV = {"gene_id": 0, "class": 1, "start": 2, "end": 3}
VCF = {
    "tag": "ANN", "sep": "&", "vaf": "AF", "depth": "DP", "alt_depth": "AD",
    "annot_info": 1, "gene_id": 3, "transcript_id": 6, "cancer_db": [], "polym_db": {},
}  # fmt: skip
SELECT = {
    ("oncogene", "cnv"): [{"var_type": "cnv", "gene_type": "oncogene", "var_classes": ["AMP"]}],
    ("oncogene", "snv"): [{"var_type": "snv", "gene_type": "oncogene", "var_classes": ["missense_variant"]}],
}
with open("copies.tsv", "w") as file:
    file.write("gene\tcall\tstart\tend\nERBB2\tAMP\t37844000\t37885000\n")
process_cnv("copies.tsv", None, False, CNV, SELECT, GENES, {})
with open("copies_oncodriver.tsv") as file:
    header, line = file.read().splitlines()
try:
    again = process_cnv("copies_oncodriver.tsv", "again.tsv", False, CNV, SELECT, GENES, {})
except IndexError as error:
    again = str(error)
with open("mutations.vcf", "w") as file:
    file.write("##fileformat=VCFv4.2\n##contig=<ID=3>\n")
    file.write('##INFO=<ID=ANN,Number=.,Type=String,Description="annotations">\n')
    for key, number, kind in (("GT", "1", "String"), ("DP", "1", "Integer"), ("AD", "R", "Integer"), ("AF", "A", "Float")):
        file.write(f'##FORMAT=<ID={key},Number={number},Type={kind},Description="{key}">\n')
    file.write("\t".join("#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT T1".split()) + "\n")
    for depth in (19, 20, 21):
        reads = f"0/1:{depth}:{depth - 9},9:0.4"
        annotation = "ANN=G|missense_variant|MODERATE|PIK3CA|1|transcript|NM_1.1"
        file.write("\t".join(["3", str(depth), ".", "A", "G", ".", "PASS", annotation, "GT:DP:AD:AF", reads]) + "\n")


def kept(depth=None, alternative=None):
    process_vcf("mutations.vcf", None, "drivers.vcf", False, None, depth, alternative, None, False, False, VCF, SELECT, GENES, {})
    with open("drivers.vcf") as file:
        return [int(line.split("\t")[1]) for line in file if not line.startswith("#")]


print("oncodriver 1.3.0:", header, line, again, "depths kept:", kept(), kept(depth=20), kept(alternative=9))
assert "\t" not in header + line and line == "ERBB2,AMP,37844000,37885000,Driver,oncogene", "the table has tabs now"
assert header.split(",")[:4] == ["chrom", "loc.start", "loc.end", "ID"] and again == "list index out of range"
assert kept() == [19, 20, 21]
assert kept(depth=20) == [21] and kept(alternative=9) == [], "20 reads are enough now"
END
