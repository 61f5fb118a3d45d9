#!/usr/bin/env bash
# pronto 2.7.4: written as OBO Graphs JSON, an obsolete term is a current one, and synonyms and comments are gone
#
# Expected: what dump(format="json") writes says `"deprecated": true` of an obsolete term and lists the synonyms, as the
# schema of OBO Graphs has both, or it says what it leaves out.
#
# Seen: `"deprecated": false`, and empty lists of synonyms, comments and subsets; nothing is said. Read back by pronto,
# the term is not obsolete. The definition is kept. fastobo 0.14.2, which does the writing, has the same in dump_graph.
#
# Where her2 meets it: phenotypes of her2 are found by GO's identifiers, and names of drugs come from ontologies; a
# withdrawn name comes back as a good one, and names that people use as synonyms are not found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pronto==2.7.4 fastobo==0.14.2
cd "$folder"
venv/bin/python - <<'EOF'
import io
import json
import pathlib

import pronto

pathlib.Path("drugs.obo").write_text("""format-version: 1.4
ontology: drugs

[Term]
id: DRUG:1
name: trastuzumab
def: "An antibody to HER2." []
comment: Given with chemotherapy.
synonym: "Herceptin" EXACT []

[Term]
id: DRUG:2
name: anti-HER2 antibody
is_obsolete: true
replaced_by: DRUG:1

""")
ontology = pronto.Ontology("drugs.obo")
assert ontology["DRUG:2"].obsolete and len(ontology["DRUG:1"].synonyms) == 1
written = io.BytesIO()
ontology.dump(written, format="json")
good, old = (node["meta"] for node in json.loads(written.getvalue())["graphs"][0]["nodes"])
written.seek(0)
again = pronto.Ontology(written)
print("pronto 2.7.4: obsolete term is deprecated in JSON:", old["deprecated"], "synonyms:", good["synonyms"], "comments:", good["comments"])
assert good["definition"]["val"] == "An antibody to HER2."
assert old["deprecated"] is False and not again["DRUG:2"].obsolete, "an obsolete term stays obsolete now"
assert good["synonyms"] == [] and good["comments"] == [], "synonyms are written now"
EOF
