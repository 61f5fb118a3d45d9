#!/usr/bin/env bash
# pymaftools 0.5.0: the table that it writes for SigProfiler is a MAF, GISTIC's of TCGA's tumours is refused, and arms of X are not there
#
# Expected: `to_sigprofiler` "renames columns to match the SigProfilerMatrixGenerator standard" (Sample, chrom, pos_start, pos_end,
# ref, alt, mut_type). GISTIC's all_data_by_genes.txt, whose columns are barcodes of TCGA, is read, and so are the arms of X that
# GISTIC lists.
#
# Seen: the names are put the wrong way round into rename, so that no column is renamed, and the MAF is written with all its
# columns. A sample's name has to hold an underscore, for the part behind it is taken for its type: without, the file is refused
# as "Columns must be same length as key". Of the arms 44 are in the table, whatever the file says: 1 to 22, and no Xp or Xq.
#
# Where her2 meets it: `her2 cohort` reads the mutations and copies of the same studies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pymaftools==0.5.0 pandas==2.3.3
cd "$folder"
MPLBACKEND=Agg venv/bin/python -W ignore - <<'END'
from pymaftools.core.CopyNumberVariationTable import CopyNumberVariationTable
from pymaftools.core.MAF import MAF

COLUMNS = [
    "Hugo_Symbol", "Chromosome", "Start_Position", "End_Position", "Variant_Classification", "Variant_Type",
    "Reference_Allele", "Tumor_Seq_Allele1", "Tumor_Seq_Allele2", "Tumor_Sample_Barcode",
]  # fmt: skip


def write(path, *rows):
    with open(path, "w") as file:
        file.writelines("\t".join(map(str, row)) + "\n" for row in rows)
    return path


mutation = ["ERBB2", 17, 37880261, 37880261, "Missense_Mutation", "SNP", "G", "G", "A", "T1"]
MAF.read_maf(write("study.maf", COLUMNS, mutation)).to_sigprofiler("profile.tsv")
with open("profile.tsv") as file:
    header = file.readline().split()
genes = {}
for samples in (["TCGA-A1-0001-01A", "TCGA-A1-0002-01A"], ["A_T", "B_T"]):
    rows = ["Gene Symbol", "Gene ID", "Cytoband", *samples], ["ERBB2", 2064, "17q12", 2.1, 0.0]
    try:
        genes[samples[0]] = CopyNumberVariationTable.read_gistic_gene_level(write("genes.txt", *rows)).loc["ERBB2"].tolist()
    except ValueError as error:
        genes[samples[0]] = str(error)
rows = ["Chromosome Arm", "A_T", "B_T"], ["17q", 1.2, 0], ["Xp", -1.1, 0.9]
arms = CopyNumberVariationTable.read_gistic_arm_level(write("arms.txt", *rows))
print("pymaftools 0.5.0: for SigProfiler:", header, genes, "arms:", len(arms), "Xp" in arms.index)
assert header == [*COLUMNS, "sample_ID"], "columns are renamed now"
assert genes == {"TCGA-A1-0001-01A": "Columns must be same length as key", "A_T": [2.1, 0.0]}
assert len(arms) == 44 and "Xp" not in arms.index and arms.loc["17q"].tolist() == [1.2, 0]
END
