"""What compare says: a row a scenario under the name that was typed, a column a readout."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

import her2cli
from her2cli.cli.app import run
from her2cli.cli.asking import envelope

SMALL = Path(__file__).resolve().parents[1] / "data" / "small.yaml"
CELLS_ENOUGH = 100  # to tell which way a share goes
pytestmark = pytest.mark.usefixtures("few_cells", "drawn_once")
LINES = ["BT474", "SKBR3", "HCC1954", "JIMT1", "KPL4", "MDAMB453", "BT20", "T47D", "MCF7", "HCC1569"]


@pytest.fixture
def said(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    def say(line: str) -> str:
        assert run(line.split()) == 0
        return str(capsys.readouterr().out)

    return say


@cache
def under_lapatinib(*rows: str) -> her2cli.api.Result:
    """One answer for all claims about how it is written; that the command writes the same is test_api's."""
    return her2cli.compare(*rows, drugs="lapatinib", replicates=40)


def test_the_largest_difference_of_a_row_is_told_first():
    told: dict[int, list[float]] = {}
    for each in under_lapatinib(*LINES).data["reasons"]:
        told.setdefault(each["scenario"], []).append(abs(each["by"]))
    assert any(len(each) > 2 for each in told.values())
    assert all(each == sorted(each, reverse=True) for each in told.values())


def test_ten_cell_lines_under_a_drug_fit_a_screen_and_keep_their_names():
    lines = under_lapatinib(*LINES).text(80).splitlines()
    assert len(lines) <= 20
    assert [line.split()[0] for line in lines[5:15]] == LINES
    assert all(len(line) <= 80 for line in lines)


def test_rows_are_called_as_they_were_typed_in_csv_too(said):
    rows = list(csv.reader(io.StringIO(said("compare untreated Herceptin+pten_loss skbr3 AKT=0 --csv"))))
    assert [row[0] for row in rows] == ["scenario", "untreated", "Herceptin+pten_loss", "skbr3", "AKT=0"]
    assert float(rows[4][rows[0].index("AKT")]) == 0


@pytest.mark.parametrize(
    ("rows", "shared", "names"),
    [
        ("trastuzumab lapatinib", "lapatinib", ["lapatinib+trastuzumab", "lapatinib"]),
        ("untreated pertuzumab", "trastuzumab", ["trastuzumab", "trastuzumab+pertuzumab"]),
        ("untreated trastuzumab+PTEN_loss", "AKT=0", ["", "trastuzumab+PTEN_loss"]),
        ("BT474 SKBR3", "lapatinib", ["BT474", "SKBR3"]),
        ("PTEN_loss trastuzumab", "lapatinib", ["PTEN_loss", "lapatinib+trastuzumab"]),
    ],
)
def test_a_row_that_names_drugs_is_called_by_all_that_it_has(said, rows, shared, names):
    option = "-s" if "=" in shared else "-d"
    told = json.loads(said(f"compare {rows} {option} {shared} -r AKT --replicates 2 --json"))["scenarios"]
    assert [each["name"] for each in told] == names


def test_few_rows_are_explained_by_what_only_one_has(said):
    out = said("compare trastuzumab trastuzumab+FCGR3A_158F")
    assert "cells less than trastuzumab:" in out
    assert "FCGR3A_158F -| FCGR3A -> ADCC -> CELL_DEATH" in out


def test_a_difference_is_told_in_cells_of_a_hundred_as_the_rows_have_it():
    """From 23 to 78 % is not "55% more": 55 of 100 cells are."""
    answer = her2cli.compare("lapatinib", "trastuzumab", "BT474", "HCC1954", replicates=100)
    shares = {row["scenario"]: row for row in answer.rows}
    told = re.findall(r"^(\S+): (\S+) in (\d+) of 100 cells (more|less) than ([^\s,:]+)", answer.text(80), re.M)
    assert len(told) >= 3
    for one, readout, cells, way, other in told:
        by = int(cells) if way == "more" else -int(cells)
        assert by == pytest.approx(100 * (shares[one][readout] - shares[other][readout]))


def test_a_drug_that_adds_nothing_says_why(said):
    """C_masked lets C signal past the drug, and the brake has B off already."""
    out = " ".join(said(f"compare C_masked C_masked+blockerol -p {SMALL}").split())
    assert "C_masked+blockerol: no readout differs noticeably from C_masked." in out
    assert "blockerol changes nothing here: C_masked keeps it from C; B is off without it." in out
    assert "changes nothing" not in said(f"compare untreated blockerol -p {SMALL}")


def test_a_row_is_set_against_the_row_above_that_is_most_like_it(said):
    found = json.loads(said("compare untreated trastuzumab lapatinib trastuzumab+lapatinib --json"))
    assert {each["scenario"]: each["against"] for each in found["reasons"]} == {1: 0, 2: 0, 3: 2}
    assert found["schema"] == "her2/compare/2"


def test_what_a_row_lacks_is_told_as_missing(said):
    found = json.loads(said("compare trastuzumab untreated -r CELL_DEATH --json"))
    (reason,) = found["reasons"]
    assert reason["without"] is True
    assert reason["by"] < -0.1
    assert reason["why"].startswith("trastuzumab -> ADCC")


@pytest.mark.parametrize("drug", ["trastuzumab_deruxtecan", "lapatinib"])
def test_the_part_that_makes_the_most_of_a_difference_is_why_in_either_order(drug):
    """Each pair of lines has parts on both sides: what one order tells as there, the other tells as missing."""
    told: dict[tuple[str, str], dict[str, tuple[str, bool]]] = {}
    for one, other in permutations(("JIMT1", "BT474", "HCC1954"), 2):
        data = her2cli.compare(one, other, drugs=drug, replicates=CELLS_ENOUGH).data
        found = [(each["readout"], each["why"].split(), each["without"]) for each in data["reasons"]]
        told[one, other] = {readout: (why[0], without) for readout, why, without in found if why}
    assert all(told.values())
    for one, other in told:
        assert told[one, other] == {name: (part, not gone) for name, (part, gone) in told[other, one].items()}
    if drug == "trastuzumab_deruxtecan":  # BT474 is SKBR3 with an estrogen receptor, which it dies without as well
        assert told["JIMT1", "BT474"]["PROLIFERATION"] == ("MUC4_high", True)


def test_a_row_may_have_a_context_of_its_own(said):
    found = json.loads(said("compare trastuzumab culture+trastuzumab --json"))
    assert [each["context"] for each in found["scenarios"]] == ["body", "culture"]
    assert found["readouts"][0]["CELL_DEATH"]["late"] > found["readouts"][1]["CELL_DEATH"]["late"] + 0.1


def test_what_the_options_give_is_in_every_scenario(said):
    line = "untreated everolimus BT474 EGF -d lapatinib=0.5 -s ERBB3=0 -l NRG1 --inputs 1 --context culture"
    rows = json.loads(said(f"compare {line} -r AKT --replicates 2 --json"))["scenarios"]
    assert [row["drugs"] for row in rows] == [{"lapatinib": 0.5} | added for added in ({}, {"everolimus": 1.0}, {}, {})]
    assert [row["ligands"] for row in rows] == [["NRG1"]] * 3 + [["NRG1", "EGF"]]
    assert [(row["clamps"], row["inputs"], row["context"]) for row in rows] == [({"ERBB3": 0}, 1, "culture")] * 4


def test_more_and_less_are_signs_against_the_first_row(said, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")  # heads of one line
    out = said("compare untreated lapatinib").splitlines()
    row = next(line for line in out if line.startswith("lapatinib")).split()
    head = out[3].split()
    assert row[1 + head.index("ERK")].endswith("-")
    assert row[1 + [each.startswith("APOPTO") for each in head].index(True)].endswith("+")


def test_a_short_json_has_less_than_four_kilobytes(said):
    answer = under_lapatinib(*LINES).answer
    assert answer.brief is not None
    assert len(envelope(answer.command, answer.pathway, answer.brief(), indent=1)) < 4096
    assert json.loads(said("compare untreated lapatinib --brief"))["late"][1]["scenario"] == "lapatinib"


def test_short_names_stand_right_before_their_numbers(capfd, tmp_path):
    """A name of less than four letters had the numbers at the far end of the screen."""
    (tmp_path / "m.bnet").write_text("targets, factors\nA, B\nB, !A\n")
    assert run(["compare", "A=0", "A=1", "-p", str(tmp_path / "m.bnet"), "--replicates", "200"]) == 0
    assert "A=0   0  100\nA=1 100+   0-\n" in capfd.readouterr().out


def test_heads_are_whole_and_broken_between_syllables():
    from her2cli.render.matrices import in_lines

    assert in_lines("PROLIFERATION", 1) == ["PROLIFERATION"]
    assert in_lines("PROLIFERATION", 2) == ["PROLI-", "FERATION"]
    assert in_lines("CELL_DEATH", 2) == ["CELL_", "DEATH"]
    assert in_lines("trastuzumab+lapatinib", 2) == ["trastuzumab+", "lapatinib"]
    assert in_lines("AKT", 3) == ["AKT"]
    assert in_lines("qwrtpsdfg", 2) == ["qwrtpsdfg"]  # no syllable ends in it


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("rows", [LINES[:2], LINES, ["trastuzumab", "trastuzumab+pertuzumab+paclitaxel+tucatinib"]])
def test_every_readout_and_row_is_named_in_full_on_every_screen(columns, rows):
    from her2cli.render.matrices import in_lines

    out = under_lapatinib(*rows).text(columns).splitlines()
    grid = out[: next(place for place, line in enumerate(out) if line.startswith("+ more"))]
    assert max(map(len, grid)) <= columns
    told = " ".join(grid)
    for name in (*rows, "PROLIFERATION", "ANGIOGENESIS"):
        label = f"lapatinib+{name}" if "trastuzumab" in name else name
        whole = label in "".join(grid)  # of more letters than the screen has columns
        assert whole or any(all(part in told for part in in_lines(label, lines)) for lines in (1, 2, 3))


def test_a_drug_beside_a_cell_line_says_that_it_is_not_in_it(said):
    out = " ".join(said("compare HCC1954 lapatinib tucatinib").split())
    assert "lapatinib, tucatinib: not in HCC1954 but in ERBB2_amp" in out
    assert "write HCC1954+lapatinib, or -c HCC1954 for all" in out
    assert "not in HCC1954" in json.loads(said("compare HCC1954 lapatinib -r AKT --replicates 1 --json"))["notes"][0]
    for alike in ("HCC1954 HCC1954+lapatinib", "untreated lapatinib", "untreated lapatinib -c HCC1954"):
        assert "not in" not in said(f"compare {alike} -r AKT --replicates 1")


@pytest.mark.parametrize(
    "line",
    [
        "BT474 PTEN_loss -a none",
        "BT474 ERBB2_amp+ESR1_on -a none -d lapatinib",
        "BT474 ERBB2_low",
    ],
)
def test_a_row_that_names_its_own_tumour_beside_a_cell_line_is_not_said_to_be_in_another(said, line):
    assert "the tumour where none is named" not in said(f"compare {line} -r AKT --replicates 1")


def test_a_row_beside_a_cell_line_is_said_to_be_in_the_tumour_that_the_options_have(said):
    def note(line: str) -> str:
        return " ".join(said(f"compare {line} -r AKT --replicates 1").split())

    assert "lapatinib: not in BT474 but in a normal cell, as -a none says" in note("BT474 lapatinib -a none")
    assert "in ERBB2_amp + PTEN_loss, the tumour where none is named" in note("BT474 lapatinib -a +PTEN_loss")


@pytest.mark.parametrize("amount", ["ERBB2_low", "HER2-ultralow"])
def test_a_row_that_is_another_amount_is_the_tumour_that_simulate_has_of_it(capsys, amount):
    """HER2-low is no amplified tumour."""

    def tumours(line: str) -> tuple[list[list[str]], str]:
        assert run([*line.split(), "-r", "AKT", "--replicates", "1", "--json"]) == 0
        out, error = capsys.readouterr()
        return [each["alterations"] for each in json.loads(out)["scenarios"]], error

    assert run(["simulate", "-a", amount, "--replicates", "1", "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)["scenario"]["alterations"]
    found, noted = tumours(f"compare untreated {amount} {amount}+lapatinib+PTEN_loss none+{amount} MUC4_high")
    assert found == [["ERBB2_amp"], alone, [*alone, "PTEN_loss"], alone, ["ERBB2_amp", "MUC4_high"]]
    assert f"{amount} is without the default ERBB2_amp, of which it is another amount." in noted


def test_a_row_is_repeated_as_it_can_be_pasted(capfd):
    assert run(["compare", "SK BR 3", "lapatinib", "--replicates", "5"]) == 0
    assert "write 'SK BR 3+lapatinib', or -c 'SK BR 3' for all." in " ".join(capfd.readouterr().out.split())


@pytest.mark.parametrize(
    ("line", "tumour"),
    [
        ("none ERBB2_amp ESR1_on", "ERBB2_amp, and what a row adds; none is a normal cell"),
        ("none lapatinib", "ERBB2_amp, and what a row adds; none is a normal cell"),
        ("none RB1_loss -a +ESR1_on", "ERBB2_amp + ESR1_on, and what a row adds; none is a normal cell with ESR1_on"),
        ("untreated PTEN_loss", "ERBB2_amp, and what a row adds"),
        ("untreated PTEN_loss -c BT474", "BT474 (ERBB2_amp + ESR1_on), and what a row adds"),
        ("none ERBB2_amp", ""),
        ("none BT474 SKBR3", ""),
        ("untreated lapatinib", "ERBB2_amp"),
        ("SKBR3 ESR1_on", ""),  # where a line says it
    ],
)
def test_the_tumour_that_a_row_does_not_name_is_named(said, line, tumour):
    told = " ".join(said(f"compare {line} --replicates 5").split())
    assert re.findall(r"Tumour: (.*?)\. ", told) == [tumour] * bool(tumour)


def test_of_many_readouts_those_that_differ_most_are_shown_and_all_where_asked_for(said, tmp_path):
    """Every third readout follows A, which is held on; the others stay off."""
    rules = "".join(f"R{number}, {'A' if number % 3 == 2 else 'B'}\n" for number in range(41))
    (tmp_path / "many.bnet").write_text(f"A, A\nB, B\n{rules}")
    asked = f"compare untreated A=1 -p {tmp_path / 'many.bnet'}"
    short, whole = (said(line) for line in (asked, f"{asked} -v"))
    moved = [f"R{number}" for number in range(41) if number % 3 == 2]
    assert set(re.findall(r"\bR\d+\b", short)) == {"R0", "R1", "R3", *moved}
    assert "The 16 readouts that differ most, of 41; -v shows all." in " ".join(short.split())
    assert set(re.findall(r"\bR\d+\b", whole)) == {f"R{number}" for number in range(41)}
    assert "that differ most" not in whole


@pytest.mark.parametrize(
    "line",
    [
        "none RB1_loss CCNE1_amp -a ESR1_on -d palbociclib",
        "none+lapatinib untreated -c BT474",
        "none RB1_loss -c BT474 -a PTEN_loss",
        "SKBR3 lapatinib -a ESR1_on+PTEN_loss",
        "SKBR3 none -c BT474",
        "none untreated -a ESR1_on",
    ],
)
def test_a_row_that_cannot_stand_with_the_tumour_of_the_options_is_told_with_lines_that_run(capsys, line):
    """`-a +NAME adds to it`, it said, which is another comparison than the one that was asked for."""
    cheap = ["-r", "AKT", "--replicates", "2", "--json"]
    assert run(["compare", *line.split()]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    offered = re.findall(r"her2 compare ([^;]+?)(?:;|\n)", told)
    assert offered
    rows = len(re.split(" -[acd] ", line)[0].split())
    for each in offered:
        assert run(["compare", *each.split(), *cheap]) == 0
        found = json.loads(capsys.readouterr().out)["scenarios"]
        assert len(found) == rows
    bare = [arm for arm in found if not arm["alterations"]]
    assert len(bare) == ("none" in line)  # the last one has the normal cell, where one was asked for


def test_a_line_that_is_told_names_no_alteration_twice(capfd) -> None:
    line = ["compare", "none+paclitaxel", "EGFR_amp+paclitaxel", "-a", "EGFR_amp"]
    assert run(line) == 2
    (error,) = capfd.readouterr().err.splitlines()
    meant = error.split("ith it: ")[1].removeprefix("her2 ").split()
    assert meant == ["compare", "none+paclitaxel", "none+EGFR_amp+paclitaxel"]
    assert run([*meant, "--replicates", "20"]) == 0
