#!/usr/bin/env bash
# cffconvert 2.0.0: of two licences it makes one address, https://spdx.org/licenses/['MIT', 'Apache-2.0']
#
# Expected: a CITATION.cff with `license: [MIT, Apache-2.0]`, which its schema 1.2 allows and which validate() accepts,
# becomes a list of two addresses in schema.org and CodeMeta, or is refused.
#
# Seen: the text of a Python list stands in the address, and Zenodo's `license` holds a list where it has one word.
#
# Where her2 meets it: her2 is cited by a CITATION.cff, with one licence, and repositories make their records from it;
# programs under a choice of two get a link to nowhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cffconvert==2.0.0
cd "$folder"
venv/bin/python - <<'EOF'
import json

from cffconvert import Citation

citation = Citation("""cff-version: 1.2.0
message: Please cite it.
title: a tool
license: [MIT, Apache-2.0]
authors: [{name: The group}]
""")
citation.validate()
given = [json.loads(text)["license"] for text in (citation.as_schemaorg(), citation.as_codemeta(), citation.as_zenodo())]
print("cffconvert 2.0.0: schema.org, CodeMeta, Zenodo:", given)
assert given[:2] == ["https://spdx.org/licenses/['MIT', 'Apache-2.0']"] * 2, "two licences are two addresses now"
assert given[2] == {"id": ["MIT", "Apache-2.0"]}, "Zenodo's is written otherwise now"
EOF
