#!/usr/bin/env bash
# clingo 5.8.3: integers beyond 32 bits wrap, in facts as in sums, without a word
#
# Expected: a number that does not fit is refused, or kept.
#
# Seen: the fact a(4294967297) is a(1), 2147483647 + 1 is -2147483648, and a #sum of two weights of 2,000,000,000 is
# negative.
#
# Where her2 meets it: her2 hands clingo its own small numbers only; a weight or an identifier of a data base must not
# go in as an integer.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet clingo==5.8.3
cd "$folder"
venv/bin/python - <<'EOF'
import clingo


def model(program):
    control = clingo.Control()
    control.add("base", [], program)
    control.ground([("base", [])])
    with control.solve(yield_=True) as found:
        return sorted(str(atom) for atom in found.model().symbols(shown=True))


fact = model("a(4294967297).")
plus = model("a(2147483647 + 1).")
total = model("w(2000000000, egfr; 2000000000, akt). s(X) :- X = #sum { W, G : w(W, G) }. #show s/1.")
print("clingo", clingo.__version__, fact, plus, total)
assert fact == ["a(1)"] and plus == ["a(-2147483648)"] and total == ["s(-294967296)"], "clingo treats large integers differently now"
EOF
