#!/usr/bin/env bash
# gff2json 0.1.0: the domain "Protein kinase" of UniProt's GFF is "Protein", what stands behind it is lost, and "Signal peptide" stops it
#
# Expected: the columns of GFF are parted by tabs, and a value in the last one may have blanks: "Note=Protein kinase;Ontology_term=ECO:0000255"
# are two attributes. UniProt's kinds of features have blanks, too, "Signal peptide" and "Topological domain".
#
# Seen: lines are parted at blanks as at tabs, so that the last column ends at its first blank: "Note" is "Protein", and the attributes behind
# are not there, an ID among them. A kind of two words shifts the columns, and "peptide" is no number: ValueError. Written as %20, as few
# files have it, a blank is kept. Sequences without `--fasta` are one without name and letters. Nothing is said.
#
# Where her2 meets it: it says where the domains of the receptors begin and end (`her2 domain`); UniProt gives them as GFF.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gff2json==0.1.0
cd "$folder"
cat >features.py <<'END'
import json
import subprocess
from pathlib import Path


def read(kind, last):
    row = ["P04626", "UniProtKB", kind, "720", "987", ".", ".", ".", last]
    Path("her2.gff").write_text("##gff-version 3\n" + "\t".join(row) + "\n")
    done = subprocess.run(["venv/bin/gff2json", "her2.gff"], capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().splitlines()[-1]
    found = json.loads(Path("her2.json").read_text())
    assert found["fasta"] == {"": ""}
    return found["records"][0]["attribute"]


plain = read("Domain", "Note=Protein%20kinase;Ontology_term=ECO:0000255")
seen = read("Domain", "Note=Protein kinase;Ontology_term=ECO:0000255")
words = read("Signal peptide", "Note=Example")
print("gff2json 0.1.0:", plain, seen, words, sep="\n  ")
assert plain == {"Note": "Protein kinase", "Ontology_term": "ECO:0000255"}
assert seen == {"Note": "Protein"}, "blanks are part of a value now"
assert words.startswith("ValueError: invalid literal for int()")
END
python3 features.py
