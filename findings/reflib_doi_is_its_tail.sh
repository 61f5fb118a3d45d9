#!/usr/bin/env bash
# @iebh/reflib 2.3.6: of a paper in PubMed's format the DOI 10.1158/0000-0000.CCR-00-0000 is "0000", and one in Lancet has none
#
# Expected: the DOI is what stands before "[doi]" in AID or LID; a reference has the journal's long name, which is the default it names, and
# a letter is a letter.
#
# Seen: a DOI may have letters, digits, points and slashes; of one with a hyphen or a bracket what stands behind the last of these is taken, of
# `10.1016/S0000-0000(00)00000-0` "0", which replaces the whole one of LID. Of two lines AID the last counts, so that a DOI before
# a publisher's number is not there. The short name of the journal is taken whatever the option says, every type is a journal article, and
# "HER2|neu" is parted at the "|" as lines are, in RIS as well. Of RIS the journal in JO is not read. Nothing is said. A DOI without
# hyphens is right, and so are those of RIS.
#
# Where her2 meets it: 143 of the 360 DOIs of its references have a hyphen or a bracket; `her2 cite --ris` has them whole, and the journal in JO.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" @iebh/reflib@2.3.6
cat >show.mjs <<'JS'
import assert from "assert";
import { writeFileSync } from "fs";
import { readFile } from "@iebh/reflib";

const paper = (number, ...lines) => [`PMID- ${number}`, `TI  - HER2|neu, paper ${number}.`, "TA  - Ex Res", "JT  - Example research", ...lines].join("\n");
const papers = [
  paper(1, "LID - 10.1158/0000-0000.CCR-00-0000 [doi]", "PT  - Letter", "AID - 00/0/00 [pii]", "AID - 10.1158/0000-0000.CCR-00-0000 [doi]"),
  paper(2, "PT  - Journal Article", "AID - 10.1016/S0000-0000(00)00000-0 [doi]"),
  paper(3, "PT  - Journal Article", "AID - 10.1056/NEJM000000000000000 [doi]", "AID - 00/0/00 [pii]"),
  paper(4, "PT  - Journal Article", "AID - 00/0/00 [pii]", "AID - 10.1056/NEJM000000000000000 [doi]"),
];
writeFileSync("papers.nbib", papers.join("\n\n") + "\n");
const seen = await readFile("papers.nbib", { journal: "long" });
console.log("@iebh/reflib 2.3.6:", seen.map((each) => [each.doi, each.type, each.journal, each.title]));
assert.strictEqual(seen[3].doi, "10.1056/NEJM000000000000000");
assert.strictEqual(seen[0].doi, "0000", "DOIs are whole now");
assert.strictEqual(seen[1].doi, "0");
assert.strictEqual(seen[2].doi, undefined);
assert.strictEqual(seen[0].type, "journalArticle");
assert.strictEqual(seen[0].journal, "Ex Res");
assert.strictEqual(seen[0].title, "HER2 neu, paper 1");
writeFileSync("paper.ris", "TY  - JOUR\nTI  - HER2|neu\nJO  - Ex Res\nDO  - 10.1158/0000-0000.CCR-00-0000\nER  - \n");
const [ris] = await readFile("paper.ris");
assert.deepStrictEqual([ris.doi, ris.title, ris.journal], ["10.1158/0000-0000.CCR-00-0000", "HER2\rneu", undefined]);
JS
node show.mjs
