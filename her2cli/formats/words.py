"""The words of tables of tumours: what columns are called, and what stands in cells for a call, for none, for nothing.

Those of a laboratory's verdict stand in `her2cli.variants`, with what a verdict leaves open.
"""

from __future__ import annotations

import re

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
    "copy number gain": "gained", "copy number loss": "lost", "copy gain": "gained", "copy loss": "lost",
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
NONE_SEEN = {"negative", "neg", "absent", "-", "–", "normal"}  # of a gene whose protein is no marker
YES = {"1", "1.0", "yes", "y", "true", "positive", "pos", "+", "detected", "present", "mut", "mutated", "mutant"}
NO_CHANGES = {"none", "-", "–", *WILD_TYPE}  # in place of a gene: the tumour was looked at, and has nothing
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


def folded(name: str) -> str:
    """The name of a column in small letters, with what parts its words as `_`."""
    return re.sub(r"[^a-z0-9+]+", "_", name.strip().strip('"').casefold()).strip("_")


def number(text: str) -> float | None:
    """A number of a cell, by a decimal point or comma; None for other words, and for what is no finite number."""
    found = re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text.strip())
    return float(found[0].replace(",", ".")) if found else None
