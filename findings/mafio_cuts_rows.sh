#!/usr/bin/env bash
# mafio 1.0.2: a MAF that is read and written again has shorter rows, and one with `#version 2.4` has no columns
#
# Expected: what read() gave and write() wrote is the same file. A line that begins with # is a comment, as the first line
# of GDC's and of cBioPortal's files is, and the header is the line behind it.
#
# Seen: empty cells at the end of a row are cut off, so that rows have fewer cells than the header; mafio itself then raises
# an IndexError if it is asked for the last column. With a version line the header is ["#version 2.4"], and asked for
# Hugo_Symbol it raises a ValueError.
#
# Where her2 meets it: mutations of `her2 cohort` come as MAF, in which the protein change, often the last column, is empty at
# splice sites.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mafio==1.0.2
cd "$folder"
venv/bin/python - <<'EOF'
from pathlib import Path

from mafio import MAFReader, write

text = """Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short
PTEN\tT1\tNonsense_Mutation\tp.R130*
EGFR\tT1\tSplice_Site\t
"""
Path("plain.maf").write_text(text)
Path("version.maf").write_text("#version 2.4\n" + text)
write("again.maf", next(MAFReader("plain.maf").read()))
cells = [line.count("\t") + 1 for line in Path("again.maf").read_text().splitlines()]


def raised(file, column):
    try:
        next(MAFReader(file).read(use_cols=[column]))
    except (IndexError, ValueError) as error:
        return type(error).__name__
    return ""


header = next(MAFReader("version.maf").read())[0]
errors = [raised("plain.maf", "HGVSp_Short"), raised("again.maf", "HGVSp_Short"), raised("version.maf", "Hugo_Symbol")]
print("mafio 1.0.2, cells of each line:", cells, "header:", header, "asked for a column:", errors)
assert cells == [4, 4, 3], "rows keep their empty cells now"
assert header == ["#version 2.4"] and errors == ["", "IndexError", "ValueError"], "comments are passed over now"
EOF
