#!/usr/bin/env bash
# maboss 0.8.17: continued from a result, cells are in states that no cell of the result was in
#
# Expected: continue_from_result starts from the last states of a result, as its text says: where each cell has either A or
# B, each cell still has either.
#
# Seen: it starts from the share of cells that have A and, apart from that, the share that have B: a quarter of the cells
# have both, a quarter neither, and what needs both switches on. Nothing is said, but for a warning when the two were
# bound in the cfg file.
#
# Where her2 meets it: her2's time courses and MaBoSS's are compared in two steps, say a drug given later; fates that exclude each
# other do not, then. The program MaBoSS, which maboss calls to check a model, is no package of Python; the check is left
# out here, and cmaboss runs it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet maboss==0.8.17 cmaboss==1.0.0b34
cd "$folder"
venv/bin/python - <<'EOF'
import maboss
from maboss.simulation import Simulation

rules = {"A": "!B", "B": "!A", "C": "C | (A & B)"}
with open("small.bnd", "w") as file:
    for name, rule in rules.items():
        file.write(f"Node {name} {{ logic = {rule}; rate_up = @logic ? 1 : 0; rate_down = @logic ? 0 : 1; }}\n")
with open("small.cfg", "w") as file:
    file.write("".join(f"{name}.istate = FALSE;\n" for name in rules))
    file.write("max_time = 50; time_tick = 1; sample_count = 2000; thread_count = 1; seed_pseudorandom = 1;\n")
Simulation.check = lambda self, command=None: []
model = maboss.load("small.bnd", "small.cfg")
first = model.run(cmaboss=True)
later = model.copy()
later.continue_from_result(first)
second = later.run(cmaboss=True)
before, begun = first.get_last_states_probtraj().iloc[-1], second.get_states_probtraj().iloc[0]
after = second.get_last_nodes_probtraj().iloc[-1]
print("maboss 0.8.17: ended as", before.to_dict(), "begun with", sorted(begun.index[begun > 0]), "ends with C in", after["C"])
assert set(before.index[before > 0]) == {"A", "B"}, "either of them, never C"
assert after["C"] > 0.05, "states are kept now"
EOF
