#!/usr/bin/env bash
# bonesis 0.7.1: SIF with a node that has no edge stops with "'float' object has no attribute 'lower'"
#
# Expected: a line with a name alone, SIF's way of writing a node without edges, gives that node, as the manual
# of Cytoscape has it, or is passed over.
#
# Seen: the relation of that line is pandas's missing value, whose sign is asked for; the error names neither file nor line.
# A species called NA, sodium, is a node called nan, for the same reason and without an error. Signs are read as 1 and -1.
#
# Where her2 meets it: `her2 export sif` writes a line for each species without an edge; docs/formats.md says to leave these out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bonesis==0.7.1
cd "$folder"
printf 'PTEN\t-1\tAKT\nEGFR\t1\tAKT\n' >edges.sif
printf 'PTEN\t-1\tAKT\nEGFR\t1\tAKT\nMUC4\n' >lone.sif
printf 'NA\t-1\tAKT\nEGFR\t1\tAKT\n' >na.sif
venv/bin/python - <<'EOF'
import bonesis


def edges(file):
    try:
        found = bonesis.InfluenceGraph.from_sif(file, unsource=False)
    except AttributeError as error:
        return str(error)
    return sorted((str(source), str(target), sign) for source, target, sign in found.edges(data="sign"))


found = {file: edges(file) for file in ("edges.sif", "lone.sif", "na.sif")}
print("bonesis 0.7.1:", found)
assert found["edges.sif"] == [("EGFR", "AKT", 1), ("PTEN", "AKT", -1)]
assert found["lone.sif"] == "'float' object has no attribute 'lower'", "lone nodes are read now"
assert ("nan", "AKT", -1) in found["na.sif"], "a gene may be called NA now"
EOF
