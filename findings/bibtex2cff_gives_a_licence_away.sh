#!/usr/bin/env bash
# bibtex2cff 0.2.1: software whose BibTeX says no licence is published under the Unlicense, today, by Jane Roe A. with a suffix
#
# Expected: a licence that is not known is left out, as CITATION.cff allows; the year is that of the entry; the given names
# are "Jane A."; and the file has `authors`, each with `given-names` and `family-names`.
#
# Seen: the licence is "Unlicense", which gives all rights away, the version 0.0.1 where none is said, and the date of
# release that of the day, beside year = 2024. The second given name is the suffix, where others have Jr., a third is
# gone, and van der Heyde is Heyde. It has `author`, `given-name` and `family-name`, which CITATION.cff does not know: cffconvert 2.0.0
# refuses the file. Nothing is said.
#
# Where her2 meets it: her2 writes BibTeX of itself without a licence's field; its CITATION.cff (`her2 cite --cff`) is the one to take.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bibtex2cff==0.2.1
cd "$folder"
cat >example.bib <<'END'
@software{example,
  author = {Roe, Jane A. and Doe, John B. C. and Jan van der Heyde},
  title = {A tool},
  month = jan,
  year = {2024},
  publisher = {Example},
  doi = {10.1000/example.1},
  url = {https://doi.org/10.1000/example.1}
}
END
venv/bin/bibtex2cff example.bib
cat >example.py <<'END'
import datetime

import yaml

with open("CITATION.cff") as file:
    found = yaml.safe_load(file)
print("bibtex2cff 0.2.1:", found)
assert found["license"] == "Unlicense", "no licence is made up now"
assert found["version"] == "0.0.1" and datetime.date.fromisoformat(found["date-released"]).year > 2024
assert "authors" not in found and found["author"] == [
    {"given-name": "Jane", "family-name": "Roe", "name-suffix": "A."},
    {"given-name": "John", "family-name": "Doe", "name-suffix": "B."},
    {"given-name": "Jan", "family-name": "Heyde"},
]
END
venv/bin/python example.py
