#!/usr/bin/env bash
# momapy 0.16.1 and casq 1.4.4: a map in SBGN-ML that momapy has written again has no reactions for CaSQ
#
# Expected: a process description that is read and written again gives the same logical model.
#
# Seen: momapy writes the arcs of a process to the process, no longer to its ports, whose ids it changes (`p.1` is
# `p_left`), and leaves out notes, clone markers and stoichiometries. The file is right, but CaSQ follows ports only:
# every species becomes an input, the reaction is not there, and about it nothing is said.
#
# Where her2 meets it: her2 sends those who bring SBGN-ML to CaSQ; a model of inputs alone may come from a map that went
# through momapy.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet casq==1.4.4 momapy==0.16.1
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib
import re
import subprocess

from momapy.io import read, write


def glyph(id, label, more=""):
    box = '<bbox x="0" y="0" w="80" h="40"/>'
    return f'<glyph id="{id}" class="macromolecule"><label text="{label}"/>{box}{more}</glyph>'


def arc(id, kind, source, target):
    return f'<arc id="{id}" class="{kind}" source="{source}" target="{target}"><start x="0" y="0"/><end x="9" y="9"/></arc>'


state = '<glyph id="v" class="state variable"><state value="P" variable="Y"/><bbox x="0" y="0" w="9" h="9"/></glyph>'
process = '<glyph id="p" class="process" orientation="horizontal"><bbox x="90" y="90" w="20" h="20"/>{}</glyph>'
ports = '<port id="p.1" x="85" y="100"/><port id="p.2" x="115" y="100"/>'
arcs = [arc("a", "consumption", "m", "p.1"), arc("b", "production", "p.2", "mp"), arc("c", "catalysis", "e", "p")]
drawn = [glyph("e", "EGFR"), glyph("m", "MAPK1"), glyph("mp", "MAPK1", state), process.format(ports), *arcs]
text = '<sbgn xmlns="http://sbgn.org/libsbgn/0.3"><map id="map" language="process description">'
pathlib.Path("given.sbgn").write_text(text + "".join(drawn) + "</map></sbgn>")
write(read("given.sbgn").obj, "again.sbgn", writer="sbgnml")

rules = {}
for name in ("given", "again"):
    subprocess.run(["venv/bin/casq", "--csv", f"{name}.sbgn", f"{name}.sbml"], check=True, capture_output=True)
    rules[name] = [line for line in pathlib.Path(f"{name}.bnet").read_text().splitlines() if ", " in line][1:]
ends = [re.search(rf'id="{each}"[^>]*', pathlib.Path("again.sbgn").read_text())[0] for each in "ab"]
print("momapy 0.16.1, casq 1.4.4:", rules, ends)
assert rules["given"] == ["EGFR, EGFR", "MAPK1_phosphorylated, EGFR"]
assert 'target="p"' in ends[0] and 'source="p"' in ends[1], "momapy keeps the ports now"
assert rules["again"] == ["EGFR, EGFR", "MAPK1, MAPK1", "MAPK1_phosphorylated, MAPK1_phosphorylated"], "CaSQ follows arcs without ports now"
EOF
