#!/usr/bin/env bash
# flatmed 0.0.1: a paper whose record PubMed has revised between two searches is two papers, each found by one search
#
# Expected: `merge_to_df` gives "one record per PubMed entry", with a column that says "Y" where the second search has found it:
# an entry is known by its PMID.
#
# Seen: the tables are merged by all columns that they have in common. PubMed revises records (LR is the day of it, and MeSH headings
# come months after the paper): then the PMID is there twice, the old one without the mark of the second search, the new one without
# that of the first, and the file that is written has both. `validate="1:1"`, which is asked for, sees nothing in that.
#
# Where her2 meets it: each edge of its network has papers, found by searches that are repeated; counts of papers are too great.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet flatmed==0.0.1 pandas==2.3.3
cd "$folder"
venv/bin/python -W ignore - <<'END'
import flatmed


def write(path, revised, *headings):
    lines = ["PMID- 10000001", "OWN - NLM", f"LR  - {revised}", "DP  - 2020 Jan", "TI  - HER2 in an example.", "AU  - Roe J"]
    with open(path, "w") as file:
        file.write("\n".join([*lines, *(f"MH  - {each}" for each in headings), "SO  - J Examples. 2020 Jan;1(1):1-2."]) + "\n")
    return path


def both(second):
    table = flatmed.pubmed_to_df(write("first.txt", "20200102"))
    table["first"] = "Y"
    merged = flatmed.merge_to_df(table, second, "second")
    return merged[["PMID", "first", "second"]].fillna("").to_numpy().tolist()


same = both(write("second.txt", "20200102"))
revised = both(write("second.txt", "20200930", "Breast Neoplasms", "Receptor, ErbB-2"))
print("flatmed 0.0.1: the same record:", same, "revised:", revised)
assert same == [["10000001", "Y", "Y"]]
assert sorted(revised) == [["10000001", "", "Y"], ["10000001", "Y", ""]], "papers are known by their PMID now"
END
