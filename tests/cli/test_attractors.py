"""`her2 attractors` shows each kind as soon as it is found, and keeps what it has when it is stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from her2cli.cli import attractors as command
from her2cli.cli._stoppable import Stopped, stoppable
from her2cli.cli.app import run
from her2cli.errors import LimitError
from her2cli.formats import FORMATS, find_format, load, write
from her2cli.loading import load_text
from her2cli.logic.ends.attractors import minimal_trap_spaces
from her2cli.logic.network import build
from her2cli.model import Edge, Effect, Pathway, Species

TOGGLE = "A, B\nB, A\nC, !C\n"


@pytest.fixture
def toggle(tmp_path: Path) -> list[str]:
    (tmp_path / "m.bnet").write_text(TOGGLE)
    return ["attractors", "-p", str(tmp_path / "m.bnet")]


def slow(*_: object) -> None:
    time.sleep(60)


def refused(*_: object) -> None:
    raise LimitError("too large")


@pytest.mark.parametrize(
    ("kind", "field"),
    [("fixed-points", "fixed_points"), ("trap-spaces", "minimal_trap_spaces"), ("attractors", "attractors")],
)
def test_one_kind_can_be_asked_for(toggle: list[str], kind: str, field: str, capsys: pytest.CaptureFixture[str]):
    assert run([*toggle, "--only", kind, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"fixed_points", "minimal_trap_spaces", "attractors"} & found.keys() == {field}
    assert found[field]["count"] == (0 if kind == "fixed-points" else 2)


def test_an_unknown_kind_is_answered_with_those_there_are(toggle: list[str], capsys: pytest.CaptureFixture[str]):
    assert run([*toggle, "--only", "cycles"]) == 2
    assert capsys.readouterr().err == "her2: --only cycles: there are fixed-points, trap-spaces, attractors.\n"


def test_what_is_shown_piece_by_piece_is_what_is_shown_at_once(toggle: list[str], capsys: pytest.CaptureFixture[str]):
    assert run(toggle) == 0
    whole = capsys.readouterr().out
    assert whole.count("\n\n") == 3
    assert [line.split(".")[0] for line in whole.splitlines() if line and line[0] != " "] == [
        "Network m",
        "Fixed points: no update changes them",
        "Minimal trap spaces: the most-permissive attractors",
        "Attractors of asynchronous updates",
    ]


@pytest.mark.parametrize(("begins", "long"), [("initial: 1", False), ("share: 0.5", True)])
def test_an_input_that_begins_on_in_some_cells_is_a_setting_to_look_through(monkeypatch, begins: str, long: bool):
    monkeypatch.setattr(command, "LARGE", 2)
    network = build(
        load_text(f"schema: 1\nspecies: {{A: {{}}, B: {{}}, I: {{{begins}}}}}\nrules: {{A: B or I, B: A}}\n")
    )
    assert command._may_take_long(network, "initial", minimal_trap_spaces(network)) is long


def test_when_time_is_up_what_is_there_is_kept(
    toggle: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    found = command._found
    monkeypatch.setattr(command, "_found", lambda kind, *more: (slow if kind == "attractors" else found)(kind, *more))
    assert run([*toggle, "--seconds", "1", "--json"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert answer["minimal_trap_spaces"]["count"] == 2
    assert answer["attractors"] is None
    assert told.err == "her2: attractors: not found within 1 s (--seconds).\n"


def test_a_stopped_search_raises_and_one_that_fails_says_why():
    begin = time.monotonic()
    with pytest.raises(Stopped, match=r"not found within 0\.2 s"):
        stoppable(slow, seconds=0.2)
    assert time.monotonic() - begin < 10
    with pytest.raises(LimitError, match="too large"):
        stoppable(refused, seconds=None)
    assert stoppable(max, 1, 2, seconds=None) == 2


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent to a process otherwise there")
@pytest.mark.parametrize("output", ["", "--json"])
def test_an_interrupt_keeps_what_is_there(tmp_path: Path, output: str):
    """The search for attractors is made to last; the interrupt comes while it does."""
    (tmp_path / "m.bnet").write_text(TOGGLE)
    code = (
        "import sys, time\n"
        "from her2cli.cli import app, attractors\n"
        "found = attractors._found\n"
        "def lasting(kind, *more):\n"
        "    if kind == 'attractors':\n"
        "        time.sleep(60)\n"
        "    return found(kind, *more)\n"
        "attractors._found = lasting\n"
        "attractors._may_take_long = lambda *_: True\n"
        "sys.exit(app.run(sys.argv[1:]))\n"
    )
    words = ["attractors", "-p", str(tmp_path / "m.bnet"), *([output] if output else [])]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job is deaf to it
    )
    try:
        assert process.stderr is not None
        assert "Ctrl-C keeps what is there" in process.stderr.readline()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert err == "her2: attractors: stopped.\n"
    if output:
        answer = json.loads(out)
        assert (answer["minimal_trap_spaces"]["count"], answer["attractors"]) == (2, None)
    else:
        assert "Minimal trap spaces: the most-permissive attractors. 2" in out


def test_many_free_inputs_are_one_screen_and_the_words_that_fix_them(capsys: pytest.CaptureFixture[str]):
    """344,064 fixed points with sixty species on each once filled hundreds of lines."""
    assert run(["attractors", "-p", "erbb"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) < 40
    assert "The first 3 of" in told.out
    assert "--inputs usual is as most cells are" in told.err
    assert "-s NAME=0|1" in told.err
    (note,) = [line for line in told.err.splitlines() if line.startswith("her2: note: ")]
    assert len(note) <= 160, "two lines of 80"
    assert run(["attractors", "-p", "erbb", "-v", "--only", "fixed-points"]) == 0
    assert re.search(r"NRG1, .*\. --inputs usual", capsys.readouterr().err)


def test_states_that_are_mostly_alike_are_told_by_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    fixed = "".join(f"S{number}, A | !A\n" for number in range(12))
    (tmp_path / "m.bnet").write_text("A, A\nB, A\nC, !A\n" + fixed)
    assert run(["attractors", "-p", str(tmp_path / "m.bnet"), "--only", "fixed-points"]) == 0
    lines = " ".join(line.strip() for line in capsys.readouterr().out.splitlines()[3:])
    alike = ", ".join(sorted(f"S{number}" for number in range(12)))
    assert lines == f"in all 2, on: {alike}; and 1.  on: C 2.  on: A, B"


def test_usual_inputs_are_those_of_most_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A is on in 0.8 of the cells and B in 0.3, so the usual cell has A alone, and one fixed point."""
    (tmp_path / "m.bnd").write_text("node A { logic = A; }\nnode B { logic = B; }\nnode C { logic = A & !B; }\n")
    (tmp_path / "m.cfg").write_text("[A].istate = 0.8 [1], 0.2 [0];\n[B].istate = 0.3 [1], 0.7 [0];\nC.istate = 0;\n")
    words = ["attractors", "-p", str(tmp_path / "m.bnd"), "--only", "fixed-points", "--json"]
    counts = {}
    for inputs in ("given", "usual"):
        assert run([*words, "--inputs", inputs]) == 0
        counts[inputs] = json.loads(capsys.readouterr().out)["fixed_points"]
    assert counts["given"]["count"] == 4
    assert counts["usual"]["states"] == ["101"]


@pytest.fixture
def thousands(tmp_path: Path) -> str:
    """1,100 pairs of switches, each on or off, and 100 species that nothing reads."""
    pairs = "".join(f"S{number}, S{number ^ 1}\n" for number in range(2200))
    ends = "".join(f"END{number}, S{2 * number} | !S{2 * number + 2}\n" for number in range(100))
    (tmp_path / "large.bnet").write_text(pairs + ends)
    return str(tmp_path / "large.bnet")


def test_thousands_of_species_are_a_screenful_that_says_what_was_left_out(
    thousands: str, capsys: pytest.CaptureFixture[str]
):
    assert run(["attractors", "-p", thousands, "--only", "trap-spaces", "--limit", "1"]) == 0
    shown = capsys.readouterr().out
    assert "At least 1" in shown
    assert "stopped at 1" in shown
    assert "more" in shown
    assert len(shown.splitlines()) < 24
    assert run(["attractors", "-p", thousands, "--only", "trap-spaces", "--limit", "1", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert not data["minimal_trap_spaces"]["complete"]
    assert data["notes"] == ["minimal_trap_spaces: The search in 2,300 species stopped at 1; there may be more"]
    assert run(["simulate", "-p", thousands, "--replicates", "2"]) == 0
    shown = capsys.readouterr().out
    assert "of 100; -v shows all" in shown
    assert len(shown.splitlines()) <= 24
    assert run(["simulate", "-p", thousands, "--replicates", "2", "-v"]) == 0
    assert capsys.readouterr().out.count("END") == 100


@pytest.mark.parametrize("format", [each.name for each in FORMATS if each.reads and each.writes])
def test_inputs_are_as_given_where_a_file_can_say_how_they_begin_and_free_elsewhere(tmp_path, capsys, format):
    """A is on in the beginning; what comes back of that tells which kind of format it is."""
    if format == "sbml":
        pytest.importorskip("libsbml")
    species = {"A": Species(id="A", initial=1), "B": Species(id="B")}
    pathway = Pathway(name="p", species=species, edges=(Edge(source="A", target="B", effect=Effect.activates),))
    file = tmp_path / f"model{find_format(format).extensions[0]}"
    written = write(pathway, format)
    file.write_text(written.text)
    if written.beside:
        file.with_suffix(".cfg").write_text(written.beside)
    given = load(str(file)).species["A"].initial == 1
    assert run(["attractors", "-p", str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["inputs"] == ("given" if given else "free")
    assert answer["fixed_points"]["states"] == (["11"] if given else ["00", "11"])


GINML = (
    '<gxl><graph class="regulatory" id="m" nodeorder="A B"><node id="A" maxvalue="1" input="true"/>'
    '<node id="B" maxvalue="1"><value val="1"><exp str="A"/></value></node>'
    '<edge id="A:B" from="A" to="B" minvalue="1" sign="positive"/></graph></gxl>'
)


@pytest.mark.parametrize(
    ("name", "text"), [("m.txt", "A *= A\nB *= A\n"), ("m.bn", "A = A\nB = A\n"), ("m.ginml", GINML)]
)
def test_inputs_of_what_is_only_read_and_says_no_beginnings_are_free(tmp_path, capsys, name, text):
    (tmp_path / name).write_text(text)
    assert run(["attractors", "-p", str(tmp_path / name), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["inputs"], answer["fixed_points"]["states"]) == ("free", ["00", "11"])
