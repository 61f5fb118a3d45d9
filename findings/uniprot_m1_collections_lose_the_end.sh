#!/usr/bin/env bash
# uniprot-m1-2024 2.0.0: of a file with several entries of UniProt each protein has lost its last line of up to sixty residues
#
# Expected: an entry has the same sequence, and the same weight, whether its text is read alone or with others in a Collection.
#
# Seen: the sequence is taken up to the line before the last, for which "//" is meant; a Collection parts its text at "//" first, so
# that the last line of residues is left out instead. A receptor of 1255 residues has 1200, and so no Y1221 and no Y1248;
# a ligand of 60 has none and weighs 0. Read alone both are whole. The gene is "ERBB2;", with its semicolon, in both ways. Nothing
# is said.
#
# Where her2 meets it: it says where the domains of the receptors begin and end (`her2 domain`), and such files have their sequences:
# the tail, which is phosphorylated, is cut short.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet uniprot-m1-2024==2.0.0
cd "$folder"
cat >lengths.py <<'END'
from uniprot_m1_2024.uniprot import Uniprot
from uniprot_m1_2024.uniprot_collection import Collection


def entry(name, accession, gene, length):
    sequence = ("ACDEFGHIKL" * 126)[:length]
    lines = [sequence[start : start + 60] for start in range(0, length, 60)]
    return "\n".join(
        [
            f"ID   {name}              Reviewed;        {length} AA.",
            f"AC   {accession};",
            f"GN   Name={gene};",
            "OS   Homo sapiens (Human).",
            f"SQ   SEQUENCE   {length} AA;  1 MW;  0000000000000000 CRC64;",
            *("     " + " ".join(line[start : start + 10] for start in range(0, len(line), 10)) for line in lines),
            "//\n",
        ]
    )


texts = [entry("ONE_HUMAN", "Q00001", "ERBB2", 1255), entry("TWO_HUMAN", "Q00002", "EGF", 60)]
alone = [Uniprot(text) for text in texts]
together = Collection("".join(texts)).prot
print("uniprot-m1-2024 2.0.0:", *([(each.gene_name, len(each.sequence), each.molecular_weight()) for each in some] for some in (alone, together)), sep="\n  ")
assert [len(each.sequence) for each in alone] == [1255, 60]
assert [len(each.sequence) for each in together] == [1200, 0], "sequences are whole now"
assert together[1].molecular_weight() == 0 < alone[1].molecular_weight()
assert together[0].gene_name == "ERBB2;"
END
venv/bin/python -W ignore lengths.py
