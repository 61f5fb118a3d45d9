"""The tour shows, for each step, a line and exactly what that line prints."""

from __future__ import annotations

import shlex

from her2cli.cli import app, tour
from her2cli.cli.app import run
from her2cli.cli.tour import STEPS


def test_each_step_shows_its_line_and_its_answer(capsys, few_cells, drawn_once):
    assert run(["tour"]) == 0
    whole = capsys.readouterr().out
    assert len(STEPS) == 5
    for _, line in STEPS:
        assert run(shlex.split(line)) == 0
        assert f"$ her2 {line}\n{capsys.readouterr().out}" in whole


def test_in_a_terminal_enter_goes_on_and_q_ends_it(capsys, monkeypatch):
    shown, answers = [], iter(["\n", " Quit\n"])

    class Terminal:
        def isatty(self):
            return True

        def readline(self):
            return next(answers)

    monkeypatch.setattr(app, "run_line", shown.append)
    monkeypatch.setattr(tour.sys, "stdin", Terminal())
    monkeypatch.setattr(tour.sys.stdout, "isatty", lambda: True, raising=False)
    tour.tour()
    assert shown == [shlex.split(line) for _, line in STEPS[:2]]
    assert "3 of 5" not in capsys.readouterr().out
