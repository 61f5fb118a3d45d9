#!/usr/bin/env bash
# bibliography-io 0.1.0: each reference of a BibTeX file has the authors, the title and the DOI of the last one
#
# Expected: an entry ends at its closing brace, and its fields are those that stand between its braces.
#
# Seen: the end of an entry is looked for as a round bracket, whatever it was opened with, since the character that is asked is
# the comma behind the key. So each entry reaches to the end of the file and takes the fields of all that follow; the
# keys stay as they are. Written again, three papers are one under three keys. Nothing is said.
#
# Where her2 meets it: of the references that `her2 cite --bibtex` writes, each becomes the last; those of `--ris` stay apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bibliography-io==0.1.0
cd "$folder"
cat >example.bib <<'END'
@article{Arteaga2003,
  author = {Arteaga, CL},
  journal = {Breast Cancer Res},
  year = {2003},
  doi = {10.1186/bcr574},
}

@article{Berns2007,
  author = {Berns, K and others},
  journal = {Cancer Cell},
  year = {2007},
  doi = {10.1016/j.ccr.2007.08.030},
}

@article{Zhang2011,
  title = {Combating trastuzumab resistance by targeting SRC},
  journal = {Nat Med},
  year = {2011},
  doi = {10.1038/nm.2309},
}
END
cat >example.py <<'END'
import bibliography_io

found = bibliography_io.load_records("example.bib")
seen = {key: (each.get("author"), each["journal"], each["year"], each["doi"]) for key, each in found.items()}
print("bibliography-io 0.1.0:", *seen.items(), sep="\n  ")
assert seen["Zhang2011"] == (None, "Nat Med", "2011", "10.1038/nm.2309")
assert seen["Arteaga2003"] == ("Berns, K and others", "Nat Med", "2011", "10.1038/nm.2309"), "entries end at their brace now"
assert seen["Berns2007"] == seen["Arteaga2003"]
assert found["Arteaga2003"]["title"] == found["Zhang2011"]["title"]
END
venv/bin/python example.py
