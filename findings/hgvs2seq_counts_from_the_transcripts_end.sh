#!/usr/bin/env bash
# hgvs2seq 0.2.1b0: c.12 is the twelfth base of the transcript, before the gene's first codon, and REF is not compared
#
# Expected: "c." of HGVS counts from the A of the start codon, and what stands before it is c.-1, c.-2 ... In an NM_
# transcript as RefSeq gives it, with 30 bases before that, c.12G>A changes base 42. A reference that has another base
# there is worth a word.
#
# Seen: the number is taken as it is: the sequence "around c.12" lies 30 bases in front of it, without any of the codons.
# Base 12 is an A there, so that the changed sequence is the unchanged one, though G>A was asked for. Neither is said:
# the base before ">" is not looked at, so that c.12C>T and c.12G>T are one. c.-4A>G is left out, as NM_004448.4 is "not
# found in reference file", where it is. On the coding sequence alone it is right, but the README asks for transcripts.
#
# Where her2 meets it: her2 takes ERBB2's changes by their HGVS names.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet hgvs2seq==0.2.1b0 biopython==1.85 numpy==2.3.5
cd "$folder"
before=CAGATTTTCATATTATGCAGAAAATCTACT coding=ATGGCTTACGTGATGGCTGGTGTGGGCTCCCCATATGTCTAA
printf '>NM_004448.4\n%s%sGGGCAT\n' "$before" "$coding" >transcript.fa
printf '>NM_004448.4\n%s\n' "$coding" >coding.fa
around() {
  printf 'variant\nNM_004448.4:c.%s\n' "$2" >query.tsv
  venv/bin/hgvs2seq -q query.tsv -r "$1.fa" -t both -s 11 -a 1 2>&1 | grep -v '^>' | paste -sd ' '
}
right=$(around coding '12G>A') asked=$(around transcript '12G>A') other=$(around transcript '12C>T')
wrong=$(around coding '12C>T')
echo "hgvs2seq 0.2.1b0: coding $right; transcript $asked and $other; another reference $wrong"
[ "$right" = 'TACGTGATGGC TACGTAATGGC' ]
[ "${before:6:11} ${before:6:11}" = "$asked" ] || { echo 'the start codon is found now'; exit 1; }
[ "$other" = 'TTCATATTATG TTCATTTTATG' ] && [ "$wrong" = 'TACGTGATGGC TACGTTATGGC' ]
around transcript '-4A>G' | grep -q 'NM_004448.4 not found in reference file'
