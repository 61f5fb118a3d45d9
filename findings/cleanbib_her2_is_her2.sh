#!/usr/bin/env bash
# cleanbib 0.1.1: HER2 in a BibTeX title becomes Her2, even in braces, addresses are broken, and an entry's last field may be gone
#
# Expected: a tool that cleans a bibliography keeps {HER2} as it is, as braces ask of BibTeX, and does not touch addresses; each field that is
# valid BibTeX stays, with or without a comma behind the last one, in braces or, a number, without.
#
# Seen: when a file is loaded, each word of each field gets a capital and small letters: Her2, Pi3k, Mcneil, and "Https://..." with "pmc2746089"
# for PMC2746089, an address that leads nowhere. A last field without a comma behind it and a year without braces are left out; the
# entry is then said to miss its year. What is written is so.
#
# Where her2 meets it: `her2 cite --bibtex` writes papers on HER2, PI3K and mTOR, each field in braces and with a comma, so that none is lost;
# genes' names and addresses come out of it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cleanbib==0.1.1
cd "$folder"
cat >papers.bib <<'BIB'
@article{mcneil2009,
  author  = {McNeil, Ann},
  title   = {Loss of {PTEN} and activation of {PI3K} in {HER2}-positive cells},
  journal = {Small Journal},
  year    = 2009,
  url     = {https://example.org/articles/PMC2746089},
  volume  = {7}
}
BIB
venv/bin/python -W ignore - <<'END' 2>/dev/null
from pathlib import Path

from cleanbib import BibCleaner

cleaner = BibCleaner("papers.bib")
cleaner.load_bib_file()
cleaner.clean_entries()
cleaner.save_as_bib("clean.bib")
print("cleanbib 0.1.1:", Path("clean.bib").read_text(), cleaner.warning_handler.get_warnings()["critical"])
[entry] = cleaner.entries
fields = entry["fields"]
assert fields["title"] == "Loss of Pten and Activation of Pi3k in Her2-positive Cells", "braces are kept now"
assert fields["author"] == "Mcneil, Ann"
assert fields["url"] == "Https://example.org/articles/pmc2746089", "addresses are kept now"
assert "year" not in fields and "volume" not in fields, "all fields are there now"
assert any("'year'" in each for each in cleaner.warning_handler.get_warnings()["critical"])
END
