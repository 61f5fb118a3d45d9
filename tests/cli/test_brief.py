"""--brief is JSON of less than 4 kB, whatever is asked."""

from __future__ import annotations

import json
import re

import pytest

from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")

LINES = [
    "simulate -d trastuzumab --replicates 20",
    "simulate --replicates 20",
    "simulate -d lapatinib --dose 0..100% --replicates 20",
    "simulate -d lapatinib --time 1 --time 5 --replicates 20",
    "explain AKT -d lapatinib --replicates 20",
    "explain PROLIFERATION -p article --replicates 20",
    "compare untreated trastuzumab lapatinib none --replicates 20",
    "trace HER2",
    "trace HER2 -p erbb",
    "trace HER2 --to MYC -p erbb",
    "trace HER2 -d trastuzumab",
]


@pytest.mark.parametrize("line", LINES)
def test_a_short_answer_is_json_below_four_kilobytes(capsys, line):
    assert run([*line.split(), "--brief"]) == 0
    out = capsys.readouterr().out
    assert len(out.encode()) < 4096
    assert json.loads(out)["schema"].startswith(f"her2/{line.split()[0]}/")


def test_short_and_full_are_two_forms(capsys):
    assert run(["simulate", "--brief", "--json"]) == 2
    assert capsys.readouterr().err == "her2: Choose one of --json, --csv, --tsv and --brief.\n"


@pytest.mark.parametrize(("dose", "told"), [("0..1", 1.0), ("0..50%", 0.5), ("0.2..0.4", 0.4)])
def test_a_range_of_doses_makes_eleven_of_them(capsys, dose, told):
    assert run(["simulate", "-d", "lapatinib", "--dose", dose, "-p", "article", "--json"]) == 0
    doses = json.loads(capsys.readouterr().out)["doses"]
    assert len(doses) == 11
    assert doses[-1] == told


@pytest.mark.parametrize("drug", ["lapatinib", "trastuzumab"])
def test_a_drug_that_reaches_no_cell_has_the_numbers_of_the_untreated_and_of_the_foot_of_its_curve(capsys, drug):
    def asked(*words: str) -> dict:
        assert run(["simulate", "--replicates", "20", "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    alone = asked("-d", f"{drug}=0")
    curve = asked("-d", drug, "--dose", "0..1")["late"]
    assert {outcome["change"] for outcome in alone["outcomes"].values()} == {"stays"}
    for name, share in alone["readouts"].items():
        assert share["before"] == share["early"] == share["late"] == curve[name][0], name


@pytest.mark.parametrize("cells", [1, 4, 20, 40])
@pytest.mark.parametrize("drug", ["everolimus", "lapatinib"])
def test_no_readout_falls_or_rises_within_the_error_of_few_cells(capsys, drug, cells):
    assert run(["simulate", "-d", drug, "--replicates", str(cells), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    moved = {name: abs(each["late"] - each["before"]) for name, each in data["readouts"].items()}
    words = {name: each["change"] for name, each in data["outcomes"].items()}
    assert {name for name, word in words.items() if word in ("falls", "rises")} == {
        name for name, by in moved.items() if by > cells**-0.5
    }
    assert {*data["gained"], *data["lost"]} == {name for name, by in moved.items() if by > cells**-0.5}
    assert cells > 1 or data["article"] == {}


def test_rows_of_few_cells_do_not_differ_within_their_error(capsys):
    assert run(["compare", "none", "ERBB2_amp", "PTEN_loss", "-d", "lapatinib", "--replicates", "4"]) == 0
    rows, told, _ = capsys.readouterr().out.partition("by more than 50 of 100 cells")
    assert told
    shares = {row[0]: row[1:] for line in rows.splitlines() if (row := line.split())}
    for each, first in zip(shares["ERBB2_amp"], shares["none"], strict=True):
        assert each.endswith(("+", "-")) == (abs(int(each.rstrip("+-")) - int(first)) > 50)


@pytest.mark.parametrize("dose", ["1", "..1", "0..2", "a..b", "0..nan"])
def test_a_range_that_is_none_is_refused_in_one_line(capsys, dose):
    assert run(["simulate", "-d", "lapatinib", "--dose", dose]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert err.startswith("her2: --dose ")


def test_percent_is_a_dose(capsys):
    run(["simulate", "-d", "lapatinib=50%", "-p", "article", "--json"])
    data = json.loads(capsys.readouterr().out)
    assert data["scenario"]["drugs"] == {"lapatinib": 0.5}
    assert data["readouts"]["PROLIFERATION"]["late"] == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(
    ("line", "dose"), [("HCC1954", "0.5"), ("HCC1954", "0.1"), ("HCC1569", "0.5"), ("KPL4", "0.1"), ("JIMT1", "0.5")]
)
def test_a_readout_that_partly_stays_is_told_in_every_cell_line(capsys, line, dose):
    """An alteration that a rule names is a value in the tumour that has it, and none in the one it is compared with."""
    assert run(["simulate", "-d", f"lapatinib={dose}", "-c", line, "--replicates", "40", "--brief"]) == 0
    assert json.loads(capsys.readouterr().out)["readouts"]


def test_a_drug_with_a_dose_of_its_own_keeps_it_along_a_curve(capsys):
    line = "simulate -d lapatinib -d trastuzumab=50% --dose 0..1 -p article --replicates 200"
    assert run(line.split()) == 0
    assert "lapatinib + trastuzumab (dose 0.5), late, over doses of lapatinib" in " ".join(
        capsys.readouterr().out.split()
    )
    assert run([*line.split(), "--json"]) == 0
    late = json.loads(capsys.readouterr().out)["late"]["CELL_DEATH"]
    assert late == pytest.approx([0.5] * 11, abs=0.12)  # trastuzumab's ADCC, which lapatinib does not touch


@pytest.mark.parametrize("line", ["AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss", "MYC -d lapatinib", "AKT --steps"])
def test_what_is_of_one_cell_is_said_to_be_beside_the_shares_of_all(capsys, line):
    """`explain --brief` had flips that hold in one cell beside shares of all."""
    words = ["explain", *line.split(), *([] if "--steps" in line else ["--replicates", "40"])]
    assert run([*words, "--brief"]) == 0
    short = json.loads(capsys.readouterr().out)
    assert run([*words, "--json"]) == 0
    cell = json.loads(capsys.readouterr().out)["cell"]
    assert run(words) == 0
    shown = capsys.readouterr().out
    assert short["flips"]
    named = re.findall(r"(\w+) (on|off)(?=[,)])", short["tree_of"])
    assert named == [(name, "on" if cell[name] else "off") for name, _ in named]
    if "share" in short:
        assert short["flips_of"].startswith("the cell of the tree alone")
        assert re.search(
            r"^In (the usual|that) cell, what would (flip it|keep it on|keep it off): ", shown, re.MULTILINE
        )
    else:
        assert "flips_of" not in short
        assert "Why, in one cell" in short["tree_of"]
