#!/usr/bin/env bash
# moldf 0.7.5: a PDB file that begins with its atoms has lost the first one, and with `_seq_res` the first atom behind SEQRES is lost
#
# Expected: read_pdb() reads all lines with ATOM; a header is not needed, and programs that model or cut out a part write none.
#
# Seen: the first line is read and thrown away, so that the nitrogen of the first residue is not there. Asked for the sequences as well,
# it goes on to the line behind the last SEQRES and throws that one away: where atoms follow at once, it is the first
# atom. With a header, and with a line between the two, all are there. From a file of CA alone a whole residue is gone: a
# kinase domain that begins at Leu 755 begins at Arg 756. Nothing is said.
#
# Where her2 meets it: residues that its alterations name (L755S, exon 20) are looked up in such pieces of structures; one
# that is missing looks like one that was not resolved.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet moldf==0.7.5 pandas==2.3.3 scipy==1.17.1 typing_extensions==4.16.0
cd "$folder"
cat >read.py <<'END'
import moldf

ROWS = [("N", "LEU", 755), ("CA", "LEU", 755), ("N", "ARG", 756), ("CA", "ARG", 756)]
LINE = "ATOM  {:5d}  {:<3s} {} A{:4d}    {:8.3f}{:8.3f}{:8.3f}{:6.2f}{:6.2f}           C  "
ATOMS = [LINE.format(place, *row, place, 0, 0, 1, 20) for place, row in enumerate(ROWS, 1)]
TRACE = [LINE.format(place, *row, place, 0, 0, 1, 20) for place, row in enumerate(ROWS[1::2], 1)]
HEAD, SEQUENCE, REMARK, LAST = "HEADER", "SEQRES   1 A    2  LEU ARG", "REMARK 465", "END"


def read(*lines, categories=("_atom_site",)):
    with open("in.pdb", "w") as file:
        file.write("".join(f"{line:<80}\n" for line in lines))
    table = moldf.read_pdb(pdb_file="in.pdb", category_names=list(categories))["_atom_site"]
    return [f"{atom.strip()} {number}" for atom, number in zip(table.atom_name, table.residue_number)]


both = ("_atom_site", "_seq_res")
seen = {
    "header": read(HEAD, *ATOMS, LAST),
    "no header": read(*ATOMS, LAST),
    "CA alone": read(*TRACE, LAST),
    "SEQRES": read(HEAD, SEQUENCE, *ATOMS, LAST, categories=both),
    "SEQRES, REMARK": read(HEAD, SEQUENCE, REMARK, *ATOMS, LAST, categories=both),
}
print("moldf 0.7.5:", *seen.items(), sep="\n  ")
every = ["N 755", "CA 755", "N 756", "CA 756"]
assert seen["header"] == seen["SEQRES, REMARK"] == every
assert seen["no header"] == seen["SEQRES"] == every[1:], "the first atom is read now"
assert seen["CA alone"] == ["CA 756"]
END
venv/bin/python -W ignore read.py
