"""Every word of the vocabulary in every kind of column against a truth table that was written by hand."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice

import pytest

import her2cli
from her2cli.cli.app import run
from her2cli.cli.cohort import _looked, _read
from her2cli.formats import words
from her2cli.studies.cohort import Matcher, _untested

# F found; N tested, and not found; O open: not tested, and told of the tumour; Q not tested, as nobody looked.
# By column: a mutation of a gene alone (PIK3CA, G); copies of one (FGFR1, C); the loss of one (NF1, L) and of one that
# is stained, too (PTEN, S); of a stained gene by its symbol a mutation (ERBB2, M), the amplification (ERBB2, A),
# another amount (EGFR, H) and the estrogen receptor (ESR1, E); by a laboratory's name HER2 (2), ER (R) and p27 (P); in
# a column of mutations a mutation (U) and a loss (V).
TABLE = """
                                                       G C L S  M A H E  2 R P  U V
|NA|n/a|unknown|not done|nd|?|null|[Not Available]     Q Q Q Q  Q Q Q Q  Q Q Q  Q Q
-|–|—|none                                             O O O O  O O O O  O O O  O O
wt|wild type|unmutated|no mutation|wt/wt               N Q N N  N Q Q Q  Q Q N  N N
mutated|mut|mutant|mutation|altered                    O Q O O  O Q Q Q  Q Q O  O O
yes|y|true|detected|present                            O Q O O  O O O O  F F N  O O
no|false|not detected|undetected|not found|not present N Q N O  N Q Q Q  N N F  N N
positive|pos|+                                         O Q O O  Q F O F  F F N  O O
negative|neg                                           N Q N O  Q N N N  N N F  N N
absent                                                 N Q O F  Q N N N  N N F  N N
loss|lost                                              N N O F  O O O O  N N F  O O
deleted|homdel|deep deletion|biallelic deletion        N N F F  N N N Q  N Q F  N F
inactivated|loss of function|biallelic loss            N Q F F  N Q Q Q  Q Q F  N F
hetloss|heterozygous deletion|copy number loss         N N N N  N N N Q  N Q N  N N
amplified|amp|amplification|high-level amplification   N F N N  N F F Q  F Q N  N N
gain|gained|low-level gain                             N N N N  N N N Q  N Q N  N N
normal                                                 N N N N  N N N Q  N Q N  N N
diploid|neutral                                        N N N N  N N N Q  N Q N  N N
not amplified|non-amplified|no amplification           N N N N  N N N Q  N Q N  O O
high|overexpressed                                     O O O N  Q F F F  F F N  O O
low                                                    O O O N  Q N N O  N O F  O O
equivocal|borderline|indeterminate|inconclusive        O O O O  Q O O O  O O O  O O
intact|retained|preserved                              O O N N  Q O N O  O O N  O O
0                                                      N N N N  N N N Q  O O O  N N
1                                                      O O O O  O O O O  O O O  O O
2                                                      N F N N  N F F Q  O O O  O O
-1                                                     N N N N  N N N Q  O O O  O O
-2                                                     N N F F  N N N Q  O O O  O O
1+                                                     O Q O N  Q N O O  N O N  O O
3+                                                     O Q O N  Q F O O  F O N  O O
no such word|see report                                O O O O  O O O O  O O O  O O
"""
COLUMNS = {
    "G": {"PIK3CA": "PIK3CA_H1047R", "AKT1": "AKT1_E17K", "BRAF": "BRAF_V600E", "KRAS": "RAS_mut", "NRAS": "RAS_other",
          "HRAS": "RAS_other"},
    "C": {"FGFR1": "FGFR1_amp", "CCND1": "CCND1_amp", "IGF1R": "IGF1R_up"},
    "L": {"NF1": "NF1_loss", "TSC1": "TSC_loss", "TSC2": "TSC_loss"},
    "S": {"PTEN": "PTEN_loss", "RB1": "RB1_loss"},
    "M": {"ERBB2": "ERBB2_L755S", "ERBB3": "ERBB3_mut", "ESR1": "ESR1_mutant"},
    "A": {"ERBB2": "ERBB2_amp"},
    "H": {"EGFR": "EGFR_amp", "MET": "MET_amp", "CCNE1": "CCNE1_amp", "ERBB3": "ERBB3_up"},
    "E": {"ESR1": "ESR1_on"},
    "2": {"HER2": "ERBB2_amp"},
    "R": {"ER": "ESR1_on"},
    "P": {"p27": "CDKN1B_low"},
    "U": {f"{gene} mutation": name for gene, name in (("PIK3CA", "PIK3CA_H1047R"), ("ERBB2", "ERBB2_L755S"))},
    "V": {f"{gene} mutation": name for gene, name in (("PTEN", "PTEN_loss"), ("NF1", "NF1_loss"))},
}  # fmt: skip


def _truth():
    head, *rows = (line for line in TABLE.splitlines() if line.strip())
    for row in rows:
        said, letters = row[:55].strip(), row[55:].split()
        for kind, letter in zip(head.split(), letters, strict=True):
            yield from ((kind, column, word, letter) for column in COLUMNS[kind] for word in said.split("|"))


TRUTH = list(_truth())


@pytest.fixture(scope="module")
def erbb():
    return her2cli.load("erbb")


def _answers(pathway, path, column, every):
    """Of each of *every* words in that *column*: what the tumour has, what it was not tested for, and its doubts."""
    rows = "".join(f"T{number}\t{word}\twt\n" for number, word in enumerate(every))
    path.write_text(f"sample\t{column}\tCDK4\n{rows}")
    study, tally = _read(pathway, str(path), germline=False)
    missed = islice(_untested(pathway, tally, _looked(study, tally.matcher, tally)), len(every))
    told = " ".join(study.rows.first[kind][0] + kind for kind in study.rows.counts)
    for (place, word), bits in zip(enumerate(every), missed, strict=True):
        doubts = tally.doubtful(place)
        assert all(doubt in told for doubt in doubts), word  # stderr has what the column has
        yield word, set(tally.matcher.names(tally.bits[place])), set(tally.matcher.names(bits)), doubts


@pytest.mark.parametrize(("kind", "column"), [(kind, column) for kind, every in COLUMNS.items() for column in every])
def test_a_word_means_in_its_column_what_the_truth_table_says(erbb, tmp_path, kind, column):
    alteration = COLUMNS[kind][column]
    truth = {word: letter for of, name, word, letter in TRUTH if (of, name) == (kind, column)}
    got = {}
    for word, has, missed, doubts in _answers(erbb, tmp_path / "a.tsv", column, list(truth)):
        told = any(alteration in doubt or "no word" in doubt or "not read" in doubt for doubt in doubts)
        got[word] = "F" if alteration in has else "N" if alteration not in missed else "O" if told else "Q"
    assert got == truth


def test_the_truth_table_has_every_gene_and_the_vocabulary_has_no_word_that_means_nothing(erbb):
    genes = {column.removesuffix(" mutation") for every in COLUMNS.values() for column in every} | {"CDKN1B"}  # p27
    assert genes >= Matcher(erbb).genes - {"NRG1"}  # of which a fusion alone counts
    assert {word for _, _, word, _ in TRUTH if word.casefold() in words.MISSING}
    for kind, meant in words.MEANINGS.items():
        opened = {word for word, sense in meant.items() if sense == "open"}
        assert opened <= words.OPEN.keys(), kind
        assert all(words.verdict(word) for word, sense in meant.items() if sense == "status"), kind


@pytest.mark.parametrize(("cell", "left"), [
    ("mutated", {"PIK3CA_H1047R", "PIK3CA_E545K", "PIK3CA_other"}),
    ("exon 20", {"PIK3CA_H1047R", "PIK3CA_E545K", "PIK3CA_other"}),
    ("H1047", {"PIK3CA_H1047R"}),
    ("missense", {"PIK3CA_H1047R", "PIK3CA_E545K", "PIK3CA_other"}),
    ("truncating", set()),
    ("H1047R", set()),
    ("T1025A", set()),
])  # fmt: skip
@pytest.mark.parametrize("table", ["sample\tPIK3CA\nA\t{}\n", "sample\tgene\tchange\nA\tPIK3CA\t{}\n"])
def test_a_mutation_leaves_open_what_it_may_be_by_its_place_and_kind(erbb, tmp_path, table, cell, left):
    (tmp_path / "a.tsv").write_text(table.format(cell))
    study, tally = _read(erbb, str(tmp_path / "a.tsv"), germline=False)
    (bits,) = _untested(erbb, tally, _looked(study, tally.matcher, tally))
    assert {name for name in tally.matcher.names(bits) if name.startswith("PIK3CA")} == left
    assert bool(tally.doubtful(0)) == bool(left)


@pytest.mark.parametrize(
    ("cell", "answer"), [("loss", "F"), ("deleted", "F"), ("-", "O"), ("negative", "O"), ("wt", "N")]
)
def test_a_row_a_variant_means_by_a_word_what_a_column_of_the_gene_does(erbb, tmp_path, cell, answer):
    (tmp_path / "a.tsv").write_text(f"sample\tgene\tchange\nA\tPTEN\t{cell}\nA\tERBB2\tL755S\n")
    study, tally = _read(erbb, str(tmp_path / "a.tsv"), germline=False)
    (bits,) = _untested(erbb, tally, _looked(study, tally.matcher, tally))
    missed = "PTEN_loss" in tally.matcher.names(bits)
    assert answer == ("F" if "PTEN_loss" in tally.matcher.names(tally.bits[0]) else "O" if missed else "N")
    assert bool(tally.doubtful(0)) == (answer == "O")


@pytest.mark.parametrize(("cell", "answer"), [("loss", "F"), ("-", "O"), ("negative", "O"), ("low", "O"), ("wt", "N")])
def test_a_network_without_the_protein_of_a_gene_that_is_lost_reads_its_words_alike(tmp_path, cell, answer):
    article = her2cli.load("her2")
    assert "PTEN" not in article.species
    (got,) = _answers(article, tmp_path / "a.tsv", "PTEN", [cell])
    assert answer == ("F" if "PTEN_loss" in got[1] else "O" if "PTEN_loss" in got[2] else "N")
    assert bool(got[3]) == (answer == "O")


@pytest.mark.parametrize("column", ["PTEN status", "PTEN IHC", "RB1_STATUS", "p27 IHC"])
def test_of_a_stain_a_dash_and_negative_are_a_loss_and_what_is_kept_is_none(erbb, tmp_path, column):
    loss = {"PT": "PTEN_loss", "RB": "RB1_loss", "p2": "CDKN1B_low"}[column[:2]]
    every = ["-", "negative", "lost", "loss", "absent", "retained", "intact", "positive"]
    answers = list(_answers(erbb, tmp_path / "a.tsv", column, every))
    assert [word for word, has, *_ in answers if loss in has] == every[:5]
    assert not any(loss in missed or doubts for _, _, missed, doubts in answers)


def test_what_is_open_stands_in_the_column_in_json_and_on_stderr(tmp_path, capsys):
    rows = ["A,3+,loss,mutated,low", "B,7,-,wt,yes", "C,2+,wt,H1047,90%", "D,positive,wt,wt,negative"]
    (tmp_path / "a.csv").write_text("\n".join(["sample,HER2,PTEN,PIK3CA,ER", *rows, ""]))
    line = ["cohort", str(tmp_path / "a.csv"), "--only", "lapatinib", "--replicates", "5"]
    assert run([*line, "--json"]) == 0
    doubts = json.loads(capsys.readouterr().out)["doubts"]
    expected = {"A": ["PIK3CA mutated", "ESR1 low"], "B": ["7 is no word", "PTEN -"],
                "C": ["ERBB2 IHC 2+", "PIK3CA H1047", "90% is no word"]}  # fmt: skip
    assert doubts.keys() == expected.keys()
    assert all(word in doubts[name] for name, every in expected.items() for word in every)
    assert run([*line, "--csv"]) == 0
    out, told = capsys.readouterr()
    assert {row["tumour"]: row["doubts"] for row in csv.DictReader(io.StringIO(out))} == {**doubts, "D": ""}
    assert all(each in " ".join(told.split()) for every in doubts.values() for each in every.split("; "))
