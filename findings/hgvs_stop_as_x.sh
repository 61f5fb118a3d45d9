#!/usr/bin/env bash
# hgvs 1.5.7: `p.R306X` is an unknown amino acid, not a stop
#
# Expected: the one-letter X of older reports, which cBioPortal studies still carry for a stop, is Ter, as `*` is; or
# it is refused as ambiguous.
#
# Seen: it is parsed as Arg306Xaa, a substitution by any amino acid; `p.R306*` is Arg306Ter.
#
# Where her2 meets it: a truncation written with X would become a missense change; her2 reads X as a stop in protein
# changes of studies.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hgvs==1.5.7 setuptools
cd "$folder"
venv/bin/python - <<'EOF'
import hgvs.parser

parser = hgvs.parser.Parser()
old, new = (str(parser.parse_hgvs_variant(f"NP_000537.3:p.R306{stop}").posedit) for stop in "X*")
print("hgvs 1.5.7: p.R306X", old, "p.R306*", new)
assert old == "Arg306Xaa" and new == "Arg306Ter", "X is read differently now"
EOF
