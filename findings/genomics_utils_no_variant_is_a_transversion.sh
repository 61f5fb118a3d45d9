#!/usr/bin/env bash
# genomerse-genomics-utils 0.1.0: a place where the tumour is as the reference is a base exchange, and a transversion
#
# Expected: ALT "." is no variant, "*" a base that a deletion before it took away, and bases are "case insensitive" (VCF
# 4.3): a to g is a transition as A to G is. cyvcf2 calls neither "." nor "*" a base exchange.
#
# Seen: whatever has one letter in REF and in ALT is a "SNP", and what is not A to G, C to T or back in capitals is a
# transversion: ".", "*" and a to g. Of one transition beside ten places without a variant the transition/transversion
# ratio is 0.1. A deletion as <DEL> is an "MNV". The ratio goes into the report for MultiQC by which samples are judged.
#
# Where her2 meets it: tumours come as VCF that has every place of the panel, variant or not (`her2 cohort`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet genomerse-genomics-utils==0.1.0 cyvcf2==0.35.0 numpy==2.3.5
cd "$folder"
cat >example.py <<'END'
import cyvcf2
from genomics_utils.vcf_annotate import annotate_vcf

HEAD = """##fileformat=VCFv4.3
##contig=<ID=17,length=83257441>
##ALT=<ID=DEL,Description="Deletion">
#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO
"""


def annotated(*pairs):
    with open("tumour.vcf", "w") as file:
        file.write(HEAD)
        for place, (ref, alt) in enumerate(pairs, 39700000):
            file.write(f"17\t{place}\t.\t{ref}\t{alt}\t.\tPASS\t.\n")
    return annotate_vcf("tumour.vcf")


seen, _ = annotated(("A", "G"), ("A", "."), ("C", "*"), ("a", "g"), ("N", "<DEL>"))
seen = [(one.record.alt, one.variant_type, one.is_transition) for one in seen]
others = [variant.is_snp for variant in cyvcf2.VCF("tumour.vcf")]
_, summary = annotated(("A", "G"), *[("A", ".")] * 10)
print("genomics-utils 0.1.0:", seen, summary.as_dict())
assert seen[0] == ("G", "SNP", True) and others[0] and not others[1] and not others[2]
assert seen[1:3] == [(".", "SNP", False), ("*", "SNP", False)], "what is no base is no exchange now"
assert seen[3] == ("g", "SNP", False), "small letters are bases now"
assert seen[4] == ("<DEL>", "MNV", None)
assert summary.transversions == 10 and summary.ts_tv_ratio == 0.1
END
venv/bin/python example.py
