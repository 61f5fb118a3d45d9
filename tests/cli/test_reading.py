"""A file is read as the line says, wherever a command reads one, and what its reader has to say is told once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from her2cli.cli._parameters import parameters
from her2cli.cli.app import COMMANDS, function, run

pytestmark = pytest.mark.usefixtures("drawn_once")

BND = "node A { rate_up = 0; rate_down = 0; } node B { logic = A; }"
READS_NO_FILE = {"schema", "new", "agents", "mcp", "tour"}


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


def test_a_library_pathway_is_no_file_of_that_format(capsys: pytest.CaptureFixture[str]):
    assert run(["trace", "HER2", "--from", "bnet"]) == 2
    assert "her2: no such file" in capsys.readouterr().err


def test_a_format_without_settings_refuses_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "m.bnet").write_text("A, B\n")
    assert run(["check", str(tmp_path / "m.bnet"), "--settings", "x.cfg"]) == 2
    assert "is BNET, which has no settings in a second file" in capsys.readouterr().err


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
