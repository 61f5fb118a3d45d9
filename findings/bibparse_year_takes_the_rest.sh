#!/usr/bin/env bash
# bibparse 1.2.0: an entry ends at `year = 2001`: the year and all fields behind it are gone
#
# Expected: numbers need no braces in BibTeX, nor do months such as jan.
#
# Seen: where no brace or quote follows, the first digit becomes the name of a field that reaches to the end of the entry; no
# brace closes it there, and it is dropped. Nothing is said, and what is written has neither year nor DOI. Braces inside of a
# value, as in {HER2}, by which a title keeps its capitals, are taken out as well.
#
# Where her2 meets it: `her2 cite --bibtex` has braces around all, and is read rightly; files from elsewhere that stand beside
# it in a library often have years without.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bibparse==1.2.0
cd "$folder"
cat >example.py <<'END'
from bibparse import Biblio

ENTRY = """@article{Roe2001,
  author = {Roe, Jane and Doe, John},
  title = {The {HER2} receptor},
  year = %s,
  volume = 235,
  pages = {177--182},
  doi = {10.1000/example.1}
}
"""


def read(text):
    library = Biblio()
    library.parse(text)
    return library


bare, braced = read(ENTRY % "2001"), read(ENTRY.replace("235", "{235}") % "{2001}")
print("bibparse 1.2.0:", dict(bare["Roe2001"]), "with braces:", dict(braced["Roe2001"]), sep="\n  ")
assert set(braced["Roe2001"]) == {"author", "title", "year", "volume", "pages", "doi"}
assert braced["Roe2001"]["title"] == "The HER2 receptor"
assert braced["Roe2001"]["year"] == "2001"
assert set(bare["Roe2001"]) == {"author", "title"}, "numbers need no braces now"
assert "year" not in repr(bare) and "doi" not in repr(bare)
END
venv/bin/python example.py
