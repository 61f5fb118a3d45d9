#!/usr/bin/env bash
# upfp 0.0.5: an isoform in UniProt's FASTA is no protein but a tail of the one before it, headers and all
#
# Expected: of UniProt's FASTA with isoforms, as `P04626-4`, each entry is one; an isoform has no PE and no SV in its header, says UniProt.
#
# Seen: a line that begins with ">" and has not all of OS, OX, PE and SV is taken for residues. The sequence of ERBB2 is that of its first form,
# then ">sp|P04626-4|ERBB2_HUMAN Isoform 4 of ..." with its blanks and digits, then the residues of the isoform. Entries of
# other banks (tr, or sp without an isoform) are right. Nothing is said, and csv_to_fasta writes it all as one sequence.
#
# Where her2 meets it: its domains are counted along the first form of a receptor (`her2 domain`), which such a file sets before the others.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet upfp==0.0.5 pandas==2.3.3
cd "$folder"
cat >receptors.fasta <<'END'
>sp|P04626|ERBB2_HUMAN Receptor tyrosine-protein kinase erbB-2 OS=Homo sapiens OX=9606 GN=ERBB2 PE=1 SV=1
MELAALCRWGLLLALLPPGA
>sp|P04626-4|ERBB2_HUMAN Isoform 4 of Receptor tyrosine-protein kinase erbB-2 OS=Homo sapiens OX=9606 GN=ERBB2
MKLRLPASPE
>sp|P21860|ERBB3_HUMAN Receptor tyrosine-protein kinase erbB-3 OS=Homo sapiens OX=9606 GN=ERBB3 PE=1 SV=1
MRANDALQVL
GLLFSLARGS
END
venv/bin/python -W ignore - <<'END'
import pandas
from upfp import csv_to_fasta, parse_fasta

entries = list(parse_fasta("receptors.fasta", gzipped=False))
seen = {each["accession_number"]: each["sequence"] for each in entries}
pandas.DataFrame(entries).to_csv("receptors.csv")
written = "".join(csv_to_fasta("receptors.csv", 10))
print("upfp 0.0.5:", *seen.items(), written, sep="\n  ")
assert seen["P21860"] == "MRANDALQVLGLLFSLARGS"
assert list(seen) == ["P04626", "P21860"], "isoforms are proteins of their own now"
assert seen["P04626"].startswith("MELAALCRWGLLLALLPPGA>sp|P04626-4|ERBB2_HUMAN Isoform 4 of ")
assert seen["P04626"].endswith("GN=ERBB2MKLRLPASPE")
assert "\n>sp|P04626-4" not in written and "P04626-4" in written
END
