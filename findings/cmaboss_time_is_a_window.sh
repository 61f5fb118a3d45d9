#!/usr/bin/env bash
# cmaboss 1.0.0b34: the probability "at time t" is the mean over the window from t to t + time_tick
#
# Expected: at time 0 the probabilities are those of the initial state: B begins off, so 0.
#
# Seen: with time_tick = 1 and B turning on at rate 1, B is at 0.37 "at time 0", the mean of 1 - exp(-t) over the
# first window, and the last time that is given is max_time - time_tick.
#
# Where her2 meets it: her2's probabilities are those at a moment; compared with MaBoSS, a moment has to be compared
# with a narrow window.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cmaboss==1.0.0b34 numpy==2.2.6
cd "$folder"
venv/bin/python - <<'EOF'
import math

import cmaboss

open("m.bnd", "w").write(
    "node A { logic = (A); rate_up = @logic ? 1 : 0; rate_down = @logic ? 0 : 1; }\n"
    "node B { logic = (A); rate_up = @logic ? 1 : 0; rate_down = @logic ? 0 : 1; }\n"
)
settings = "max_time = 2;\nsample_count = 20000;\ndiscrete_time = 0;\nuse_physrandgen = 0;\nseed_pseudorandom = 1;\n"
open("m.cfg", "w").write("time_tick = 1;\n" + settings + "A.istate = 1;\nB.istate = 0;\n")
shares, times, names, _ = cmaboss.MaBoSSSim(network="m.bnd", config="m.cfg").run().get_nodes_probtraj()
first = shares[0][names.index("B")]
print(f"cmaboss 1.0.0b34: times {list(times)}, B at the first of them {first:.3f}; mean over the window {math.exp(-1):.3f}")
assert list(times) == [0.0, 1.0]
assert abs(first - math.exp(-1)) < 0.02, "the first time is the initial state now"
EOF
