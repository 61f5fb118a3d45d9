#!/usr/bin/env bash
# synergy 1.0.0: doses that are whole numbers of type int change the synergy, and a combination without any gets one
#
# Expected: doses 0, 1, 2, 4 give the same synergy whether the array says int or float. A drug "combined" with itself is
# Loewe-additive (0 everywhere), and two drugs whose effects multiply are Bliss-independent (0 everywhere).
#
# Seen: with int arrays Loewe's expected response is cut down to whole numbers, 0 for every dose, and the drug is
# antagonistic with itself (down to -0.33). Bliss with its own dose-response curves is as low as -0.21, since the dose 0
# cannot be replaced by the least float; there numpy warns of a division by zero, for Loewe nothing is said. As floats
# the same doses give 0.
#
# Where her2 meets it: tables of drug combinations hold whole doses, which pandas reads as int; a synergy that is
# compared with her2's pairs of drugs needs `.astype(float)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet synergy==1.0.0
cd "$folder"
venv/bin/python - <<'EOF'
import warnings

import numpy as np
from synergy.combination import Bliss, Loewe
from synergy.single import Hill

warnings.simplefilter("ignore", RuntimeWarning)
drug = Hill(E0=1.0, Emax=0.0, h=1.0, C=1.0)
first, second = (each.ravel() for each in np.meshgrid([0, 1, 2, 4], [0, 1, 2, 4]))
with_itself = drug.E((first + second).astype(float))
independent = drug.E(first.astype(float)) * drug.E(second.astype(float))
worst = {}
for kind in (int, float):
    doses = first.astype(kind), second.astype(kind)
    loewe = Loewe(mode="delta_HSA", drug1_model=drug, drug2_model=drug).fit(*doses, with_itself)
    bliss = Bliss().fit(*doses, independent)
    worst[kind.__name__] = [round(float(each.min()), 2) + 0.0 for each in (loewe, bliss)]
print("synergy 1.0.0: least synergy of Loewe and of Bliss, by the type of the doses:", worst)
assert worst["float"] == [0, 0], "the drug is not additive with itself with floats either"
assert worst["int"] == [-0.33, -0.21], "whole doses count as floats do now"
EOF
