#!/usr/bin/env bash
# rispy 0.10.0: a last record without its end line is left out, and so is a record whose tags have one blank
#
# Expected: the record, or an error. Reference managers write files whose last `ER  -` is missing or has lost its blanks,
# and a file that was cut while it was copied looks the same.
#
# Seen: of two records of which the second has no `ER` line one is returned, and of a record written `TY - JOUR` none;
# nothing is said.
#
# Where her2 meets it: `her2 cite --ris` is read back by rispy in tests, which count the records for that reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet rispy==0.10.0
"$folder/venv/bin/python" - <<'EOF'
import warnings

import rispy

warnings.simplefilter("error")
whole = "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\nER  - \n"
without_end = "TY  - JOUR\nTI  - One\nER  - \n\nTY  - JOUR\nTI  - Two\n"
one_blank = "TY - JOUR\nTI - One\nER - \n"
found = [len(rispy.loads(text)) for text in (whole, without_end, one_blank)]
print(f"rispy 0.10.0: {found[0]} of 2 records; without the last ER {found[1]} of 2; with one blank {found[2]} of 1")
assert found == [2, 1, 0], "rispy keeps or refuses such records now"
EOF
