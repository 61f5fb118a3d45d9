#!/usr/bin/env bash
# cmaboss 1.0.0b34: `A.istate = 0.3` starts every cell with A on
#
# Expected: a share: A is on in 0.3 of the cells, as `[A].istate = 0.3 [1], 0.7 [0]` says; or an error, since istate
# takes 0, 1 or -1.
#
# Seen: A is on in all of the cells, and nothing is said. Any value but 0 and negative ones counts as 1.
#
# Where her2 meets it: her2 writes shares in the bracketed form, and reads the other one as MaBoSS does;
# docs/formats.md says so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet cmaboss==1.0.0b34 numpy==2.2.6
cd "$folder"
venv/bin/python - <<'EOF'
import cmaboss

open("m.bnd", "w").write("node A { logic = (A); rate_up = @logic ? 1 : 0; rate_down = @logic ? 0 : 1; }\n")
settings = "time_tick = 0.5;\nmax_time = 2;\nsample_count = 10000;\ndiscrete_time = 0;\nuse_physrandgen = 0;\nseed_pseudorandom = 1;\n"


def share(begin):
    open("m.cfg", "w").write(settings + begin)
    return cmaboss.MaBoSSSim(network="m.bnd", config="m.cfg").run().get_last_nodes_probtraj()[0][0][0]


plain, bracketed = share("A.istate = 0.3;\n"), share("[A].istate = 0.3 [1], 0.7 [0];\n")
print(f"cmaboss 1.0.0b34: A.istate = 0.3 gives {plain:.3f}, [A].istate = 0.3 [1], 0.7 [0] gives {bracketed:.3f}")
assert plain == 1.0, "cmaboss reads a fraction now"
assert abs(bracketed - 0.3) < 0.03
EOF
