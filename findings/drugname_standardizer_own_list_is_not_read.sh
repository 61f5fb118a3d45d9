#!/usr/bin/env bash
# drugname-standardizer 1.2.7: the list of names that it is given, `unii_file=...`, is never read
#
# Expected: `DrugStandardizer(unii_file=...)`, or `--unii_file`, "custom UNII Names file path (overrides auto-download)", takes the names
# of that file: what it calls EXA-1 is EXAMPLUMAB, and what it does not have stays as it is.
#
# Seen: the package brings a dictionary that it has made of another list, and as long as that is there no list is read, neither one that
# is given nor a newer one. EXA-1 stays EXA-1, Herceptin, which the given list does not have, is trastuzumab, and a file
# that does not exist does as well. Nothing is said.
#
# Where her2 meets it: drugs of experiments come under trade names and codes; an own list of them, or a newer one, has no effect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet drugname-standardizer==1.2.7
cd "$folder"
cat >names.txt <<'END'
Name	TYPE	UNII	Display Name
EXAMPLUMAB	cn	0000000001	EXAMPLUMAB
EXA-1	cd	0000000001	EXAMPLUMAB
END
cat >example.py <<'END'
import pathlib

import drugname_standardizer

NAMES = ["EXA-1", "Herceptin"]
seen = {path: drugname_standardizer.DrugStandardizer(unii_file=path).standardize_list(NAMES) for path in ("names.txt", "nowhere.txt")}
made = pathlib.Path(drugname_standardizer.__file__).parent / "data" / "UNII_dict.pkl"
made.rename("away.pkl")
read = drugname_standardizer.DrugStandardizer(unii_file="names.txt").standardize_list(NAMES)
print("drugname-standardizer 1.2.7:", seen, "without its dictionary:", read)
assert seen == {path: ["EXA-1", "TRASTUZUMAB"] for path in seen}, "the list is read now"
assert read == ["EXAMPLUMAB", "Herceptin"]
END
venv/bin/python -W ignore example.py 2>/dev/null
