"""Counts of in-situ hybridisation, read as the guideline of 2018 does, and other columns of such tables."""

from __future__ import annotations

import gzip
import json
from itertools import islice, product

import pytest

import her2cli
from her2cli.cli.app import run
from her2cli.cli.cohort import _looked, _read
from her2cli.errors import DataError
from her2cli.loading import load_text
from her2cli.model.matching import counted
from her2cli.studies.cohort import _untested
from her2cli.variants import Marker

FOUND, DENIED, OPEN = "found", "not found", "not tested"
HEAD = "patient;HER2 IHC;HER2/CEP17 ratio;HER2 copies per cell"


@pytest.fixture(scope="module")
def erbb():
    return her2cli.load("erbb")


def says(pathway, path, table):
    """Of a table: what each tumour has, what was not tested in each, and what is told."""
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    study, tally = _read(pathway, str(path), germline=False)
    missed = islice(_untested(pathway, tally, _looked(study, tally.matcher, tally)), len(study.number))
    has = {name: set(tally.matcher.names(tally.bits[place])) for name, place in study.number.items()}
    return has, dict(zip(has, map(set, map(tally.matcher.names, missed)), strict=True)), list(study.rows.told())


def verdict(has, missed, alteration="ERBB2_amp"):
    return FOUND if alteration in has else OPEN if alteration in missed else DENIED


# --- the groups of the guideline -------------------------------------------------------------------------------------


def guideline(ratio, copies, ihc):
    """Positive, negative or left open, as figures 2 to 6 of the guideline of 2018 draw it, written down once more."""
    if ratio is None:
        if copies >= 6 or (copies >= 4 and ihc == "3+"):
            return FOUND
        return DENIED if copies < 4 or ihc in ("0", "1+") else OPEN
    if ratio >= 2 and copies >= 4:
        return FOUND
    if ratio < 2 and copies < 4:
        return DENIED
    if not ihc:
        return OPEN
    return FOUND if ihc == "3+" or (ihc == "2+" and copies >= 6) else DENIED


@pytest.mark.parametrize(("ratio", "copies"), [*product((0.9, 1.99, 2.0, 6.1), (1.5, 3.9, 4.0, 5.9, 6.0, 20.0))])
def test_a_ratio_and_copies_mean_what_their_group_means_beside_the_stain(erbb, ratio, copies):
    for ihc in ("", "0", "1+", "2+", "3+"):
        word, names = counted(erbb.reports.values(), Marker("HER2", ihc=ihc, ratio=ratio, copies=copies))
        assert {"positive": FOUND, "negative": DENIED, "": OPEN}[word] == guideline(ratio, copies, ihc)
        group = 1 if ratio >= 2 and copies >= 4 else 2 if ratio >= 2 else 3 if copies >= 6 else 4 if copies >= 4 else 5
        assert names == (f"ISH group {group}",)


@pytest.mark.parametrize("copies", [1.5, 3.9, 4.0, 5.9, 6.0, 20.0])
def test_copies_without_any_ratio_are_those_of_a_single_probe(erbb, copies):
    for ihc in ("", "0", "1+", "2+", "3+"):
        word, _ = counted(erbb.reports.values(), Marker("HER2", ihc=ihc, copies=copies))
        assert {"positive": FOUND, "negative": DENIED, "": OPEN}[word] == guideline(None, copies, ihc)


@pytest.mark.parametrize(("ratio", "copies", "ihc", "amplified", "low"), [
    ("2,4", "5,1", "2+", FOUND, DENIED),
    ("2,1", "3,2", "2+", DENIED, FOUND),
    ("1,5", "6,4", "1+", DENIED, FOUND),
    ("1.5", "6.4", "2+", FOUND, DENIED),
    ("1,2", "4,5", "2", DENIED, FOUND),
    ("1", "2", "2+", DENIED, FOUND),
    ("2,3", "3,1", "", OPEN, OPEN),  # group 2 without IHC
    ("2,5", "", "2+", OPEN, OPEN),  # group 1 or 2
    ("1,4", "", "1+", DENIED, FOUND),  # groups 3, 4 and 5 are one beside IHC 1+
    ("2,5", "", "3+", FOUND, DENIED),
    ("", "5", "2+", OPEN, OPEN),  # the table has a ratio, so it is no single probe
    ("", "7", "2+", FOUND, DENIED),  # group 1 or 3
    ("2-Apr", "5", "2+", OPEN, OPEN),  # what a spreadsheet makes of 2.4
    ("", "", "2+", OPEN, OPEN),
])  # fmt: skip
@pytest.mark.parametrize("head", [HEAD, "patient;IHC HER2 score;HER2_CEP17;average HER2 copy number"])
def test_a_table_of_ratios_and_copies_is_read_with_a_decimal_comma(
    erbb, tmp_path, head, ratio, copies, ihc, amplified, low
):
    has, missed, told = says(erbb, tmp_path / "a.csv", f"{head}\nA;{ihc};{ratio};{copies}\n")
    assert verdict(has["A"], missed["A"]) == amplified
    assert verdict(has["A"], missed["A"], "ERBB2_low") == low
    assert bool(told) == (amplified == OPEN)
    assert all("A)" in line or "a.csv:2" in line for line in told)


@pytest.mark.parametrize(
    ("cell", "amplified"),
    [
        ("amplified (ratio 5.2)", FOUND),
        ("ratio 2.4, copies 5.1", FOUND),
        ("HER2/CEP17 3.1; 9 copies/cell", FOUND),
        ("not amplified; ratio 1.1, 2.3 copies per cell", DENIED),
        ("ratio 1.1; copies 2.3", DENIED),
        ("ratio 2.4", OPEN),
        ("2.4", OPEN),
        ("ratio 2.4 (repeat)", OPEN),
    ],
)
def test_a_cell_of_in_situ_hybridisation_may_hold_its_counts(erbb, tmp_path, cell, amplified):
    has, missed, told = says(erbb, tmp_path / "a.tsv", f"sample\tHER2 FISH\nA\t{cell}\n")
    assert verdict(has["A"], missed["A"]) == amplified
    assert bool(told) == (amplified == OPEN)


@pytest.mark.parametrize("status", ["positive (3+)", "Positive (IHC 3+)", "3+", "positive: 3+"])
def test_a_status_may_hold_its_score(erbb, tmp_path, status):
    has, _, told = says(erbb, tmp_path / "a.csv", f"sample,HER2 status\nA,{status}\nB,negative (1+)\n")
    assert (has["A"], has["B"], told) == ({"ERBB2_amp"}, {"ERBB2_low"}, [])


@pytest.mark.parametrize("row", ["3+;1,1;2", "0;3,4;9", "1+;3,4;9"])
def test_a_stain_and_counts_that_contradict_each_other_are_told_for_the_patient(erbb, tmp_path, row):
    has, _, told = says(erbb, tmp_path / "a.csv", f"{HEAD}\nA;2+;1;2\nB;{row}\n")
    assert "ERBB2_amp" in has["B"]
    assert told == ["one finding shows ERBB2_amp and another denies it; it counts: 1 time (at B)"]


def test_a_verdict_counts_before_the_counts_beside_it_and_that_is_told(erbb, tmp_path):
    table = (
        "sample,HER2 FISH,HER2 ratio,HER2 signals per cell\nA,not amplified,4.2,8\nB,amplified,4.2,8\nC,equivocal,4,8\n"
    )
    has, missed, told = says(erbb, tmp_path / "a.csv", table)
    assert [verdict(has[name], missed[name]) for name in "ABC"] == [DENIED, FOUND, FOUND]
    (line,) = told
    assert line == (
        "ISH counts of ERBB2 (ISH group 1) are positive and the verdict on ISH is negative, which counts: 1 time (at A)"
    )


def test_every_patient_with_a_doubtful_report_has_it_in_the_rows_and_in_json(tmp_path, capsys):
    rows = ["A;2+;;", "B;3+;1,1;2", "C;1+;3,4;9", "D;1+;;", "E;;2,3;3"]
    (tmp_path / "a.csv").write_text("\n".join([HEAD, *rows, ""]))
    words = ["cohort", str(tmp_path / "a.csv"), "--only", "lapatinib", "--replicates", "5"]
    assert run([*words, "--json"]) == 0
    doubts = json.loads(capsys.readouterr().out)["doubts"]
    assert doubts["A"] == "ERBB2 IHC 2+ leaves open ERBB2_amp, ERBB2_low and ERBB2_ultralow"
    assert doubts["B"] == "one finding shows ERBB2_amp and another denies it; it counts"
    assert "ERBB2_amp and ERBB2_low are amounts of one thing; the first counts" in doubts["C"]
    assert doubts["E"] == "ISH counts of ERBB2 (ISH group 2) leave it open without IHC"
    assert sorted(doubts) == ["A", "B", "C", "E"]
    assert run([*words, "-o", str(tmp_path / "out.tsv")]) == 0
    header, *lines = (line.split("\t") for line in (tmp_path / "out.tsv").read_text().splitlines())
    assert {line[0]: line[header.index("doubts")] for line in lines} == {**doubts, "D": ""}
    assert "4 tumours have reports that leave something open" in " ".join(capsys.readouterr().out.split())


def test_what_one_row_leaves_open_another_row_may_decide(erbb, tmp_path):
    has, _, told = says(erbb, tmp_path / "a.csv", "sample,HER2 IHC,HER2 FISH\nA,2+,\nA,,amplified\n")
    assert has["A"] == {"ERBB2_amp"}
    assert told == [f"a tumour stands twice; what both rows say is taken together: 1 time (at {tmp_path}/a.csv:3)"]


REPORT = "schema: 1\nname: m\nspecies: {HER2: {}}\nreports:\n  r: {marker: HER2, "


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("probes: dual, positive: [any]}", "reports.r: has no bound; use 'ratio_from', 'ratio_below', "),
        ("probes: dual, ratio_from: 2, ratio_below: 2, positive: [any]}", "nothing is from 'ratio_from' on and below"),
        ("probes: single, ratio_from: 2, positive: [any]}", "a single probe has no ratio; leave out 'ratio_from'."),
        ("probes: dual, ratio_from: 2}", "says nothing; use 'positive' or 'negative', with scores or any."),
        ("probes: dual, ratio_from: 2, positive: [3+], negative: [3+]}", "3+ cannot be both positive and negative."),
    ],
)
def test_a_report_that_cannot_be_meant_is_refused_at_its_place(entry, told):
    with pytest.raises(DataError) as error:
        load_text(REPORT + entry, "m.yaml")
    assert told in str(error.value)
    assert str(error.value).startswith("m.yaml:5:")


@pytest.mark.parametrize(("reference", "kind"), [("Wolff2018", "report"), ("Wolff2007", "match")])
def test_evidence_tells_what_of_the_reports_rests_on_a_reference(reference, kind, capsys):
    assert run(["evidence", reference, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["statements"]
    assert {each["kind"] for each in told} == {kind}
    assert run(["evidence", reference]) == 0
    assert "no such statement" not in capsys.readouterr().out


# --- columns of copies, mutations and fusions ------------------------------------------------------------------------


def test_copies_are_read_where_the_column_says_what_its_numbers_are_and_else_told_what_to_call_it(erbb, tmp_path):
    table = "sample,ERBB2_CNA,FGFR1 GISTIC,CCND1 copy number\nA,2,0,amp\nB,-2,2,9\nC,NA,,\n"
    has, missed, (line,) = says(erbb, tmp_path / "a.csv", table)
    assert has == {"A": {"ERBB2_amp", "CCND1_amp"}, "B": {"ERBB2_loss", "FGFR1_amp"}, "C": set()}
    assert "ERBB2_loss" in missed["C"]
    assert "ERBB2_loss" not in missed["A"]
    assert "FGFR1_amp" in missed["C"]
    assert line.startswith("9 may be a call or copies of CCND1, and is not read; call it CCND1_CNA for calls (-2 to 2)")


@pytest.mark.parametrize("cell", ["12", "2", "0", "1.5"])
def test_a_lone_column_of_copy_numbers_is_told_what_to_call_it_and_shows_nothing(erbb, tmp_path, cell):
    has, missed, (line,) = says(erbb, tmp_path / "a.csv", f"sample,ERBB2 copy number\nA,{cell}\n")
    assert verdict(has["A"], missed["A"]) == OPEN
    assert "call it ERBB2_CNA for calls (-2 to 2), ERBB2 copies per cell for what in-situ hybridisation counts" in line


def test_a_column_of_mutations_is_read_as_one_and_its_numbers_are_yes_and_no(erbb, tmp_path):
    table = (
        "sample,PIK3CA mutation,AKT1 status,PTEN_mutation_status\nA,H1047R,E17K,R130*\nB,0,wt,0\nC,NA,negative,1\n"
        "D,H1047R/wt,-,no mutation detected\nE,3,,\n"
    )
    has, missed, told = says(erbb, tmp_path / "a.csv", table)
    assert has == {
        "A": {"PIK3CA_H1047R", "AKT1_E17K", "PTEN_loss"},
        **{name: set() for name in "BCE"},
        "D": {"PIK3CA_H1047R"},
    }
    assert [name for name in has if "PIK3CA_H1047R" in missed[name]] == ["C", "E"]
    opens = "leaves open PIK3CA_H1047R, PIK3CA_E545K and PIK3CA_other: 1 time (at E)"
    assert told == [
        "PTEN mutated leaves open PTEN_loss and PTEN_missense: 1 time (at C)",
        "AKT1 - (not done, or none found) leaves open AKT1_E17K: 1 time (at D)",
        f"PIK3CA 3 (a number of mutations that is neither 0 nor 1) {opens}",
    ]


@pytest.mark.parametrize(
    "cell", ["negative", "-", "not detected", "no mutation detected", "absent", "wt/wt", "none detected"]
)
@pytest.mark.parametrize("table", ["sample,PIK3CA\nA,{}\n", "sample,gene,change\nA,PIK3CA,{}\n"])
def test_a_word_for_no_mutation_is_none(erbb, tmp_path, cell, table):
    (tmp_path / "a.csv").write_text(table.format(cell))
    _, tally = _read(erbb, str(tmp_path / "a.csv"), germline=False)
    assert (tally.changed, sum(tally.bits)) == ({}, 0)
    assert not tally.matcher.unmatched


def test_fusions_are_read_in_their_column_and_a_tumour_whose_cell_says_nothing_was_not_looked_at(erbb, tmp_path):
    table = "sample,fusion\nA,CD74-NRG1\nB,CD74::NRG1\nC,none\nD,EML4-ALK\nE,NA\nF,SDC4–NRG1 fusion\nG,NRG1\n"
    has, missed, told = says(erbb, tmp_path / "a.csv", table)
    assert [name for name in has if "NRG1_fusion" in has[name]] == ["A", "B", "F", "G"]
    assert [name for name in has if "NRG1_fusion" in missed[name]] == ["E"]
    assert told == [f"EML4-ALK is no alteration and no gene that one is of: 1 time (at {tmp_path}/a.csv:5)"]


@pytest.mark.parametrize(
    "word", ["HER2-low", "HER2-positive", "HER2-enriched", "PTEN-null", "ERBB2-amp", "EGFR-mutant"]
)
def test_a_hyphen_behind_a_gene_makes_no_fusion(erbb, tmp_path, word):
    for table in (
        f"sample,alterations\nA,{word}\n",
        f"sample,gene,change\nA,ERBB2,{word}\n",
        f"sample,fusion\nA,{word}\n",
    ):
        (tmp_path / "a.csv").write_text(table)
        _, tally = _read(erbb, str(tmp_path / "a.csv"), germline=False)
        assert not any("::" in str(finding) for finding in tally.matcher.unmatched)
        assert not any("fusion" in name for bits in tally.bits for name in tally.matcher.names(bits))


def test_a_class_may_stand_in_place_of_a_change(erbb, tmp_path):
    rows = [
        "A,NRG1,Fusion",
        "B,ERBB2,AMP",
        "C,PTEN,HOMDEL",
        "D,ERBB2,Amplification",
        "E,PTEN,Truncating",
        "F,ERBB2,diploid",
    ]
    has, _, told = says(erbb, tmp_path / "a.csv", "\n".join(["sample,gene,type", *rows, ""]))
    amplified, lost = {"ERBB2_amp"}, {"PTEN_loss"}
    assert list(has.values()) == [{"NRG1_fusion"}, amplified, lost, amplified, lost, set()]
    assert not told


@pytest.mark.parametrize("head", ["Site1_Hugo_Symbol,Site2_Hugo_Symbol", "gene1,gene2"])
def test_a_table_of_structural_variants_alone_is_read(erbb, tmp_path, head):
    has, _, _ = says(erbb, tmp_path / "a.csv", f"sample,{head}\nA,CD74,NRG1\nB,EML4,ALK\n")
    assert has == {"A": {"NRG1_fusion"}, "B": set()}


@pytest.mark.parametrize("score", ["3", "3+", "3.0", "3,0", "IHC 3+", "score 3", "3+ (95%)", "3+ 95 %"])
def test_a_score_is_read_as_a_spreadsheet_or_a_pathologist_writes_it(erbb, tmp_path, score):
    has, _, told = says(erbb, tmp_path / "a.csv", f"sample;HER2 IHC\nA;{score}\n")
    assert (has["A"], told) == ({"ERBB2_amp"}, [])


def test_no_column_that_names_a_gene_is_passed_over_in_silence(erbb, tmp_path):
    table = "sample,mutations,genomic_alterations,notes,age\nA,PIK3CA p.H1047R,ERBB2 amp,PTEN lost,50\nB,12,,,\n"
    has, _, told = says(erbb, tmp_path / "a.csv", table)
    assert has["A"] == {"PIK3CA_H1047R", "ERBB2_amp"}
    assert any(line.startswith("the column notes is not read, though it names PTEN") for line in told)
    assert any(line.startswith("a number in a column of alterations names none") for line in told)
    assert not any("age" in line for line in told)


def test_no_row_and_no_patient_is_passed_over_in_silence(erbb, tmp_path):
    table = "sample,gene,change\nA,,\nB,none,\nC,,PIK3CA H1047R\nD,2064,L755S\nE,ERBB2 (HER2),L755S\n"
    table += "F,CD74-NRG1,\n,PTEN,wt\n"
    has, _, told = says(erbb, tmp_path / "a.csv", table)
    assert has == {
        "A": set(),
        "B": set(),
        "C": {"PIK3CA_H1047R"},
        "D": set(),
        "E": {"ERBB2_L755S"},
        "F": {"NRG1_fusion"},
    }
    assert [line.partition(":")[0] for line in told] == [
        "a row names no gene",
        "a gene is named by a number (2064), and is not read; a column Hugo_Symbol names it",
        "a row names no tumour",
    ]


def test_copies_of_a_study_alone_are_read_and_rows_with_an_entrez_id_alone_told(erbb, tmp_path):
    table = "Hugo_Symbol\tEntrez_Gene_Id\tA\tB\nERBB2\t2064\t2\t0\nPTEN\t5728\t-2\t0.7\n\t2064\t2\t2\n"
    has, missed, told = says(erbb, tmp_path / "data_cna.txt", table)
    assert has == {"A": {"ERBB2_amp", "PTEN_loss"}, "B": set()}
    assert "PTEN_loss" in missed["B"]
    assert any("names its gene by a number, or not at all, and is not read: 1 time" in line for line in told)
    assert any(line.startswith("a number is no copy number call (-2, -1, 0, 1, 2): 1 time") for line in told)
    with pytest.raises(DataError, match="Entrez ids of genes are not read: add a column Hugo_Symbol"):
        says(erbb, tmp_path / "a.csv", "sample,Entrez_Gene_Id,HGVSp_Short\nA,2064,p.L755S\n")


# --- annotations, encodings and archives -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (
            "SYMBOL\tConsequence\tHGVSp",
            ["PTEN\tsplice_donor_variant\t", "PIK3CA\tmissense_variant\tENSP1.3:p.His1047Arg",
             "ERBB2\tinframe_insertion\tENSP1.2:p.Tyr772_Ala775dup", "PIK3CA\tsynonymous_variant\tENSP1:p.Thr1025="],
        ),
        (
            "ANN[0].GENE\tANN[0].EFFECT\tANN[0].HGVS_P",
            ["PTEN\tsplice_region_variant&stop_gained\tp.Arg130*", "PIK3CA\tmissense_variant\tp.His1047Arg",
             "ERBB2\tconservative_inframe_insertion\tp.Tyr772_Ala775dup", "PTEN\tintron_variant\t"],
        ),
        (
            "Gene.refGene\tExonicFunc.refGene\tAAChange.refGene",
            ["PTEN\tstopgain\tPTEN:NM_000314:exon5:c.C388T:p.R130X",
             "PIK3CA\tnonsynonymous SNV\tPIK3CA:NM_006218:exon21:c.A3140G:p.H1047R",
             "ERBB2;MIEN1\tnonframeshift insertion\tERBB2:NM_004448:exon20:c.2313_2324dup:p.Y772_A775dup",
             "PIK3CA\tsynonymous SNV\tPIK3CA:NM_006218:exon21:c.T3075C:p.T1025T"],
        ),
    ],
    ids=["VEP", "SnpSift", "ANNOVAR"],
)  # fmt: skip
def test_tables_of_annotators_are_read(erbb, tmp_path, head, rows):
    table = "\n".join([f"sample\t{head}", *(f"{name}\t{row}" for name, row in zip("ABCD", rows, strict=True)), ""])
    has, _, told = says(erbb, tmp_path / "a.tsv", table)
    assert has == {"A": {"PTEN_loss"}, "B": {"PIK3CA_H1047R"}, "C": {"ERBB2_exon20ins"}, "D": set()}
    assert not told


TABLE = "sample\talterations\nMüller\tERBB2_amp\nMöller\tPIK3CA_H1047R\n"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_patients_keep_their_names_in_every_encoding_that_a_spreadsheet_writes(erbb, tmp_path, encoding, name, packed):
    raw = TABLE.encode(encoding)
    has, _, told = says(erbb, tmp_path / name, gzip.compress(raw) if packed else raw)
    assert (has, told) == ({"Müller": {"ERBB2_amp"}, "Möller": {"PIK3CA_H1047R"}}, [])


def test_an_archive_that_breaks_off_is_refused_and_nothing_is_written(tmp_path, capsys):
    rows = "".join(f"{number},ERBB2_amp\n" for number in range(20_000))
    whole = gzip.compress(f"sample,alterations\n{rows}".encode())
    for cut in (60, len(whole) - 5):
        (tmp_path / "a.csv.gz").write_bytes(whole[:cut])
        target = tmp_path / "out.csv"
        assert run(["cohort", str(tmp_path / "a.csv.gz"), "--only", "lapatinib", "-o", str(target)]) == 2
        said = capsys.readouterr().err.splitlines()
        assert [line for line in said if "gzip" in line] == [
            f"{tmp_path}/a.csv.gz: breaks off, or is damaged: gzip cannot unpack it."
        ]
        assert not target.exists()


def test_a_picture_says_which_groups_and_drugs_it_leaves_out(erbb):
    from types import SimpleNamespace

    from her2cli.cli.cohort import _left_out

    groups = [SimpleNamespace(tumours=number) for number in (9, 4, 2, 1)]
    screen = SimpleNamespace(scenarios=SimpleNamespace(axes=(None, SimpleNamespace(levels=range(5)))))
    found = SimpleNamespace(groups=groups, screen=screen)
    told = _left_out(found, SimpleNamespace(rows=[1, 2], columns=[1, 2, 3]))
    assert told.startswith("Left out of the picture: 2 of the smallest groups (3 tumours) and 2 drugs;")
    assert not _left_out(found, SimpleNamespace(rows=[1] * 4, columns=[1] * 5))
