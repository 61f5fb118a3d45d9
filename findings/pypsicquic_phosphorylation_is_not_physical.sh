#!/usr/bin/env bash
# pypsicquic 0.2.0: a phosphorylation, or a direct interaction, is not a physical one, and each answer ends in an interaction of nobody
#
# Expected: filter(), whose default is physical_only, keeps direct interactions, phosphorylations and other kinds of MI:0915 in
# the ontology of PSI-MI, of which they are children, and leaves out genetic interactions; MITAB with three lines has three rows.
#
# Seen: physical is what has the one text `psi-mi:"MI:0915"(physical association)`: of AKT1 that phosphorylates FOXO3, and of ERBB2
# that binds ERBB3 directly, nothing is left, as of the genetic interaction; so it is with the physical association itself where a
# service lists two kinds. `physical_only=False` leaves out the same. The end of the last line, with which
# answers of PSICQUIC end, makes one row more; as an interaction it raises IndexError, and so does the network of all rows.
#
# Where her2 meets it: interactions of IntAct and others, as MITAB, are looked up for edges of the network; phosphorylations
# are most of these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pypsicquic==0.2.0 networkx==2.8.8 requests==2.32.5
cd "$folder"
cat >example.py <<'END'
import io

from pypsicquic import PsicquicNetwork, PsicquicView

KINDS = {
    "physical": 'psi-mi:"MI:0915"(physical association)',
    "direct": 'psi-mi:"MI:0407"(direct interaction)',
    "phosphorylation": 'psi-mi:"MI:0217"(phosphorylation reaction)',
    "both": 'psi-mi:"MI:0915"(physical association)|psi-mi:"MI:0407"(direct interaction)',
    "genetic": 'psi-mi:"MI:0794"(synthetic genetic interaction defined by inequality)',
}


def line(kind):
    a, b = ("P31749", "O43524") if kind == "phosphorylation" else ("P04626", "P21860")
    given = {0: f"uniprotkb:{a}", 1: f"uniprotkb:{b}", 9: "taxid:9606(human)", 10: "taxid:9606(human)", 11: KINDS[kind]}
    return "\t".join(given.get(column, "-") for column in range(15)) + "\n"


text = "".join(map(line, KINDS))
from_file, from_answer = PsicquicView(io_wrapper=io.StringIO(text)), PsicquicView(raw=text)
kept = [row[11] for row in from_file.filter()]
try:
    PsicquicNetwork().load_psq(from_answer)
    ends = "read"
except IndexError as error:
    ends = type(error).__name__
print(f"pypsicquic 0.2.0: of {len(from_file)} rows filter keeps {kept}; from an answer {len(from_answer)} rows, as a network: {ends}")
assert len(from_file) == len(KINDS) and len(from_file.filter(physical_only=False)) == 1
assert kept == [KINDS["physical"]], "other kinds of physical interactions are kept now"
assert len(from_answer) == len(KINDS) + 1 and ends == "IndexError", "the end of a line is no row now"
END
venv/bin/python example.py
