"""`her2 resist` as it is typed: the guarantee, the chain, JSON and CSV, bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from her2cli import load
from her2cli.cli._output import kept, look
from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")
# A line of the page of questions, too, so that a session works it out once.
COUNTERED = ["resist", "-d", "trastuzumab", "-k", "1", "--counter", "--replicates", "40"]


def test_sets_come_with_chains_and_a_guarantee(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["resist", "-d", "trastuzumab", "--context", "culture", "-n", "40", "--replicates", "60"]) == 0
    out = " ".join(capfd.readouterr().out.split())
    assert " of 2) after which PROLIFERATION stays on" in out
    assert "-> PROLIFERATION" in out
    assert "Complete: all smallest sets of at most 2 of" in out
    assert "in all minimal trap spaces" in out
    assert "With no change PROLIFERATION stays on in 0." in out
    assert "PTEN_loss" in out.split("In many cells, not in every end that a cell may come to")[1]


def test_the_first_screen_names_every_set_and_tells_the_first_in_a_line_and_v_has_all(capfd, monkeypatch):
    """Each chain took a column of a third of the screen, and the answer more than five screens."""
    monkeypatch.setenv("COLUMNS", "80")
    line = ["resist", "-d", "trastuzumab", "--context", "culture", "-n", "4", "--replicates", "60"]
    with kept() as answers:
        assert run(line) == run([*line, "-v"]) == 0
    short, whole = (look(answer.look()) for answer in answers)
    sets = answers[0].data()["sets"]
    assert len(sets) > 30
    assert len(short.splitlines()) <= 40
    told, more = short.split("In many cells, not in every end")
    for each in sets:
        assert " + ".join(each["set"]) in (told if each["everywhere"] else more)
    for line in short.splitlines():
        if " -> " in line:
            assert line.endswith(("-> PROLIFERATION", "-| PROLIFERATION"))
    assert "-v all, with whole chains ('...'), experiments and references." in " ".join(short.split())
    assert " ... -> PROLIFERATION" in short
    assert " ... -> PROLIFERATION" not in whole
    chain = next(each for each in sets if each["set"] == ["MET_amp"])["chain"]
    assert " ".join(chain) in re.sub(r"(\(.*?\)|->|-\|| )+", " ", whole.replace("\n", " "))
    assert "Shattuck2008" in whole
    assert "'her2 simulate' asks of cells in body, whose shares are others" in " ".join(short.split())


def test_what_acts_on_the_road_of_a_resistance_is_told_first(monkeypatch):
    """The same conjugates stood first for every alteration, and the PI3K inhibitor of mutant PI3K among 48 more."""
    monkeypatch.setenv("COLUMNS", "200")
    with kept() as answers:
        assert run([*COUNTERED, "-n", "30"]) == 0
    told = look(answers[0].look())
    path, met = load("erbb"), 0
    for each in answers[0].data()["sets"]:
        (name,), chain = each["set"], each["chain"]
        row = re.search(rf"^{name} .*\n(?:  .*\n)*?  Blocked again by: (\w+)", told, re.M)
        assert row is not None, name
        acts = {
            drug: {e.target for e in path.actions(drug) if not e.blocks} for drugs in each["counters"] for drug in drugs
        }
        roads = {drug: targets & {*chain[1:-1]} for drug, targets in acts.items()}
        if any(roads.values()):
            assert roads[row[1]], (name, row[1])
            met += 1
    assert met > 10


def test_small_sets_stand_first_then_what_experiments_know_then_the_most_cells(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    assert run(["resist", "-d", "trastuzumab", "--context", "culture", "-v", "--replicates", "60"]) == 0
    out = capfd.readouterr().out.split("In many cells")[0]
    rows = re.findall(r"^(\S+(?: \+ \S+)*) +(\d\.\d\d) ± .* of cells on(.*)$", out, flags=re.MULTILINE)
    assert len(rows) > 20
    order = [(name.count(" + "), not known, -float(share)) for name, share, known in rows]
    assert order == sorted(order)
    assert {True, False} == {known for _, known, _ in order}
    assert all(known.startswith(", experiments ") for _, _, known in rows if known)


def test_json_has_sets_and_what_they_are_worth(capfd):
    assert run([*COUNTERED, "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["schema"] == "her2/resist/1"
    assert data["complete"] is True
    assert (data["size"], data["over"], data["blocked"]) == (1, "alterations", True)
    assert set(data["sets"][0]) == {
        "set",
        "share",
        "error",
        "chain",
        "experiments",
        "evidence",
        "counters",
        "everywhere",
    }
    assert any(each["counters"] for each in data["sets"])
    assert 0 < data["without"] < 1
    for each in data["sets"]:
        if each["everywhere"]:
            assert each["chain"][0] in each["set"]
            assert each["chain"][-1] == data["readout"]
        else:
            assert each["share"] > data["without"] + 0.1


def test_a_tumour_that_resists_as_it_is_says_what_to_ask_instead(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    tumour = ["-d", "trastuzumab", "-a", "ERBB2_loss", "-a", "RB1_loss"]
    assert run(["resist", *tumour, "--counter", "--replicates", "10"]) == 0
    out = " ".join(capfd.readouterr().out.split())
    assert "in every end that one cell may come to (in shares of cells: 'her2 simulate'): there is noth" in out
    assert "there is nothing to resist. 'her2 screen drugs' with the same tumour and drug ranks" in out
    assert "With no change" not in out
    assert run(["screen", "drugs", *tumour, "--replicates", "5", "-n", "1"]) == 0
    assert "ERBB2_loss + RB1_loss without ERBB2_amp, under trastuzumab" in " ".join(capfd.readouterr().out.split())


def test_csv_tells_the_guarantee_beside_it(capfd):
    assert run([*COUNTERED, "--csv"]) == 0
    out, error = capfd.readouterr()
    assert out.startswith("set,share,error,chain,experiments,evidence,counters,everywhere\n")
    assert "Complete: all smallest sets" in error
    assert "With no change PROLIFERATION stays on in" in error


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("resist", "Resistance is to a treatment: name a drug."),
        ("resist -d lapatinib --over genes", "No 'genes' to look over; there are alterations, species, both."),
        ("resist -d lapatinib -r NOBODY", "No species 'NOBODY'"),
        ("resist -d lapatinb", "No drug 'lapatinb'. Close: lapatinib"),
        ("resist -d lapatinib -o sets.doc", "rows are written as .csv, .tsv, .parquet"),
    ],
)
def test_bad_lines_get_one_line(capfd, line, said):
    assert run(line.split()) == 2
    error = capfd.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_network_without_alterations_says_what_can_be_asked(tmp_path: Path, capfd):
    (tmp_path / "m.bnet").write_text("GF, GF\nDRUGX, DRUGX\nGROWTH, GF & !DRUGX\n")
    line = ["resist", "-p", str(tmp_path / "m.bnet"), "--inputs", "1", "-s", "DRUGX=1", "-r", "GROWTH"]
    assert run(line) == 2
    assert "has no alterations that could be added here; --over species" in capfd.readouterr().err
    assert run([*line, "--over", "species"]) == 0
    assert "GROWTH" in capfd.readouterr().out
