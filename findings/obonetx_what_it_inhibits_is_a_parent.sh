#!/usr/bin/env bash
# obonetx 0.3: "negative regulation of ERBB2 signalling" has ERBB2 signalling as a parent, and is a kind of it among the "more specific terms"
#
# Expected: ancestors() are "all the ancestor ontology terms (more generic terms)", descendants() "more specific terms", as in Java's phenol that
# it follows: what is_a says, and perhaps part_of.
#
# Seen: each relation of the file counts as is_a. What regulates a process, stops it or has it as a part is a child of it: who takes the genes of
# "ERBB2 signalling pathway" and of all that is more specific gets its inhibitors as well. parents() names the inhibited pathway
# beside the true parent.
#
# Where her2 meets it: an inhibitor's edge and an activator's differ in her2 by the sign; a set of genes of a pathway that was made so and
# is held against its species has both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet obonetx==0.3 obonet==1.3.0 networkx==3.6.1
cd "$folder"
cat >terms.obo <<'END'
format-version: 1.2
ontology: go

[Term]
id: X:1
name: process

[Term]
id: X:2
name: signalling pathway
is_a: X:1 ! process

[Term]
id: X:3
name: ERBB2 signalling pathway
is_a: X:2 ! signalling pathway

[Term]
id: X:4
name: ERBB2-ERBB3 signalling pathway
is_a: X:3 ! ERBB2 signalling pathway

[Term]
id: X:5
name: negative regulation of signalling
is_a: X:1 ! process

[Term]
id: X:6
name: negative regulation of ERBB2 signalling pathway
is_a: X:5 ! negative regulation of signalling
relationship: negatively_regulates X:3 ! ERBB2 signalling pathway

[Typedef]
id: negatively_regulates
name: negatively regulates
END
venv/bin/python - <<'END'
from obonetx.ontology import Ontology

terms = Ontology("terms.obo")
name = terms.term_id_2_label_map()


def names(ids):
    return sorted(name[each] for each in ids)


specific, parents, generic = names(terms.descendants("X:3")), names(terms.parents("X:6")), names(terms.ancestors("X:6"))
print("obonetx 0.3:", specific, parents, generic, sep="\n  ")
assert "ERBB2-ERBB3 signalling pathway" in specific
assert "negative regulation of ERBB2 signalling pathway" in specific, "an inhibition is no kind of the pathway now"
assert parents == ["ERBB2 signalling pathway", "negative regulation of signalling"]
assert "signalling pathway" in generic
END
