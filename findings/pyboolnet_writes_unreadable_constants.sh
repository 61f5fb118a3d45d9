#!/usr/bin/env bash
# pyboolnet 3.0.16: primes2bnet writes a constant as an empty rule, which bnet2primes cannot read
#
# Expected: constants are written as `A, 1` and `B, 0`, as bnet2primes reads them; what is written can be read back.
#
# Seen: both are written as the name with nothing behind the comma: 1 and 0 look alike, and reading the file back
# raises an error.
#
# Where her2 meets it: a BNET with `A,` and no rule is refused by her2, with its line; it may have come from here.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet pyboolnet==3.0.16
cd "$folder"
venv/bin/python - <<'EOF'
import logging

from pyboolnet.file_exchange import bnet2primes, primes2bnet

logging.disable(logging.CRITICAL)
primes = bnet2primes("A, 1\nB, 0\nC, A & !B\n")
written = primes2bnet(primes)
lines = [line.replace(" ", "") for line in written.splitlines() if line.strip()]
print("pyboolnet 3.0.16 writes", lines)
assert "A," in lines and "B," in lines, "constants have a rule now"
open("written.bnet", "w").write(written)
try:
    again = bnet2primes("written.bnet")
except BaseException as error:
    again = None
    print("reading it back:", type(error).__name__)
assert again != primes, "what is written can be read back now"
EOF
