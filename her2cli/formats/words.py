"""The words of tables of tumours: what columns are called, and what words in them mean, by the kind of column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Columns, as they are called in MAF files, in what cBioPortal downloads, in annotations by VEP, SnpEff and ANNOVAR, and
# in people's own tables; the first that is there and not empty counts.
TUMOUR = (
    "tumor_sample_barcode", "tumour_sample_barcode", "sample_id", "sampleid", "sample", "tumor_sample", "tumour",
    "tumor", "tumour_id", "tumor_id", "sample_name", "sample_barcode", "specimen", "specimen_id", "cell_line",
    "case_id", "case", "patient_id", "patientid", "patient", "subject_id", "subject",
)  # fmt: skip
PATIENT = ("patient_id", "patientid", "patient", "case_id", "case", "subject_id", "subject")
GENE = (
    "hugo_symbol", "gene_symbol", "gene", "symbol", "gene_name", "genes", "gene_refgene", "ann_gene", "ann_0_gene",
)  # fmt: skip
ENTREZ = ("entrez_gene_id", "entrez_id", "entrez", "gene_id", "entrezgene")
CHANGE = (
    "hgvsp_short", "amino_acid_change", "protein_change", "proteinchange", "aa_change", "aachange", "hgvsp", "hgvs_p",
    "ann_hgvs_p", "ann_0_hgvs_p", "aachange_refgene", "aa_mutation", "mutation_aa", "protein_variant", "change",
    "mutation", "variant", "amino_acid", "alteration", "hgvs", "fusion", "finding",
)  # fmt: skip
CLASS = (
    "variant_classification", "mutation_type", "classification", "variant_class", "consequence", "ann_effect",
    "ann_0_effect", "exonicfunc_refgene", "molecular_consequence", "type", "effect",
)  # fmt: skip
POSITION = ("protein_position", "aa_position", "amino_acid_position")
CALLED = ("mutation_status",)
COPIES = ("discrete_cna", "copy_number", "copies", "cna", "value", "gistic")
PANEL = ("gene_panel", "mutations", "panel")
SITES = (("site1_hugo_symbol", "site2_hugo_symbol"), ("gene1", "gene2"), ("site1_gene", "site2_gene"))
ALTERATIONS = (
    "alterations", "alteration", "mutations", "mutation", "variants", "variant", "genomic_alterations",
    "molecular_alterations", "aberrations", "genotype", "mutated_genes", "altered_genes", "genes", "findings",
)  # fmt: skip
# Of a laboratory's verdict; the model's own words come second.
STATUS_WORDS = {
    "+": "positive", "positive": "positive", "pos": "positive", "amplified": "positive", "-": "negative",
    "–": "negative", "—": "negative", "negative": "negative", "neg": "negative", "not amplified": "negative",
    "non-amplified": "negative", "non amplified": "negative", "nonamplified": "negative", "unamplified": "negative",
    "no amplification": "negative", "amplification": "positive", "equivocal": "equivocal",
    "indeterminate": "equivocal", "borderline": "equivocal", "inconclusive": "equivocal", "low": "low",
    "ultralow": "ultralow", "ultra-low": "ultralow", "high": "high", "overexpressed": "high",
    "overexpression": "high", "absent": "absent", "lost": "absent", "loss": "absent",
    "loss of expression": "absent", "intact": "normal", "retained": "normal", "preserved": "normal",
}  # fmt: skip
FUSED = {"fusion", "structural variant", "structural_variant", "rearrangement", "translocation", "sv"}  # as a class
FUSIONS = ("fusion", "fusions", "gene_fusion", "gene_fusions", "structural_variant", "structural_variants")

# GISTIC's discrete calls. cBioPortal's importer takes -1.5, a partial deletion, for -2 (from memory of its source).
COPY_WORDS = {"-2": "deleted", "-1.5": "deleted", "-1": "lost", "0": "normal", "1": "gained", "2": "amplified"}
COPY_WORDS |= {
    "amp": "amplified", "amplification": "amplified", "amplified": "amplified", "gain": "gained", "gained": "gained",
    "high-level amplification": "amplified", "high level amplification": "amplified", "low-level gain": "gained",
    "low level gain": "gained", "neutral": "normal", "diploid": "normal", "normal": "normal", "loss": "lost",
    "lost": "lost", "hetloss": "lost", "shallow deletion": "lost", "hemizygous deletion": "lost", "homdel": "deleted",
    "deleted": "deleted", "deep deletion": "deleted", "deletion": "deleted", "homozygous deletion": "deleted",
    "het loss": "lost", "heterozygous loss": "lost", "heterozygous deletion": "lost", "hemizygous loss": "lost",
    "biallelic deletion": "deleted", "copy number gain": "gained", "copy number loss": "lost",
    "copy gain": "gained", "copy loss": "lost",
}  # fmt: skip
NOT_AMPLIFIED = {
    "not amplified", "non-amplified", "non amplified", "nonamplified", "unamplified", "no amplification",
}  # fmt: skip
NOT_CALLED = {
    "none": "not called", "loh": "loss of heterozygosity alone", "wildtype": "wild type", "uncalled": "not called",
    "redacted": "redacted", "germline": "germline",
}  # fmt: skip
MISSING = {
    "", "na", "n/a", "nan", "none", "null", ".", "unknown", "not available", "[not available]", "[not evaluated]",
    "[unknown]", "[not applicable]", "not tested", "not done", "not performed", "not evaluated", "not evaluable",
    "not assessed", "not reported", "nd", "n.d.", "failed", "pending", "[discrepancy]", "undef", "?", "#n/a",
}  # fmt: skip
WILD_TYPE = {
    "wt", "wild type", "wildtype", "wild-type", "wt/wt", "no", "0", "0.0", "false", "not mutated", "unmutated",
    "non-mutated", "nonmutated", "no mutation", "no mutations", "no mutation detected", "no mutation found",
    "no variant", "no variant detected", "not detected", "none detected", "undetected", "not found", "not present",
}  # fmt: skip
DASHES = {"-", "–", "—"}  # not done, or none found: tables have both
_NO = {
    "no", "false", "not detected", "none detected", "undetected", "not found", "not present",
}  # fmt: skip
NONE_SEEN = {"negative", "neg", "absent", "normal"}  # of a gene's mutations
YES = {"1", "1.0", "yes", "y", "true", "positive", "pos", "+", "detected", "present", "mut", "mutated", "mutant"}
SOME_CHANGE = {"mut", "mutated", "mutant", "mutation", "altered"}
NO_FUNCTION = {
    "inactivated", "inactivating", "inactivation", "loss of function", "loss-of-function", "lof",
    "biallelic loss", "homozygous loss", "biallelic inactivation",
}  # fmt: skip
NO_CHANGES = {"none", *DASHES, *WILD_TYPE}  # in place of a gene: the tumour was looked at, and has nothing
DENIED = {"no", "not", "non", "without", "of"}  # before an alteration: `loss of ERBB2_amp`
GONE = {"negative", "absent", "lost", "loss", "wt", "wild", "wildtype", "wild-type"}  # after it

# What stands in the name of a column beside a gene or a marker.
RATIO = {"ratio", "cep17", "cen17", "chr17", "cep", "cen", "centromere"}  # of in-situ hybridisation
COUNT = {"copies", "copy", "number", "cn", "signals", "signal"}  # of the gene,
IN_A_CELL = {"per", "cell", "cells", "nucleus", "nuclei", "average", "avg", "mean", "signals", "signal"}  # of signals
ISH = {"fish", "ish", "cish", "sish", "dish"}
CALLS = {"cna", "gistic", "discrete"}  # GISTIC's
MUTATED = {
    "mutation", "mutations", "mut", "muts", "mutated", "variant", "variants", "change", "changes", "hgvsp", "genotype",
    "ngs", "sequencing",
}  # fmt: skip
ALONGSIDE = {"protein", "aa", "status", "result", "type", "amino", "acid", "somatic", "p"}  # of these
BESIDE = {
    "status", "by", "ihc", "measured", "score", "expr", "expression", "overall", "result", "level", "snp6", "percent",
    "final", "clinical", "intensity", "gene", *ISH, *RATIO, *COUNT, *IN_A_CELL, *CALLS,
}  # fmt: skip
WHOLE = {"wes", "wxs", "wgs", "whole exome", "whole-exome", "whole genome"}  # panels of every gene


# What words mean by the kind of the column, where they are no change. `nothing`: not looked at; `open`: of several
# meanings, which is told; `none`: looked at and not changed; `changed`: in which way is open; `gone`: the product is
# lost; `copies` and `status` have words of their own.
GENE_ALONE, LOST_GENE, STAINED_GENE, SYMBOL, PROTEIN, MUTATIONS = (
    "a gene of which no protein is stained",
    "a gene that can be lost, of which no protein is stained",
    "a gene whose loss is seen in its stain, too, by its symbol",
    "a gene whose protein is stained, by its symbol",
    "a protein as a laboratory calls it",
    "mutations of a gene",
)


def _meant(*groups: tuple[str, Iterable[str]]) -> Mapping[str, str]:
    """What each word means; the first group that has it counts."""
    found: dict[str, str] = {}
    always = (("open", {"none"}), ("nothing", MISSING), ("changed", SOME_CHANGE), ("gone", NO_FUNCTION))
    for sense, words in (*always, *groups, ("copies", COPY_WORDS), ("none", WILD_TYPE)):
        for word in words:
            found.setdefault(word, sense)
    return found


_ONE, LOST, _YES = {"1", "1.0"}, {"loss", "lost"}, {"yes", "y", "true", "detected", "present"}
_SEEN, _UNSEEN, _KEPT = {"positive", "pos", "+"}, {"negative", "neg"}, {"intact", "retained", "preserved"}
MEANINGS = {
    GENE_ALONE: _meant(
        ("open", _ONE | DASHES),
        ("changed", _SEEN | _YES),
        ("copies", NOT_AMPLIFIED),
        ("none", _NO | NONE_SEEN - {"normal"}),
    ),
    LOST_GENE: _meant(
        ("open", _ONE | DASHES | LOST | {"absent"}),
        ("changed", _SEEN | _YES),
        ("copies", NOT_AMPLIFIED),
        ("none", _KEPT | _NO | NONE_SEEN - {"normal"}),
    ),
    STAINED_GENE: _meant(
        ("open", _ONE | DASHES | _SEEN | _YES | _UNSEEN | _NO),
        ("gone", {*LOST, "absent", "loss of expression"}),
        ("copies", NOT_AMPLIFIED),
        ("status", STATUS_WORDS.keys() - COPY_WORDS.keys()),
    ),
    SYMBOL: _meant(
        ("open", _ONE | DASHES | _YES | LOST),
        ("copies", NOT_AMPLIFIED),
        ("status", STATUS_WORDS.keys() - COPY_WORDS.keys()),
    ),
    PROTEIN: _meant(
        ("open", _ONE | DASHES),
        ("copies", NOT_AMPLIFIED),
        ("status", {*_YES, *_NO} | STATUS_WORDS.keys() - (COPY_WORDS.keys() - LOST)),
    ),
    MUTATIONS: _meant(
        ("open", DASHES | LOST),
        ("changed", YES),
        ("none", WILD_TYPE | NONE_SEEN),
        ("open", STATUS_WORDS.keys() - COPY_WORDS.keys()),
    ),
}
OPEN = {  # what a word may mean where it is open
    **dict.fromkeys(STATUS_WORDS, "a word for a protein, among mutations"),
    "none": "none found, or no value",
    "absent": "no mutation, or no gene",
    **dict.fromkeys(_ONE, "yes, or copies that are gained"),
    **dict.fromkeys(DASHES, "not done, or none found"),
    **dict.fromkeys(LOST, "of one copy, or of all that the gene makes"),
    **dict.fromkeys(_SEEN | _UNSEEN, "of the protein, or of mutations"),
    **dict.fromkeys(_YES | _NO, "of the protein, of copies, or of mutations"),
}  # fmt: skip


def verdict(word: str) -> str:
    """What *word* is as a laboratory's verdict on a protein; empty for other words."""
    if word in _YES:
        return "positive"
    return "negative" if word in _NO else STATUS_WORDS.get(word, "")


def folded(name: str) -> str:
    """The name of a column in small letters, with what parts its words as `_`."""
    return re.sub(r"[^a-z0-9+]+", "_", name.strip().strip('"').casefold()).strip("_")


def number(text: str) -> float | None:
    """A number of a cell, by a decimal point or comma; None for other words, and for what is no finite number."""
    found = re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text.strip())
    return float(found[0].replace(",", ".")) if found else None
