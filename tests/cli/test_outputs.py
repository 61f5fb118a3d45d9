"""Whole outputs, as tests/data/outputs holds them: `python tests/cli/test_outputs.py` writes them anew.

A file's first line is the command; each is answered in 72 columns, without colour, on tests/data/small.yaml.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "outputs"
CASES = sorted(FOLDER.glob("*.txt"))


def answer(command: str, **environment: str) -> str:
    """What `her2` prints for *command*, run in a process of its own."""
    settings = {"COLUMNS": "72", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    words = command.removeprefix("$ her2 ").split()
    done = subprocess.run(
        [sys.executable, "-m", "her2cli", *words, "--pathway", "tests/data/small.yaml"],
        cwd=ROOT,
        env=kept | settings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_whole_output_is_as_written_down(case):
    command, expected = case.read_text(encoding="utf-8").split("\n", 1)
    assert answer(command) == expected


def test_there_are_outputs_to_compare():
    assert len(CASES) >= 10


if __name__ == "__main__":
    for case in CASES:
        command = case.read_text(encoding="utf-8").split("\n", 1)[0]
        case.write_text(f"{command}\n{answer(command)}", encoding="utf-8")
