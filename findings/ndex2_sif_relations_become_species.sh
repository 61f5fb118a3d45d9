#!/usr/bin/env bash
# ndex2 3.12.0: a SIF in which `EGF   activates EGFR` is aligned has a species "activates", with which EGF "interacts"
#
# Expected: source, relation and targets of a SIF are set apart by white space, by any amount of it.
#
# Seen: lines without tabs are cut at each single space. Behind two of them the relation is empty, which makes it the
# default "interacts-with", and the word for it is a target, ahead of the right one: all that "activates" anything is
# joined by way of that word. In a file of which one line has tabs, a line with spaces is one species, "PTEN inhibits
# AKT". Nothing is said.
#
# Where her2 meets it: `her2 export sif` has one tab between columns, which is read rightly; SIF written by hand is
# often aligned.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet ndex2==3.12.0
cd "$folder"
cat >example.py <<'END'
from ndex2.cx2 import SIFToCX2NetworkFactory


def edges(text):
    network = SIFToCX2NetworkFactory().get_cx2network(text)
    name = {number: node["v"]["name"] for number, node in network.get_nodes().items()}
    found = [(name[e["s"]], e["v"]["interaction"], name[e["t"]]) for e in network.get_edges().values()]
    return set(name.values()), sorted(found)


plain = edges("EGF activates EGFR\nPTEN inhibits AKT\n")
aligned = edges("EGF   activates EGFR\nPTEN  inhibits  AKT\nRAF   activates MEK\n")
mixed = edges("EGF\tactivates\tEGFR\nPTEN inhibits AKT\n")
print("ndex2 3.12.0:", *plain, *aligned, *mixed, sep="\n  ")
assert plain[1] == [("EGF", "activates", "EGFR"), ("PTEN", "inhibits", "AKT")]
assert {"activates", "inhibits"} < aligned[0], "spaces are white space now"
assert {relation for _, relation, _ in aligned[1]} == {"interacts-with"} and len(aligned[1]) == 6
assert ("EGF", "interacts-with", "activates") in aligned[1]
assert mixed == ({"EGF", "EGFR", "PTEN inhibits AKT"}, [("EGF", "activates", "EGFR")])
END
venv/bin/python example.py
