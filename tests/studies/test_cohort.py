"""Cohorts: what a study says of each tumour, and the traps of real studies, in one that a script here makes."""

from __future__ import annotations

import importlib.util
import json
import re
from itertools import islice
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import her2cli
from her2cli.cli.cohort import _looked, _read
from her2cli.logic.network.sampling import Sampling
from her2cli.model import Match, Scenario
from her2cli.model.matching import holds
from her2cli.studies import cohort
from her2cli.studies.cohort import (
    Best,
    Group,
    Looked,
    Matcher,
    Tally,
    _of_alterations,
    _of_drugs,
    _untested,
    gene_names,
)
from her2cli.variants import Copies, Fusion, Marker, Variant, protein_change, variant

pytestmark = pytest.mark.usefixtures("quick_lanes")

STUDIES = Path(__file__).parents[3] / "shared" / "cohort"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("synthetic_study", Path(__file__).with_name("synthetic_study.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def erbb():
    return her2cli.load("erbb")


@pytest.fixture(scope="module", params=["\n", "\r", "\r\n"], ids=["LF", "CR in one file", "CRLF in one file"])
def read(request, erbb, tmp_path_factory):
    """The study with every trap, with three kinds of line ends in its clinical file; without `#` lines in one."""
    folder = tmp_path_factory.mktemp("study")
    _script().write(folder, line_end=request.param, comments=request.param != "\r\n")
    study, tally = _read(erbb, str(folder), germline=False)
    return study, tally


def found(read, name):
    study, tally = read
    return set(tally.matcher.names(tally.bits[study.number[name]]))


@pytest.mark.parametrize(
    ("tumour", "alterations"),
    [
        ("T01", {"PIK3CA_H1047R", "ESR1_on"}),  # a variant that stands twice counts once
        ("T02", {"PIK3CA_H1047R", "ESR1_on"}),  # three letters only
        ("T03", {"ERBB2_L755S"}),  # an old gene name, no p.
        ("T04", {"ERBB2_exon20ins"}),  # a duplication inside exon 20; ER is not available
        ("T05", {"ERBB2_low"}),  # silent rows, whatever their class says; a score of 1
        ("T06", set()),  # an intron
        ("T07", {"PTEN_loss"}),  # splice
        ("T08", {"PTEN_loss"}),  # frameshift
        ("T09", {"PTEN_loss"}),  # X is a stop
        ("T10", set()),  # of the germ line
        ("T11", set()),  # not called
        ("T12", set()),  # a change of PIK3CA that stands for nothing; one copy of PTEN; PTEN::PTEN is no fusion
        ("T13", {"PTEN_loss"}),  # -1.5 copies; a mutation of RB1 of which no more is said is no truncation
        ("T14", {"ERBB2_amp"}),
        ("T15", {"CCND1_amp", "NRG1_fusion"}),  # a gain of ERBB2 is no amplification
        ("T16", {"PTEN_loss"}),  # -2 copies
        ("T17", set()),
        ("T99", {"PIK3CA_E545K"}),
    ],
)
def test_a_tumour_has_the_alterations_that_its_rows_say(read, tumour, alterations):
    assert found(read, tumour) == alterations


def test_each_kind_of_row_that_says_nothing_is_counted_with_its_place(read):
    told = "\n".join(read[0].rows.told())
    for words in (
        "names no gene: 1 time",
        "names no tumour: 1 time",
        "germline, left out: 1 time",
        "not called, left out: 1 time",
        "more cells than the header",
        "has er_status twice",
        "that the study does not list, taken in: 1 time (at data_mutations.txt:22)",
        "ERBB2 stands twice with other copy numbers",
        "weird is no word for the status of ERBB2; write positive or negative: 1 time",
    ):
        assert words in told, told


def test_germline_variants_count_when_asked(erbb, tmp_path):
    _script().write(tmp_path)
    study, tally = _read(erbb, str(tmp_path), germline=True)
    assert "PTEN_loss" in tally.matcher.names(tally.bits[study.number["T10"]])


def test_not_tested_is_not_wild_type(read):
    study, tally = read
    missing = {
        name: set(tally.matcher.names(tally.matcher.untested(looked)))
        for name, looked in zip(study.number, _looked(study, tally.matcher, tally), strict=True)
    }
    assert "PIK3CA_H1047R" in missing["T06"]  # its panel has no PIK3CA
    assert "ERBB2_L755S" not in missing["T06"]  # but HER2, by its old name
    assert "PIK3CA_H1047R" in missing["T17"]  # not sequenced at all
    assert "PIK3CA_H1047R" not in missing["T05"]
    assert "ESR1_on" in missing["T04"]
    assert "ESR1_on" not in missing["T05"]
    assert "MUC4_high" in missing["T05"]  # nobody stained for it
    assert "ERBB2_amp" not in missing["T17"]  # copy number was measured


def test_several_samples_of_a_patient_are_tumours_of_one_patient(read):
    patients = read[0].patients
    assert patients["T01"] == patients["T02"] == "P1"


def test_variants_that_match_nothing_are_listed_and_others_counted(read):
    matcher: Matcher = read[1].matcher
    unmatched = {str(finding): count for finding, count in matcher.unmatched.items()}
    assert unmatched["PIK3CA T1025A"] == 1
    assert not any(name.startswith(("MLL2", "TTN")) for name in unmatched)
    assert matcher.elsewhere == 2  # MLL2 and TTN
    assert matcher.silent == 3


@pytest.mark.parametrize(
    ("text", "short", "kind", "residues"),
    [  # HGVS's own examples of each kind, and the spellings of studies
        ("p.H1047R", "H1047R", "missense", (1047, 1047)),
        ("p.His1047Arg", "H1047R", "missense", (1047, 1047)),
        ("NP_006209.2:p.(His1047Arg)", "H1047R", "missense", (1047, 1047)),
        ("h1047r", "H1047R", "missense", (1047, 1047)),
        ("R306X", "R306*", "nonsense", (306, 306)),
        ("p.Arg306Ter", "R306*", "nonsense", (306, 306)),
        ("p.X304_splice", "X304_splice", "splice", (304, 304)),
        ("p.A115=", "A115=", "silent", (115, 115)),
        ("p.A115A", "A115A", "silent", (115, 115)),
        ("p.E770_A771insGIRD", "E770_A771insGIRD", "inframe insertion", (770, 771)),
        ("p.Tyr772_Ala775dup", "Y772_A775dup", "inframe insertion", (772, 775)),
        ("p.L755_T759del", "L755_T759del", "inframe deletion", (755, 759)),
        ("p.L755_T759delinsFPP", "L755_T759delinsFPP", "inframe deletion", (755, 759)),
        ("p.L114delinsSV", "L114delinsSV", "inframe insertion", (114, 114)),
        ("p.P204Qfs*17", "P204Qfs*17", "frameshift", (204, 204)),
        ("p.Pro204GlnfsTer17", "P204Qfs*17", "frameshift", (204, 204)),
        ("p.M1?", "M1?", "start lost", (1, 1)),
        ("p.*130Qext*9", "*130Qext*9", "stop lost", (130, 130)),
        ("MUTATED", "", "", None),
        ("", "", "", None),
        ("p.?", "", "", None),
    ],
)
def test_a_protein_change_is_read_in_any_form(text, short, kind, residues):
    found = variant("G", text)
    assert protein_change(text) == short
    assert (found.change, found.kind) == (short, kind)
    if residues:
        assert found.residues is not None
        assert found.residues[0] == residues[0]
        assert found.residues[1] >= residues[1] - 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("L755_E757delinsAB", "inframe deletion"),
        ("L755_E757delinsABC", "missense"),
        ("L755_E757delinsABCD", "insertion"),
    ],
)
def test_a_deletion_with_insertion_is_what_its_length_makes_it(text, kind):
    """Three residues, both ends included, give way to two, three and four."""
    assert variant("G", text).kind.endswith(kind)


@pytest.mark.parametrize(
    ("change", "touches"),
    [
        ("A769del", False),
        ("A770del", True),
        ("A783del", True),
        ("A784del", False),
        ("A760_A770del", True),  # of which only the end lies in the stretch
        ("A783_A790del", True),
        ("A760_A790del", True),  # the stretch and more
        ("A760_A769del", False),
    ],
)
def test_a_change_counts_where_it_touches_a_stretch_with_any_of_its_residues(change, touches):
    """docs/match.md: "the change touches one of them"."""
    match = Match(gene=("G",), classes=("inframe deletion",), residues=((770, 783),))
    assert holds(match, variant("G", change)) is touches


def test_a_gene_answers_to_the_names_of_its_protein_and_not_to_those_of_a_dimer_or_fragment(erbb):
    names = gene_names(erbb, Matcher(erbb))
    assert {names[name] for name in ("her2", "erbb2", "neu")} == {"ERBB2"}
    others = ("p95", "p95her2", "her2 ecd", "her2_her2", "egfr:egfr")
    assert not names.keys() & set(others)
    assert all(erbb.find_species(each) for each in others)


def test_what_a_tumour_has_was_tested_though_no_list_says_so(erbb):
    """A variant of PTEN stands in the data, and PTEN in no panel: the tumour has the loss, and is not untested."""
    tally = Tally(matcher=Matcher(erbb))
    tally.take(0, variant("PTEN", "R130*"))
    found = cohort.cohort(
        erbb,
        Scenario(),
        tally,
        ["T"],
        [Looked()],
        drugs=["lapatinib"],
        sampling=Sampling(replicates=2, engine="python"),
    )
    (missing,) = (found.untested[place] for place in found.untested_of)
    assert found.groups[0].alterations == ("PTEN_loss",)
    assert "PIK3CA_H1047R" in missing
    assert "PTEN_loss" not in missing
    told = {each.alteration: (each.found, each.not_found, each.not_tested, each.alone) for each in found.alterations}
    assert told["PTEN_loss"] == (1, 0, 0, 1)
    assert told["PIK3CA_H1047R"] == (0, 0, 1, 0)


def test_the_class_of_the_maf_counts_where_the_change_says_less():
    assert variant("PTEN", "", "Frame_Shift_Del").kind == "frameshift"
    assert variant("PTEN", "p.A115=", "Missense_Mutation").kind == "silent"
    assert variant("PTEN", "p.K267=", "Splice_Site").kind == "splice"


def test_a_fusion_is_found_from_either_side_and_not_inside_one_gene(erbb):
    matcher = Matcher(erbb)
    assert "NRG1_fusion" in matcher.names(matcher.of(Fusion("CD74", "NRG1")))
    assert "NRG1_fusion" in matcher.names(matcher.of(Fusion("NRG1", "CD74")))
    assert "NRG1_fusion" not in matcher.names(matcher.of(Fusion("NRG1", "NRG1")))


def test_both_tests_of_a_marker_must_hold(erbb):
    """A score of 2+ is HER2-low where in-situ hybridisation is negative, amplified where it is positive."""
    matcher = Matcher(erbb)
    low = matcher.names(matcher.of(Marker("ERBB2", "", "2+", "negative")))
    high = matcher.names(matcher.of(Marker("ERBB2", "", "2+", "positive")))
    assert "ERBB2_low" in low
    assert "ERBB2_amp" not in low
    assert "ERBB2_amp" in high
    assert "ERBB2_low" not in high
    assert not matcher.of(Marker("ERBB2", "", "2+", ""))


@pytest.mark.parametrize("name", ["tumours.csv", "tumours.tsv", "tumours.xlsx"])
def test_a_plain_table_with_a_row_a_tumour_is_read(erbb, tmp_path, name):
    header = ["sample", "PIK3CA", "PTEN", "HER2_STATUS", "alterations"]
    rows = [
        ["A", "p.H1047R", "wt", "positive", ""],
        ["B", "", "deleted", "", "RAS_mut; AKT1 E17K"],
        ["C", "NA", "", "low", ""],
    ]
    path = tmp_path / name
    if name.endswith("xlsx"):
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl makes the spreadsheet")
        book = openpyxl.Workbook()
        for row in [header, *rows]:
            book.active.append(row)
        book.save(path)
    else:
        separator = "," if name.endswith("csv") else "\t"
        path.write_text("\n".join(separator.join(row) for row in [header, *rows]) + "\n")
    study, tally = _read(erbb, str(path), germline=False)
    got = {name: set(tally.matcher.names(tally.bits[place])) for name, place in study.number.items()}
    assert got == {
        "A": {"ERBB2_amp", "PIK3CA_H1047R"},
        "B": {"PTEN_loss", "RAS_mut", "AKT1_E17K"},
        "C": {"ERBB2_low"},
    }


def test_a_tumour_that_two_tests_give_two_amounts_of_one_thing_has_the_first_and_is_told(tmp_path):
    path = tmp_path / "tumours.csv"
    path.write_text("sample,HER2_STATUS,alterations\nA,low,ERBB2_amp\nB,low,\nC,positive,PTEN_loss\n")
    answer = her2cli.cohort(str(path), replicates=20, only=["lapatinib"])
    assert [row["alterations"] for row in answer.rows] == ["ERBB2_amp", "ERBB2_low", "ERBB2_amp PTEN_loss"]
    told = "ERBB2_amp and ERBB2_low are amounts of one thing, of which the first counts: 1 tumour."
    assert told in " ".join(answer.notes)


def test_a_plain_table_with_a_row_a_variant_is_read(erbb, tmp_path):
    path = tmp_path / "variants.csv"
    path.write_text("Tumour,Gene,Change,Copies\nA,PIK3CA,p.E545K,\nA,ERBB2,,amplified\nB,TTN,p.A1V,\n")
    study, tally = _read(erbb, str(path), germline=False)
    got = {name: set(tally.matcher.names(tally.bits[place])) for name, place in study.number.items()}
    assert got == {"A": {"PIK3CA_E545K", "ERBB2_amp"}, "B": set()}


def test_tumours_that_are_alike_are_run_once_and_have_the_scores_of_a_screen(tmp_path):
    """The best drug of a tumour is that of `screen drugs` for the same alterations, to the last digit."""
    path = tmp_path / "tumours.csv"
    path.write_text("sample,alterations\n" + "".join(f"T{number},PTEN_loss\n" for number in range(9)) + "N,\n")
    answer = her2cli.cohort(str(path), replicates=100, only=["capivasertib", "lapatinib"])
    assert len(answer.data["groups"]) == 2
    tumour = next(row for row in answer.rows if row["tumour"] == "T4")
    screen = her2cli.screen("drugs=capivasertib,lapatinib", alterations=["PTEN_loss"], replicates=100)
    best = next(row for row in screen.rows if row["rank"] == 1)
    assert (tumour["drug_1"], tumour["like_it"]) == (best["drug"], 9)
    assert tumour["score_1"] == pytest.approx(best["score"], abs=0.15)  # other random numbers, the same law


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "missing", "no such file or folder"),
        (lambda folder: folder, "is no study of cBioPortal"),
        (lambda folder: _written(folder / "a.csv", "x,y\n1,2\n"), "no column names the tumours"),
        (
            lambda folder: _written(folder / "a.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n17\t1\n"),
            "not read; bring a MAF",
        ),
        (lambda folder: _written(folder / "a.txt", "#CHROM\tPOS\n17\t1\n"), "not read; bring a MAF"),
        (lambda folder: _written(folder / "a.csv", "sample,y\n1,2\n"), "no column tells of the tumours"),
        (lambda folder: _written(folder / "a.csv", "sample,gene\n1,PTEN\n"), "no column says what changed"),
        (lambda folder: _written(folder / "a.csv", "sample,PTEN_loss\n1,1\n"), "a column alterations takes such names"),
        (lambda folder: _written(folder / "a.csv", "\x7fELF\0\0\n\0"), "is no text; a table is CSV, TSV or Excel."),
        (lambda folder: _written(folder / "a.csv", ""), "has no header"),
    ],
)
def test_what_is_no_study_is_told_in_one_line(tmp_path, capsys, make, words):
    from her2cli.cli.app import run

    assert run(["cohort", str(make(tmp_path))]) == 2
    out = capsys.readouterr()
    assert words in out.err
    assert not out.out
    assert out.err.count("\n") == 1


def _written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_a_column_that_is_called_after_an_alteration_is_told_and_others_are_not(erbb, tmp_path):
    table = _written(tmp_path / "a.csv", "sample,patient,PTEN,ER_status,PTEN_loss,alterations\n1,2,,positive,1,\n")
    study, _ = _read(erbb, str(table), germline=False)
    assert [line for line in study.rows.told() if "column" in line] == [
        f"the column PTEN_loss is not read; a column alterations takes the names of alterations: 1 time "
        f"(at {table}, column 5)"
    ]


def test_a_tumour_that_is_not_there_is_told_with_what_lists_all(tmp_path, capsys):
    table = _written(tmp_path / "a.csv", "sample,PTEN\nT1,R130*\n")
    from her2cli.cli.app import run

    assert run(["cohort", str(table), "-t", "X9"]) == 2
    assert capsys.readouterr().err == "her2: No tumour 'X9'. The same line with --csv instead of --tumour lists all.\n"


def test_a_million_bad_rows_are_one_line_each_kind(erbb, tmp_path):
    """A hundred thousand here: their number changes neither the lines nor the memory."""
    path = tmp_path / "variants.tsv"
    path.write_text("sample\tgene\tchange\nA\tPTEN\tp.R130*\n" + "\tPTEN\tp.R130*\n" * 100_000)
    study, _ = _read(erbb, str(path), germline=False)
    (line,) = study.rows.told()
    assert line.startswith("a row names no tumour: 100,000 times (first at ")
    assert all(f"variants.tsv:{number}" in line for number in (3, 4, 5))


@pytest.mark.skipif(not STUDIES.is_dir(), reason="../shared/cohort is not here")
def test_metabric_has_its_tumours_and_its_changed_receptors(erbb):
    """2,509 tumours; ERBB2 has 92 rows, but 71 tumours with a variant that changes the protein."""
    study, tally = _read(erbb, str(STUDIES / "brca_metabric"), germline=False)
    assert len(study.number) == 2509
    assert sum(tally.changed["ERBB2"]) == 71


def test_what_is_written_is_joined_back_to_every_tumour(tmp_path, capsys):
    from her2cli.cli.app import run

    _script().write(tmp_path / "study")
    target = tmp_path / "out.csv"
    assert run(["cohort", str(tmp_path / "study"), "--only", "lapatinib", "--replicates", "20", "-o", str(target)]) == 0
    lines = target.read_text().splitlines()
    assert len(lines) == 1 + 18  # the seventeen of the clinical file, and T99
    assert lines[1].startswith("T01,P1,")
    capsys.readouterr()
    assert run(["cohort", str(tmp_path / "study"), "--only", "lapatinib", "--replicates", "20", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert sum(group["tumours"] for group in data["groups"]) == 18
    assert all(row["found"] + row["not_found"] + row["not_tested"] == 18 for row in data["alterations"])


def test_copies_of_other_words_are_none(erbb):
    assert not Matcher(erbb).of(Copies("ERBB2", "gained"))


def test_a_finding_shows_what_any_match_of_any_alteration_says_of_it(erbb):
    """Each match is asked, one by one, of findings of every gene and marker that any of them names."""
    matcher, shown = Matcher(erbb), set()
    matches = [match for each in matcher.matches.values() for match in each]
    changes = {"R130*", "H1047R", "G12D", *(change for match in matches for change in match.changes)}
    words = {"amplified", "deleted", "lost", *(word for match in matches for word in match.copies)}
    findings = [Marker(match.marker, status) for match in matches for status in match.status]
    for gene in sorted(matcher.genes):
        findings += [
            *(variant(gene, each) for each in sorted(changes)),
            *(Copies(gene, each) for each in sorted(words)),
        ]
        findings += [Fusion(gene, "ELSE"), Fusion("ELSE", gene)]
    for finding in findings:
        found = {name for name, each in matcher.matches.items() if any(holds(match, finding) for match in each)}
        assert set(matcher.names(matcher.of(finding))) == found, finding
        shown |= found
    assert len(shown) > 30
    assert max(len(match.gene) for match in matches) > 1


def test_words_of_the_field_for_her2_are_read_and_a_gene_alone_is_told(erbb, tmp_path):
    path = tmp_path / "tumours.csv"
    path.write_text("sample,alterations\nA,HER2+\nB,HER2-positive\nC,ERBB2 amplified\nD,PIK3CA\n")
    study, tally = _read(erbb, str(path), germline=False)
    assert [tally.matcher.names(bits) for bits in tally.bits] == [("ERBB2_amp",)] * 3 + [()]
    (line,) = study.rows.told()
    assert line.startswith("PIK3CA names a gene and no change of it: 1 time")
    assert line.endswith("tumours.csv:5)")


def test_an_alteration_can_be_given_to_every_tumour_and_is_offered_where_nothing_could_show_it(tmp_path, capsys):
    path = tmp_path / "variants.tsv"
    path.write_text("sample\tgene\tchange\nA\tPIK3CA\tp.H1047R\nB\tTTN\tp.A1V\n")
    plain = her2cli.cohort(str(path), replicates=20, only=["lapatinib"])
    assert any("-a ERBB2_amp gives it to every tumour" in note for note in plain.notes)
    given = her2cli.cohort(str(path), replicates=20, only=["lapatinib"], alterations=["ERBB2_amp"])
    assert [row["alterations"] for row in given.rows] == ["ERBB2_amp PIK3CA_H1047R", "ERBB2_amp"]


def test_a_study_of_old_names_is_read_and_tumours_that_are_named_in_passing_count(erbb, tmp_path):
    """First lines of versions and samples, case lists, the panel matrix, long copy numbers, other names of columns."""
    study, tally = _read(erbb, str(_script().write_old(tmp_path)), germline=False)
    has = {name: set(tally.matcher.names(tally.bits[place])) for name, place in study.number.items()}
    assert has["A1"] == {"PIK3CA_H1047R", "PTEN_loss"}  # Amino_Acid_Change; -1.5 copies
    assert has["A2"] == {"ERBB2_exon20ins"}
    assert has["A4"] == {"ERBB2_amp"}  # under HER2; of two copy numbers the first counts
    assert has["A5"] == set()  # NA copies
    assert set(has) >= {"A1", "A2", "A4", "A5"}
    told = "\n".join(study.rows.told())
    assert "ERBB2 has two copy numbers in one tumour; the first counts: 1 time" in told
    looked = dict(zip(study.number, _looked(study, tally.matcher, tally), strict=True))
    missing = set(tally.matcher.names(tally.matcher.untested(looked["A4"])))
    assert "PIK3CA_H1047R" not in missing  # sequenced, as the case list says, without a panel of its own
    assert "AKT1_E17K" in set(tally.matcher.names(tally.matcher.untested(looked["A5"])))  # its panel has no AKT1


def test_tumours_of_the_first_line_count_where_no_list_of_tumours_is(erbb, tmp_path):
    _script().write_old(tmp_path)
    for each in ("case_lists/cases_sequenced.txt", "data_gene_matrix.txt", "data_gene_panel_wide.txt"):
        (tmp_path / each).unlink()
    study, tally = _read(erbb, str(tmp_path), germline=False)
    assert set(study.number) == {"A1", "A2", "A3", "A4", "A5"}
    assert tally.matcher.names(tally.bits[study.number["A3"]]) == ()


def test_a_variant_that_changes_no_protein_is_no_change_of_its_gene(erbb):
    tally = Tally(matcher=Matcher(erbb))
    for place, kind in enumerate(("silent", "missense")):
        tally.take(place, Variant("PIK3CA", kind=kind))
    assert {gene: list(places) for gene, places in tally.changed.items()} == {"PIK3CA": [0, 1]}


def test_lines_before_the_head_of_a_table_say_nothing_of_how_its_columns_are_parted(erbb, tmp_path):
    path = tmp_path / "variants.csv"
    path.write_text("\n# made\tby\thand\tof\tthree\nTumour,Gene,Change\nA,PIK3CA,p.E545K\n")
    study, tally = _read(erbb, str(path), germline=False)
    assert {name: tally.matcher.names(tally.bits[at]) for name, at in study.number.items()} == {"A": ("PIK3CA_E545K",)}


def test_a_fusion_of_old_columns_has_its_gene_and_the_other_one_of_its_name(erbb, tmp_path):
    (tmp_path / "data_clinical_sample.txt").write_text("SAMPLE_ID\nA\nB\n")
    head = "Hugo_Symbol\tTumor_Sample_Barcode\tFusion\n"
    (tmp_path / "data_fusions.txt").write_text(f"{head}NRG1\tA\tCD74-NRG1 fusion\nERBB2\tB\tERBB2-intragenic\n")
    study, tally = _read(erbb, str(tmp_path), germline=False)
    found = {name: tally.matcher.names(tally.bits[at]) for name, at in study.number.items()}
    assert found == {"A": ("NRG1_fusion",), "B": ()}


def test_the_columns_hold_the_readouts_and_the_three_best_drugs():
    header = cohort.Cohort.header.fget(SimpleNamespace(screen=SimpleNamespace(readouts=("P", "D"))))
    assert header[5:] == (
        *("P_untreated", "D_untreated"),
        *("drug_1", "score_1", "drug_2", "score_2", "drug_3", "score_3"),
        *("tied_with_best", "doubts"),
    )


OWN = """\
schema: 1
name: own
species:
  A: {}
  P: {kind: phenotype}
edges:
  - {source: A, target: P, effect: activates}
"""


def test_a_cohort_is_ranked_on_a_pathway_of_ones_own(tmp_path, monkeypatch):
    """It has none of the species that stains of the library's alterations are of, and data of its own gene."""
    (tmp_path / "own.yaml").write_text(
        OWN
        + "alterations:\n  A_mut: {name: A_mut, kind: mutation, match: [{gene: A1, changes: [R10C]}], "
        + "edges: [{target: A, effect: activates}]}\n"
        + "drugs:\n  blocker: {name: blocker, kind: inhibitor, edges: [{target: A, effect: inhibits}]}\n"
    )
    (tmp_path / "tumours.tsv").write_text("sample\tA1\tHER2_STATUS\nT1\tR10C\tPositive\nT2\t\t\n")
    found = her2cli.cohort(str(tmp_path / "tumours.tsv"), pathway=str(tmp_path / "own.yaml"), replicates=20)
    assert [(row["alterations"], row["drug_1"], row["P_untreated"]) for row in found.rows] == [
        ("A_mut", "blocker", 1.0),
        ("", "blocker", 0.0),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN, "own has no drugs to screen. Add some under drugs: in its file, or begin one with her2 new FILE --drug"),
        (
            OWN + "drugs:\n  blocker: {name: blocker, kind: inhibitor, edges: [{target: A, effect: inhibits}]}\n",
            "no alteration that data show acts in own, so its tumours are all alike; her2 new FILE --alteration NAME",
        ),
    ],
)
def test_what_a_pathway_of_ones_own_wants_for_a_cohort_is_said_in_one_line(tmp_path, capsys, text, said):
    from her2cli.cli.app import run

    (tmp_path / "own.yaml").write_text(text)
    (tmp_path / "tumours.tsv").write_text("sample\talterations\nT1\tERBB2_amp\nT2\t\n")
    run(["cohort", str(tmp_path / "tumours.tsv"), "-p", str(tmp_path / "own.yaml"), "--replicates", "20"])
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "own" in line]
    assert said in line


def _missed(study, tally):
    looked = zip(study.number, _looked(study, tally.matcher, tally), strict=True)
    return {name: set(tally.matcher.names(tally.matcher.untested(each))) for name, each in looked}


def _kept(erbb, folder, **files):
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return _read(erbb, str(folder), germline=False)


@pytest.mark.parametrize("call", ["NA", "", "x"])
@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_copy_number_without_a_call_is_not_tested(erbb, tmp_path, call, shape):
    text = {
        "wide": f"Hugo_Symbol\tA\tB\tC\nERBB2\t{call}\t0\t2\nPTEN\t-2\t0\t0\n",
        "long": f"Hugo_Symbol\tSample_Id\tValue\nERBB2\tA\t{call}\nERBB2\tB\t0\nHER2\tC\t2\nPTEN\tA\t-2\n",
    }
    study, tally = _kept(erbb, tmp_path, data_cna=text[shape])
    missed = _missed(study, tally)
    assert [name for name in study.number if "ERBB2_amp" in missed[name]] == ["A"]
    assert [tally.matcher.names(tally.bits[study.number[name]]) for name in "ABC"] == [
        ("PTEN_loss",),
        (),
        ("ERBB2_amp",),
    ]


def test_a_long_call_that_stands_beside_an_empty_one_is_a_call(erbb, tmp_path):
    text = "Hugo_Symbol\tSample_Id\tValue\nERBB2\tA\tNA\nERBB2\tA\t2\nERBB2\tB\t2\nERBB2\tB\tNA\n"
    study, tally = _kept(erbb, tmp_path, data_cna=text)
    assert not any("ERBB2_amp" in each for each in _missed(study, tally).values())
    assert [tally.matcher.names(bits) for bits in tally.bits] == [("ERBB2_amp",)] * 2


def test_a_cell_of_a_plain_table_that_says_not_tested_is_not_wild_type(erbb, tmp_path):
    path = tmp_path / "tumours.csv"
    path.write_text(
        "tumour,PIK3CA,ERBB2\nA,H1047R,NA\nB,not tested,amplified\nC,wt,\nD,NA,gain\nD,wt,NA\nE,NA,NA\n",
    )
    study, tally = _read(erbb, str(path), germline=False)
    missed = _missed(study, tally)
    assert [name for name in study.number if "PIK3CA_H1047R" in missed[name]] == ["B", "E"]
    assert [name for name in study.number if "ERBB2_L755S" in missed[name]] == ["A", "C", "E"]
    assert "ERBB2_amp" in missed["E"]
    assert "ERBB2_amp" not in missed["B"]
    assert "ERBB2_amp" not in missed["D"]


def test_a_cell_may_name_several_alterations_with_blanks_as_her2_writes_them(erbb, tmp_path):
    path = tmp_path / "mine.csv"  # the example of docs/cohort.md
    path.write_text("tumour,alterations\nA,ERBB2_amp PIK3CA_H1047R\nB,ERBB2_L755S\nC,PIK3CA p.E545K\nD,ERBB2_amp foo\n")
    study, tally = _read(erbb, str(path), germline=False)
    got = [set(tally.matcher.names(tally.bits[place])) for place in study.number.values()]
    assert got == [{"ERBB2_amp", "PIK3CA_H1047R"}, {"ERBB2_L755S"}, {"PIK3CA_E545K"}, {"ERBB2_amp"}]
    (line,) = study.rows.told()
    assert line.startswith("foo is no alteration")
    written = tmp_path / "written.csv"
    her2cli.ask("cohort", str(path), only=["lapatinib"], replicates=5, output=str(written))
    again, tallied = _read(erbb, str(written), germline=False)
    assert [set(tallied.matcher.names(tallied.bits[place])) for place in again.number.values()] == got


@pytest.mark.parametrize(
    ("cell", "alterations", "unmatched"),
    [
        ("ERBB2_amp foo", {"ERBB2_amp"}, ["foo"]),
        ("foo bar ERBB2_amp", {"ERBB2_amp"}, ["foo bar"]),
        ("PIK3CA H1047R foo ERBB2_amp", {"PIK3CA_H1047R", "ERBB2_amp"}, ["foo"]),
        ("PTEN deep deletion foo", {"PTEN_loss"}, ["foo"]),
        ("PTEN wt ERBB2_amp", {"ERBB2_amp"}, []),
        ("foo", set(), ["foo"]),
        ("ERBB2_amp & PIK3CA_H1047R and PTEN loss", {"ERBB2_amp", "PIK3CA_H1047R", "PTEN_loss"}, []),
        ("no ERBB2_amp", set(), ["no ERBB2_amp"]),
        ("ERBB2_amp lost", set(), ["ERBB2_amp lost"]),
        ("ERBB2_amp CDKN2A loss", {"ERBB2_amp"}, ["CDKN2A loss"]),
        ("TP53 wt ERBB2_amp", {"ERBB2_amp"}, ["TP53 wt"]),
        pytest.param(" ".join(["foo"] * 20_000), set(), ["foo " * 9 + "foo…"], id="a long cell"),
        ("PIK3CA E17K", set(), ["PIK3CA E17K"]),  # not AKT1's
        ("PIK3CA exon 3 E17K", set(), ["PIK3CA E17K"]),
        ("ERBB2 some change ERBB2_L755S", {"ERBB2_L755S"}, ["ERBB2 some change"]),
    ],
)
def test_what_a_cell_says_beside_unknown_words_counts_and_these_are_listed(
    erbb, tmp_path, cell, alterations, unmatched
):
    path = tmp_path / "mine.csv"
    path.write_text(f"tumour,alterations\nA,{cell}\n")
    _, tally = _read(erbb, str(path), germline=False)
    assert set(tally.matcher.names(tally.bits[0])) == alterations
    assert [str(finding) for finding in tally.matcher.unmatched] == unmatched


@pytest.mark.parametrize("header", ["ESR1", "ER", "ER_STATUS"])
@pytest.mark.parametrize("value", ["90%", "1-9 %", "<1%", "95"])
def test_a_share_of_stained_cells_is_told_what_to_write(erbb, tmp_path, header, value):
    path = tmp_path / "mine.csv"
    path.write_text(f"tumour,{header}\nA,{value}\nB,positive\nC,negative\n")
    study, tally = _read(erbb, str(path), germline=False)
    (line,) = study.rows.told()
    assert line.startswith(f"{value} is no word for the status of ESR1; write positive or negative: 1 time (at")
    assert [tally.matcher.names(bits) for bits in tally.bits] == [(), ("ESR1_on",), ()]
    assert not tally.matcher.unmatched


@pytest.mark.parametrize("cell", ["0", "1+", "2+", "3+", "3+ (95%)", "positive (3+)"])
@pytest.mark.parametrize("column", ["HER2", "ERBB2"])
def test_a_score_with_its_plus_is_one_in_the_column_of_a_gene_too(erbb, tmp_path, column, cell):
    if "+" in cell:
        named = _says(erbb, tmp_path, f"tumour,{column}_IHC\nA,{cell}\n")
        assert _says(erbb, tmp_path, f"tumour,{column}\nA,{cell}\n") == named
    else:
        assert not _says(erbb, tmp_path, f"tumour,{column}\nA,{cell}\n")[0]


def test_wild_type_and_the_words_of_stains_are_no_mutations_in_a_table_of_variants(erbb, tmp_path):
    path = tmp_path / "variants.csv"
    path.write_text(
        "tumour,gene,change\nA,ERBB2,wild type\nB,ERBB2,wt\nC,PTEN,homozygous deletion\n"
        "D,ER,positive\nE,ERBB2,mutated\n"
    )
    study, tally = _read(erbb, str(path), germline=False)
    found = [tally.matcher.names(tally.bits[place]) for place in study.number.values()]
    assert found == [(), (), ("PTEN_loss",), ("ESR1_on",), ()]
    assert {str(finding): count for finding, count in tally.matcher.unmatched.items()} == {"ERBB2 mutated": 1}
    assert {gene: list(places) for gene, places in tally.changed.items()} == {"ERBB2": [0, 0, 0, 0, 1]}


def test_a_tumour_of_the_first_line_that_the_study_does_not_list_is_told(erbb, tmp_path):
    head = "Hugo_Symbol\tTumor_Sample_Barcode\tVariant_Classification\tHGVSp_Short\n"
    row = "ERBB2\t{}\tMissense_Mutation\tp.L755S\n"
    study, _ = _kept(
        erbb,
        tmp_path,
        data_mutations=f"#Sequenced_Samples: A B C D E\n{head}{row.format('A')}{row.format('E')}",
        data_mutations_extended=f"#Sequenced_Samples: A B C D\n{head}{row.format('A')}",
        data_clinical_sample="PATIENT_ID\tSAMPLE_ID\nP\tA\nP\tB\n",
    )
    assert list(study.number) == ["A", "B", "E"]
    told = study.rows.told()
    assert any("a tumour of data_mutations.txt that the study does not list, taken in: 1 time" in line for line in told)
    assert any("does not list and that has no row, left out: " in line and "C, D" in line for line in told)


LISTED = "PATIENT_ID\tSAMPLE_ID\nP\tA\n"
OF_B = {  # what each kind of file says of a tumour B, which has the alteration or none
    "data_mutations": ("Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\nERBB2\tB\t{}\n", "p.L755S", "p.A115="),
    "data_cna": ("Hugo_Symbol\tA\tB\nERBB2\t0\t{}\n", "2", "0"),
    "data_cna_long": ("Hugo_Symbol\tSample_Id\tValue\nERBB2\tB\t{}\n", "2", "0"),
    "data_sv": ("Sample_Id\tSite1_Hugo_Symbol\tSite2_Hugo_Symbol\nB\t{}\tNRG1\n", "CD74", "NRG1"),
}


@pytest.mark.parametrize("altered", [True, False])
@pytest.mark.parametrize("file", OF_B)
def test_a_tumour_that_the_study_does_not_list_is_counted_and_told_whatever_file_has_it(erbb, tmp_path, file, altered):
    """As if the list had it: the answer is that of the study that lists it, but for the note."""
    text, *calls = OF_B[file]
    said = {file: text.format(calls[0 if altered else 1])}
    study, tally = _kept(erbb, tmp_path, data_clinical_sample=LISTED, **said)
    assert list(study.number) == ["A", "B"]
    (line,) = study.rows.told()
    assert line.startswith(f"a tumour of {file}.txt that the study does not list, taken in: 1 time (at {file}.txt")
    again, tallied = _kept(erbb, tmp_path, data_clinical_sample=f"{LISTED}P\tB\n", **said)
    assert not list(again.rows.told())
    assert list(map(tally.matcher.names, tally.bits)) == list(map(tallied.matcher.names, tallied.bits))
    assert bool(tally.bits[1]) == altered
    assert _missed(study, tally) == _missed(again, tallied)


def _says(erbb, folder, table, name="A"):
    """Of a table with a row a tumour: what *name* has, what it was not tested for, and what is told."""
    path = folder / "reports.csv"
    path.write_text(table)
    study, tally = _read(erbb, str(path), germline=False)
    place = study.number[name]
    has = set(tally.matcher.names(tally.bits[place]))
    (missed,) = islice(_untested(erbb, tally, _looked(study, tally.matcher, tally)), place, place + 1)
    return has, set(tally.matcher.names(missed)), list(study.rows.told())


FOUND, DENIED, OPEN = "found", "not found", "not tested"


@pytest.mark.parametrize(
    ("ihc", "ish", "amplified", "low"),
    [  # Wolff2007: 3+, or in-situ hybridisation, is positive, 2+ equivocal; 1+ and 0 negative. Low: HER2ultralow2025
        ("3+", "", FOUND, DENIED),
        ("3", "", FOUND, DENIED),
        ("2+", "", OPEN, OPEN),
        ("2", "equivocal", OPEN, OPEN),
        ("2+", "amplified", FOUND, DENIED),
        ("2", "positive", FOUND, DENIED),
        ("2+", "not amplified", DENIED, FOUND),
        ("2+", "negative", DENIED, FOUND),
        ("1+", "", DENIED, FOUND),
        ("1", "negative", DENIED, FOUND),
        ("0", "", DENIED, DENIED),
        ("", "amplified", FOUND, DENIED),
        ("", "not amplified", DENIED, OPEN),
        ("", "equivocal", OPEN, OPEN),
        ("NA", "", OPEN, OPEN),
    ],
)
@pytest.mark.parametrize("header", ["HER2 IHC,HER2 FISH", "IHC_HER2,HER2_ISH_STATUS", "ERBB2_IHC_SCORE,ERBB2 CISH"])
def test_scores_of_her2_mean_what_the_guideline_says(erbb, tmp_path, header, ihc, ish, amplified, low):
    has, missed, told = _says(erbb, tmp_path, f"tumour,{header}\nA,{ihc},{ish}\n")
    for name, expected in (("ERBB2_amp", amplified), ("ERBB2_low", low)):
        assert (FOUND if name in has else OPEN if name in missed else DENIED) == expected, name
    decides_nothing = amplified == OPEN and ihc != "NA"
    assert [line.partition(" leaves open ERBB2_amp, ERBB2_low")[1:] for line in told] == [
        (" leaves open ERBB2_amp, ERBB2_low", " and ERBB2_ultralow: 1 time (at A)")
    ] * decides_nothing


@pytest.mark.parametrize(
    ("status", "amplified", "low"),
    [
        ("positive", FOUND, DENIED),
        ("negative", DENIED, OPEN),  # HER2-low is among them
        ("low", DENIED, FOUND),
        ("ultralow", DENIED, DENIED),
        ("equivocal", OPEN, OPEN),
        ("indeterminate", OPEN, OPEN),
    ],
)
def test_a_verdict_decides_what_it_speaks_of_and_no_more(erbb, tmp_path, status, amplified, low):
    clinical = f"SAMPLE_ID\tHER2_STATUS\nA\t{status}\n"
    study, tally = _kept(erbb, tmp_path, data_clinical_sample=clinical)
    for has, missed in (
        _says(erbb, tmp_path, f"tumour,HER2_STATUS\nA,{status}\n")[:2],
        (set(tally.matcher.names(tally.bits[0])), _missed(study, tally)["A"]),
    ):
        for name, expected in (("ERBB2_amp", amplified), ("ERBB2_low", low)):
            told = FOUND if name in has else OPEN if name in missed else DENIED
            assert told == expected or (has and expected == DENIED), name  # one amount excludes the others


def test_what_a_report_leaves_open_is_listed_as_what_matches_nothing(erbb, tmp_path):
    (tmp_path / "a.csv").write_text("tumour,HER2_IHC,ER_IHC\nA,2+,3+\nB,1+,\n")
    _, tally = _read(erbb, str(tmp_path / "a.csv"), germline=False)
    assert sorted(map(str, tally.matcher.unmatched)) == ["ERBB2 IHC 2+", "ESR1 IHC 3+"]


@pytest.mark.parametrize("number", ["0", "1", "2", "3", "-1", "-2", "2.0"])
@pytest.mark.parametrize("column", ["HER2", "ER", "p27", "HER3"])
def test_a_number_where_a_score_and_copies_are_both_possible_is_told_and_shows_nothing(erbb, tmp_path, column, number):
    has, missed, told = _says(erbb, tmp_path, f"tumour,{column}\nA,{number}\n")
    nothing, all_missed, quiet = _says(erbb, tmp_path, f"tumour,{column}\nA,NA\n")
    assert (has, missed) == (nothing, all_missed) == (set(), all_missed)
    assert not quiet
    (line,) = told
    assert line.startswith(f"a number in the column {column} may be a score or copies, and is not read; call it")
    gene = gene_names(erbb, Matcher(erbb))[column.casefold()]
    assert f"{column}_IHC for scores (0 to 3), {gene} for copies (-2 to 2)" in line


@pytest.mark.parametrize("number", ["0", "1", "2", "3"])
@pytest.mark.parametrize("column", ["HER2_STATUS", "ER_STATUS", "PTEN status", "HER2_FISH", "survivin"])
def test_a_number_for_a_verdict_is_told_and_shows_nothing(erbb, tmp_path, column, number):
    has, missed, (line,) = _says(erbb, tmp_path, f"tumour,{column}\nA,{number}\n")
    assert not has
    assert missed == _says(erbb, tmp_path, f"tumour,{column}\nA,NA\n")[1]
    assert line.startswith(f"{number} is no word for the status of ")


@pytest.mark.parametrize("marker", ["PTEN", "p27", "RB1"])
def test_a_score_of_0_says_of_a_protein_that_is_lost_what_absent_says_and_other_scores_do_not(erbb, tmp_path, marker):
    absent = _says(erbb, tmp_path, f"tumour,{marker} status\nA,absent\n")
    assert absent[0]
    assert _says(erbb, tmp_path, f"tumour,{marker} IHC\nA,0\n") == absent
    for score in ("1+", "2", "3+"):
        has, missed, told = _says(erbb, tmp_path, f"tumour,{marker} IHC\nA,{score}\n")
        assert not has | set(told)
        assert not missed & absent[0]


@pytest.mark.parametrize("column", ["ER %", "HER2_IHC_PERCENT", "PTEN H-score", "survivin allred"])
def test_a_column_of_a_marker_that_is_not_read_is_told_and_changes_nothing(erbb, tmp_path, column):
    without = _says(erbb, tmp_path, "tumour,HER2 IHC,age\nA,1+,50\n")
    has, missed, (line,) = _says(erbb, tmp_path, f"tumour,HER2 IHC,age,{column}\nA,1+,50,1\n")
    assert (has, missed, []) == without
    assert line.startswith(f"columns that name a gene or a marker and are not read ({column}): 1 time")


@pytest.mark.parametrize("cell", ["positive", "negative", "equivocal", "low", "3+", "2+"])
def test_a_cell_that_says_how_a_protein_stains_says_nothing_of_mutations_of_its_gene(erbb, tmp_path, cell):
    mutations = {
        name for name, each in erbb.alterations.items() if any("ERBB2" in m.gene and m.changes for m in each.match)
    }
    assert len(mutations) > 3
    assert mutations <= _says(erbb, tmp_path, f"tumour,HER2,PIK3CA\nA,{cell},wt\n")[1]
    for read in ("wt", "L755S"):
        assert not mutations & _says(erbb, tmp_path, f"tumour,HER2,PIK3CA\nA,{read},wt\n")[1]
    both = f"tumour,HER2,PIK3CA\nA,{cell},wt\nA,wt,wt\n"  # the other row says it
    assert not mutations & _says(erbb, tmp_path, both)[1]


@pytest.mark.parametrize("word", ["positive", "high", "absent"])
def test_a_column_that_is_called_as_a_marker_is_read_as_its_status_by_any_name_of_the_marker(erbb, tmp_path, word):
    names = {
        name
        for marker in Matcher(erbb).markers
        for name in (marker, *(erbb.species[marker].aliases if marker in erbb.species else ()))
        if re.fullmatch(r"[A-Za-z0-9 -]+", name)
    }
    assert {"cyclin E1", "survivin", "p27"} <= names
    for name in sorted(names):
        has, _, _ = _says(erbb, tmp_path, f"tumour,{name},alterations\nA,{word},\n")
        assert has == _says(erbb, tmp_path, f"tumour,{name} status,alterations\nA,{word},\n")[0], name


def test_two_columns_of_one_test_that_differ_are_told_and_the_first_counts(erbb, tmp_path):
    has, _, (line,) = _says(erbb, tmp_path, "tumour,HER2_IHC,HER2_IHC_SCORE\nA,3+,0\nB,1,1+\n")
    assert has == {"ERBB2_amp"}
    assert line.startswith("two columns say different things of ERBB2; the first counts: 1 time")


CONTRADICTED = [  # what a report denies and copies show, and what they agree on
    ("HER2_STATUS", "Negative", "ERBB2", "2", "ERBB2_amp"),
    ("HER2_IHC_SCORE", "0", "ERBB2", "2", "ERBB2_amp"),
    ("HER2_FISH_STATUS", "Not amplified", "ERBB2", "Amp", "ERBB2_amp"),
    ("PTEN_STATUS", "Positive", "PTEN", "-2", "PTEN_loss"),
    ("RB1_IHC", "3+", "RB1", "-2", "RB1_loss"),
]


@pytest.mark.parametrize(("column", "report", "gene", "copies", "alteration"), CONTRADICTED)
def test_sources_that_contradict_one_another_are_told_with_the_tumour(
    erbb, tmp_path, column, report, gene, copies, alteration
):
    clinical = f"SAMPLE_ID\t{column}\nA\t{report}\nB\t\nC\t{report}\n"
    cna = f"Hugo_Symbol\tA\tB\tC\n{gene}\t{copies}\t{copies}\t0\n"
    study, tally = _kept(erbb, tmp_path, data_clinical_sample=clinical, data_cna=cna)
    assert list(study.rows.told()) == [
        f"one finding shows {alteration} and another denies it; it counts: 1 time (at A)"
    ]
    assert [alteration in tally.matcher.names(bits) for bits in tally.bits] == [True, True, False]


def test_a_report_that_contradicts_itself_is_told(erbb, tmp_path):
    has, _, (line,) = _says(erbb, tmp_path, "tumour,HER2_STATUS,HER2_IHC\nA,negative,3+\nB,negative,1+\n")
    assert has == {"ERBB2_amp"}
    assert line == "one finding shows ERBB2_amp and another denies it; it counts: 1 time (at A)"


@pytest.mark.parametrize(
    ("reports", "variants", "kept"),
    [
        ("1+", "", {"ERBB2_low"}),
        ("3+", "", {"ERBB2_amp"}),
        ("", "ERBB2\tA\tp.L755S\n", {"ERBB2_L755S"}),
        ("0", "", {"ERBB2_loss"}),
        ("", "", {"ERBB2_loss"}),
    ],
)
def test_a_gene_that_is_stained_or_mutated_is_not_deleted_and_that_is_told(erbb, tmp_path, reports, variants, kept):
    """`simulate` takes the two together: named outright they say that a tumour had the one and lost it."""
    files = {
        "data_clinical_sample": f"SAMPLE_ID\tIHC_HER2\nA\t{reports}\n",
        "data_cna": "Hugo_Symbol\tA\nERBB2\t-2\n",
        "data_mutations": f"Hugo_Symbol\tTumor_Sample_Barcode\tHGVSp_Short\n{variants}",
    }
    study, tally = _kept(erbb, tmp_path, **files)
    assert set(tally.matcher.names(tally.bits[0])) == kept
    told = [f"ERBB2_loss and {name} exclude each other; the loss is left out: 1 time (at A)" for name in kept]
    assert list(study.rows.told()) == ([] if "ERBB2_loss" in kept else told)


def test_what_contradicts_itself_in_the_tumour_that_is_asked_for_is_said_with_it(tmp_path, capsys):
    from her2cli.cli.app import run

    (tmp_path / "a.csv").write_text("tumour,HER2_STATUS,ERBB2\nA,negative,2\n")
    assert run(["cohort", str(tmp_path / "a.csv"), "-t", "A", "--only", "lapatinib", "--replicates", "5"]) == 0
    assert "But one finding shows ERBB2_amp and another denies it; it counts." in " ".join(
        capsys.readouterr().out.split()
    )


def test_alterations_that_are_named_outright_may_say_that_one_was_lost(erbb, tmp_path):
    has, _, told = _says(erbb, tmp_path, "tumour,alterations\nA,ERBB2_amp ERBB2_loss\n")
    assert has == {"ERBB2_amp", "ERBB2_loss"}
    assert not told


def test_a_copy_number_that_is_normal_is_no_finding(erbb, tmp_path):
    study, tally = _kept(
        erbb, tmp_path, data_clinical_sample="SAMPLE_ID\tHER2_STATUS\tHER2_SNP6\nA\tNegative\tNEUTRAL\nB\t-\tGAIN\n"
    )
    assert len(study.number) == 2
    assert [str(finding) for finding in tally.matcher.unmatched] == ["ERBB2 gained"]


def test_a_share_of_stained_cells_is_no_word_for_a_status(erbb, tmp_path):
    head = "SAMPLE_ID\tHER2_STATUS\tHER2_IHC_PERCENT\n"
    study, tally = _kept(erbb, tmp_path, data_clinical_sample=f"{head}A\tPositive\t30\nB\tNegative\t5-10\n")
    assert [tally.matcher.names(bits) for bits in tally.bits] == [("ERBB2_amp",), ()]
    assert not any("no word for the status" in line for line in study.rows.told())


def test_a_cohort_is_ranked_for_the_readouts_that_are_asked_for(tmp_path):
    own = OWN + "readouts: [P]\ndrugs:\n  d: {name: d, kind: inhibitor, edges: [{target: A, effect: inhibits}]}\n"
    own += "alterations: {M: {match: [{gene: A, changes: [R1C]}], edges: [{target: A, effect: activates}]}}\n"
    (tmp_path / "own.yaml").write_text(own)
    (tmp_path / "tumours.csv").write_text("sample,alterations\nT1,M\n")
    study, pathway = str(tmp_path / "tumours.csv"), str(tmp_path / "own.yaml")
    (row,) = her2cli.cohort(study, pathway=pathway, replicates=20, readout=["A"]).rows
    assert [name for name in row if name.endswith("_untreated")] == ["A_untreated"]


def test_the_alterations_of_most_tumours_and_the_drugs_that_are_best_for_most_stand_first():
    counts = {0b001: 1, 0b010: 3, 0b110: 2, 0: 4}  # of three alterations, as bits
    matcher = SimpleNamespace(alterations=("A", "B", "C"))
    found = [(each.alteration, each.found) for each in _of_alterations(matcher, counts, {})]
    assert found == [("B", 5), ("C", 2), ("A", 1)]

    def group(tumours: int, **gains: float) -> Group:
        best = tuple(Best(drug=drug, score=1, error=0, gain=gain, tied=True) for drug, gain in gains.items())
        return Group(alterations=(), tumours=tumours, untreated={}, score=0, best=best)

    told = [(each.drug, each.best) for each in _of_drugs([group(5, often=0.1, too=0.3), group(1, once=0.9)])]
    assert told == [("too", 5), ("often", 5), ("once", 1)]
    (told_of,) = _of_drugs([group(3, drug=0.1), group(1, drug=0.5)])
    assert (told_of.best, told_of.gain) == (4, pytest.approx(0.2))  # the mean over tumours, not over groups
