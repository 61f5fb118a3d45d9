#!/usr/bin/env bash
# gff-io 0.0.2: of UniProt's features of HER2 and HER3 in one GFF file those of HER2 alone are read
#
# Expected: read_items() is "the list of all items"; lines that begin with "##", as "##sequence-region P21860 1 1342" before each protein
# and "###" behind a gene, stand between features.
#
# Seen: reading ends at the first such line behind a feature, as at the end of the file: of two proteins the first is there, of a genome's file
# what stands before the first "###". Called again, read_items() goes on with the next. Those before the first feature are passed over.
# Nothing is said. A comment with one "#" between features raises a ParsingError.
#
# Where her2 meets it: it says where the domains of four receptors begin and end (`her2 domain`), which UniProt gives in one such file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gff-io==0.0.2 more-itertools==10.8.0 xopen==2.0.2
cd "$folder"
cat >regions.py <<'END'
from pathlib import Path

from gff_io import read_gff

DOMAINS = {"P04626": (1255, 720, 987), "P21860": (1342, 709, 966), "Q15303": (1308, 718, 985)}
lines = ["##gff-version 3"]
for name, (length, start, end) in DOMAINS.items():
    lines += [f"##sequence-region {name} 1 {length}", "\t".join([name, "UniProtKB", "Domain", str(start), str(end), ".", ".", ".", "Note=Protein kinase"])]
Path("receptors.gff").write_text("\n".join(lines) + "\n")


def names(items):
    return [each.seqid for each in items]


with read_gff("receptors.gff") as reader:
    seen, again, third = (names(reader.read_items()) for _ in range(3))
Path("plain.gff").write_text("\n".join([lines[0], *lines[2::2]]) + "\n")
with read_gff("plain.gff") as reader:
    plain = names(reader.read_items())
print("gff-io 0.0.2:", seen, again, third, plain)
assert plain == list(DOMAINS)
assert seen == ["P04626"], "all proteins are read now"
assert again == ["P21860"] and third == ["Q15303"]
END
venv/bin/python -W ignore regions.py
