#!/usr/bin/env bash
# cnv-vcf2json 2.0.0: the amplification of ERBB2 in the tumour is written for the normal sample beside it
#
# Expected: of a VCF with the samples TUMOUR and NORMAL, the record for Beacon says TUMOUR has 12 copies, or NORMAL has 2, or there are two
# records.
#
# Seen: the name is that of the last sample, the values are those of the first: "NORMAL" has 12 copies, "high-level gain". In the other
# order TUMOUR has 2. Two copies of a duplication are a "copy number gain" at that, so that 0/0 is one as well. With
# one sample all is right. Nothing is said.
#
# Where her2 meets it: `her2 cohort` takes copies of ERBB2 as amplified or not; with such records it is the wrong patient's sample.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cnv-vcf2json==2.0.0
cd "$folder"
cat >vcf.py <<'END'
import json
import subprocess
from pathlib import Path

HEADER = """##fileformat=VCFv4.2
##ALT=<ID=DUP,Description="Duplication">
##INFO=<ID=END,Number=1,Type=Integer,Description="End">
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=CN,Number=1,Type=Integer,Description="Copies">
"""
CALLS = {"TUMOUR": "0/1:12", "NORMAL": "0/0:2"}


def record(*samples):
    names = "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT".split()
    values = ["chr17", "39688094", ".", "N", "<DUP>", ".", "PASS", "END=39728658", "GT:CN", *map(CALLS.get, samples)]
    Path("in.vcf").write_text(HEADER + "\t".join([*names, *samples]) + "\n" + "\t".join(values) + "\n")
    subprocess.run(["venv/bin/cnv-vcf2json", "in.vcf", "-o", "out.json"], check=True)
    (one,) = json.loads(Path("out.json").read_text())
    return one["biosampleId"], one["info"]["cn_number"], one["variantState"]["label"]


seen = [record("TUMOUR"), record("TUMOUR", "NORMAL"), record("NORMAL", "TUMOUR")]
print("cnv-vcf2json 2.0.0:", *seen, sep="\n  ")
assert seen[0] == ("TUMOUR", 12, "high-level gain")
assert seen[1] == ("NORMAL", 12, "high-level gain"), "name and values are of one sample now"
assert seen[2] == ("TUMOUR", 2, "copy number gain")
END
venv/bin/python vcf.py
