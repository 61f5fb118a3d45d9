#!/usr/bin/env bash
# casq 1.4.4: with --names, the rule of an input called Hes1 is `HeEGFR` where EGFR has the id s1
#
# Expected: `-n`, "use the names as IDs", gives the same rules as without it: an input is its own regulator, `Hes1, Hes1`.
#
# Seen: ids are replaced by names as pieces of text, and CellDesigner's ids are s1, s2, ...: the rule of Hes1 becomes
# `HeEGFR`, a species that does not exist. It stands so in the BNET, in the table and in the notes of the SBML. The
# names themselves and the rules of what has regulators are right. No warning.
#
# Where her2 meets it: her2 sends those who bring CellDesigner or SBGN-ML files to CaSQ; of such a BNET, HeEGFR is an
# input more, and Hes1 is no input any longer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet casq==1.4.4
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib
import subprocess


def glyph(id, kind, label, more=""):
    return f'<glyph id="{id}" class="{kind}"><label text="{label}"/><bbox x="0" y="0" w="80" h="40"/>{more}</glyph>'


def arc(id, kind, source, target):
    return f'<arc id="{id}" class="{kind}" source="{source}" target="{target}"><start x="0" y="0"/><end x="1" y="1"/></arc>'


def state(value):
    inner = f'<state value="{value}" variable="Y"/><bbox x="0" y="0" w="9" h="9"/>'
    return f'<glyph id="v{value}" class="state variable">{inner}</glyph>'


process = '<glyph id="p" class="process"><bbox x="9" y="9" w="9" h="9"/><port id="p.1" x="0" y="0"/><port id="p.2" x="1" y="1"/></glyph>'
drawn = [
    glyph("s1", "macromolecule", "EGFR"),
    glyph("s2", "macromolecule", "Hes1"),
    glyph("s3", "macromolecule", "MAPK1", state("")),
    glyph("s4", "macromolecule", "MAPK1", state("P")),
    process,
    arc("a1", "consumption", "s3", "p.1"),
    arc("a2", "production", "p.2", "s4"),
    arc("a3", "catalysis", "s1", "p"),
    arc("a4", "inhibition", "s2", "p"),
]
text = '<sbgn xmlns="http://sbgn.org/libsbgn/0.3"><map id="m" language="process description">'
pathlib.Path("map.sbgn").write_text(text + "".join(drawn) + "</map></sbgn>")
rules = {}
for options in ([], ["--names"]):
    subprocess.run(["venv/bin/casq", "--csv", *options, "map.sbgn", "map.sbml"], check=True, capture_output=True)
    lines = pathlib.Path("map.bnet").read_text().splitlines()
    rules[" ".join(options)] = dict(line.split(", ") for line in lines if ", " in line and not line.startswith("targets"))
print("casq 1.4.4:", rules)
assert rules[""] == {"EGFR": "EGFR", "Hes1": "Hes1", "MAPK1_phosphorylated": "EGFR&!Hes1"}
assert rules["--names"] == rules[""] | {"Hes1": "HeEGFR"}, "names keep their letters now"
EOF
