#!/usr/bin/env bash
# astrocite-eutils 0.16.4: "van der Heyde P" of PubMed is a person of the family "van" with the given name "der"
#
# Expected: PubMed's summaries have the family's name first and the initials last, with "Jr" or "3rd" behind them: the family
# is "van der Heyde", "De Luca", "Lopez Garcia".
#
# Seen: the name is parted at its first two blanks: what stands before the first is the family, what stands before the second
# the given name, and the rest is dropped. Heyde, P and Luca, A are not in the reference any more, and a style prints "van, d."
# and "De, L.". "Roe J", with one blank, is right. Nothing is said.
#
# Where her2 meets it: her2 gives the PMIDs of its references, which such tools complete by way of PubMed's summaries.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" astrocite-eutils@0.16.4
cat >show.js <<'JS'
const assert = require("assert");
const { toCSL } = require("astrocite-eutils");
const authors = ["Roe J", "van der Heyde P", "De Luca A", "Lopez Garcia MC", "Doe JA Jr"].map((name) => ({ name, authtype: "Author" }));
const summary = {
  uid: "1",
  title: "An example",
  authors,
  articleids: [{ idtype: "pubmed", idtypen: 1, value: "1" }],
  pubtype: ["Journal Article"],
};
const [paper] = toCSL({ result: { uids: ["1"], 1: summary } });
const seen = paper.author.map(({ family, given }) => `${family}|${given}`);
console.log("astrocite-eutils 0.16.4:", seen);
assert.deepStrictEqual(seen, ["Roe|J", "van|der", "De|Luca", "Lopez|Garcia", "Doe|JA"], "families are whole now");
JS
node show.js
