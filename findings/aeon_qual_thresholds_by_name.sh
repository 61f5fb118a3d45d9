#!/usr/bin/env bash
# biodivine-aeon 1.4.2: of SBML-qual whose terms name their thresholds, as cno (CellNOpt) does, "A and not B" is never on
#
# Expected: in a function term the id of an input stands for the threshold of that input (SBML-qual, version 1), so that "A >= t_in_A" is the
# same as "A >= 1" where thresholdLevel is 1.
#
# Seen: with the number, "A and not B" is `A & !B`. With the ids it is `(!A | A) & (!B & B)`, which is never on, and as BNET it says so to
# whoever reads it next. A lone activator is on whatever A does, a lone inhibitor never lets its target on. Nothing is said, python-libsbml
# 5.21.2 finds the file valid, and the sign and the threshold of each input are there.
#
# Where her2 meets it: cno 0.1.4, CellNOpt's own package for Python, writes models in this form (theta_t1_A); her2 reads them as they are
# meant and writes numbers. Convert them with her2 before AEON has them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet biodivine-aeon==1.4.2 python-libsbml==5.21.2
cd "$folder"
venv/bin/python - <<'EOF'
import biodivine_aeon
import libsbml

QUAL = "http://www.sbml.org/sbml/level3/version1/qual/version1"


def model(limits, regulators):
    """C is on if all regulators are at or above their thresholds, those with "negative" below."""
    species = "".join(
        f'<qual:qualitativeSpecies qual:id="{each}" qual:compartment="c" qual:constant="false" qual:maxLevel="1"/>' for each in "ABC"
    )
    inputs = "".join(
        f'<qual:input qual:id="t_in_{each}" qual:qualitativeSpecies="{each}" qual:transitionEffect="none" qual:sign="{sign}" '
        'qual:thresholdLevel="1"/>'
        for each, sign in regulators.items()
    )
    parts = "".join(
        f"<apply><{'lt' if sign == 'negative' else 'geq'}/><ci>{each}</ci>{limits(each)}</apply>" for each, sign in regulators.items()
    )
    whole = f"<apply><and/>{parts}</apply>" if len(regulators) > 1 else parts
    return (
        '<?xml version="1.0" encoding="UTF-8"?><sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" '
        f'xmlns:qual="{QUAL}" qual:required="true"><model id="m"><listOfCompartments><compartment id="c" constant="true"/>'
        f"</listOfCompartments><qual:listOfQualitativeSpecies>{species}</qual:listOfQualitativeSpecies><qual:listOfTransitions>"
        f'<qual:transition qual:id="t"><qual:listOfInputs>{inputs}</qual:listOfInputs><qual:listOfOutputs><qual:output qual:id="out" '
        'qual:qualitativeSpecies="C" qual:transitionEffect="assignmentLevel"/></qual:listOfOutputs><qual:listOfFunctionTerms>'
        '<qual:defaultTerm qual:resultLevel="0"/><qual:functionTerm qual:resultLevel="1"><math xmlns="http://www.w3.org/1998/Math/MathML">'
        f"{whole}</math></qual:functionTerm></qual:listOfFunctionTerms></qual:transition></qual:listOfTransitions></model></sbml>"
    )


def number(_):
    return '<cn type="integer">1</cn>'


def name(each):
    return f"<ci>t_in_{each}</ci>"


rules = {}
for regulators in ({"A": "positive"}, {"B": "negative"}, {"A": "positive", "B": "negative"}):
    for limits in (number, name):
        text = model(limits, regulators)
        document = libsbml.readSBMLFromString(text)
        document.checkConsistency()
        assert not document.getNumErrors(libsbml.LIBSBML_SEV_ERROR)
        bnet = biodivine_aeon.BooleanNetwork.from_sbml(text).to_bnet()
        rules["".join(regulators), limits.__name__] = bnet.split("C, ")[1].strip()
print("biodivine-aeon 1.4.2:", rules)


def table(rule):
    expression = rule.replace("!", " not ").replace("&", " and ").replace("|", " or ").strip()
    return [bool(eval(expression, {"A": a, "B": b})) for a in (False, True) for b in (False, True)]


assert table(rules["AB", "number"]) == [False, False, True, False]
assert table(rules["AB", "name"]) == [False] * 4, "thresholds by name are read now"
assert table(rules["A", "number"]) == [False, False, True, True] and table(rules["A", "name"]) == [True] * 4
assert table(rules["B", "number"]) == [True, False, True, False] and table(rules["B", "name"]) == [False] * 4
EOF
