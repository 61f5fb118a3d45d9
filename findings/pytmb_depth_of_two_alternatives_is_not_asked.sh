#!/usr/bin/env bash
# pytmb-curie 1.6.0: with min_depth=20 a place read three times counts as a mutation if it has two alternatives
#
# Expected: min_depth filters variants whose total depth is below it, however many alternatives they have; the depth,
# DP, has one value for each sample.
#
# Seen: a variant is left out if as many values of DP are too low as it has alternatives: one value never makes two, so
# that the depth of a place with two alternatives is not asked. It is counted in the mutational burden, and by the
# statistics no variant was filtered. The same place with one alternative is left out. Both alternatives together are
# one mutation.
#
# Where her2 meets it: tumours of a cohort come as VCF (`her2 cohort`), with a burden of mutations beside them that such
# counts gave.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pytmb-curie==1.6.0 cyvcf2==0.35.0 numpy==2.3.5 scipy==1.16.3
cd "$folder"
cat >example.py <<'END'
from pytmb.tmb import calculate_tmb

HEAD = """##fileformat=VCFv4.2
##contig=<ID=17,length=83257441>
##INFO=<ID=ANN,Number=.,Type=String,Description="Annotations">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Depth of each allele">
##FORMAT=<ID=AF,Number=A,Type=Float,Description="Fraction of each alternative">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOUR
"""
DATABASE = {"sep": "&", "tag": "ANN", "isCoding": {1: ["missense_variant"]}}
CALLER = {"freq": "AF", "depth": "DP", "altDepth": "AD"}


def counted(alternatives, call):
    with open("tumour.vcf", "w") as file:
        annotation = "ANN=G|missense_variant|MODERATE|ERBB2"
        file.write(HEAD + f"17\t39724008\t.\tT\t{alternatives}\t.\tPASS\t{annotation}\tGT:DP:AD:AF\t{call}\n")
    found = calculate_tmb("tumour.vcf", DATABASE, CALLER, eff_genome_size=1_000_000, min_depth=20)
    return found["var_tmb"], found["filter_stats"]["DEPTH"]


one = counted("G", "0/1:3:1,2:0.66")
two = counted("G,C", "1/2:3:1,1,1:0.33,0.33")
deep = counted("G", "0/1:30:10,20:0.66")
print("pytmb 1.6.0, counted and left out for their depth: one alternative", one, "two", two)
assert one == (0, 1) and deep == (1, 0)
assert two == (1, 0), "the depth of two alternatives is asked now"
END
venv/bin/python example.py
