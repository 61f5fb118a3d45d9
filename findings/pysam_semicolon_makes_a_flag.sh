#!/usr/bin/env bash
# pysam 0.24.1 and cyvcf2 0.35.0: "gain;high" is written into a VCF as it is, and read again as "gain" and a flag called high
#
# Expected: VCF 4.3 has `;`, `=`, `,` and `%` within a value as %3B, %3D, %2C and %25. A library that is handed a text for INFO
# writes it so, or refuses it, and gives the text back when it reads.
#
# Seen: vcfpy 0.14.2 does both. pysam and cyvcf2 write the text raw; the record then has a key more, or, with a blank behind the
# semicolon, cannot be read again at all. What others wrote rightly they give as `gain%3Bhigh`. htslib says something about
# keys without a header when it reads, nothing when it writes.
#
# Where her2 meets it: annotations of variants, which become alterations of her2 by way of MAF, pass through these libraries.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pysam==0.24.1 cyvcf2==0.35.0 vcfpy==0.14.2
cd "$folder"
{
  printf '##fileformat=VCFv4.3\n##contig=<ID=chr17,length=83257441>\n'
  printf '##INFO=<ID=NOTE,Number=1,Type=String,Description="Note">\n'
  printf '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr17\t39724000\t.\tA\tG\t.\tPASS\tNOTE=gain%%3Bhigh\n'
} >in.vcf
cat >show.py <<'EOF'
import cyvcf2
import pysam
import vcfpy

TEXT = "gain;high"
with pysam.VariantFile("in.vcf") as given, pysam.VariantFile("pysam.vcf", "w", header=given.header) as made:
    record = next(given)
    seen_by_pysam = record.info["NOTE"]
    record.info["NOTE"] = TEXT
    made.write(record)
given = cyvcf2.VCF("in.vcf")
made = cyvcf2.Writer("cyvcf2.vcf", given)
record = next(given)
seen_by_cyvcf2 = record.INFO["NOTE"]
record.INFO["NOTE"] = TEXT
made.write_record(record)
made.close()
given = vcfpy.Reader.from_path("in.vcf")
record = next(given)
seen_by_vcfpy = record.INFO["NOTE"]
record.INFO["NOTE"] = TEXT
with vcfpy.Writer.from_path("vcfpy.vcf", given.header) as made:
    made.write_record(record)


def written(name):
    with open(f"{name}.vcf") as stream:
        return stream.read().split()[-1]


found = {name: written(name) for name in ("pysam", "cyvcf2", "vcfpy")}
with pysam.VariantFile("pysam.vcf") as again:
    keys = dict(next(again).info)
print("read:", [seen_by_pysam, seen_by_cyvcf2, seen_by_vcfpy], "written:", found, "pysam again:", keys)
assert seen_by_vcfpy == TEXT and found["vcfpy"] == "NOTE=gain%3Bhigh"
assert seen_by_pysam == seen_by_cyvcf2 == "gain%3Bhigh", "values are decoded now"
assert found["pysam"] == found["cyvcf2"] == "NOTE=gain;high", "values are encoded now"
assert keys["NOTE"] == "gain" and "high" in keys
EOF
venv/bin/python show.py 2>errors || { cat errors; exit 1; }
