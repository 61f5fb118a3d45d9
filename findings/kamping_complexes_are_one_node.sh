#!/usr/bin/env bash
# kamping 0.1: of EGF -> complex -> AKT and p27 -| another complex -| RB1 in KGML, EGF acts on RB1 and p27 on AKT
#
# Expected: the parser makes edges of genes of what goes over compounds and complexes: EGF on AKT, and p27 on RB1.
#
# Seen: entries are known by their names, and KGML calls all complexes "undefined": they are one node, which everything
# before a complex enters and everything after one leaves, so that each of the first is joined with each of the second.
# The edges say "compound propagation" and have no sign. A relation without a subtype is not there. With unique=True the
# entries keep their numbers, and the joined edges are the right ones. Nothing is said.
#
# Where her2 meets it: hsa04012 and hsa04151, from which its edges can be checked, hold CDK4 with cyclin D and other
# complexes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pandas==2.3.3 networkx==3.4.2 typer==0.12.1
python3 -m pip --python "$folder/venv" install --quiet --no-deps kamping==0.1
cd "$folder"
cat >example.py <<'END'
from kamping.kegg_parser.network import InteractionParser

GENES = {1: "1950 EGF", 2: "1956 EGFR", 3: "2064 ERBB2", 4: "207 AKT"}
GENES |= {5: "1027 p27", 6: "595 CCND1", 7: "1019 CDK4", 8: "5925 RB1"}
COMPLEXES = {10: (2, 3), 11: (6, 7)}
RELATIONS = [(1, 10, "activation"), (10, 4, "activation"), (4, 5, "inhibition")]
RELATIONS += [(5, 11, "inhibition"), (11, 8, "inhibition")]
with open("pathway.xml", "w") as file:
    file.write('<pathway name="path:hsa04012" org="hsa" number="04012" title="ErbB signaling pathway" link="">')
    for number, gene in GENES.items():
        file.write(f'<entry id="{number}" name="hsa:{gene.split()[0]}" type="gene"/>')
    for number, parts in COMPLEXES.items():
        inside = "".join(f'<component id="{part}"/>' for part in parts)
        file.write(f'<entry id="{number}" name="undefined" type="group">{inside}</entry>')
    for source, target, kind in RELATIONS:
        subtype = f'<subtype name="{kind}" value=""/>'
        file.write(f'<relation entry1="{source}" entry2="{target}" type="PPrel">{subtype}</relation>')
    file.write('<relation entry1="4" entry2="8" type="PPrel"/></pathway>')
NAMES = {"hsa:" + gene.split()[0]: gene.split()[1] for gene in GENES.values()}


def joined(unique):
    table = InteractionParser("pathway.xml", type="gene-only", unique=unique).parse_file()
    name = lambda entry: NAMES[entry.split("-")[0]]
    kinds = {(name(a), name(b)): kind for a, b, kind in zip(table["entry1"], table["entry2"], table["name"])}
    return {edge for edge in kinds if kinds[edge] == "compound propagation"}, set(kinds)


seen, every = joined(unique=False)
print("kamping 0.1:", sorted(seen))
assert seen == {("EGF", "AKT"), ("EGF", "RB1"), ("p27", "AKT"), ("p27", "RB1")}, "complexes are nodes of their own now"
assert joined(unique=True)[0] == {("EGF", "AKT"), ("p27", "RB1")}
assert ("AKT", "p27") in every and ("AKT", "RB1") not in every, "a relation without a subtype is there now"
END
venv/bin/python example.py
