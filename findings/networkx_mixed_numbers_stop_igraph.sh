#!/usr/bin/env bash
# networkx 3.6.1 and igraph 1.0.0: GraphML of a graph whose weights are -1 and 0.5 cannot be read
#
# Expected: a column of numbers, some of them whole, becomes one key of the type double, as a data frame would have it,
# and what write_graphml wrote is read by the other large library of graphs.
#
# Seen: networkx declares `weight` twice, once as long and once as double, unless it is told infer_numeric_types=True; igraph
# ends with "Duplicate attribute name found". networkx itself, rustworkx 0.18.1 and scikit-network read such a file.
#
# Where her2 meets it: her2 goes by the ids of keys, and reads such files; signs and scores stand in one attribute in many of
# them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet networkx==3.6.1 igraph==1.0.0 rustworkx==0.18.1
cd "$folder"
venv/bin/python - <<'EOF'
import igraph
import networkx
import rustworkx

graph = networkx.DiGraph()
graph.add_weighted_edges_from([("PTEN", "AKT", -1), ("EGFR", "AKT", 0.5)])
networkx.write_graphml(graph, "mixed.graphml")
networkx.write_graphml(graph, "double.graphml", infer_numeric_types=True)
with open("mixed.graphml") as stream:
    keys = [line.strip() for line in stream if 'attr.name="weight"' in line]


def weights(file):
    try:
        return igraph.Graph.Read_GraphML(file).es["weight"]
    except igraph.InternalError as error:
        return str(error)


(other,) = rustworkx.read_graphml("mixed.graphml")
mixed, double = weights("mixed.graphml"), weights("double.graphml")
print("networkx 3.6.1 writes", keys, "igraph 1.0.0:", mixed, "all double:", double, "rustworkx:", other.edges())
assert len(keys) == 2, "numbers have one key now"
assert sorted(double) == [-1, 0.5] and sorted(edge["weight"] for edge in other.edges()) == [-1, 0.5]
assert "Duplicate attribute name" in str(mixed), "igraph reads such files now"
EOF
