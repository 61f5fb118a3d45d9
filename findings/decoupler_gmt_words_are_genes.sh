#!/usr/bin/env bash
# decoupler 2.2.0: read_gmt takes words of a description for genes, and an empty description for the first gene
#
# Expected: a GMT line is split at its tabs, as the format has it: name, description, genes. A description may be words
# (MSigDB's of old, WikiPathways' "Homo sapiens") or nothing (every library that Enrichr hands out).
#
# Seen: the line is split at any blank. "ERBB signaling<TAB>after trastuzumab<TAB>ERBB2" is a set "ERBB" that holds "after" and
# "trastuzumab", and "ERBB_UP<TAB><TAB>ERBB2<TAB>GRB7" has lost ERBB2. Nothing is said, and a set is scored all the same.
# gseapy 1.3.1 reads both as they stand.
#
# Where her2 meets it: her2 names decoupler as a reader of its tables, and signatures of HER2 are handed on as GMT.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet decoupler==2.2.0 gseapy==1.3.1 pandas==2.3.3
cd "$folder"
printf 'ERBB signaling\tafter trastuzumab\tERBB2\tERBB3\n' >sets.gmt
printf 'ERBB_UP\t\tERBB2\tGRB7\n' >>sets.gmt
printf 'PLAIN\tna\tAKT1\tPTEN\n' >>sets.gmt
venv/bin/python -W ignore - <<'EOF'
import decoupler
import gseapy

seen = decoupler.pp.read_gmt("sets.gmt").groupby("source")["target"].agg(list).to_dict()
other = gseapy.read_gmt("sets.gmt")
print("decoupler 2.2.0:", seen)
print("gseapy 1.3.1:   ", other)
assert other == {"ERBB signaling": ["ERBB2", "ERBB3"], "ERBB_UP": ["ERBB2", "GRB7"], "PLAIN": ["AKT1", "PTEN"]}
assert seen["PLAIN"] == ["AKT1", "PTEN"]
assert seen["ERBB"] == ["after", "trastuzumab", "ERBB2", "ERBB3"], "split at tabs now"
assert seen["ERBB_UP"] == ["GRB7"], "an empty description is heard now"
EOF
