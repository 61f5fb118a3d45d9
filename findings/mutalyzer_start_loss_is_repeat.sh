#!/usr/bin/env bash
# mutalyzer-hgvs-parser 0.4.0: `p.Met1?`, an effect on the start that is not known, is a repeat of unknown length
#
# Expected: HGVS's own way of writing that the start codon is hit; something uncertain, as `p.?` is here.
#
# Seen: a variant of type `repeat`, with a length that is uncertain, as a repeat of methionine would be. `p.0?` (perhaps no
# protein at all) is a repeat too.
#
# Where her2 meets it: a model that is asked for its type takes a loss of the start for more of the protein; her2 reads
# the protein change itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mutalyzer-hgvs-parser==0.4.0
cd "$folder"
venv/bin/python - <<'EOF'
from mutalyzer_hgvs_parser import to_model


def first(change):
    return to_model(f"NP_000537.3:{change}")["variants"][0]


start, nothing, unknown, repeat = (first(change) for change in ("p.Met1?", "p.0?", "p.?", "p.Ala2[10]"))
print("mutalyzer-hgvs-parser 0.4.0: p.Met1? is", start["type"], start["inserted"], "| p.? is", unknown)
assert repeat["type"] == "repeat" and "type" not in unknown
assert start["type"] == nothing["type"] == "repeat", "an unknown effect on the start has a type of its own now"
EOF
