"""How the options of a line become a pathway and a scenario in it."""

from __future__ import annotations

import json
import re
from itertools import chain, pairwise
from typing import Any, get_args, get_type_hints

import pytest

from her2cli.cli import _cells, _options, _scenario
from her2cli.cli._commands import COMMANDS, function
from her2cli.cli._parameters import parameters
from her2cli.cli._scenario import dose_range
from her2cli.cli.app import run
from her2cli.errors import ScenarioError
from her2cli.loading import load
from her2cli.logic.network.sampling import Sampling
from her2cli.model import Alteration, CellLine, Pathway, Species

pytestmark = pytest.mark.usefixtures("drawn_once")


def asked(capsys: pytest.CaptureFixture[str], line: str) -> dict[str, Any]:
    assert run([*line.split(), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize(
    "line", ["simulate -r AKT", "explain AKT -s AKT=0", "compare untreated EGF -r AKT", "attractors"]
)
def test_a_computed_answer_comes_from_the_network_that_was_judged(capsys, few_cells, line):
    assert asked(capsys, line)["pathway"]["name"] == "erbb"


@pytest.mark.parametrize("name", ["article", "her2"])
def test_the_article_answers_when_it_is_asked(capsys, name):
    found = asked(capsys, f"explain AKT -p {name}")
    assert found["pathway"]["name"] == "her2"
    assert found["scenario"]["context"] == ""


def test_look_ups_read_the_article(capsys):
    assert asked(capsys, "trace HER2")["pathway"]["name"] == "her2"


def test_the_environment_names_another_default_and_an_option_goes_before_it(capsys, monkeypatch):
    monkeypatch.setenv("HER2_PATHWAY", "her2")
    assert asked(capsys, "simulate --replicates 5")["pathway"]["name"] == "her2"
    assert asked(capsys, "simulate --replicates 5 -p erbb")["pathway"]["name"] == "erbb"


@pytest.mark.parametrize(
    ("options", "context"), [("", "body"), ("--context culture", "culture"), ("--context vivo", "")]
)
def test_a_tumour_is_in_the_body_unless_another_context_is_asked_for(capsys, options, context):
    if context:
        assert asked(capsys, f"simulate --replicates 5 {options}")["scenario"]["context"] == context
    else:
        assert run(["simulate", *options.split()]) == 2
        assert "No context 'vivo'" in capsys.readouterr().err


def test_an_export_without_a_context_has_the_inputs_of_the_file(capsys):
    run(["export", "json", "-p", "erbb", "-d", "lapatinib"])
    plain = json.loads(capsys.readouterr().out)
    run(["export", "json", "-p", "erbb", "-d", "lapatinib", "--context", "body"])
    around = json.loads(capsys.readouterr().out)
    assert "share" not in plain["species"]["NRG1"]
    assert 0 < around["species"]["NRG1"]["share"] < 1


def test_a_cell_line_brings_its_alterations_and_its_ligands_and_what_is_named_besides() -> None:
    line = CellLine(id="X1", alterations=("m",), ligands=("L",))
    pathway = Pathway(
        name="p",
        species={key: Species(id=key, kind="ligand", location="extracellular") for key in ("L", "K")},
        alterations={key: Alteration(id=key) for key in ("m", "n", "default")},
        default_alterations=("default",),
        cell_lines={"X1": line},
    )
    alone = _scenario.scenario(pathway, cell_line="X1", remarks=[])
    assert (alone.alterations, alone.ligands) == (("m",), ("L",))
    more = _scenario.scenario(pathway, cell_line="X1", alterations=["n"], ligands=["K"], remarks=[])
    assert (more.alterations, more.ligands) == (("m", "n"), ("L", "K"))
    assert _scenario.scenario(pathway, remarks=[]).alterations == ("default",)


def test_random_numbers_have_the_seed_0_and_500_cells_unless_told_otherwise(capsys) -> None:
    """As the help has it."""
    assert _options.CellOptions().sampling == Sampling(seed=0, replicates=500, engine=None)
    given = _options.CellOptions(seed=3, replicates=7, engine="python")
    assert given.sampling == Sampling(seed=3, replicates=7, engine="python")
    run(["simulate", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "random numbers; 0, if not given" in told
    assert "cells to draw: 500," in told


@pytest.mark.parametrize(
    ("text", "dose"), [("0.5", 0.5), (" 30 %", 0.3), ("0", 0), ("-0", 0), ("abc", None), ("%", None), ("-1", None)]
)
def test_a_dose_is_a_share_or_a_percentage_and_nothing_else(text, dose):
    if dose is None:
        with pytest.raises(ScenarioError, match="a dose is the share of cells the drug reaches"):
            _scenario._dose("--drug x", text)
    else:
        assert f"{_scenario._dose('--drug x', text):g}" == f"{dose:g}"  # without the sign of -0


def test_a_range_of_doses_needs_both_ends_and_has_eleven():
    assert dose_range("0..1") == pytest.approx([step / 10 for step in range(11)])
    assert dose_range("20..70%")[1] == pytest.approx(0.25)
    for text in ("..1", "0..", "0.5", ".."):
        with pytest.raises(ScenarioError, match="write two doses with two dots between"):
            dose_range(text)


@pytest.mark.parametrize("kind", [_options.CellOptions, _cells.FewerCells, _cells.MoreCells])
def test_cells_are_drawn_as_many_as_the_help_says_from_seed_0_unless_it_is_asked_otherwise(kind):
    said = get_args(get_type_hints(kind, include_extras=True)["replicates"])[1].settings["help"]
    assert kind().sampling == Sampling(replicates=kind.usual, seed=0)
    assert kind.usual == int(re.search(r"\d+", said).group())
    assert kind(seed=7, replicates=40).sampling == Sampling(replicates=40, seed=7)
    assert Sampling() == Sampling(replicates=1000, seed=0)


FOLLOWED = ("simulate", "explain AKT", "compare untreated lapatinib")  # the commands that follow a scenario
CELLS = ("--replicates", "40", "-p", "article", "-d", "trastuzumab")


@pytest.mark.parametrize("line", FOLLOWED)
def test_the_same_semantics_are_in_every_command_that_follows_a_scenario(capsys, line):
    for name in ("stochastic", "synchronous", "all"):
        cells = CELLS if name != "synchronous" else CELLS[2:]
        answer = asked(capsys, f"{line} --semantics {name} {' '.join(cells)}")
        assert answer["semantics"] == name
    steps, synchronous = (asked(capsys, f"{line} {each} {' '.join(CELLS[2:])}") for each in STEPPED)
    assert steps == synchronous
    usual, stochastic = (asked(capsys, f"{line} {each} {' '.join(CELLS)}") for each in ("", "--semantics stochastic"))
    assert usual == stochastic


STEPPED = ("--steps", "--semantics synchronous")


@pytest.mark.parametrize("line", FOLLOWED)
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--semantics x", "No semantics 'x'; there are stochastic, synchronous, all."),
        ("--steps --semantics all", "--steps is short for --semantics synchronous, not all; choose one."),
        ("--steps --semantics stochastic", "--steps is short for --semantics synchronous, not stochastic; choose one."),
        ("--steps --replicates 9", "--replicates is for shares of cells: leave out --steps and --semantics."),
        ("--steps --engine python", "--engine is for shares of cells: leave out --steps and --semantics."),
    ],
)
def test_what_a_semantics_would_ignore_is_refused_in_one_line_everywhere(capsys, line, options, told):
    assert run([*line.split(), *options.split()]) == 2
    assert capsys.readouterr().err == f"her2: {told}\n"


def test_four_semantics_side_by_side_are_those_of_each_scenario_alone(capsys):
    """In a table, in JSON and in the answer that explains: the same verdicts as `simulate` gives."""
    both = asked(capsys, "compare untreated trastuzumab --semantics all --replicates 40 -p article")
    for place, drug in enumerate(("", "-d trastuzumab ")):
        alone = asked(capsys, f"simulate {drug}--semantics all --replicates 40 -p article")
        assert both["readouts"][place] == alone["readouts"]
    why = asked(capsys, "explain AKT -d trastuzumab --semantics all --replicates 40 -p article")
    assert why["verdict"] == alone["species"]["AKT"]


@pytest.mark.parametrize("columns", ["40", "80"])
def test_four_semantics_of_two_scenarios_fit_a_screen(capsys, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert (
        run(["compare", "untreated", "trastuzumab", "--semantics", "all", "--replicates", "40", "-p", "article"]) == 0
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= (24 if columns == "80" else 40)
    assert max(map(len, lines)) <= int(columns)
    for row in ("untreated, steps", "trastuzumab, steps", "  cells", "  async", "  permissive"):
        assert any(line.startswith(row) for line in lines), row


TUMOURS = {  # what is typed, and the alterations that the tumour then has
    "": ["ERBB2_amp"],
    "-a PTEN_loss": ["PTEN_loss"],
    "-a +PTEN_loss": ["ERBB2_amp", "PTEN_loss"],
    "-a PTEN_loss -a RB1_loss": ["PTEN_loss", "RB1_loss"],
    "-a PTEN_loss+RB1_loss": ["PTEN_loss", "RB1_loss"],
    "-a +PTEN_loss+RB1_loss": ["ERBB2_amp", "PTEN_loss", "RB1_loss"],
    "-a PTEN_loss -a +RB1_loss": ["PTEN_loss", "RB1_loss"],
    "-a +ERBB2_amp": ["ERBB2_amp"],
    "-a none": [],
    "-c HCC1954": ["ERBB2_amp", "PIK3CA_H1047R"],
    "-c HCC1954 -a PTEN_loss": ["ERBB2_amp", "PIK3CA_H1047R", "PTEN_loss"],
    "-c HCC1954 -a +PTEN_loss": ["ERBB2_amp", "PIK3CA_H1047R", "PTEN_loss"],
}


@pytest.mark.parametrize("typed", TUMOURS)
def test_a_plus_adds_and_without_one_it_is_said_what_the_tumour_is(capsys, typed):
    """Also in `compare`, whose rows add to what the options say, each in the same way."""
    assert asked(capsys, f"simulate {typed} --steps")["scenario"]["alterations"] == TUMOURS[typed]
    rows = asked(capsys, f"compare untreated CCNE1_amp {typed} --steps")["scenarios"]
    assert [row["alterations"] for row in rows] == [TUMOURS[typed], [*TUMOURS[typed], "CCNE1_amp"]]


def test_what_is_added_is_added_to_a_cell_line_in_a_row_too(capsys):
    rows = asked(capsys, "compare untreated HCC1954 none -a +PTEN_loss -r AKT --replicates 1")["scenarios"]
    assert [row["alterations"] for row in rows] == [
        ["ERBB2_amp", "PTEN_loss"],
        ["PTEN_loss", "ERBB2_amp", "PIK3CA_H1047R"],
        ["PTEN_loss"],
    ]
    assert run(["compare", "untreated", "HCC1954", "-a", "PTEN_loss"]) == 2
    assert "; or added to each: her2 compare untreated HCC1954 -a +PTEN_loss\n" in capsys.readouterr().err


def test_drugs_may_be_joined_by_a_plus_each_with_its_dose(capsys):
    joined = asked(capsys, "simulate -d trastuzumab=50%+pertuzumab --steps")["scenario"]["drugs"]
    assert joined == {"trastuzumab": 0.5, "pertuzumab": 1.0}


def test_a_name_that_has_a_plus_is_not_taken_apart(capsys):
    assert asked(capsys, "simulate -a HER2+ --steps")["scenario"]["alterations"] == ["ERBB2_amp"]


def test_the_rule_of_the_plus_is_in_every_help_that_takes_an_alteration():
    for each in (_options.TumourOptions, _options.ScenarioOptions):
        alteration = get_type_hints(each, include_extras=True)["alteration"].__metadata__[0]
        assert "+NAME adds to the default, or to a cell line" in alteration.settings["help"]


@pytest.mark.parametrize(
    "line",
    [
        "-c BT474_L755S -d lapatinib",
        "-c MCF7 -d lapatinib",
        "-c HR5 -d lapatinib",
        "-c HR5 -d trastuzumab",
        "-c JIMT1 -d trastuzumab",
        "-c MDAMB175 -d pertuzumab",
        "-s ERBB3=0",
    ],
)
def test_an_answer_with_much_to_say_fits_a_screen_and_says_what_it_left_out(line: str, capfd, monkeypatch):
    """Each that moves has its way; what an alteration keeps may go without, and -v is named for it.

    A screen of 59 columns, which is scrolled anyway, leaves nothing out.
    """
    told, bare, moving = {}, {}, {}
    for columns in (80, 59):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run(["simulate", *line.split(), "--replicates", "60"]) == 0
        lines = told[columns] = capfd.readouterr().out.splitlines()
        rows = [(each.split()[-1], after) for each, after in pairwise(lines) if re.match(r"[A-Z_]+ .*%.*%", each)]
        without = [word for word, after in rows if not after.startswith("  ")]
        bare[columns] = without.count("kept")
        moving[columns] = without.count("falls") + without.count("rises")
    assert len(told[80]) <= 24
    assert moving[80] == moving[59]
    assert ("(-v: how)" in " ".join(told[80])) == (bare[80] > bare[59])
    assert "(-v: how)" not in " ".join(told[59])


def test_of_many_readouts_those_that_are_not_shown_do_not_matter(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    many = [word for name in list(load("erbb").species)[60:120] for word in ("--readout", name)]
    assert run(["simulate", "-c", "BT474_L755S", "-d", "lapatinib", "--replicates", "60", *many]) == 0
    assert "of 60; -v shows all" in " ".join(capfd.readouterr().out.split())


@pytest.mark.parametrize("how", ["", "--steps", "--time 1", "--semantics all"])
def test_the_readouts_are_those_that_are_asked_for(capsys, how):
    line = f"simulate -d trastuzumab -r PI3K -r AKT -p article {how}"
    cells = "" if how == "--steps" else "--replicates 5"
    assert list(asked(capsys, f"{line} {cells}")["readouts"]) == ["PI3K", "AKT"]


def test_a_letter_is_short_for_one_option_in_whatever_command_it_stands():
    """But for -t, which is where paths lead in `trace` and `draw`, and a tumour in `cohort`."""
    long: dict[str, set[str]] = {}
    for name in chain.from_iterable(COMMANDS.values()):
        for taken in parameters(function(name)).values():
            names = get_args(taken.hint)[-1].names
            for letter in (each for each in names if re.fullmatch("-[a-z]", each)):
                long.setdefault(letter, set()).update(each for each in names if each.startswith("--"))
    assert long.pop("-t") == {"--to", "--tumour"}
    assert long["-n"] == {"--limit"}
    assert [letter for letter, options in long.items() if len(options) > 1] == []
