"""The tour shows, for each step, a line and exactly what that line prints."""

from __future__ import annotations

import shlex

from her2cli.cli.app import run
from her2cli.cli.tour import STEPS


def test_each_step_shows_its_line_and_its_answer(capsys):
    assert run(["tour"]) == 0
    whole = capsys.readouterr().out
    assert len(STEPS) == 5
    for _, line in STEPS:
        assert run(shlex.split(line)) == 0
        assert f"$ her2 {line}\n{capsys.readouterr().out}" in whole
