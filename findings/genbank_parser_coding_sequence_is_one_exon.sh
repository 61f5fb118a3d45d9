#!/usr/bin/env bash
# genbank-parser 3.0.0: the coding sequence of ERBB2 is one exon, the first or the last, as the line breaks
#
# Expected: a feature at join(1..73,200..351,500..713) begins at 1 and ends at 713, or has its three parts; the same
# however GenBank breaks the line.
#
# Seen: start and end are the first two numbers of the last line of the location: 1 to 73, the first exon, where it fits
# in one line, and 500 to 713, the last, where it does not. A part on another entry, J00194.1:100..202, begins at 194
# (its accession) and ends at 1. A place "between", 10^11, is as 10..11. Text that goes on in the next line is joined to
# the word before. A protein's entry (aa) has no name and no size.
#
# Where her2 meets it: alterations are placed by the coding sequence of ERBB2, as records of GenBank have it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --ignore-scripts genbank-parser@3.0.0 >/dev/null
cat >example.mjs <<'END'
import assert from "assert";
import { genbankToJson } from "genbank-parser";

const record = (locus, ...location) => `LOCUS       ${locus}
DEFINITION  Homo sapiens erb-b2 receptor tyrosine kinase 2 (ERBB2).
FEATURES             Location/Qualifiers
     CDS             ${location.join("\n                     ")}
                     /gene="ERBB2"
                     /note="receptor tyrosine
                     kinase"
ORIGIN
        1 atggagctgg cggccttgtg
//
`;
const DNA = "NG_007503               44523 bp    DNA     linear   PRI 01-JAN-2024";
const place = (...location) => {
  const [{ features: [feature] }] = genbankToJson(record(DNA, ...location));
  return [feature.start, feature.end, feature.notes.note[0]];
};
const one = place("join(1..73,200..351,500..713)");
const broken = place("join(1..73,200..351,", "500..713)");
const remote = place("join(J00194.1:100..202,1..245)");
const [protein] = genbankToJson(record("NP_004439               1255 aa            linear   PRI 01-JAN-2024", "1..9"));
console.log("genbank-parser 3.0.0:", one, broken, remote, protein.name, protein.size);
assert.deepStrictEqual(one.slice(0, 2), [1, 73], "all exons count now");
assert.deepStrictEqual(broken.slice(0, 2), [500, 713], "the line break does not count now");
assert.deepStrictEqual(remote.slice(0, 2), [194, 1], "an accession is no place now");
assert.deepStrictEqual(place("10^11").slice(0, 2), [10, 11]);
assert.strictEqual(one[2], "receptor tyrosinekinase", "words stay apart now");
assert.deepStrictEqual([protein.name, protein.size], ["Untitled sequence", undefined], "proteins have names now");
END
node example.mjs
