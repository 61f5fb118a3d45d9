#!/usr/bin/env bash
# python-calamine 0.9.1: two lines or two words in a cell of an .ods file, parted by a line break or a tab, come as one word
#
# Expected: a cell "AKT1", line break, "AKT2", which pyexcel-ods3 writes as <text:line-break/>, is "AKT1\nAKT2", as ezodf and
# pyexcel-ods3 read it, and as calamine reads two paragraphs; a <text:tab/> is a tab or a blank.
#
# Seen: AKT1AKT2, for both: the elements are passed over. <text:s/>, for blanks, is read.
#
# Where her2 meets it: her2 reads .ods through calamine; a list of aliases or references that stands line by line in one cell
# becomes one name that nothing else knows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet python-calamine==0.9.1 pyexcel-ods3==0.6.1 ezodf==0.3.2 setuptools==80.9.0
cd "$folder"
venv/bin/python - <<'EOF'
import zipfile

import ezodf
import pyexcel_ods3
import python_calamine

pyexcel_ods3.save_data("lines.ods", {"S": [["AKT1\nAKT2"]]})
with zipfile.ZipFile("lines.ods") as given, zipfile.ZipFile("tabs.ods", "w") as made:
    content = given.read("content.xml").decode()
    assert "<text:p>AKT1<text:line-break/>AKT2</text:p>" in content
    for item in given.infolist():
        text = content.replace("line-break", "tab").encode() if item.filename == "content.xml" else given.read(item.filename)
        made.writestr(item, text)


def calamine(file):
    return python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_name("S").to_python()[0][0]


def others(file):
    return [pyexcel_ods3.get_data(file)["S"][0][0], next(ezodf.opendoc(file).sheets["S"].rows())[0].value]


found = {file: (calamine(file), others(file)) for file in ("lines.ods", "tabs.ods")}
print("python-calamine 0.9.1, and pyexcel-ods3 and ezodf:", found)
assert found["lines.ods"][1] == ["AKT1\nAKT2"] * 2 and found["tabs.ods"][1] == ["AKT1\tAKT2"] * 2
assert found["lines.ods"][0] == found["tabs.ods"][0] == "AKT1AKT2", "line breaks and tabs are read now"
EOF
