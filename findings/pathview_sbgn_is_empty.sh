#!/usr/bin/env bash
# pathview-plus 2.0.2: parse_sbgn finds nothing in an SBGN-ML file, and says nothing
#
# Expected: the example of its documentation, `pathway = parse_sbgn("R-HSA-109582.sbgn")`, gives glyphs and arcs, for SBGN-ML
# 0.2, whose namespace the code names.
#
# Seen: no glyph and no arc of any file that is in the namespace of SBGN-ML, as all valid ones are: the map is looked for
# with the namespace, its glyphs and arcs without. With the namespace taken away, which makes it invalid, both are read.
#
# Where her2 meets it: her2 sends those with SBGN-ML to other tools; this one shows an empty map.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pathview-plus==2.0.2
cd "$folder"
cat >valid.sbgn <<'EOF'
<?xml version="1.0" encoding="UTF-8"?>
<sbgn xmlns="http://sbgn.org/libsbgn/0.2"><map language="process description">
<glyph id="pten" class="macromolecule"><label text="PTEN"/><bbox x="0" y="0" w="60" h="30"/></glyph>
<glyph id="p1" class="process"><bbox x="100" y="5" w="20" h="20"/></glyph>
<arc id="a1" class="inhibition" source="pten" target="p1"><start x="60" y="15"/><end x="100" y="15"/></arc>
</map></sbgn>
EOF
sed 's/ xmlns="[^"]*"//' valid.sbgn >bare.sbgn
venv/bin/python - <<'EOF'
from pathview.sbgn_parser import parse_sbgn

counts = {name: (len(found.glyphs), len(found.arcs)) for name in ("valid", "bare") for found in [parse_sbgn(f"{name}.sbgn")]}
print("pathview-plus 2.0.2, glyphs and arcs:", counts)
assert counts["bare"] == (2, 1)
assert counts["valid"] == (0, 0), "files in SBGN-ML's namespace are read now"
EOF
