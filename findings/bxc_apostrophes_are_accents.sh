#!/usr/bin/env bash
# bxc 1.3.0: an apostrophe between two letters is an accent: O'Shaughnessy becomes OŚhaughnessy
#
# Expected: in BibTeX an accent is \'e or {\'e}; an apostrophe is an apostrophe. O'Shaughnessy and "Alzheimer's disease"
# come out as they stand.
#
# Seen: before anything is parsed every ' between two letters gets a backslash, "restored" from a string of Python that
# had lost it. The accent then falls on the next letter: OŚhaughnessy, Alzheimerś; where no letter with that accent is
# there, a backslash stays: D\ĺfonso, Crohn\ ́disease, whose s is gone. An apostrophe before a space stays. Particles
# before a family name, as in "Hanneke van der Vijver", are given names, shortened to "H. van . der .". Nothing is said.
#
# Where her2 meets it: her2 writes its references as BibTeX, names and titles among them as they were published, and a
# list of references is made of it with styles of CSL.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bxc==1.3.0 bibtexparser==2.1.0 citeproc-py==0.11.1
cd "$folder"
BXC_CACHE=off BXC_OFFLINE=1 venv/bin/python -W ignore - <<'END'
import bxc

ENTRY = "@article{a, title={%s}, author={%s}, journal={The Journal}, year=2009}"


def apa(title, author):
    return bxc.format_bibtex(ENTRY % (title, author), "apa")


accents = apa("Alzheimer's and Crohn's disease in patients' words", "O'Shaughnessy, Joyce and D'Alfonso, Timothy")
plain = apa("A title", "Slamon, Dennis J. and P{\\'e}rez, Edith A.")
van = apa("A title", "Hanneke van der Vijver")
print("bxc 1.3.0:", accents, plain, van, sep="\n")
assert "Slamon, D. J., & Pérez, E. A." in plain
assert "OŚhaughnessy" in accents and "O'Shaughnessy" not in accents, "an apostrophe is an apostrophe now"
assert "D\\ĺfonso" in accents and "Alzheimerś" in accents and "Crohn's" not in accents and "patients' words" in accents
assert van.startswith("Vijver, H. van . der ."), "the name has its particles now"
END
