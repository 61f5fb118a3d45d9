#!/usr/bin/env bash
# hgvs 1.5.7: `p.Arg97fs` comes out as `p.Arg97fsTer`, which ferro-hgvs 1.0.0 and mutalyzer-hgvs-parser 0.4.0 refuse
#
# Expected: the short form of a frameshift, which HGVS allows, is written as it was read, as substitutions and deletions
# are.
#
# Seen: a `Ter` without a position is added, in parentheses too. The two other parsers take `p.Arg97fs`, and give an
# error for what hgvs made of it.
#
# Where her2 meets it: protein changes of studies have been through such tools; her2 reads a frameshift by its `fs`,
# whatever follows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hgvs==1.5.7 setuptools ferro-hgvs==1.0.0 mutalyzer-hgvs-parser==0.4.0
cd "$folder"
venv/bin/python - <<'EOF'
import ferro_hgvs
import hgvs.parser
from mutalyzer_hgvs_parser import to_model

parser = hgvs.parser.Parser()
whole = "NP_000537.3:p.Arg97fs"
written = str(parser.parse_hgvs_variant(whole))


def reads(read, text):
    try:
        read(text)
    except Exception as error:
        return type(error).__name__
    return "read"


found = {text: [reads(read, text) for read in (ferro_hgvs.parse, to_model)] for text in (whole, written)}
print("hgvs 1.5.7 writes", written, "| ferro-hgvs, mutalyzer:", found)
assert str(parser.parse_hgvs_variant("NP_000537.3:p.Arg97Pro")) == "NP_000537.3:p.Arg97Pro"
assert written == "NP_000537.3:p.Arg97fsTer", "hgvs keeps the short form now"
assert found[whole] == ["read", "read"] and "read" not in found[written], "the others take a bare fsTer now"
EOF
