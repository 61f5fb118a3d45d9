#!/usr/bin/env bash
# biblioflow 0.3.0: a paper whose RIS has the journal's name and its short form is of "Nature Reviews Cancer Nat Rev Cancer"
#
# Expected: T2 is the journal, JO its abbreviation; JF and JO are the same; TI and T1 are one title. One of them is the name, the other
# at most the short form, for which the table has a column of its own (`journal_abbrev`).
#
# Seen: tags that mean one field are pasted with a blank between them: `source_title` is "Nature Reviews Cancer Nat Rev Cancer", and with
# JF as well the long name is in it twice; a title in TI and T1, as some publishers write it, is there twice as well. The short form's column
# is empty. No warning is given. Two papers of one journal, from two publishers' exports, count for two journals.
#
# Where her2 meets it: references of `her2 cite --ris` are put together with those of publishers and PubMed there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet biblioflow==0.3.0 pandas==2.3.3 numpy==1.26.4
cd "$folder"
venv/bin/python -W ignore - <<'END'
from pathlib import Path

import biblioflow
import pandas as pd


def read(*lines):
    text = ["TY  - JOUR", "AU  - Hynes, Nancy E.", "AU  - Lane, Heidi A.", "PY  - 2005", "DO  - 10.1038/nrc1609", *lines, "ER  - "]
    Path("one.ris").write_text("\n".join(text) + "\n")
    data = biblioflow.load("one.ris")
    assert not data.warnings and not data.errors
    (row,) = data.to_dataframe().to_dict("records")
    return row


plain = read("TI  - ERBB receptors and cancer", "T2  - Nature Reviews Cancer")
both = read("TI  - ERBB receptors and cancer", "T2  - Nature Reviews Cancer", "JO  - Nat Rev Cancer")
twice = read("T1  - ERBB receptors and cancer", "TI  - ERBB receptors and cancer", "JF  - Nature Reviews Cancer", "JO  - Nature Reviews Cancer")
print("biblioflow 0.3.0:", *((row["title"], row["source_title"]) for row in (plain, both, twice)), sep="\n  ")
assert (plain["title"], plain["source_title"]) == ("ERBB receptors and cancer", "Nature Reviews Cancer")
assert pd.isna(both["journal_abbrev"])
assert both["source_title"] == "Nature Reviews Cancer Nat Rev Cancer", "the short form is kept apart now"
assert twice["source_title"] == "Nature Reviews Cancer Nature Reviews Cancer"
assert twice["title"] == "ERBB receptors and cancer ERBB receptors and cancer", "a title is read once now"
END
