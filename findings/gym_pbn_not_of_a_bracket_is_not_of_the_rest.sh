#!/usr/bin/env bash
# gym-PBN 1.1.1: `not (PTEN) and AKT` is read as `not (PTEN and AKT)`, and a species that is always on is one to be controlled
#
# Expected: logic_funcs_to_PBN_data makes the truth tables of the rules that it is given; brackets that do not pair are refused.
#
# Seen: of a word that both opens and closes a bracket, as (PTEN), the closing one is dropped. What is open then reaches to the end of the
# rule, where only the last operator is looked at: `not (PTEN) and AKT` is on without AKT, and `not ((PTEN) or AKT) and ERK` on
# without ERK. A bare `(PTEN)` is refused. A rule that names no species, as `True`, makes its own a control node, to be set from
# outside; `True and AKT` is a KeyError, `AKT and True` is not.
#
# Where her2 meets it: rules of Cell Collective and BooleanNet, which her2 reads, put single names in brackets; as environments for
# learning how to steer a network they are given in words. Write names without brackets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet gymnasium==0.27.0 numpy==1.26.4
python3 -m pip --python "$folder/venv" install --quiet --no-deps gym-PBN==1.1.1
cd "$folder"
cat >example.py <<'END'
from gym_PBN.utils.converters import logic_funcs_to_PBN_data

NODES = ["AKT", "ERK", "PTEN"]


def table(rule):
    """Where the rule is on, of the states of the species that it names, in the order AKT, ERK, PTEN; and if it is a control."""
    mask, values, _, control = logic_funcs_to_PBN_data(NODES, [[(rule, 1)], [("ERK", 1)], [("PTEN", 1)]])[0]
    return values.astype(int).ravel().tolist(), control


def ends(rule):
    try:
        return table(rule)
    except Exception as error:
        return type(error).__name__


rules = "not PTEN and AKT", "(not PTEN) and AKT", "not (PTEN) and AKT", "not (PTEN or AKT) and ERK", "not ((PTEN) or AKT) and ERK", "True"
seen = {rule: table(rule) for rule in rules}
seen |= {rule: ends(rule) for rule in ("(PTEN)", "True and AKT", "AKT and True")}
print("gym-PBN 1.1.1:", *(f"{rule}: {answer}" for rule, answer in seen.items()), sep="\n  ")
assert seen["not PTEN and AKT"] == seen["(not PTEN) and AKT"] == ([0, 0, 1, 0], False)
assert seen["not (PTEN) and AKT"] == ([1, 1, 1, 0], False), "brackets around a name pair now"
assert seen["not (PTEN or AKT) and ERK"] == ([0, 0, 1, 0, 0, 0, 0, 0], False)
assert seen["not ((PTEN) or AKT) and ERK"][0][0] == 1, "brackets within brackets pair now"
assert seen["True"] == ([1], True), "a constant is no control now"
assert seen["(PTEN)"] == "Exception" and seen["True and AKT"] == "KeyError" and seen["AKT and True"] == ([0, 1], False)
END
venv/bin/python -W ignore example.py
