#!/usr/bin/env bash
# colomoto-jupyter 0.9.3: of two species of a MultiValuedNetwork, `A != A` is true and `A != B` is false
#
# Expected: `!=` is the opposite of `==`, as it is for the species of a BooleanNetwork of the same module.
#
# Seen: it gives what `==` gives, so that `[x for x in network if x != a]`, "all but a", is a alone. Compared with a
# number, a level, it gives the right rule.
#
# Where her2 meets it: minibn is what mpbn, bonesis and the notebooks of CoLoMoTo keep networks in; her2's networks with
# levels become Boolean before they go there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet colomoto-jupyter==0.9.3
cd "$folder"
venv/bin/python - <<'EOF'
from colomoto.minibn import BooleanNetwork, MultiValuedNetwork

found = {}
for kind in (BooleanNetwork, MultiValuedNetwork):
    a, again, b = kind().vars("A", "A", "B")
    found[kind.__name__] = {"A == A": a == again, "A != A": a != again, "A == B": a == b, "A != B": a != b}
print("colomoto-jupyter 0.9.3:", found)
right = {"A == A": True, "A != A": False, "A == B": False, "A != B": True}
assert found["BooleanNetwork"] == right
assert found["MultiValuedNetwork"] == right | {"A != A": True, "A != B": False}, "!= is the opposite of == now"
EOF
