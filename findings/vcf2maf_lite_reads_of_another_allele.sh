#!/usr/bin/env bash
# vcf2maf-lite 0.1.2: of ALT "A,T" the MAF has A with the reads of T, where the tumour has T, and net changes of a base are in frame
#
# Expected: the genotype 0/2 says that the tumour has the second alternative, T; the MAF has T and its 20 reads. From G to TTGT are three bases
# more, in frame; from TTA to CC is one less, a frame shift.
#
# Seen: the reads are those of the allele that the genotype names, the base is always the first of the list: a mutation that nobody has,
# with 20 reads. Whether a change is in frame is asked of the length of the longer side alone: G to TTGT (four) is Frame_Shift_Ins, TTA
# to CC (three) In_Frame_Del. Nothing is said but "No errors encountered".
#
# Where her2 meets it: `her2 cohort` reads MAF, in which a frame shift is a loss of the gene.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet vcf2maf-lite==0.1.2
cd "$folder"
venv/bin/python - <<'END'
from pathlib import Path

HEAD = """##fileformat=VCFv4.2
##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">
"""
ROWS = ["#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT NORMAL TUMOR".split()]
for place, before, after, normal, tumour in [
    (1001, "C", "A,T", "0/0:50,0,0", "0/2:30,0,20"),
    (2001, "G", "TTGT", "0/0:50,0", "0/1:30,20"),
    (3001, "TTA", "CC", "0/0:50,0", "0/1:30,20"),
    (4001, "G", "A", "0/0:50,0", "0/1:30,20"),
]:
    ROWS.append(["17", str(place), ".", before, after, ".", "PASS", ".", "GT:AD", normal, tumour])
Path("tumour.vcf").write_text(HEAD + "".join("\t".join(row) + "\n" for row in ROWS))
END
mkdir maf
venv/bin/vcf2maf_lite -i tumour.vcf -o maf -t TUMOR -n NORMAL >said.txt 2>said.err
venv/bin/python - <<'END'
import csv
from pathlib import Path

names = "Reference_Allele Tumor_Seq_Allele2 t_ref_count t_alt_count Variant_Classification".split()
with open("maf/tumour.maf") as handle:
    seen = [" ".join(row[name] for name in names) for row in csv.DictReader(handle, delimiter="\t")]
print("vcf2maf-lite 0.1.2:", *seen, sep="\n  ")
assert "No errors encountered" in Path("said.txt").read_text()
assert seen[3] == "G A 30 20 Missense_Mutation"
assert seen[0] == "C A 30 20 Missense_Mutation", "the allele is the tumour's now"
assert seen[1] == "G TTGT 30 20 Frame_Shift_Ins", "three bases more are in frame now"
assert seen[2] == "TTA CC 30 20 In_Frame_Del", "one base less is a frame shift now"
END
