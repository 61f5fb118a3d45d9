#!/usr/bin/env bash
# bio-parsers 9.3.6: read and written as GenBank, the gene ERBB2 has no gene, its product is a "kinaseerbB-2", and its mRNA is DNA
#
# Expected: what genbankToJson() reads, jsonToGenbank() writes as it was; words that GenBank sets on two lines have a blank between them; a
# protein of UniProt's FASTA is called after its entry.
#
# Seen: /gene="ERBB2" becomes the name of the feature and is written as /label="ERBB2"; no /gene is left. "receptor tyrosine-protein kinase" and
# "erbB-2" of the next line are one word, in /product and in each other qualifier. mRNA in the first line is written as DNA. All proteins
# of UniProt's FASTA, `>sp|P04626|ERBB2_HUMAN ...`, are called "sp". Places are right, those of exons, too. Nothing is said.
#
# Where her2 meets it: its species have approved symbols, by which genes of such files are found, and names (`her2 show`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" bio-parsers@9.3.6
cat >show.js <<'JS'
const assert = require("assert");
const { fastaToJson, genbankToJson, jsonToGenbank } = require("bio-parsers");

const GENBANK = `LOCUS       EXAMPLE                   60 bp    mRNA    linear   PRI 01-JAN-2020
DEFINITION  An example.
FEATURES             Location/Qualifiers
     gene            1..60
                     /gene="ERBB2"
     CDS             join(4..12,20..33)
                     /gene="ERBB2"
                     /product="receptor tyrosine-protein kinase
                     erbB-2"
ORIGIN
        1 atgaagctgc ggctccctgc cagtcccgag acccacctgg acatgctccg ccacctctac
//
`;
const FASTA = ">sp|P04626|ERBB2_HUMAN Receptor tyrosine-protein kinase erbB-2\nMELAALCRWG\n>sp|P21860|ERBB3_HUMAN Receptor\nMRANDALQVL\n";

(async () => {
  const read = (await genbankToJson(GENBANK))[0].parsedSequence;
  const written = jsonToGenbank(read);
  const names = (await fastaToJson(FASTA, { isProtein: true })).map((each) => each.parsedSequence.name);
  console.log("bio-parsers 9.3.6:", names, "\n" + written);
  assert.match(written, /CDS {13}join\(4\.\.12,20\.\.33\)/);
  assert.ok(written.includes('/label="ERBB2"') && !written.includes("/gene="), "genes are genes now");
  assert.deepStrictEqual(read.features[1].notes.product, ["receptor tyrosine-protein kinaseerbB-2"], "words are words now");
  assert.match(written.split("\n")[0], /60 bp +DNA/);
  assert.deepStrictEqual(names, ["sp", "sp"]);
})();
JS
node show.js
