#!/usr/bin/env bash
# tulip-python 6.0.0: the GraphML label `EGFR &amp; ERBB2` is " ERBB2", and `PI3K &lt;p110&gt;` is ">"
#
# Expected: "&", "<" and ">" are written as entities in all XML, and read as what they stand for: "EGFR & ERBB2".
#
# Seen: the text of a <data> that is read in pieces is its last piece: all that stands before the last entity is lost,
# and a label that ends with one is that character alone. A name in CDATA is whole. Nothing is said; two nodes of which
# only the beginnings differ have one name. networkx 3.6.1 wrote the file and reads it as it was.
#
# Where her2 meets it: complexes and rules as labels of nodes and edges have "&" in them, and go by GraphML between
# network tools.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet tulip-python==6.0.0 networkx==3.6.1
cd "$folder"
cat >example.py <<'END'
import networkx as nx
from tulip import tlp


def labels(name):
    parameters = tlp.getDefaultPluginParameters("GraphML")
    parameters["file::filename"] = name
    graph = tlp.importGraph("GraphML", parameters)
    return [graph["label"][node] for node in graph.getNodes()]


names = ["AKT", "EGFR & ERBB2", "ERBB3 & ERBB2", "PI3K <p110>"]
written = nx.DiGraph()
for number, name in enumerate(names):
    written.add_node(number, label=name)
nx.write_graphml(written, "names.graphml")
assert [said["label"] for _, said in nx.read_graphml("names.graphml").nodes(data=True)] == names
with open("names.graphml") as file:
    text = file.read()
with open("whole.graphml", "w") as file:
    file.write(text.replace("EGFR &amp; ERBB2", "<![CDATA[EGFR & ERBB2]]>"))

read = labels("names.graphml")
print("tulip-python 6.0.0:", names, read)
assert read == ["AKT", " ERBB2", " ERBB2", ">"], "names are whole now"
assert labels("whole.graphml")[1] == "EGFR & ERBB2"
END
venv/bin/python example.py
