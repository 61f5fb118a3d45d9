#!/usr/bin/env bash
# ontolopy 1.1.1b0: `discard_obsolete=True` keeps obsolete terms, and the last term of a file is not there
#
# Expected: load_obo(..., discard_obsolete=True), its default, leaves out terms with `is_obsolete: true`; all others are read.
#
# Seen: a term is left out if its "comment" says "obsolete", yet the tag `comment` is not read at all (a list of tags has "comments"), so that
# no term ever is. An obsolete term is among the others, with its old name, and has no parent. A term is kept when the next one
# begins: the last of the file has none behind it and is lost. With a [Typedef] behind it, too.
#
# Where her2 meets it: its names are held against terms of ontologies; a name that was taken back counts as a current one, and
# what was added last cannot be found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ontolopy==1.1.1b0 pandas==2.3.3
cd "$folder"
cat >terms.obo <<'END'
format-version: 1.2
ontology: x

[Term]
id: X:1
name: breast carcinoma

[Term]
id: X:2
name: obsolete HER2/neu positive tumour
comment: This term was made obsolete because it says two things.
is_obsolete: true
replaced_by: X:3

[Term]
id: X:3
name: HER2-positive breast carcinoma
is_a: X:1 ! breast carcinoma

[Term]
id: X:4
name: HER2-low breast carcinoma
is_a: X:1 ! breast carcinoma
END
cp terms.obo more.obo
printf '\n[Typedef]\nid: part_of\nname: part of\n' >>more.obo
venv/bin/python -W ignore - <<'END'
import ontolopy

seen = {file: {key: each["name"] for key, each in ontolopy.load_obo(file, ont_ids=["X"], discard_obsolete=True).items()} for file in ("terms.obo", "more.obo")}
print("ontolopy 1.1.1b0:", *seen.items(), sep="\n  ")
for each in seen.values():
    assert {"X:1", "X:3"} < set(each)
    assert "X:2" in each, "obsolete terms are left out now"
    assert "X:4" not in each, "the last term is read now"
END
