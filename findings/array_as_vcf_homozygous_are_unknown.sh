#!/usr/bin/env bash
# array-as-vcf 1.1.0: homozygous calls of an Affymetrix array are unknown, and an inserted AT is two alternatives
#
# Expected: in such an export Call_test 1 is homozygous for the reference, 2 heterozygous and 3 homozygous for the
# alternative, as the reader itself says: 0/0, 0/1 and 1/1. In an OpenArray export the call AT/AT where the reference is
# A has the one alternative AT.
#
# Seen: 1 and 3 are ./., as 0 is, which was not measured: of ERBB2's p.Pro1170Ala only those who carry both are left, and
# no one of a cohort carries G twice. The readers of Illumina's arrays do tell both. The alternative AT is written letter
# by letter, "A,T": the genotype 1/1 is now A, which is the reference, and T is an alternative that no one has. A call
# without the reference, C/G where it is A, is 0/1, which has it, with one of the two as alternative. No word of it.
#
# Where her2 meets it: her2 reads changes of ERBB2 from VCF.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet array-as-vcf==1.1.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
import inspect
from pathlib import Path
from types import SimpleNamespace

from array_as_vcf.readers import AffyReader, Lumi317kReader, OpenArrayReader

LOOKUP = {"rs1058808": SimpleNamespace(ref="C", alt=["G"], ref_is_minor=False)}
COLUMNS = ["Assay ID", "Assay Name", "Sample ID", "NCBI SNP Reference", "Chromosome #", "Position", "Gene Symbol", "Call"]
PLACE = ["rs1058808", "17", "39727784"]


def read(reader, *rows):
    Path("array.txt").write_text("".join("\t".join(row) + "\n" for row in (["header"], *rows)))
    return [variant.vcf_line.split("\t")[-1] for variant in reader("array.txt", LOOKUP)]


affymetrix = read(AffyReader, *[["1", "SNP_A-1", *PLACE, "0.1", "2", call, "0.0"] for call in "0123"])
illumina = read(Lumi317kReader, *[[*PLACE, call, "0.1", "2", "0.5"] for call in ("NC", "AA", "AB", "BB")])
print("array-as-vcf 1.1.0:", affymetrix, illumina)
assert "1: hom_ref" in inspect.getdoc(AffyReader) and "3: hom_alt" in inspect.getdoc(AffyReader)
assert illumina == ["./.", "0/0", "0/1", "1/1"]


def open_array(call, reference):
    row = ["C__1", "ERBB2", "a", *PLACE, "ERBB2", call]
    Path("open.txt").write_text("\n" * 17 + "\t".join(COLUMNS) + "\n" + "\t".join(row) + "\n")
    lookup = {"rs1058808": SimpleNamespace(ref=reference, alt=["AT"], ref_is_minor=False)}
    [variant] = OpenArrayReader("open.txt", lookup, "a")
    line = variant.vcf_line.split("\t")
    return line[3], line[4], line[-1]


inserted, neither = open_array("AT/AT", "A"), open_array("C/G", "A")
print("array-as-vcf 1.1.0, OpenArray:", inserted, neither)
assert affymetrix == ["./.", "./.", "0/1", "./."], "homozygous calls are read now"
assert inserted == ("A", "A,T", "1/1"), "an alternative is one now"
assert neither[0] == "A" and neither[1] in "CG" and neither[2] == "0/1", "two alternatives are two now"
END
