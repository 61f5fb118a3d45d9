#!/usr/bin/env bash
# d3graph 3.2.1: an edge of weight -1, or of 0.5, is not drawn, nor is a species that has no other edge
#
# Expected: vec2adjmat makes a matrix of all edges, and graph() draws what the matrix holds; a sign may be lost, an edge is not.
#
# Seen: the matrix has -1 from AKT to FOXO3, and graph() keeps what has a weight of 1 or more. FOXO3 is not there either. The
# documentation calls values above 0 edges, and 0.5 is none with the default of min_weight, 1.0. Activation and inhibition
# between the same two are added up to 0 before that. All that is told is the number of nodes that are left.
#
# Where her2 meets it: her2's table has the column `weight`, 1 or -1, by which decoupler and networkx go; give d3graph
# abs(weight), and colour the edges by `effect`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet d3graph==3.2.1 scikit-learn==1.7.2
cd "$folder"
cat >example.py <<'END'
from d3graph import d3graph, vec2adjmat

SOURCES, TARGETS, WEIGHTS = ["EGFR", "EGFR", "AKT", "SRC"], ["AKT", "ERK", "FOXO3", "STAT3"], [1.0, 1.0, -1.0, 0.5]


def drawn(weights, **said):
    matrix = vec2adjmat(SOURCES, TARGETS, weight=weights)
    picture = d3graph(verbose="silent")
    picture.graph(matrix, **said)
    return matrix, sorted(map(tuple, picture.edge_properties)), sorted(picture.node_properties)


matrix, edges, nodes = drawn(WEIGHTS)
both = vec2adjmat(["AKT", "AKT"], ["FOXO3", "FOXO3"], weight=[1, -1])
print("d3graph 3.2.1: edges", edges, "nodes", nodes, "of 4 edges and 6 nodes")
assert matrix.loc["AKT", "FOXO3"] == -1 and both.loc["AKT", "FOXO3"] == 0
assert edges == [("EGFR", "AKT"), ("EGFR", "ERK")], "all edges are drawn now"
assert nodes == ["AKT", "EGFR", "ERK"]
assert ("SRC", "STAT3") in drawn(WEIGHTS, min_weight=0.1)[1]
assert len(drawn([abs(weight) * 2 for weight in WEIGHTS])[1]) == 4
END
venv/bin/python example.py 2>errors.txt || { tail -5 errors.txt; exit 1; }
