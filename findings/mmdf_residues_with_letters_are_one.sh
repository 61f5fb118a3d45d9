#!/usr/bin/env bash
# mmdf 0.0.5: of an antibody the residues 82, 82A, 82B and 82C are one residue, a methionine with the atoms of four
#
# Expected: what read() takes from a PDB or mmCIF file, write() writes as it was; antibodies are numbered as Kabat did, with letters behind
# a number where a loop is longer (52A, 82A to 82C, 100A), and such residues are told apart.
#
# Seen: the table has the number without its letter, so that a CA of "82" is there four times. When it is written, all of one number
# is one residue with the name of the first: Met 82, Asn 82A, Ser 82B and Leu 82C leave as MET 82, and three residues fewer
# are left. Alternative positions of an atom lose their letter as well, so that both are there at once. Nothing is said.
#
# Where her2 meets it: trastuzumab and other antibodies are among its drugs (`her2 drug`); structures of such are numbered so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mmdf==0.0.5 gemmi==0.7.5 pandas==2.3.3
cd "$folder"
cat >written.py <<'END'
import gemmi
import mmdf

LINE = "ATOM  {:5d}  CA {}{} {}{:4d}{}   {:8.3f}{:8.3f}{:8.3f}{:6.2f}{:6.2f}           C  "
RESIDUES = [("LEU", 81, ""), ("MET", 82, ""), ("ASN", 82, "A"), ("SER", 82, "B"), ("LEU", 82, "C"), ("ARG", 83, "")]
lines = [LINE.format(n, " ", name, "H", number, letter or " ", 3.8 * n, 0, 0, 1, 20) for n, (name, number, letter) in enumerate(RESIDUES, 1)]
lines += [LINE.format(7, "A", "SER", "H", 84, " ", 26.6, 0, 0, 0.5, 20), LINE.format(8, "B", "SER", "H", 84, " ", 27.6, 0, 0, 0.5, 20)]
with open("heavy.pdb", "w") as file:
    file.write("\n".join([*lines, "TER", "END", ""]))

table = mmdf.read("heavy.pdb")
mmdf.write("written.pdb", table)


def residues(path):
    return [f"{each.name} {each.seqid} {''.join(a.altloc.strip(chr(0)) or '-' for a in each)}" for each in gemmi.read_structure(path)[0]["H"]]


before, after = residues("heavy.pdb"), residues("written.pdb")
print("mmdf 0.0.5:", before, after, list(zip(table.residue, table.residue_id)), sep="\n  ")
assert before == ["LEU 81 -", "MET 82 -", "ASN 82A -", "SER 82B -", "LEU 82C -", "ARG 83 -", "SER 84 AB"]
assert after == ["LEU 81 -", "MET 82 ----", "ARG 83 -", "SER 84 --"], "letters are kept now"
END
venv/bin/python -W ignore written.py
