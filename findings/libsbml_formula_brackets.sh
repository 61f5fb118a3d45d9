#!/usr/bin/env bash
# python-libsbml 5.21.2: parseL3Formula forgets the brackets of `(A == 1) == (B == 1)`
#
# Expected: the rule "A and B are alike", true where both are off. The documentation gives brackets the highest precedence.
#
# Seen: the first pair of brackets is gone: it becomes A == 1 == (B == 1), which is false where both are off.
# `(A >= 1) != (B >= 1)`, "exactly one", becomes (A >= 1) && (1 != (B >= 1)), false for B alone. A comparison on the
# right keeps its brackets, and what formulaToL3String writes of the right tree is not what is read back. That
# `A || B && C` is `(A || B) && C` surprises, too, but is documented: `&&` and `||` have one precedence.
#
# Where her2 meets it: her2 reads the MathML of SBML-qual itself; a rule that was typed as text and parsed by libsbml
# may say something else before her2 sees it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet python-libsbml==5.21.2
cd "$folder"
venv/bin/python - <<'EOF'
import libsbml

alike = libsbml.parseL3Formula("(A == 1) == (B == 1)")
one = libsbml.parseL3Formula("(A >= 1) != (B >= 1)")
right = libsbml.parseL3Formula("eq(eq(A, 1), eq(B, 1))")
print("python-libsbml 5.21.2:", libsbml.formulaToL3String(alike), "|", libsbml.formulaToL3String(one))
assert [alike.getNumChildren(), right.getNumChildren()] == [3, 2], "the brackets are kept now"
assert libsbml.formulaToL3String(one) == "(A >= 1) && (1 != (B >= 1))", "the brackets of != are kept now"
assert libsbml.formulaToL3String(right) == "(A == 1) == (B == 1)", "another text is written now"
EOF
