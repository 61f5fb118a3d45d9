#!/usr/bin/env bash
# keggtools 1.1.0: a relation of KEGG that inhibits indirectly is drawn with an arrow
#
# Expected: `inhibition` and `indirect effect` together, which KGML allows, give a T-bar, whichever of them stands first, as
# inhibition alone and "inhibition and phosphorylation" do.
#
# Seen: the last subtype decides: after `inhibition`, `indirect effect` and `binding/association` make it an arrow as for an
# activation, and `state change` a diamond. The other way round it is a T-bar. A relation by way of a compound has no
# head. The subtypes that are read are right. No warning.
#
# Where her2 meets it: KEGG's map of ErbB signaling is a usual picture beside her2's; whoever copies edges from such a
# drawing copies activations that are none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet keggtools==1.1.0
cd "$folder"
venv/bin/python - <<'EOF'
from keggtools import Pathway, Renderer

VALUES = {"inhibition": "--|", "indirect effect": "..&gt;", "phosphorylation": "+p"}
KGML = """<?xml version="1.0"?>
<pathway name="path:hsa04012" org="hsa" number="04012" title="ErbB signaling pathway">
<entry id="1" name="hsa:867" type="gene"><graphics name="CBL" type="rectangle" x="50" y="50" width="46" height="17"/></entry>
<entry id="2" name="hsa:2064" type="gene"><graphics name="ERBB2" type="rectangle" x="150" y="50" width="46" height="17"/></entry>
<relation entry1="1" entry2="2" type="PPrel">{}</relation></pathway>"""


def head(*names):
    subtypes = "".join(f'<subtype name="{name}" value="{VALUES[name]}"/>' for name in names)
    drawing = Renderer(kegg_pathway=Pathway.from_xml(KGML.format(subtypes)), gene_dict={})
    drawing.render()
    (edge,) = [line for line in drawing.to_string().splitlines() if line.startswith("1 -> 2")]
    return edge.split("arrowhead=")[1].split(",")[0]


direct, phosphorylating = head("inhibition"), head("inhibition", "phosphorylation")
indirect, other_order = head("inhibition", "indirect effect"), head("indirect effect", "inhibition")
print("keggtools 1.1.0:", direct, phosphorylating, "indirectly:", indirect, "in the other order:", other_order)
assert [direct, phosphorylating, other_order] == ["tee", "tee", "tee"]
assert indirect == "normal", "an indirect inhibition has a T-bar now"
EOF
