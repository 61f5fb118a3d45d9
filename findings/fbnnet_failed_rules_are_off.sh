#!/usr/bin/env bash
# fbnnet-core 1.1.6: a rule that it cannot evaluate is off: HLA-A, or a constant TRUE, is never on, and nothing is said
#
# Expected: the rules that load_network reads, the "equivalent of R's BoolNet::loadNetwork()", are evaluated, or the file is
# refused with the name that is not understood.
#
# Seen: rules are handed to Python's eval, and each error counts as 0: `HLA-A` is read as HLA minus A, `TRUE` as a name
# that does not exist, and a gene without a rule is not known. A gene that holds itself falls from 1 to 0 if its name
# has a hyphen or a dot. In "interactions" such a gene has the regulators HLA and A, and self-regulation is left out.
#
# Where her2 meets it: her2's BNET writes a hyphen in a name as `_x2D_`, and gives every input a rule.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet fbnnet-core==1.1.6
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib

from fbnnet_core import load_network
from fbnnet_core.data_utils import generateBoolNetTimeseries

rules = {"ERBB2": "ERBB2", "HLA-A": "HLA-A", "HLA.B": "HLA.B", "one": "1", "TRUTH": "TRUE", "AKT1": "PTEN"}
pathlib.Path("given.bn").write_text("targets, factors\n" + "".join(f"{name}, {rule}\n" for name, rule in rules.items()))
network = load_network("given.bn")
(series,) = generateBoolNetTimeseries(network, [dict.fromkeys(rules, 1)], 2)
after = dict(zip(network["genes"], map(int, series[:, 1])))
(series,) = generateBoolNetTimeseries(network, [dict.fromkeys(rules, 0)], 2)
one = int(series[network["genes"].index("one"), 1])
regulators = {name: sorted(network["interactions"][name]) for name in ("ERBB2", "HLA-A")}
print("fbnnet-core 1.1.6: all on, a step later:", after, "regulators:", regulators)
assert one == 1 and after == {"ERBB2": 1, "HLA-A": 0, "HLA.B": 0, "one": 1, "TRUTH": 0, "AKT1": 0}, "such rules are evaluated now"
assert regulators == {"ERBB2": [], "HLA-A": ["A", "HLA"]}, "regulators are read otherwise now"
EOF
