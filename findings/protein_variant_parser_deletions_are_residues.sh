#!/usr/bin/env bash
# protein-variant-nomenclature-parser 0.5.0: "ERBB2 L755del" is leucine replaced by D, E and L, and "PTEN K267fs" lysine by F and S
#
# Expected: of colloquial names, for which it is made, "BRAFV600E" and "BRAF V600E" are read as BRAF, V, 600, E; what it does not know
# raises its InvalidProteinVariantError, as "ERBB2 Y772_A775dup" does.
#
# Seen: all letters behind the number are taken for amino acids in one-letter code. The letters of del, fs, dup, ins, delins, Ter, stop are
# all such ones, as U and O are amino acids, too: a deletion, a frame shift and a stop are substitutions by three, two and four
# residues. So are names in three letters: "BRAF Val600Glu" is V, A and L replaced by G, L and U.
#
# Where her2 meets it: `her2 cohort` reads the same names; a frame shift of PTEN is a lost PTEN, which makes tumours resist trastuzumab.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet protein-variant-nomenclature-parser==0.5.0
cd "$folder"
venv/bin/python -W ignore - <<'END'
from protein_variant_nomenclature_parser.parser import InvalidProteinVariantError, parse


def read(name):
    try:
        variant = parse(name)
    except InvalidProteinVariantError:
        return None
    return variant.gene, variant.ref, variant.position.start, variant.alt


NAMES = """ERBB2 L755S|ERBB2 Y772_A775dup|ERBB2 L755del|ERBB2 A775dup|ERBB2 G776delinsVC|PTEN K267fs|TP53 R213Ter|TP53 R213stop
BRAF Val600Glu""".replace("\n", "|").split("|")
seen = {name: read(name) for name in NAMES}
print("protein-variant-nomenclature-parser 0.5.0:", *seen.items(), sep="\n  ")
assert seen["ERBB2 L755S"] == ("ERBB2", "L", 755, "S")
assert seen["ERBB2 Y772_A775dup"] is None
assert seen["ERBB2 L755del"] == ("ERBB2", "L", 755, "DEL"), "a deletion is told now"
assert seen["ERBB2 A775dup"] == ("ERBB2", "A", 775, "DUP")
assert seen["ERBB2 G776delinsVC"] == ("ERBB2", "G", 776, "DELINSVC")
assert seen["PTEN K267fs"] == ("PTEN", "K", 267, "FS"), "a frame shift is told now"
assert seen["TP53 R213Ter"] == ("TP53", "R", 213, "TER")
assert seen["TP53 R213stop"] == ("TP53", "R", 213, "STOP")
assert seen["BRAF Val600Glu"] == ("BRAF", "VAL", 600, "GLU"), "three letters are read or refused now"
END
