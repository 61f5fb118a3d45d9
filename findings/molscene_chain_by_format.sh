#!/usr/bin/env bash
# molscene 0.3.0: chain C is HER2 where the file is a PDB file, and the antibody's light chain where it is the same structure in mmCIF
#
# Expected: a structure has the same chains in both formats, those of its author, as papers and the numbers of its residues do.
#
# Seen: mmCIF names a chain by its author and by its place. Of residues it takes the author's number (`auth_seq_id`), of chains the one by
# place (`label_asym_id`), so that its pairs of both are in neither naming: residue 310 of HER2, C 310 in the PDB file, is A 310, and
# C is the third chain of the file, the light one. Of chain C the one file gives Ser 310, the other an Asp of the antibody. The author's
# name stands in `segment`. Nothing is said.
#
# Where her2 meets it: residues that its alterations name (S310F) are looked up by chain and number in structures of HER2 and antibodies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet molscene==0.3.0 gemmi==0.7.5 pandas==2.3.3
cd "$folder"
cat >chains.py <<'END'
import gemmi
from molscene import Scene

ATOMS = [("SER", "A", 310, "C"), ("GLU", "B", 1, "H"), ("ASP", "C", 1, "L")]
NAMES = """group_PDB id type_symbol label_atom_id label_alt_id label_comp_id label_asym_id label_entity_id label_seq_id pdbx_PDB_ins_code
Cartn_x Cartn_y Cartn_z occupancy B_iso_or_equiv auth_seq_id auth_comp_id auth_asym_id auth_atom_id pdbx_PDB_model_num""".split()
lines = ["data_COMPLEX", "loop_", *(f"_atom_site.{name}" for name in NAMES)]
for n, (residue, place, number, author) in enumerate(ATOMS, 1):
    lines.append(f"ATOM {n} C CA . {residue} {place} {n} 1 ? {9 * n}.0 0.0 0.0 1.00 20.0 {number} {residue} {author} CA 1")
with open("complex.cif", "w") as file:
    file.write("\n".join([*lines, ""]))
gemmi.read_structure("complex.cif").write_pdb("complex.pdb")


def read(path):
    scene = Scene.from_file(path)
    selected = scene[scene["chain"] == "C"]
    return [f"{row.chain} {row.resid} {row.resname}" for row in scene.itertuples()], list(selected["resname"]), list(scene["segment"])


seen = {path: read(path) for path in ("complex.pdb", "complex.cif")}
print("molscene 0.3.0:", *seen.items(), sep="\n  ")
assert seen["complex.pdb"][:2] == (["C 310 SER", "H 1 GLU", "L 1 ASP"], ["SER"])
assert seen["complex.cif"] == (["A 310 SER", "B 1 GLU", "C 1 ASP"], ["ASP"], ["C", "H", "L"]), "chains are the author's now"
END
venv/bin/python -W ignore chains.py
