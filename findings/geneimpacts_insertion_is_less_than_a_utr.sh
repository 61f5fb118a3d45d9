#!/usr/bin/env bash
# geneimpacts 0.3.8: an insertion in exon 20 of ERBB2 is no coding change, one in an untranslated region is, and of the two it is the worse
#
# Expected: of the effects that SnpEff gives a variant in several transcripts, the one that changes the protein, of moderate impact, comes
# before one in an untranslated region. SnpEff calls an in-frame insertion conservative or disruptive.
#
# Seen: both have the right impact, MED, but are not among the exonic changes, nor is start_lost; UTR_variant is, as `coding` looks for "utr"
# in small letters. What is coding is set before what is not, whatever the impact: top_severity() of an in-frame insertion and a
# variant of the 3' end is the latter, LOW, and of start_lost (HIGH) and synonymous_variant it is the synonymous one. With
# VEP's words, inframe_insertion and 3_prime_UTR_variant, the order is right.
#
# Where her2 meets it: insertions in exon 20 are one of its alterations (`her2 alteration`); in tables filtered so they look like silent ones.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet geneimpacts==0.3.8
cd "$folder"
cat >worst.py <<'END'
from geneimpacts import VEP, Effect, SnpEff


def snpeff(kind):
    return SnpEff(f"T|{kind}|MODERATE|ERBB2|ENSG00000141736|transcript|ENST{len(kind)}|protein_coding|20/27|c.1A>T|p.Met1?|1/2|1/2|1/2||")


def vep(kind):
    return VEP(f"{kind}|gCt/gTt|A/V|ENSG00000141736|ERBB2|ENST{len(kind)}|20/27|||775|protein_coding|YES")


def worst(make, *kinds):
    found = Effect.top_severity([make(kind) for kind in kinds])
    return f"{found.top_consequence} {found.impact_severity}"


INSERTIONS = ("conservative_inframe_insertion", "disruptive_inframe_insertion")
kinds = (*INSERTIONS, "start_lost", "3_prime_UTR_variant", "missense_variant")
coding = {kind: (snpeff(kind).impact_severity, bool(snpeff(kind).coding)) for kind in kinds}
seen = [worst(snpeff, kind, "3_prime_UTR_variant") for kind in INSERTIONS] + [worst(snpeff, "start_lost", "synonymous_variant")]
other = worst(vep, "inframe_insertion", "3_prime_UTR_variant"), worst(snpeff, "missense_variant", "3_prime_UTR_variant")
print("geneimpacts 0.3.8:", coding, seen, other, sep="\n  ")
assert other == ("inframe_insertion MED", "missense_variant MED")
assert [coding[kind] for kind in INSERTIONS] == [("MED", False)] * 2, "insertions are coding now"
assert coding["start_lost"] == ("HIGH", False) and coding["3_prime_UTR_variant"] == ("LOW", True)
assert seen == ["3_prime_UTR_variant LOW", "3_prime_UTR_variant LOW", "synonymous_variant LOW"], "the worst effect is the worst now"
END
venv/bin/python -W ignore worst.py
