#!/usr/bin/env bash
# mermaid-graph 0.1.0: of `EGF & TGFA --> EGFR` TGFA is not there, and `AKT -- by phosphorylation --x FOXO3` has a node called "by"
#
# Expected: the language has both: & makes an edge from each, and text between dashes is the label of one edge, an
# inhibition. A label that needs quotes is written with them.
#
# Seen: of several nodes the first one is taken, on either side. A label before an arrow is a label; before --x it is cut to its
# first word, which is a node between the two, so that AKT does not inhibit FOXO3 any more. Written again, FOXO3 (FKHRL1) has
# no quotes, which mermaid refuses, and "HER2/neu [p95]" ends at its bracket. Nothing is said.
#
# Where her2 meets it: `her2 export mermaid` writes an edge a line, without labels, and names in quotes: read rightly, with
# `--x` as an arrow `cross`. The figures of papers and readmes often have & and labels.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mermaid-graph==0.1.0 networkx==3.6.1
cd "$folder"
cat >example.py <<'END'
import mermaid_graph


def edges(line):
    graph = mermaid_graph.mermaid_to_networkx("flowchart TD\n  " + line)
    return [(source, target, said["arrow"]) for source, target, said in graph.edges(data=True)]


both = edges("EGF & TGFA --> EGFR"), edges("EGFR --> PI3K & SOS")
label = edges("AKT -- by phosphorylation --x FOXO3")
plain, arrow = edges("AKT --x FOXO3"), edges("AKT -- by phosphorylation --> FOXO3")
names = mermaid_graph.mermaid_to_networkx('flowchart TD\n  a["FOXO3 (FKHRL1)"] --> b["HER2/neu [p95]"]')
written = mermaid_graph.networkx_to_mermaid(names)
print("mermaid-graph 0.1.0:", *both, label, plain, written, sep="\n  ")
assert plain == [("AKT", "FOXO3", "cross")] and arrow == [("AKT", "FOXO3", "normal")]
assert both == ([("EGF", "EGFR", "normal")], [("EGFR", "PI3K", "normal")]), "all nodes are there now"
assert label == [("AKT", "by", "none"), ("by", "FOXO3", "cross")], "labels are labels now"
assert "a[FOXO3 (FKHRL1)]" in written and written.splitlines()[2].strip() == 'b["HER2/neu [p95]'
END
venv/bin/python example.py
