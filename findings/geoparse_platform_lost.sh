#!/usr/bin/env bash
# GEOparse 2.0.4: a platform is written to SOFT as `^d = GPL1`, and is not there when the file is read again
#
# Expected: to_soft() writes `^PLATFORM = GPL1` with `!platform_table_begin`, as GEO does and as GEOparse reads it.
#
# Seen: the word for platforms is "d" in this version: `^d = GPL1`, `!D_title`, `!d_table_begin`. get_GEO of that file
# gives the samples, and no platform; nothing is said. Which gene a probe stands for is then unknown. Samples and series
# are written right. (GEOparse imports six and does not ask for it; it is installed here.)
#
# Where her2 meets it: expression of tumours that becomes levels of her2's species comes from GEO, by probes; a saved
# series has lost its genes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet GEOparse==2.0.4 six==1.17.0
cd "$folder"
venv/bin/python - <<'EOF'
import pathlib

import GEOparse

pathlib.Path("GSE1.soft").write_text("""^SERIES = GSE1
!Series_title = two tumours
!Series_sample_id = GSM1
^PLATFORM = GPL1
!Platform_title = an array
#ID = probe
#SYMBOL = gene
!platform_table_begin
ID\tSYMBOL
216836_s_at\tERBB2
!platform_table_end
^SAMPLE = GSM1
!Sample_title = tumour 1
!Sample_platform_id = GPL1
#ID_REF = probe
#VALUE = log2
!sample_table_begin
ID_REF\tVALUE
216836_s_at\t12.5
!sample_table_end
""")
given = GEOparse.get_GEO(filepath="GSE1.soft", silent=True)
given.to_soft("GSE1_again.soft", as_gzip=False)
again = GEOparse.get_GEO(filepath="GSE1_again.soft", silent=True)
heads = [line for line in pathlib.Path("GSE1_again.soft").read_text().splitlines() if line.startswith("^")]
print("GEOparse 2.0.4: platforms read:", list(given.gpls), "written:", heads, "read again:", list(again.gpls), list(again.gsms))
assert list(given.gpls) == ["GPL1"] and list(again.gsms) == ["GSM1"]
assert "^d = GPL1" in heads and not again.gpls, "platforms are written now"
EOF
