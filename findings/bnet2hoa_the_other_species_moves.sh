#!/usr/bin/env bash
# bnet2hoa 0.3.1: the letter "AKT alone is updated" leads where ERK alone was updated
#
# Expected: "If the i-th proposition is set to true, the next state will update the i-th variable" (its README), so that
# exactly one true proposition at a time is the asynchronous network. From 00 of `AKT, !AKT` and `ERK, !ERK` AKT & !ERK
# leads to 10.
#
# Seen: where all or none of the species that would change are named, the next state is right. In between the
# propositions say who stays: AKT & !ERK leads to 01, and of three species that change one true proposition moves the
# two others. "Exactly one true proposition at every step", which the README calls the asynchronous scheme, is another
# network. Nothing is said.
#
# Where her2 meets it: `her2 export bnet` is what it reads; her2's own asynchronous update, as that of other readers,
# moves one species at a time.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet bnet2hoa==0.3.1 cython==3.2.4 lark==1.3.1 msgspec==0.20.0 sympy==1.14.0 setuptools==82.0.1
cd "$folder"
cat >example.py <<'END'
from bnet2hoa.main import get_worker_fn, primes_setup

# prime implicants as the package reads them: first those of "off", then those of "on"
NEGATED = lambda name: [[{name: 1}], [{name: 0}]]


def letters(*species):
    moves = get_worker_fn(primes_setup({name: NEGATED(name) for name in species}))(0)
    reached = {}
    for state, clauses in moves.items():
        for clause in clauses:
            on = tuple(species[one - 1] for one in clause if one > 0)
            reached[on] = tuple(name for name, bit in zip(species, f"{state:0{len(species)}b}") if bit == "1")
    return reached


two, three = letters("AKT", "ERK"), letters("AKT", "ERK", "MYC")
print("bnet2hoa 0.3.1, letter: species that have moved\n ", two, "\n ", three)
assert two[("AKT", "ERK")] == ("AKT", "ERK")
assert two[("AKT",)] == ("ERK",) and two[("ERK",)] == ("AKT",), "the species of the letter moves now"
assert three[("AKT",)] == ("ERK", "MYC") and three[("ERK", "MYC")] == ("AKT",)
END
venv/bin/python example.py
