#!/usr/bin/env bash
# pysbgn 0.2.1: the SBGN-ML that it writes has a root in no namespace, and libsbgnpy 0.7.1 and casq 1.4.4 refuse it
#
# Expected: a map that is read and written as its example does it, `sbgn.export(path)`, is SBGN-ML 0.3 again.
#
# Seen: `<sbgn xmlns:sbgn="http://sbgn.org/libsbgn/0.3"><sbgn:map ...>`: maps, glyphs and arcs have the prefix; the root,
# the starts and ends of arcs, states and notes have none and are in no namespace. Both readers end at the root. pysbgn
# reads it, since it does not look at namespaces.
#
# Where her2 meets it: her2 knows SBGN-ML by its root, says what converts it, and goes by the name without namespace, so
# that such a file is known as well; CaSQ, which it names, refuses it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pysbgn==0.2.1 libsbgnpy==0.7.1 casq==1.4.4
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib
import subprocess
from xml.etree import ElementTree

import libsbgnpy
from pysbgn import sbgn_core

pathlib.Path("given.sbgn").write_text("""<sbgn xmlns="http://sbgn.org/libsbgn/0.3"><map id="m" language="process description">
<glyph id="e" class="macromolecule"><label text="EGFR"/><bbox x="0" y="0" w="80" h="40"/></glyph>
<glyph id="p" class="phenotype"><label text="growth"/><bbox x="200" y="0" w="80" h="40"/></glyph>
<arc id="a" class="stimulation" source="e" target="p"><start x="80" y="20"/><end x="200" y="20"/></arc></map></sbgn>""")
sbgn_core.parse("given.sbgn", silence=True).export("written.sbgn")
tags = [each.tag for each in ElementTree.parse("written.sbgn").iter()]
found = {}
for name in ("given.sbgn", "written.sbgn"):
    casq = subprocess.run(["venv/bin/casq", name, "out.sbml"], capture_output=True, text=True)
    try:
        glyphs = len(libsbgnpy.read_sbgn_from_file(pathlib.Path(name)).map[0].glyph)
    except Exception as error:
        glyphs = type(error).__name__
    found[name] = (glyphs, casq.stderr.strip().splitlines()[-1] if casq.returncode else "read")
print("pysbgn 0.2.1: without a namespace:", [tag for tag in tags if "}" not in tag], "libsbgnpy, CaSQ:", found)
assert found["given.sbgn"] == (2, "read")
assert [tag for tag in tags if "}" not in tag] == ["sbgn", "start", "end"], "the namespaces are right now"
assert found["written.sbgn"] == ("ParserError", "ValueError: Expected sbgn root element"), "the readers take it now"
EOF
