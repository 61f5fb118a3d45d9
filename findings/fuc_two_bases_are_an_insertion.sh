#!/usr/bin/env bash
# fuc 0.38.0: from VCF to MAF, two bases that are replaced become an insertion of one, and an exon 20 insertion a frame shift
#
# Expected: `MafFrame.from_vcf` writes AC>TT, as BRAF V600K is, as a DNP from AC to TT; a change of 3, 6, 9 ... bases that
# VEP calls protein_altering_variant is in frame.
#
# Seen: what is neither one base nor shorter is an insertion: reference "-", alternative "T". And "in frame" is asked as
# length / 3 == 0, which holds for no insertion and no deletion, so that nine more bases are a Frame_Shift_Ins. By this class
# tools take an activating insertion of ERBB2 or EGFR for a loss. Nothing is said.
#
# Where her2 meets it: `her2 cohort` reads MAF files, in which a frame shift is a loss of the gene.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fuc==0.38.0 pandas==2.3.3 numpy==1.26.4 setuptools==75.8.0
cd "$folder"
# VEP's fields, as it writes them without further options; what is not looked at is empty.
venv/bin/python -W ignore - <<'EOF'
from fuc import pymaf, pyvcf


def annotated(consequence, gene, place, acids):
    fields = [""] * 24
    fields[1], fields[3], fields[14], fields[15], fields[19] = consequence, gene, place, acids, "1"
    return "CSQ=" + "|".join(fields)


rows = [
    ("7", 100, "A", "T", annotated("missense_variant", "BRAF", "600", "V/E")),
    ("7", 200, "AC", "TT", annotated("missense_variant", "BRAF", "600", "V/K")),
    ("17", 300, "A", "AGCATACGTG", annotated("inframe_insertion", "ERBB2", "776", "G/GYVMA")),
    ("17", 400, "A", "TGCATACGTG", annotated("protein_altering_variant", "ERBB2", "776", "G/LCIR")),
]
columns = ["CHROM", "POS", "REF", "ALT", "INFO"]
data = {name: [row[i] for row in rows] for i, name in enumerate(columns)}
data |= {"ID": ["."] * 4, "QUAL": ["."] * 4, "FILTER": ["."] * 4, "FORMAT": ["GT"] * 4, "TUMOUR": ["0/1"] * 4}
vcf = pyvcf.VcfFrame.from_dict(["##fileformat=VCFv4.3"], {name: data[name] for name in [*pyvcf.HEADERS, "TUMOUR"]})
maf = pymaf.MafFrame.from_vcf(vcf).df
seen = [
    (row.Hugo_Symbol, row.Variant_Type, row.Reference_Allele, row.Tumor_Seq_Allele2, row.Variant_Classification)
    for row in maf.itertuples()
]
print("fuc 0.38.0:", *seen, sep="\n  ")
assert seen[0] == ("BRAF", "SNP", "A", "T", "Missense_Mutation")
assert seen[1] == ("BRAF", "INS", "-", "T", "Missense_Mutation"), "two bases stay two now"
assert seen[2] == ("ERBB2", "INS", "-", "GCATACGTG", "In_Frame_Ins")
assert seen[3] == ("ERBB2", "INS", "-", "GCATACGTG", "Frame_Shift_Ins"), "nine bases are in frame now"
EOF
