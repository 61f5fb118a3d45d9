"""How an alteration says what data show it: read strictly, shown in words, written back as it was."""

from __future__ import annotations

import json
import re

import pytest

from her2cli.cli.app import run
from her2cli.errors import DataError
from her2cli.loading import load
from her2cli.loading.entries import read_file
from her2cli.model import Alteration, Match
from her2cli.studies.check import knowledge_findings

HEAD = "schema: 1\nalterations:\n  X:\n    evidence: [article]\n    match:\n"


def items(*texts: str) -> tuple[Match, ...]:
    file = read_file(HEAD + "".join(f"      - {text}\n" for text in texts), "x.yaml")
    alteration: Alteration = file.knowledge["alterations"]["X"]
    return alteration.match


def problem(text: str) -> str:
    with pytest.raises(DataError) as caught:
        items(text)
    (only,) = caught.value.problems
    assert only.where.startswith("x.yaml:6:")
    return only.message


def test_a_match_is_read_as_it_is_written() -> None:
    change, stretch, marker = items(
        "{gene: PIK3CA, changes: [H1047R, H1047L]}",
        "{gene: [KRAS, NRAS], classes: [missense], residues: ['12', 61-63], without: [G12V]}",
        "{marker: HER2, ihc: [2+], ish: [negative]}",
    )
    assert (change.gene, change.changes, change.residues) == (("PIK3CA",), ("H1047R", "H1047L"), ())
    assert (stretch.gene, stretch.residues, stretch.without) == (("KRAS", "NRAS"), ((12, 12), (61, 63)), ("G12V",))
    assert (marker.marker, marker.ihc, marker.ish, marker.gene) == ("HER2", ("2+",), ("negative",), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{gene: PIK3CA, changes: [H1047R, H1047L]}", "PIK3CA: H1047R, H1047L"),
        ("{gene: ERBB2, classes: [inframe insertion], residues: 770-783}", "ERBB2: inframe insertion at 770-783"),
        ("{gene: ESR1, residues: [536-538], without: [Y537Y]}", "ESR1: any change at 536-538, but not Y537Y"),
        ("{gene: NRG1, fusion: any}", "NRG1: any fusion"),
        ("{gene: [TSC1, TSC2], copies: [deleted]}", "TSC1 or TSC2: deleted"),
        ("{marker: HER2, ihc: [2+], ish: [negative]}", "HER2: IHC 2+, ISH negative"),
    ],
)
def test_a_match_is_told_in_words(text: str, words: str) -> None:
    assert str(items(text)[0]) == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{gene: PTEN, classes: [truncated]}", "'truncated' is not a class (did you mean 'truncating'?)"),
        (
            "{gene: PTEN, copies: [homdel]}",
            "'homdel' is not a number of copies; use amplified, gained, lost or deleted",
        ),
        ("{gene: PTEN}", "says nothing of the gene"),
        ("{marker: HER2, copies: [amplified]}", "'copies' does not go with 'marker'"),
        ("{copies: [amplified]}", "either of which 'gene' it speaks or of which 'marker'"),
        ("{gene: PTEN, copies: [deleted], classes: [truncating]}", "has an item of its own"),
        ("{gene: PTEN, residues: 130-129}", "the end comes before the start"),
        ("{gene: PTEN, residues: exon 20}", "is not a residue number or a stretch of them"),
        ("{gene: PTEN, changes: [p.R130Q]}", "is not a protein change in one letter"),
        ("{gene: PTEN, change: [R130Q]}", "unknown key 'change' (did you mean 'changes'?)"),
    ],
)
def test_what_is_wrong_in_a_match_is_told_at_its_place(text: str, message: str) -> None:
    told = problem(text)
    assert message in told


def test_check_warns_of_genes_and_markers_that_data_would_not_name() -> None:
    text = HEAD + "      - {gene: HER2, copies: [amplified]}\n      - {marker: CerbB2x, status: [positive]}\n"
    own = read_file(text, "x.yaml").knowledge
    found = {finding.check: finding.message for finding in knowledge_findings(own, load().references, [load("erbb")])}
    assert "'HER2' is the symbol of no species" in found["unknown-gene"]
    assert "no species answers to 'CerbB2x'" in found["unknown-marker"]


def test_check_warns_of_a_status_without_its_date() -> None:
    text = "schema: 1\ndrugs:\n  x:\n    evidence: [article]\n    status: approved\n"
    own = read_file(text, "x.yaml").knowledge
    assert "no-date" in {finding.check for finding in knowledge_findings(own, load().references, [load("erbb")])}


def test_every_alteration_says_how_data_show_it_or_why_none_do() -> None:
    silent = [key for key, each in load().alterations.items() if not (each.match or each.match_note)]
    assert silent == []


def test_no_protein_change_stands_for_two_alterations() -> None:
    seen: dict[tuple[str, str], str] = {}
    for key, alteration in load().alterations.items():
        for match in alteration.match:
            for gene in match.gene:
                for change in match.changes:
                    assert seen.setdefault((gene, change), key) == key, (gene, change)


def test_a_protein_change_names_the_residue_and_both_amino_acids() -> None:
    form = re.compile(r"[A-Z]\d+([A-Z]|del|dup|(_[A-Z]\d+)(del|dup|ins[A-Z]+|delins[A-Z]+)|delins[A-Z]+)")
    for key, alteration in load().alterations.items():
        for match in alteration.match:
            assert all(form.fullmatch(change) for change in (*match.changes, *match.without)), key


def test_the_card_and_the_json_of_an_alteration_show_its_match(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["alteration", "PTEN_loss"]) == 0
    assert "PTEN: truncating" in capsys.readouterr().out
    assert run(["alteration", "PTEN_loss", "--json"]) == 0
    matches = json.loads(capsys.readouterr().out)["thing"]["match"]
    assert {"gene": ["PTEN"], "classes": ["truncating"]}.items() <= matches[0].items()


def test_a_change_is_found_by_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "H1047L"]) == 0
    assert "PIK3CA_H1047R" in capsys.readouterr().out
