"""Long work shows one line on stderr and takes it away again; where that is no terminal, a line now and then."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest

from her2cli.cli import _progress
from her2cli.cli._progress import counted, in_words, progress
from her2cli.logic.network import from_rules
from her2cli.logic.network.phases import Phase
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.runs.stochastic import BLOCK, follow


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    found = Terminal()
    monkeypatch.setattr(_progress, "sys", SimpleNamespace(stderr=found))
    monkeypatch.setattr(_progress, "EVERY", 0.01)
    return found


def wait_for(terminal: StringIO, text: str) -> None:
    for _ in range(500):
        if text in terminal.getvalue():
            return
        time.sleep(0.01)
    raise AssertionError(terminal.getvalue())


def screen(written: str) -> str:
    """What a terminal shows in the end of a line that is written over and over."""
    shown = ""
    for text in written.split("\r"):
        shown = text + shown[len(text) :]
    return shown.rstrip()


def test_the_line_appears_with_the_share_that_is_done_and_is_erased(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_progress, "AFTER", 0.01)
    with progress("drawing 9 cells") as told:
        wait_for(terminal, "\rher2: drawing 9 cells: 0 s; Ctrl-C stops it.")
        assert told is not None
        told(0.5)
        wait_for(terminal, "\rher2: drawing 9 cells: 50%, 0 s")
    assert screen(terminal.getvalue()) == ""


def test_the_line_is_erased_after_a_mistake_too(terminal: Terminal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_progress, "AFTER", 0.01)

    def failing() -> None:
        with progress("work"):
            wait_for(terminal, "her2: work")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert screen(terminal.getvalue()) == ""


def test_the_line_tells_how_many_are_done_how_fast_and_how_long_the_rest_takes():
    assert in_words("rows", [], 3.2) == "rows: 3 s"
    assert in_words("rows", [(10, 100, 5.0)], 6) == "rows: 10 of 100"
    assert in_words("rows", [(10, 100, 5.0), (50, 100, 9.0)], 9) == "rows: 50 of 100, 10 a second, 5 s left"


def test_short_work_shows_nothing(terminal: Terminal):
    with progress("drawing 9 cells"):
        pass
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("shown", [progress, counted])
def test_nothing_is_shown_where_there_is_no_stderr(monkeypatch: pytest.MonkeyPatch, shown):
    monkeypatch.setattr(_progress, "sys", SimpleNamespace(stderr=None))
    with shown("drawing 9 cells") as told:
        assert told is None


@pytest.mark.parametrize("shown", [progress, counted])
def test_a_file_has_whole_lines_now_and_then_and_none_of_short_work(monkeypatch: pytest.MonkeyPatch, shown):
    file = StringIO()
    monkeypatch.setattr(_progress, "sys", SimpleNamespace(stderr=file))
    monkeypatch.setattr(_progress, "AFTER", 0)  # which is for terminals
    with shown("drawing 9 cells"):
        time.sleep(0.05)
    assert file.getvalue() == ""
    monkeypatch.setattr(_progress, "LINES_AFTER", 0.01)
    monkeypatch.setattr(_progress, "LINES_EVERY", 0.01)
    with shown("drawing 9 cells") as told:
        wait_for(file, "her2: drawing 9 cells: 0 s.\n" * 2)
        told(*((0.5,) if shown is progress else (3, 6)))
        wait_for(file, f"her2: drawing 9 cells: {'50%, 0 s' if shown is progress else '3 of 6'}.\n")
    assert "\r" not in file.getvalue()


@pytest.mark.parametrize("cells", [1, BLOCK, 3 * BLOCK + 1])
def test_the_share_of_the_cells_that_are_done_rises_to_all(cells: int):
    told: list[float] = []
    phase = Phase(network=from_rules({"A": "not A"}), times=(0.1,))
    follow([phase], sampling=Sampling(replicates=cells, engine="python"), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) == -(-cells // BLOCK)


def interruptible() -> None:
    """A shell's background job is started deaf to Ctrl-C; what is tested here is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_long_simulation_shows_progress_on_a_terminal_and_the_same_answer():
    """Run until the line was seen; then it is stopped, as by Ctrl-C, and says nothing more."""
    outer, inner = os.openpty()
    asked = ["simulate", "--semantics", "stochastic", "--replicates", "9000000", "--engine", "python"]  # forty seconds
    soon = "from her2cli.cli import _progress, app; _progress.AFTER = 0.1; import sys; sys.exit(app.run(sys.argv[1:]))"
    command = [sys.executable, "-c", soon, *asked]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inner, env=environment, preexec_fn=interruptible)
    try:
        os.close(inner)
        seen = ""
        while "Ctrl-C stops it." not in seen:
            seen += os.read(outer, 1000).decode()
        assert re.match(r"\rher2: drawing 9,000,000 cells: (\d+%, )?\d+ s; Ctrl-C stops it\.", seen)
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=60)
        assert (run.returncode, out) == (130, b"")
    finally:
        run.kill()
        run.wait()
        os.close(outer)
