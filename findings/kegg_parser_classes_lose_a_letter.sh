#!/usr/bin/env bash
# kegg-parser 0.0.14: the ErbB pathway is of the class "Envir", "nmental Information Processing"
#
# Expected: CLASS of an entry of KEGG, "Environmental Information Processing; Signal transduction", gives these two
# names. A field of several lines has them all.
#
# Seen: of each class the first five letters are taken for its number and what stands behind the sixth for its name:
# ("Envir", "nmental ...") and ("Signa", " transduction"), and the sixth letter is nowhere. Of a COMMENT of several
# lines, of compounds and of modules, only the last is left. Genes of a pathway are left out by design, and an entry of
# a gene as KEGG has it now, with SYMBOL, is a ValueError. The first two say nothing.
#
# Where her2 meets it: hsa04012 is its pathway in KEGG, which comes as such an entry.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv --without-pip "$folder/venv"
python3 -m pip --python "$folder/venv" install --quiet kegg-parser==0.0.14
cd "$folder"
venv/bin/python - <<'END'
from KEGG_parser.parsers import parse_co, parse_organism, parse_pathway

PATHWAY = """ENTRY       hsa04012                    Pathway
NAME        ErbB signaling pathway - Homo sapiens (human)
CLASS       Environmental Information Processing; Signal transduction
PATHWAY_MAP hsa04012  ErbB signaling pathway
DISEASE     H00031  Breast cancer
ORGANISM    Homo sapiens (human) [GN:hsa]
GENE        2064  ERBB2; erb-b2 receptor tyrosine kinase 2 [KO:K05083]
///
"""
COMPOUND = """ENTRY       C00076                      Compound
NAME        Calcium cation;
            Ca2+
COMMENT     A second messenger
            of PLCG1
///
"""
GENE = """ENTRY       2064              CDS       T01001
SYMBOL      ERBB2, HER2
NAME        (RefSeq) erb-b2 receptor tyrosine kinase 2
///
"""
pathway, compound = parse_pathway(PATHWAY), parse_co(COMPOUND)
print("kegg-parser 0.0.14:", pathway["CLASS"], compound)
assert pathway["DISEASE"] == [("H00031", "Breast cancer")] and "GENE" not in pathway
wrong = [("Envir", "nmental Information Processing"), ("Signa", " transduction")]
assert pathway["CLASS"] == wrong, "classes have all their letters now"
assert compound["NAME"] == "Calcium cation; Ca2+"
assert compound["COMMENT"] == "of PLCG1", "all lines of a comment are kept now"
try:
    parse_organism(GENE)
except ValueError as error:
    assert "SYMBOL" in str(error)
else:
    raise AssertionError("entries of genes are read now")
END
