#!/usr/bin/env bash
# mpbn 4.4: asked for the fixed points that a state reaches, it lists each of them many times, and counts them so
#
# Expected: `fixedpoints(reachable_from=...)` gives every fixed point once, as `fixedpoints()` and
# `attractors(reachable_from=...)` do.
#
# Seen: of a switch of two genes and three genes behind it, which has two fixed points, it gives 38 answers, the two
# again and again; count_fixedpoints says 38. Where one gene only is named in the state there are two.
#
# Where her2 meets it: mpbn is one of its peers in tests; fixed points that are counted there must be made a set first.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet mpbn==4.4
cd "$folder"
venv/bin/python - 2>errors <<'EOF' || { cat errors; exit 1; }
import mpbn

network = mpbn.MPBooleanNetwork({"A": "!B", "B": "!A", "C": "A", "D": "C | A", "E": "B"})
start = dict.fromkeys("ABCDE", 0)
given = [tuple(point[each] for each in "ABCDE") for point in network.fixedpoints(reachable_from=start)]
attractors = list(network.attractors(reachable_from=start))
counted = network.count_fixedpoints(reachable_from=start)
print("mpbn 4.4: fixed points given:", len(given), "different:", len(set(given)), "counted:", counted, "attractors:", len(attractors))
assert len(set(given)) == len(attractors) == network.count_fixedpoints() == 2
assert len(given) == counted == 38, "they are listed in another number now"
EOF
