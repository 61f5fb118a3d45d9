#!/usr/bin/env bash
# mmcifbuddy 0.6.2: chain H of a complex, an antibody's heavy chain, has the sequence of HER2
#
# Expected: of a table of mmCIF each column has as many values as the table has rows, so that the value of row 2 stands at place 2 of each.
#
# Seen: a value in several lines, between semicolons, as sequences are written, is put into its column twice: first the list of its lines,
# then its first line alone. With HER2, a heavy and a light chain there are five sequences for three rows: row 2, chain H, has the first
# ten residues of HER2, and row 3, the light chain, those of the heavy one. A table whose values stand in one line is right, and
# a single value in several lines is a list once. Nothing is said.
#
# Where her2 meets it: structures of HER2 with its antibodies, in which residues of `her2 domain` are looked up, have just such tables.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mmcifbuddy==0.6.2 gemmi==0.7.5
cd "$folder"
cat >complex.cif <<'END'
data_EXAMPLE
#
loop_
_entity_poly.entity_id
_entity_poly.type
_entity_poly.pdbx_seq_one_letter_code
_entity_poly.pdbx_strand_id
1 'polypeptide(L)'
;MELAALCRWG
LLLALLPPGA
;
A
2 'polypeptide(L)'
;EVQLVESGGG
LVQPGGSLRL
;
H
3 'polypeptide(L)' DIQMTQSPSS L
#
loop_
_entity.id
_entity.pdbx_description
1 'Receptor tyrosine-protein kinase erbB-2'
2 'heavy chain'
3 'light chain'
#
END
venv/bin/python -W ignore - <<'END'
import gemmi
from mmcifbuddy.parser import Parser

parser = Parser(verbose=False)
parser.fopen("complex.cif")
tables = parser.parse()["data_EXAMPLE"]
seen = tables["_entity_poly"]
chains, sequences = seen["pdbx_strand_id"], seen["pdbx_seq_one_letter_code"]
expected = [row.str(1).replace("\n", "") for row in gemmi.cif.read("complex.cif")[0].find("_entity_poly.", ["pdbx_strand_id", "pdbx_seq_one_letter_code"])]
print("mmcifbuddy 0.6.2:", chains, sequences, "gemmi 0.7.5:", expected, sep="\n  ")
assert chains == ["A", "H", "L"]
assert expected == ["MELAALCRWGLLLALLPPGA", "EVQLVESGGGLVQPGGSLRL", "DIQMTQSPSS"]
assert tables["_entity"]["pdbx_description"][1] == "heavy chain"
assert len(sequences) == 5, "each row has one sequence now"
assert sequences[chains.index("H")] == "MELAALCRWG"
assert sequences[chains.index("L")] == ["EVQLVESGGG", "LVQPGGSLRL"]
END
