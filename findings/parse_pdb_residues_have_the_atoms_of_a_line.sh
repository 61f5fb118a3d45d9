#!/usr/bin/env bash
# parse-pdb 1.0.0: the first thirteen residues of a chain all have the atoms of residue 1, and after that all have those of residue 2
#
# Expected: `residues`, which it derives from SEQRES, have the atoms whose number and name are theirs: of HER2's signal peptide
# Met 1 those of Met 1, Glu 2 those of Glu 2.
#
# Seen: SEQRES has thirteen residues a line, and the number that atoms are sought by is that of the line. So Met 1 and twelve more have the
# methionine's atoms, residues 14 and 15 those of Glu 2, and the atoms of 3 to 15 are in none. Numbers of residues, `id`, are 0 thirteen times
# and then 13. `chains` hold the same. The list `atoms` is right. Nothing is said.
#
# Where her2 meets it: residues of its receptors (L755, T798) are shown on structures in such viewers; the place is another's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save --prefix "$folder" parse-pdb@1.0.0
cat >show.js <<'JS'
const assert = require("assert");
const parse = require("parse-pdb");
const names = "MET GLU LEU ALA ALA LEU CYS ARG TRP GLY LEU LEU LEU ALA LEU".split(" ");
const lines = [0, 13].map((from, line) => `SEQRES ${String(line + 1).padStart(3)} A   15  ${names.slice(from, from + 13).join(" ")}`);
names.forEach((name, place) => {
  const number = String(place + 1).padStart(4);
  lines.push(`ATOM   ${number}  CA  ${name} A${number}    ${(3.8 * place).toFixed(3).padStart(8)}   0.000   0.000  1.00 20.00           C  `);
});
const { atoms, residues } = parse(`${lines.join("\n")}\nEND\n`);
const seen = residues.map((each) => `${each.resName}: ${each.atoms.map((atom) => `${atom.resName} ${atom.resSeq}`).join()}`);
console.log("parse-pdb 1.0.0:", seen);
assert.deepStrictEqual(atoms.map((each) => each.resName), names);
assert.deepStrictEqual(seen, names.map((name, place) => `${name}: ${place < 13 ? "MET 1" : "GLU 2"}`), "residues have their own atoms now");
assert.deepStrictEqual([...new Set(residues.map((each) => each.id))], [0, 13]);
JS
node show.js
