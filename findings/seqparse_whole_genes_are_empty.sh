#!/usr/bin/env bash
# seqparse 0.2.2: a gene that fills its record ends where it starts, and DNA with an R is a protein
#
# Expected: the start of an annotation counts from 0 and its end is behind its last base: a gene 1..12 of 12 bases is 0
# to 12, as 3..9 is 2 to 9. In the letters of IUPAC R is A or G, Y is C or T: ATGCRY is DNA. X in a protein is any
# residue.
#
# Seen: ends are taken modulo the length, so that a gene from the first to the last base, as in every record of one gene
# or one messenger RNA, is 0 to 0, without a base; with <1..>12 too. A coding sequence of two exons, join(1..4,7..9), is
# the first alone. ATGCRY is "aa", a protein, ATGCCN, of the same alphabet, "dna"; a protein with an X is "unknown". All
# as results, no error.
#
# Where her2 meets it: ERBB2's residues and changes are read from such records, mRNA and protein.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts seqparse@0.2.2 >/dev/null
cat >example.js <<'END'
const assert = require("assert");
const seqparse = require("seqparse").default;

const at = async (place) => {
  const record = await seqparse(`LOCUS       ERBB2                     12 bp    DNA     linear   PRI 01-JAN-2020
FEATURES             Location/Qualifiers
     CDS             ${place}
                     /gene="ERBB2"
ORIGIN
        1 atggctaatt aa
//
`);
  return record.annotations.map(({ start, end }) => [start, end]);
};
const kind = async (sequence) => (await seqparse(`>ERBB2\n${sequence}\n`)).type;

(async () => {
  const [part, whole, open, joined] = await Promise.all(["3..9", "1..12", "<1..>12", "join(1..4,7..9)"].map(at));
  const kinds = await Promise.all(["ATGCCN", "ATGCRY", "MKVLA", "MKVLAX"].map(kind));
  console.log("seqparse 0.2.2:", part, whole, open, joined, kinds);
  assert.deepStrictEqual(part, [[2, 9]]);
  assert.deepStrictEqual([whole, open], [[[0, 0]], [[0, 0]]], "a whole gene has bases now");
  assert.deepStrictEqual(joined, [[0, 4]], "the second exon is there now");
  assert.deepStrictEqual(kinds, ["dna", "aa", "aa", "unknown"], "letters of IUPAC are known now");
})();
END
node example.js
