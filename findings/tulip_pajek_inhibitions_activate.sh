#!/usr/bin/env bash
# tulip-python 6.0.0: in a Pajek network the inhibition AKT -> FOXO3 of weight -1 has the weight 1; in a matrix it is no edge
#
# Expected: a line of Pajek's *Arcs says source, target and value; values of signed networks are -1 and 1, in a *Matrix
# as well. networkx 3.6.1, which wrote the file, reads them so.
#
# Seen: an arc has the amount of its value, 2 for -2. In a matrix only what is above 0 makes an edge, so that of a
# signed network just the activations are there. Nothing is said; the UCINET importer beside it keeps the sign of both.
#
# Where her2 meets it: networks go by Pajek's format between network tools; its values are where the sign of an edge
# goes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet tulip-python==6.0.0 networkx==3.6.1
cd "$folder"
cat >example.py <<'END'
import networkx as nx
from tulip import tlp


def edges(plugin, name, property):
    parameters = tlp.getDefaultPluginParameters(plugin)
    parameters["file::filename"] = name
    graph = tlp.importGraph(plugin, parameters)
    label = graph["viewLabel"]
    return {(label[graph.source(e)], label[graph.target(e)]): graph[property][e] for e in graph.getEdges()}


signed = nx.DiGraph()
signed.add_edge("EGFR", "AKT", weight=1.0)
signed.add_edge("AKT", "FOXO3", weight=-1.0)
signed.add_edge("PTEN", "AKT", weight=-2)
nx.write_pajek(signed, "arcs.net")
back = nx.read_pajek("arcs.net")
assert back["AKT"]["FOXO3"][0]["weight"] == -1 and back["PTEN"]["AKT"][0]["weight"] == -2

names = list(signed)
weight = lambda a, b: int(signed[a][b]["weight"]) if signed.has_edge(a, b) else 0
rows = [" ".join(str(weight(a, b)) for b in names) for a in names]
with open("matrix.net", "w") as file:
    file.write(f"*Vertices {len(names)}\n" + "".join(f'{i} "{n}"\n' for i, n in enumerate(names, 1)))
    file.write("*Matrix\n" + "\n".join(rows) + "\n")
assert nx.read_pajek("matrix.net").number_of_edges() == 3
with open("signed.txt", "w") as file:
    file.write(f"dl n={len(names)} format=fullmatrix\nlabels:\n{','.join(names)}\ndata:\n" + "\n".join(rows) + "\n")

arcs, matrix = edges("Pajek", "arcs.net", "weights"), edges("Pajek", "matrix.net", "weights")
ucinet = edges("UCINET", "signed.txt", "weight")
print("tulip-python 6.0.0:", arcs, matrix, ucinet, sep="\n  ")
assert arcs == {("EGFR", "AKT"): 1, ("AKT", "FOXO3"): 1, ("PTEN", "AKT"): 2}, "values have their sign now"
assert matrix == {("EGFR", "AKT"): 1}, "an inhibition is an edge of a matrix now"
assert ucinet == {("EGFR", "AKT"): 1, ("AKT", "FOXO3"): -1, ("PTEN", "AKT"): -2}
END
venv/bin/python example.py
