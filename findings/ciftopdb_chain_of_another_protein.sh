#!/usr/bin/env bash
# ciftopdb 1.0.0: the header of its PDB file says that trastuzumab is the chain whose atoms are those of HER2
#
# Expected: COMPND names the chains as the atoms and SEQRES below it do.
#
# Seen: mmCIF names each chain twice, once by its author and once by its place (`auth_asym_id` and `label_asym_id`). Atoms and SEQRES take the
# author's name, COMPND the other: where the author calls HER2 "C" and the antibody "H" and "L", and the file lists them in the order
# HER2, heavy, light, COMPND says that HER2 is chain A, the heavy chain B, the light chain C. Whoever picks the molecule
# "light chain" by the header gets the atoms of HER2. Nothing is said.
#
# Where her2 meets it: residues of HER2 that its alterations name (`her2 alteration`) are looked at in structures of HER2 and antibodies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ciftopdb==1.0.0 biopython==1.88
cd "$folder"
cat >complex.cif <<'END'
data_COMPLEX
_entry.id COMPLEX
_struct.title 'HER2 and an antibody'
loop_
_entity.id
_entity.type
_entity.pdbx_description
1 polymer 'Receptor tyrosine-protein kinase erbB-2'
2 polymer 'heavy chain'
3 polymer 'light chain'
loop_
_struct_asym.id
_struct_asym.entity_id
A 1
B 2
C 3
loop_
_entity_poly.entity_id
_entity_poly.pdbx_seq_one_letter_code
_entity_poly.pdbx_strand_id
1 CTGTDMKLR C
2 EVQLVESGG H
3 DIQMTQSPS L
loop_
_atom_site.group_PDB
_atom_site.id
_atom_site.type_symbol
_atom_site.label_atom_id
_atom_site.label_alt_id
_atom_site.label_comp_id
_atom_site.label_asym_id
_atom_site.label_entity_id
_atom_site.label_seq_id
_atom_site.pdbx_PDB_ins_code
_atom_site.Cartn_x
_atom_site.Cartn_y
_atom_site.Cartn_z
_atom_site.occupancy
_atom_site.B_iso_or_equiv
_atom_site.auth_seq_id
_atom_site.auth_comp_id
_atom_site.auth_asym_id
_atom_site.auth_atom_id
_atom_site.pdbx_PDB_model_num
ATOM 1 C CA . CYS A 1 1 ? 0.0 0.0 0.0 1.00 20.0 1 CYS C CA 1
ATOM 2 C CA . GLU B 2 1 ? 9.0 0.0 0.0 1.00 20.0 1 GLU H CA 1
ATOM 3 C CA . ASP C 3 1 ? 0.0 9.0 0.0 1.00 20.0 1 ASP L CA 1
END
venv/bin/python -W ignore - <<'END'
import re

from ciftopdb import ciftopdb

with open(ciftopdb("complex.cif", verbose=False)) as file:
    lines = file.read().splitlines()
header = " ".join(each[10:].strip() for each in lines if each.startswith("COMPND"))
named = {chain: molecule for molecule, chain in re.findall(r"MOLECULE: (.*?);\s*CHAIN: (\w);", header)}
atoms = {each[21]: each[17:20] for each in lines if each.startswith("ATOM")}
sequences = {each.split()[2]: each.split()[4] for each in lines if each.startswith("SEQRES")}
print("ciftopdb 1.0.0:", named, atoms, sequences, sep="\n  ")
assert atoms == sequences == {"C": "CYS", "H": "GLU", "L": "ASP"}
assert named == {"A": "Receptor tyrosine-protein kinase erbB-2", "B": "heavy chain", "C": "light chain"}, "COMPND has the chains of the atoms now"
END
