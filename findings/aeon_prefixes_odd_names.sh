#!/usr/bin/env bash
# biodivine-aeon 1.4.2: a target named with a dot or a hyphen comes out of to_bnet under another name
#
# Expected: `HLA-A` is refused, or written as it was read.
#
# Seen: from_bnet keeps it as the name of a variable, to_bnet writes `_HLA-A`; a rule that names it is a syntax error,
# so the file can be read only while nothing depends on that gene.
#
# Where her2 meets it: her2 maps names to safe ones before it asks biodivine-aeon, and back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet biodivine-aeon==1.4.2
cd "$folder"
venv/bin/python - <<'EOF'
import biodivine_aeon

network = biodivine_aeon.BooleanNetwork.from_bnet("HLA-A, B\nB, B\n")
written = network.to_bnet()
print("biodivine-aeon 1.4.2:", network.variable_names(), "written:", written.split())
assert "HLA-A" in network.variable_names() and "_HLA-A," in written, "the name is kept now"
EOF
