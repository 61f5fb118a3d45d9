"""Whole outputs, as tests/data/outputs holds them: `python tests/cli/test_outputs.py` writes them anew.

A file's first line is the command; each is answered in 72 columns, without colour, on tests/data/small.yaml.
"""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from her2cli.cli.app import run

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "data" / "outputs"
CASES = sorted(FOLDER.glob("*.txt"))


def answer(command: str, **environment: str) -> str:
    """What `her2` prints for *command*, with nothing else in its environment that it heeds; then what it remarks."""
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "HER2_PATHWAY", "HER2_PATHWAYS"):
            patch.delenv(name, raising=False)
        for name, value in ({"COLUMNS": "72"} | environment).items():
            patch.setenv(name, value)
        patch.chdir(ROOT)
        run([*command.removeprefix("$ her2 ").split(), "--pathway", "tests/data/small.yaml"])
    for each in (out, err):
        each.seek(0)
    return out.read() + err.read()


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
