"""What docs/cohort.md shows is what the commands print, shares within a tenth.

`python tests/test_cohort_page.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import runpy
import shlex
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "cohort.md"
SHOWN = re.compile(r"```console\n\$ (?P<command>her2 [^\n]+)\n(?P<output>.*?)```", re.S)
DRAWN = re.compile(r"[<+-]?\d*\.\d+|<?\d+%")  # scores and shares, which depend on the draw
EXTRAS = {".parquet": "pyarrow", ".svg": "matplotlib"}


def _run(command: str, folder: Path) -> str:
    """What *command* prints to a pipe of 100 columns, in *folder*; her2 in this process, which starts it once."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONPATH": paths}
    if command.startswith("her2 "):
        pipe = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(pipe):
            for name, value in environment.items():
                patch.setenv(name, value)
            patch.chdir(folder)
            assert run(shlex.split(command)[1:]) == 0
        pipe.seek(0)
        return pipe.read()
    command = re.sub(r"^python\b", shlex.quote(sys.executable), command)
    command = command.replace("tests/studies/", f"{shlex.quote(str(ROOT / 'tests' / 'studies'))}/")
    environment = {**os.environ, **environment}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def _number(text: str) -> float:
    return float(text.strip("<%")) / (100 if text.endswith("%") else 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made study, as the page's first line makes it, and the tables that the page writes by hand."""
    found = tmp_path_factory.mktemp("cohort")
    page = PAGE.read_text("utf-8")
    _run(re.findall(r"```sh\n(python .+?)\n```", page)[0], found)
    for line in re.findall(r"^printf .+$", page, re.MULTILINE):
        _run(line, found)
    return found


@pytest.mark.parametrize("match", [pytest.param(m, id=m["command"]) for m in SHOWN.finditer(PAGE.read_text("utf-8"))])
def test_the_page_shows_what_the_command_prints(match: re.Match[str], folder: Path) -> None:
    shown, printed = match["output"], _run(match["command"], folder)
    assert DRAWN.sub("#", shown).split() == DRAWN.sub("#", printed).split()
    pairs = zip(DRAWN.findall(shown), DRAWN.findall(printed), strict=True)
    assert all(abs(_number(old) - _number(new)) <= 0.1 for old, new in pairs)


@pytest.mark.usefixtures("few_cells")
@pytest.mark.parametrize(
    "line",
    [
        line
        for block in re.findall(r"```sh\n(.+?)```", PAGE.read_text("utf-8"), re.S)
        for line in block.splitlines()
        if line.startswith(("her2", "printf"))
    ],
)
def test_every_line_of_the_page_runs_and_writes_what_it_names(line: str, folder: Path) -> None:
    wanted = re.search(r"(?:-o|>) (\S+)$", line)
    for ending, extra in EXTRAS.items():
        if wanted and wanted[1].endswith(ending):
            pytest.importorskip(extra)
    printed = _run(line, folder)
    if wanted:
        assert (folder / wanted[1]).stat().st_size > 10
    else:
        assert "best drugs" in printed


def test_the_example_in_python_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", PAGE.read_text("utf-8"), re.S)
    (folder / "example.py").write_text(code + "print(len(rows))\n")
    monkeypatch.chdir(folder)
    runpy.run_path("example.py")
    assert re.fullmatch(r"18 \w+\n18\n", capsys.readouterr().out)


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as name:
        _run(re.findall(r"```sh\n(python .+?)\n```", text)[0], Path(name))
        again = SHOWN.sub(lambda m: f"```console\n$ {m['command']}\n{_run(m['command'], Path(name))}```", text)
    PAGE.write_text(again, "utf-8")
