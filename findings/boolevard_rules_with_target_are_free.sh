#!/usr/bin/env bash
# boolevard 0.1.1: with a species mTOR_target in the bnet, AKT is on under an inhibitor of EGFR, its only way to be on
#
# Expected: a rule is a rule whatever its names are; with EGFR inhibited neither AKT nor RAS, which need it, is on in a
# stable state.
#
# Seen: each line with "target" anywhere in it is taken for the header. The rule of mTOR_target is left out, and so is
# that of RAS, which names it. Load shows NaN for both among the rules, beside stable states that are right. Pert makes
# its network of the rules that are left: RAS is an input, and AKT on in half of the stable states; with the species
# called mTOR_site it is in none. Nothing is said. What Export writes of a perturbed model Load refuses with an
# IndexError.
#
# Where her2 meets it: BooLEVARD counts paths in files of `her2 export bnet`; no species of her2 has the word in its
# name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet boolevard==0.1.1 pyboolnet==3.0.16 mpbn==4.4
cd "$folder"
cat >example.py <<'END'
import boolevard

RULES = """targets, factors
EGF, EGF
EGFR, EGF
mTOR, EGFR
{0}, mTOR
RAS, EGFR & !{0}
AKT, EGFR | RAS
"""


def inhibited(name):
    with open("model.bnet", "w") as file:
        file.write(RULES.format(name))
    model = boolevard.Load("model.bnet")
    unread = [species for species in model.Nodes if isinstance(model.DNFs[species], float)]
    perturbed = model.Pert("EGFR%INH")
    states = perturbed.Info.drop(columns=["DNF", "NDNF"])
    return unread, list(perturbed.Nodes), sorted(int(value) for value in states.loc["AKT"]), perturbed


site, target = inhibited("mTOR_site"), inhibited("mTOR_target")
print("boolevard 0.1.1: rules unread, species under the inhibitor, AKT in its stable states")
print(site[:3], target[:3], sep="\n")
assert site[0] == [] and set(site[2]) == {0}
assert target[0] == ["RAS", "mTOR_target"] or target[0] == ["mTOR_target", "RAS"], "the rule is read now"
assert "RAS" not in target[1] and target[2] == [0, 0, 1, 1], "the perturbed network has all rules now"
site[3].Export("perturbed.bnet")
try:
    boolevard.Load("perturbed.bnet")
    raise RuntimeError("it reads what it writes now")
except IndexError:
    pass
END
venv/bin/python example.py
