"""A file is read as the line says, wherever a command reads one, and what its reader has to say is told once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from her2cli.cli._parameters import parameters
from her2cli.cli.app import COMMANDS, function, run

pytestmark = pytest.mark.usefixtures("drawn_once")

BND = "node A { rate_up = 0; rate_down = 0; } node B { logic = A; }"


@pytest.mark.parametrize("command", sorted({name for group in COMMANDS.values() for name in group}))
def test_every_command_that_reads_a_file_takes_how_it_is_to_be_read(command: str):
    taken = parameters(function(command))
    named = {"pathway", "first", "source", "files"} & taken.keys()
    assert bool(named) == ({"source_format", "settings"} <= taken.keys()), command


@pytest.mark.parametrize(
    "line",
    [
        ["check", "m.txt"],
        ["trace", "A", "-p", "m.txt"],
        ["attractors", "-p", "m.txt"],
        ["convert", "m.txt", "-", "--to", "bnet"],
        ["export", "bnet", "-p", "m.txt"],
        ["diff", "m.txt", "m.txt"],
        ["species", "A", "-p", "m.txt"],
    ],
)
def test_a_format_and_settings_that_are_named_are_used_and_remarks_are_told_once(
    line: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.txt").write_text(BND)
    (tmp_path / "other.cfg").write_text("A.istate = 1;")
    assert run([*line, "--from", "maboss", "--settings", "other.cfg"]) == 0
    told = capsys.readouterr().err
    assert told.count("her2: note: m.txt: no istate, so they begin at random, as MaBoSS has it: B.") == 1


WITHOUT_A_FILE = {"show": "HER2", "diff": "her2 erbb", "convert": "her2 x.bnet", "trace": "HER2", "explain": "AKT",
                  "compare": "none untreated", "combine": "lapatinib trastuzumab", "resist": "-d lapatinib",
                  "evidence": "AKT", "drug": "lapatinib", "alteration": "PTEN_loss", "species": "AKT", "search": "AKT",
                  "domain": "HER2", "function": "growth", "receptor": "HER2", "cell-line": "BT474", "context": "body",
                  "screen": "drugs", "cohort": ".", "export": "bnet", "cite": "", "draw": "-o x.svg"}  # fmt: skip


@pytest.mark.parametrize("option", [["--from", "bnet"], ["--settings", "x.cfg"]], ids=lambda option: option[0])
@pytest.mark.parametrize("command", sorted({name for group in COMMANDS.values() for name in group}))
def test_how_a_file_is_read_is_refused_where_no_file_is_named(command, option, capsys, tmp_path, monkeypatch):
    """`simulate --settings x.cfg` told that erbb has no extension, with sixteen of them; `check --from bnet` passed."""
    monkeypatch.chdir(tmp_path)
    if not {"settings"} <= parameters(function(command)).keys():
        return
    assert run([command, *WITHOUT_A_FILE.get(command, "").split(), *option]) == 2
    told = capsys.readouterr()
    assert not told.out
    lines = told.err.splitlines()
    assert len(lines) == (2 if command == "diff" else 1)
    for line in lines:
        assert line.startswith(f"her2: {option[0]}")
        assert line.endswith("leave it out, or name a file.")
        assert ("is for MaBoSS (.bnd)" in line) or command == "check" or option[0] == "--from"


@pytest.mark.parametrize(
    ("name", "content"),
    [("m.bnet", "A, B\n"), ("m.yaml", "schema: 1\nspecies: {A: {}}\n"), ("m.sif", "A 1 B\n"), ("m.aeon", "A -> B\n")],
)
def test_a_format_without_settings_refuses_them(name: str, content: str, tmp_path: Path, capsys, monkeypatch):
    """`check m.yaml --settings x.cfg` passed over them in silence."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(content)
    for line in (["check", name], ["species", "-p", name], ["simulate", "-p", name]):
        assert run([*line, "--settings", "x.cfg"]) == 2
        kind = Path(name).suffix[1:].upper()
        assert capsys.readouterr().err == (
            f"{name}: is {kind}; --settings is for MaBoSS (.bnd): leave --settings x.cfg out.\n"
        )


def test_settings_are_not_read_beside_settings(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("m.bnd").write_text(BND)
    for name in ("m.cfg", "other.cfg"):
        Path(name).write_text("A.istate = 1;")
    assert run(["simulate", "-p", "m.cfg", "--settings", "other.cfg"]) == 2
    assert capsys.readouterr().err.endswith("name the network (.bnd) and one of them.\n")


def test_settings_are_of_the_file_that_stands_beside_a_name_of_the_library(tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("m.bnd").write_text(BND)
    Path("other.cfg").write_text("A.istate = 1; B.istate = 1;")
    assert run(["diff", "m.bnd", "article", "--settings", "other.cfg"]) == 1
    assert "begin at random" not in capsys.readouterr().err


def test_nothing_that_inputs_did_not_set_is_said_to_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "m.bnet").write_text("A, !B\nB, A\n")
    words = ["-p", str(tmp_path / "m.bnet"), "--inputs", "1"]
    assert run(["simulate", *words]) == 0
    told = capsys.readouterr()
    assert "other inputs" not in told.out
    assert "her2: note: --inputs sets nothing: the network has no input that is not named otherwise." in told.err
    (tmp_path / "m.bnet").write_text("A, !B & I\nB, A\n")
    assert run(["simulate", *words]) == 0
    told = capsys.readouterr()
    assert "sets nothing" not in told.err


def test_rates_that_an_answer_cannot_use_are_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "m.bnd").write_text("node A { logic = !A; rate_up = @logic ? 7 : 0; }")
    (tmp_path / "m.cfg").write_text("A.istate = 0;")
    assert run(["attractors", "-p", str(tmp_path / "m.bnd")]) == 0
    told = "A: rates of their own are for cells that are drawn, and are not used here."
    assert capsys.readouterr().err == f"her2: note: {told}\n"


def test_the_beginning_of_a_file_is_where_cells_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Two that hold each other up: in MaBoSS both stay as they began, on in a quarter of the cells."""
    (tmp_path / "m.bnd").write_text("node A { logic = B; } node B { logic = A; }")
    (tmp_path / "m.cfg").write_text("[A, B].istate = 0.75 [0, 0], 0.25 [1, 1];")
    words = ["simulate", "-p", str(tmp_path / "m.bnd"), "--start", "file", "--time", "10", "--replicates", "2000"]
    assert run([*words, "--json"]) == 0
    shares = json.loads(capsys.readouterr().out)["probabilities"]["10"]
    assert shares["A"] == shares["B"] == pytest.approx(0.25, abs=0.045)
