#!/usr/bin/env bash
# processVCF 1.0.4.1: after a variant that two callers found each variant has the depth of the next, the last has none
#
# Expected: each record of a VCF has its own INFO. Two records may describe one variant, as where two callers' files
# were put together; each keeps its INFO beside the columns that it was read with.
#
# Seen: the columns are read as a table of all records, INFO by way of a dictionary in which the second record replaces
# the first, and both are put side by side by row number. From there on every row has the INFO of the row below: a
# variant of depth 10 has 20, ERBB2 V842I of depth 30 has EGFR's 40, and the last, which has one, has none. A warning
# says "duplicates could be present", nothing of the rest. Genotypes, read from the table, stay with their variants.
#
# Where her2 meets it: her2 reads changes of ERBB2 from VCF, and what was too shallow is left out before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet processVCF==1.0.4.1 pandas==2.2.3 numpy==2.2.6
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pathlib import Path

from processVCF.VCF import VCF

HEAD = """##fileformat=VCFv4.2
##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tTUMOUR
"""
S310F, V842I = "17\t39711955\t.\tC\tT", "17\t39725079\t.\tG\tA"
L858R = "7\t55191822\t.\tT\tG"


def depths(*records):
    rows = [f"{variant}\t50\tPASS\tDP={depth}\tGT\t{genotype}\n" for variant, depth, genotype in records]
    Path("calls.vcf").write_text(HEAD + "".join(rows))
    calls = VCF("calls.vcf")
    for step in (calls.configure_vcf, calls.parseINFO, calls.parseEncoding, calls.fullVCF):
        step()
    table = calls.vcf_full
    return list(table.DP.fillna("none")), list(table.GT)


once = depths((S310F, 10, "0/1"), (V842I, 30, "1/1"), (L858R, 40, "0/1"))
twice = depths((S310F, 10, "0/1"), (S310F, 20, "0/1"), (V842I, 30, "1/1"), (L858R, 40, "0/1"))
print("processVCF 1.0.4.1:", once, twice)
assert once == (["10", "30", "40"], ["0/1", "1/1", "0/1"])
assert twice == (["20", "30", "40", "none"], ["0/1", "0/1", "1/1", "0/1"]), "each variant has its own depth now"
END
