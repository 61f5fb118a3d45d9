#!/usr/bin/env bash
# boolgen 1.1.0: the table of `EGFR & ~PTEN`, its rows from 1 1 to 0 0, is the rule `PTEN & ~EGFR`
#
# Expected: a row of a truth table says itself which inputs it is for; the order of the rows means nothing.
#
# Seen: the inputs' columns are read and thrown away, and the first row is taken for all off, the second for the last
# input alone, and so on. Rows from all on to all off give every input the opposite sign. A table without the rows in
# which a ligand is off is one in which the remaining rows are those of "off". Nothing is said.
#
# Where her2 meets it: tables of a rule come from spreadsheets of published models; her2 takes rules, which such a tool
# makes of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet boolgen==1.1.0
cd "$folder"
cat >example.py <<'END'
from itertools import product

from boolgen import evaluate_table


def rule(rows):
    lines = ["EGFR PTEN AKT="] + [f"{egfr} {pten} {int(egfr and not pten)}" for egfr, pten in rows]
    ((name, text),) = evaluate_table("\n".join(lines))
    assert name == "AKT"
    # the rule is asked, not read: what it gives where only EGFR is on, and where only PTEN is
    python = text.replace("~", "not ").replace("&", "and").replace("|", "or")
    return text, [eval(python, {"EGFR": egfr, "PTEN": 1 - egfr}) for egfr in (1, 0)]


rising = rule(product((0, 1), repeat=2))
falling = rule(product((1, 0), repeat=2))
with_ligand = rule([(1, 0), (1, 1)])
print("boolgen 1.1.0:", rising, falling, with_ligand)
assert rising == ("EGFR & ~PTEN", [True, False])
assert falling == ("PTEN & ~EGFR", [False, True]), "the order of the rows means nothing now"
assert with_ligand[0] == "~EGFR & ~PTEN", "a row is for the inputs that it names now"
END
venv/bin/python example.py
