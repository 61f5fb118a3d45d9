#!/usr/bin/env bash
# hl7v2GenomicsExtractor 0.0.4: a mutation of ERBB2 that a tumour does not have is "Present" and the report "Positive", in a gene "NoGene"
#
# Expected: a genotype of 0/0 says that the sample has the reference alone; the gene is what SnpEff's annotation names, ERBB2; the
# allelic frequency of an alternative with all 100 of 100 reads is 1.
#
# Seen: whatever has one alternative in the row and a genotype is written as a variant that is present, 0/0 as well, and the overall
# interpretation is "Positive". The gene of each variant is HGNC:0000^NoGene^HGNC, an identifier that HGNC does not have. In
# mitochondria the first number of AD, the reads of the reference, is taken for those of the alternative: 0,100 of 100 is a
# frequency of 0.0. Nothing is said.
#
# Where her2 meets it: mutations of tumours, for `her2 cohort`, are handed over between laboratories in such messages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hl7v2GenomicsExtractor==0.0.4 pandas==3.1.1 pysam==0.24.1 setuptools==65.5.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import contextlib
import io

from hl7v2GenomicsExtractor import Converter

FORMATS = {"GT": ("1", "String"), "AD": ("R", "Integer"), "DP": ("1", "Integer")}
ANNOTATION = "ANN=A|missense_variant|MODERATE|ERBB2|ENSG1|transcript|NM_004448.3|protein_coding|20/27|c.2264T>C|p.Leu755Ser"


def message(chromosome, genotype, reads):
    row = [chromosome, "100", ".", "T", "C", ".", "PASS", ANNOTATION, "GT:AD:DP", f"{genotype}:{reads}:100"]
    with open("tumour.vcf", "w") as file:
        file.write(f"##fileformat=VCFv4.2\n##contig=<ID={chromosome}>\n")
        file.write('##INFO=<ID=ANN,Number=.,Type=String,Description="annotations">\n')
        for key, (number, kind) in FORMATS.items():
            file.write(f'##FORMAT=<ID={key},Number={number},Type={kind},Description="{key}">\n')
        file.write("\t".join("#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT T1".split()) + "\n" + "\t".join(row) + "\n")
    with contextlib.redirect_stdout(io.StringIO()):
        options = {"patient_id": 1, "seed": 1, "source_class": "somatic", "variant_analysis_method": "sequencing"}
        Converter(filename="tumour.vcf", ref_build="GRCh37", vcf_type="snpeff", **options).convert()
    with open("hl7v2.txt") as file:
        segments = [line.split("|") for line in file.read().replace("\r", "\n").splitlines() if line]
    return {segment[3].split("^")[1]: segment[5] for segment in segments}


absent, mitochondria = message("17", "0/0", "100,0"), message("MT", "1", "0,100")
names = ["Genetic Analysis Overall Interpretation", "Genetic Variant Assessment", "Gene Studied", "Amino Acid Change p.HGVS"]
seen = [absent[name] for name in names]
print("hl7v2GenomicsExtractor 0.0.4:", seen, "of mitochondria:", mitochondria["Allelic frequency"])
assert seen[:2] == ["Positive", "LA9633-4^Present^LN"], "what is not there is absent now"
assert seen[2:] == ["HGNC:0000^NoGene^HGNC", "p.Leu755Ser"], "genes are named now"
assert mitochondria["Allelic frequency"] == "0.0"
END
