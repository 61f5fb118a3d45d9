#!/usr/bin/env bash
# metavariant 0.2.0: in "PIK3CA H1047R" there are two changes of amino acids, K3C and H1047R
#
# Expected: findall_aminochanges_in_text gives the strings "that appear to be amino acid change descriptions", with
# their brackets "removed": H1047R, R196* and Leu755Ser.
#
# Seen: any amino-acid letter, digits and perhaps a letter are taken wherever they stand in a word: K3C of PIK3CA, a
# change of lysine 3 to cysteine that is parsed as such, R2 of HER2, K4 of CDK4, C1954 of HCC1954. Of R196* the stop is
# cut off, "R196". (Leu755Ser) keeps its brackets. What was found as Arg196Ter cannot be made into a variant, by a
# KeyError. RNA with u is of no sequence type, as capitals are searched for a small letter.
#
# Where her2 meets it: findings of tumours name the gene and the change side by side, PIK3CA H1047R, ERBB2 L755S.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet --no-deps metavariant==0.2.0
cd "$folder"
cat >example.py <<'END'
import importlib.util
import sys
import types

# The package's own __init__ opens a database on the net; its module of components needs only two small neighbours.
package = types.ModuleType("metavariant")
package.__path__ = list(importlib.util.find_spec("metavariant").submodule_search_locations)
config = types.ModuleType("metavariant.config")
config.PKGNAME = "metavariant"
sys.modules.update({"metavariant": package, "metavariant.config": config})
from metavariant.components import VariantComponents, findall_aminochanges_in_text

TEXTS = ("PIK3CA H1047R", "HER2 L755S in HCC1954", "CDK4 R24C", "TP53 R196*", "p.(Leu755Ser)")
found = {text: findall_aminochanges_in_text(text) for text in TEXTS}
gene = VariantComponents(aminochange=found["PIK3CA H1047R"][0])
print("metavariant 0.2.0:", found, gene.posedit)
assert "H1047R" in found["PIK3CA H1047R"] and "R24C" in found["CDK4 R24C"]
assert found["PIK3CA H1047R"] == ["K3C", "H1047R"] and gene.posedit == "Lys3Cys", "genes are no changes now"
assert found["HER2 L755S in HCC1954"] == ["R2", "L755S", "C1954"], "genes and cell lines are no changes now"
assert "R196" in found["TP53 R196*"] and "R196*" not in found["TP53 R196*"], "a stop is found now"
assert found["p.(Leu755Ser)"] == ["(Leu755Ser)"], "brackets are removed now"
try:
    VariantComponents(aminochange=findall_aminochanges_in_text("p.Arg196Ter")[0])
except KeyError as error:
    assert "Ter" in str(error)
else:
    raise AssertionError("a stop is a change now")
assert VariantComponents(ref="u", pos="12", alt="c").seqtype == "", "RNA is RNA now"
END
venv/bin/python -W ignore example.py
