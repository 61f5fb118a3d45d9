#!/usr/bin/env bash
# cbioportal-utils 0.3.49: a fusion of ERBB2 lies at residue 2 of the protein, an "Ex20ins" at residue 20, and R678X is a missense
#
# Expected: of cBioPortal's own helpers, which fill in what a mutation lacks: no position for "ERBB2-CDK12 fusion"; residue 678, a stop, for
# R678X, as older tables write R678*.
#
# Seen: the first number anywhere in the text is the position, that of the gene's name too: residue 2 for all fusions of ERBB2, 3 for those of
# ERBB3, and 20 for an insertion in exon 20 (residues 770 to 783), where they would be drawn on the protein. R678X changes one
# residue to another, and L755S in three letters, Leu755Ser, is of no kind. R678*, L755S and Y772_A775dup are right.
#
# Where her2 meets it: `her2 cohort` reads the mutations and fusions of cBioPortal's tables, in which a fusion has no residue.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save cbioportal-utils@0.3.49 tslib@2.8.1
cat >show.js <<'EOF'
const assert = require("assert");
const { resolveMissingProteinPositions, resolveMissingMutationTypes } = require("cbioportal-utils");

const changes = ["L755S", "Y772_A775dup", "R678*", "R678X", "Leu755Ser", "ERBB2-CDK12 fusion", "ERBB3-PCBP2 fusion", "Ex20ins"];
const mutations = changes.map((proteinChange) => ({ proteinChange }));
resolveMissingProteinPositions(mutations);
resolveMissingMutationTypes(mutations);
const seen = Object.fromEntries(mutations.map((one) => [one.proteinChange, [one.proteinPosStart, one.mutationType]]));
console.log("cbioportal-utils 0.3.49:", seen);
assert.deepStrictEqual(seen["L755S"], [755, "missense_variant"]);
assert.deepStrictEqual(seen["Y772_A775dup"], [772, "inframe_insertion"]);
assert.deepStrictEqual(seen["R678*"], [678, "stop_gained"]);
assert.deepStrictEqual(seen["R678X"], [678, "missense_variant"], "X is a stop now");
assert.deepStrictEqual(seen["Leu755Ser"], [755, ""], "three letters are read now");
assert.strictEqual(seen["ERBB2-CDK12 fusion"][0], 2, "fusions have no position now");
assert.strictEqual(seen["ERBB3-PCBP2 fusion"][0], 3);
assert.strictEqual(seen["Ex20ins"][0], 20);
EOF
node show.js
