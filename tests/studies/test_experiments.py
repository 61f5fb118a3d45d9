"""Experiments are re-run as published: arms, times, thresholds, counting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from her2cli.errors import DataError, ScenarioError, UnknownName
from her2cli.loading import load, load_text
from her2cli.loading.entries import treated
from her2cli.loading.experiments import read_experiments
from her2cli.logic.network.joint import join
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.shares import shares, tallied
from her2cli.model import Experiment, Pathway, Scenario
from her2cli.studies.experiments import Row, ValidationReport, direction, validate

SMALL = """\
schema: 1
name: small
species:
  RECEPTOR: {initial: 1}
  LIGAND: {}
  KINASE: {}
  BRAKE: {speed: slow}
  GROWTH: {kind: phenotype}
  MIXED: {share: 0.3}
edges:
  - {source: RECEPTOR, target: KINASE, effect: activates}
  - {source: KINASE, target: BRAKE, effect: activates}
  - {source: KINASE, target: GROWTH, effect: activates}
rules:
  KINASE: RECEPTOR and (LIGAND or MUTANT)
drugs:
  BLOCKER:
    edges: [{target: KINASE, effect: inhibits, unless: [SHIELD]}]
  WEAK:
    efficacy: 0.4
    edges: [{target: KINASE, effect: inhibits}]
alterations:
  MUTANT:
    edges: [{target: LIGAND, effect: activates}]
  SHIELD:
    edges: [{target: RECEPTOR, effect: activates}]
"""


@pytest.fixture(scope="module")
def small() -> Pathway:
    return load_text(SMALL)


def _experiment(expect: str, scenario: Scenario, comparator: Scenario, **rest: object) -> Experiment:
    return Experiment(id="X1", scenario=scenario, comparator=comparator, readout="GROWTH", expect=expect, **rest)  # type: ignore[arg-type]


MUTANT = treated(["MUTANT"], [], [])


@pytest.mark.parametrize(
    ("value", "comparator", "expected"),
    [(0.3, 0.1, "up"), (0.1, 0.3, "down"), (0.2, 0.1, "unchanged"), (0.5, 0.5, "unchanged")],
)
def test_a_direction_counts_beyond_a_tenth(value: float, comparator: float, expected: str) -> None:
    assert direction(value, comparator) == expected


@pytest.mark.parametrize("semantics", ["stochastic", "synchronous"])
def test_both_arms_are_simulated(small: Pathway, semantics: str) -> None:
    blocked = _experiment("down", treated(["MUTANT"], [], ["BLOCKER"]), MUTANT)
    shielded = _experiment("unchanged", treated(["MUTANT", "SHIELD"], [], ["BLOCKER"]), MUTANT)
    report = validate(small, [blocked, shielded], semantics=semantics, sampling=Sampling(replicates=50))
    assert [(row.got, row.value, row.comparator_value) for row in report.rows] == [("down", 0, 1), ("unchanged", 1, 1)]
    assert (report.agree, report.total) == (2, 2)


def test_a_disputed_experiment_counts_for_nothing(small: Pathway) -> None:
    wrong = _experiment("up", treated(["MUTANT"], [], ["BLOCKER"]), MUTANT, disputed=True)
    report = validate(small, [wrong], semantics="synchronous")
    assert not report.rows[0].agree
    assert (report.agree, report.total) == (0, 0)


@pytest.mark.parametrize(
    ("value", "comparator", "cells", "close"),
    [
        (0.32, 0.20, 1000, True),  # 0.12, give or take 0.019
        (0.20, 0.29, 1000, True),  # 0.09, give or take 0.019
        (0.32, 0.20, 10_000, False),  # give or take 0.006
        (0.34, 0.20, 1000, False),  # 0.14
        (1.00, 0.90, 1000, True),
        (1.00, 1.00, 1000, False),
        (0.32, 0.20, None, False),  # nothing was drawn
    ],
)
def test_a_difference_that_chance_may_have_decided_is_close(
    value: float, comparator: float, cells: int | None, close: bool
) -> None:
    experiment = _experiment("up", MUTANT, MUTANT)
    row = Row(experiment=experiment, got=direction(value, comparator), value=value, comparator_value=comparator)
    report = ValidationReport(semantics="stochastic", rows=(row,), replicates=cells)
    assert report.close == ((row,) if close else ())


def test_groups_count_each_drug_and_alteration(small: Pathway) -> None:
    rows = [
        _experiment("down", treated(["MUTANT"], [], ["BLOCKER"]), MUTANT),
        _experiment("up", treated(["MUTANT"], [], ["BLOCKER"]), MUTANT),
        _experiment("unchanged", treated([], [], []), treated([], [], [])),
    ]
    report = validate(small, rows, semantics="synchronous")
    assert [(g.name, g.agree, g.total) for g in report.by_drug] == [("BLOCKER", 1, 2)]
    assert [(g.name, g.agree, g.total) for g in report.by_alteration] == [("MUTANT", 1, 2), ("none", 1, 1)]


def test_an_unknown_name_is_an_error_that_names_the_experiment(small: Pathway) -> None:
    with pytest.raises(UnknownName, match=r"X1: No drug 'BLOKER'\. Close: BLOCKER"):
        validate(small, [_experiment("down", treated([], [], ["BLOKER"]), MUTANT)])


@pytest.mark.parametrize("semantics", ["synchronous", "stochastic"])
def test_each_arm_is_read_at_its_own_time(small: Pathway, semantics: str) -> None:
    """The slow BRAKE is still on early, and off late: in one and the same arm."""
    arm = treated(["MUTANT"], [], ["BLOCKER"])
    asked = replace(_experiment("down", arm, arm, time="late", comparator_time="early"), readout="BRAKE")
    (row,) = validate(small, [asked], semantics=semantics, sampling=Sampling(replicates=50)).rows
    assert (row.got, row.agree) == ("down", True)


def test_an_efficacy_below_one_is_a_share_of_the_cells(small: Pathway) -> None:
    scenario = treated(["MUTANT"], [], ["WEAK"])
    values = shares(small, [scenario], sampling=Sampling(replicates=4000)).values[scenario]
    assert values["GROWTH"].before == 1
    assert values["GROWTH"].late == pytest.approx(0.6, abs=0.04)


def test_a_clamp_acts_from_the_treatment_on(small: Pathway) -> None:
    scenario = treated([], ["LIGAND"], ["RECEPTOR=0"])
    values = shares(small, [scenario], sampling=Sampling(replicates=2000)).values[scenario]
    assert (values["GROWTH"].before, values["GROWTH"].early) == (1, 0)
    assert (values["RECEPTOR"].before, values["RECEPTOR"].early) == (1, 0)
    # Slow: it moves at a rate of 1/20, so by time 100 all cells but exp(-5) have moved.
    assert values["BRAKE"].early == values["BRAKE"].before == pytest.approx(0.993, abs=0.007)
    assert values["BRAKE"].late == pytest.approx(0.0067, abs=0.007)


def test_joined_scenarios_keep_their_own_law() -> None:
    """A scenario of the shipped network, joined with another in its surroundings and by itself, within its error."""
    pathway, cells = load("erbb"), 800
    scenario = treated(["ERBB2_amp"], ["NRG1"], ["lapatinib", "ERBB3=0"])
    joined, _ = tallied(
        pathway,
        [treated(["ERBB2_amp", "EGFR_amp"], ["NRG1"], ["trastuzumab"]), scenario],
        list(pathway.species),
        sampling=Sampling(replicates=cells, seed=5),
    )
    alone = shares(pathway, [scenario], sampling=Sampling(replicates=1000, seed=6)).values[scenario]
    for place, share in enumerate(joined[1]):
        time, name = divmod(place, len(pathway.species))
        name, time = list(pathway.species)[name], ("before", "early", "late")[time]
        assert share == pytest.approx(getattr(alone[name], time), abs=0.12), (name, time)  # 5 errors of a half


def test_doses_cannot_be_joined(small: Pathway) -> None:
    with pytest.raises(ScenarioError, match="doses"):
        join(small, [Scenario(drugs=(("BLOCKER", 0.5),))])


def test_a_table_is_read_as_the_yaml_is(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    file.write_text(
        "id\talterations\ttreatment\ttime\treadout\texpect\tvs_alterations\tvs_time\tdisputed\n"
        "A1\tMUTANT SHIELD\tBLOCKER KINASE=0\tearly\tGROWTH\tdown\tMUTANT\tlate\tyes\n"
    )
    found = read_experiments(str(file))["A1"]
    assert found.scenario == treated(["MUTANT", "SHIELD"], [], ["BLOCKER", "KINASE=0"])
    assert (found.time, found.comparator_time, found.disputed) == ("early", "late", True)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_by_what_its_header_holds_whatever_it_is_called(tmp_path, sign: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.txt"
    lines = ["id ,alterations,treatment,readout,expect", "A1,MUTANT SHIELD,BLOCKER KINASE=0,GROWTH,down", "", ",,,,"]
    file.write_text("\r\n".join(lines).replace(",", sign), newline="")
    found = read_experiments(str(file))["A1"]
    assert found.scenario == treated(["MUTANT", "SHIELD"], [], ["BLOCKER", "KINASE=0"])
    assert str(found.place).endswith("rows.txt:2:1")


def test_a_cell_between_commas_may_stand_in_quotation_marks_and_over_lines(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.csv"
    file.write_text('id,readout,expect,citation\nA1,GROWTH,down,"Ours, 2020,\nfigure 1"\nA2,GROWTH,dwn,\n')
    with pytest.raises(DataError, match=r"^\S+rows.csv:4:11: expect: 'dwn' is not known"):
        read_experiments(str(file))
    file.write_text(file.read_text().replace("dwn", "up"))
    assert read_experiments(str(file))["A1"].note == "Ours, 2020,\nfigure 1"
    file.write_text('id,readout,expect\nA1,"GROWTH,down\n')
    with pytest.raises(DataError, match="is no table"):
        read_experiments(str(file))


@pytest.mark.parametrize(
    ("cells", "times"),
    [("\t", ("late", "late")), ("early\t", ("early", "early")), ("\tearly", ("late", "early"))],
)
def test_a_comparator_of_a_table_has_the_time_of_its_arm_unless_it_says_its_own(tmp_path, cells: str, times) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    file.write_text(f"id\treadout\texpect\ttreatment\ttime\tvs_time\nA1\tGROWTH\tdown\tBLOCKER\t{cells}\n")
    found = read_experiments(str(file))["A1"]
    assert (found.time, found.comparator_time) == times


def test_a_row_may_end_before_its_last_columns_which_are_blank_then(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    file.write_text("id\treadout\texpect\ttreatment\ttime\tdisputed\nA1\tGROWTH\tdown\tBLOCKER\n")
    found = read_experiments(str(file))["A1"]
    assert (found.readout, found.time, found.disputed) == ("GROWTH", "late", False)


def test_all_problems_of_a_table_are_told_at_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    file.write_text("id\treadout\texpect\ttreatment\nA\tGROWTH\tdwn\t\nA\t\tup\tX=2\n")
    with pytest.raises(DataError) as caught:
        read_experiments(str(file))
    text = str(caught.value)
    assert "rows.tsv:2:10: expect: 'dwn' is not known (did you mean 'down'?)" in text
    assert "rows.tsv:3:3: readout is blank; write it." in text
    assert "rows.tsv:3:7: treatment: 'X=2' is neither a drug nor a clamp" in text


@pytest.mark.parametrize(
    ("head", "row", "next_step"),
    [
        ("id\treadout\texpect", "A\tAKT\tdecrease", "expect: 'decrease' is not known; use down, up, unchanged."),
        ("id\treadout\texpect\ttime", "A\tAKT\tup\t24h", "time: '24h' is not known; use early, late."),
        (
            "id\treadout\texpect\tcell_line",
            "A\tAKT\tup\t",
            "no column 'cell_line' is known; use id, alterations, ligands",
        ),
    ],
)
def test_a_word_that_a_table_does_not_know_is_told_with_those_it_does(tmp_path, head, row, next_step) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    file.write_text(f"{head}\n{row}\n")
    with pytest.raises(DataError) as caught:
        read_experiments(str(file))
    assert next_step in str(caught.value)


@pytest.mark.parametrize("number", ["100", "0", "1.5", "x", "²"])
def test_a_difficulty_has_one_or_two_digits(tmp_path, number: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "rows.tsv"
    row = "id\treadout\texpect\ttreatment\tdifficulty\nA\tGROWTH\tdown\tBLOCKER\t{}\n"
    file.write_text(row.format("99"))
    assert list(read_experiments(str(file))) == ["A"]
    file.write_text(row.format(number))
    with pytest.raises(DataError, match=f"rows.tsv:2:23: difficulty: '{number}' is not a number from 1 to 99"):
        read_experiments(str(file))
