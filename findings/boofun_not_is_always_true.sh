#!/usr/bin/env bash
# boofun 1.3.0: `~PTEN` is always on, and a rule that it cannot evaluate is always off
#
# Expected: in expressions, for which its manual has `x0 and not x1` and `x0 & x1`, `~` is not; a rule with `!`, `AND` or a name such as
# HLA-A is refused, if it cannot be read.
#
# Seen: Python's `~` is applied to True and False: -2 and -1, both of which count as on. `~PTEN` is a constant, `AKT | ~PTEN` too, and
# `~PTEN and AKT` is AKT; `AKT & ~PTEN` and `~PTEN & AKT` alone are right. Where an expression raises, it is off in that state:
# `!PTEN` and `AKT AND PTEN` are the constant 0, with a line in the log that no one sees by default. What follows, such as
# canalization and influences, is that of these functions.
#
# Where her2 meets it: rules are given to it one by one, to see how canalizing they are; those of BNET have `!`, those of AEON and sympy
# `~` or `!`. Write `not`, and brackets around each pair.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet boofun==1.3.0
cd "$folder"
cat >example.py <<'END'
import boofun

STATES = [(akt, pten) for pten in (0, 1) for akt in (0, 1)]


def table(rule, names=("AKT", "PTEN")):
    function = boofun.create(rule, variables=list(names))
    points = [int(bool(function.evaluate(list(state)))) for state in STATES]
    assert points == [int(value) for value in function.get_representation("truth_table")]
    return points


rules = "not PTEN", "~PTEN", "AKT | ~PTEN", "~PTEN and AKT", "AKT & ~PTEN", "!PTEN", "AKT AND PTEN"
seen = {rule: table(rule) for rule in rules}
seen["HLA-A or AKT"] = table("HLA-A or AKT", ("AKT", "HLA-A"))
print("boofun 1.3.0:", seen)
assert seen["not PTEN"] == [1, 1, 0, 0]
assert seen["~PTEN"] == [1, 1, 1, 1], "~ is not now"
assert seen["AKT | ~PTEN"] == [1, 1, 1, 1]
assert seen["~PTEN and AKT"] == [0, 1, 0, 1]
assert seen["AKT & ~PTEN"] == [0, 1, 0, 0]
assert seen["!PTEN"] == seen["AKT AND PTEN"] == seen["HLA-A or AKT"] == [0, 0, 0, 0], "what is no expression is refused now"
assert boofun.create("~PTEN", variables=["PTEN"]).influences().tolist() == [0], "PTEN matters now"
END
venv/bin/python -W ignore example.py
