"""What README and manual show is what the commands print. `python tests/test_readme.py` writes the outputs anew."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from her2cli.cli._commands import COMMANDS, function
from her2cli.cli._parameters import parameters
from her2cli.cli.app import run
from her2cli.logic import lanes
from her2cli.logic.network import sampling

pytestmark = pytest.mark.usefixtures("drawn_once", "without_numba")

README = Path(__file__).resolve().parents[1] / "README.md"
OWN = {"cohort.md"}  # shows commands in a folder that its own test makes
PAGES = [README, *(page for page in sorted((README.parent / "docs").glob("*.md")) if page.name not in OWN)]
SHOWN = re.compile(r"```console\n\$ (?P<command>her2 [^\n]+)\n(?P<output>.*?)```", re.S)


def output(command: str) -> str:
    """What *command* prints to a pipe of 100 columns, without the extra `fast`, as README installs her2."""
    pipe = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(pipe):
        for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "HER2_PATHWAY", "HER2_PATHWAYS"):
            patch.delenv(name, raising=False)
        patch.setattr(lanes, "has_numba", lambda: False)
        patch.setenv("COLUMNS", "100")
        patch.setenv("NO_COLOR", "1")
        assert run(shlex.split(command)[1:]) == 0
    pipe.seek(0)
    return pipe.read()


@pytest.fixture
def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the pages are written, so that what several of them ask is drawn once."""
    monkeypatch.setattr(lanes, "has_numba", lambda: False)


EVERY = [
    pytest.param(match, id=f"{page.name}: {match['command']}")
    for page in PAGES
    for match in SHOWN.finditer(page.read_text("utf-8"))
]


@pytest.mark.parametrize("match", EVERY)
def test_a_page_shows_what_the_command_prints(match: re.Match[str]) -> None:
    assert match["output"] == output(match["command"])


def test_the_manual_is_built_and_all_its_links_lead_somewhere(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="the manual is built with the extra docs")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]  # --quiet hides warnings
    done = subprocess.run(words, cwd=README.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    commands = (tmp_path / "commands" / "index.html").read_text("utf-8")
    assert "Usage: her2 simulate" in commands
    assert (tmp_path / "yaml" / "index.html").read_text("utf-8").count("<table>") > 5


def typed(line: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Run a line of a shell in *folder*: what stands before a pipe or a > is her2 in this process, started once."""
    first, pipe, rest = line.partition(" | ")
    words, _, into = (part.strip() for part in first.partition(" > "))
    name, *given = shlex.split(words)
    patch.chdir(folder)
    if name == "export":
        patch.setenv(*given[0].split("=", 1))
    elif name == "her2":
        out = TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True)
        with redirect_stdout(out):
            assert run(given) == 0, line
        out.seek(0)
        if into:
            (folder / into).write_text(out.read(), "utf-8")
        elif pipe:
            rest = re.sub(r"^python3", shlex.quote(sys.executable), rest)
            subprocess.run(["bash", "-c", rest], cwd=folder, input=out.read(), text=True, check=True)
    else:
        subprocess.run(["bash", "-c", line], cwd=folder, check=True)


def test_the_lines_of_the_how_to_pages_run_in_an_empty_folder(tmp_path: Path) -> None:
    blocks = re.findall(r"```sh\n(.+?)```", (README.parent / "docs" / "howto.md").read_text("utf-8"), re.S)
    assert len(blocks) >= 2
    for number, block in enumerate(blocks):
        (folder := tmp_path / str(number)).mkdir()
        with pytest.MonkeyPatch.context() as patch:
            for line in block.splitlines():
                typed(line, folder, patch)


def test_the_experiments_of_the_how_to_page_are_read_and_agree(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (table,) = re.findall(r"```csv\n(.+?)```", (README.parent / "docs" / "howto.md").read_text("utf-8"), re.S)
    (tmp_path / "my.csv").write_text(table, "utf-8")
    assert run(["validate", str(tmp_path / "my.csv")]) == 0, capfd.readouterr().out
    assert run(["validate", str(tmp_path / "my.csv"), "--why", "lapatinib"]) == 0


def test_every_page_of_the_manual_is_reached_from_the_readme() -> None:
    reached: set[str] = set()
    found = set(re.findall(r"\]\(docs/(\w+\.md)[)#]", README.read_text("utf-8")))
    while new := found - reached:
        reached |= new
        pages = ((README.parent / "docs" / name).read_text("utf-8") for name in new)
        found = {name for page in pages for name in re.findall(r"\]\((\w+\.md)[)#]", page)}
    measured = {"measured.md"}  # for those who change the code; CONTRIBUTING.md has it
    assert {"index.md", "tutorial.md", "questions.md", "glossary.md"} <= reached
    assert {page.name for page in (README.parent / "docs").glob("*.md")} - reached == measured


QUESTIONS = re.findall(
    r"^\\| .+ \\| `(her2 [^`]+)`(?: \\||:)", (README.parent / "docs" / "questions.md").read_text("utf-8"), re.M
)
ASKED = [line for line in QUESTIONS if line != "her2 validate"]  # which takes its time, and has tests of its own


@pytest.mark.parametrize("line", ASKED)
def test_the_lines_of_the_page_of_questions_answer(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], few_cells: None
) -> None:
    (tmp_path / "STUDY.csv").write_text("sample,alterations\nA,ERBB2_amp\n", encoding="utf-8")
    (tmp_path / "model.bnet").write_text("targets, factors\nA, !B\nB, !A\n", encoding="utf-8")
    (tmp_path / "my_pathway.yaml").write_text((README.parent / "pathways" / "her2.yaml").read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    words = shlex.split(line.replace("STUDY", "STUDY.csv"))[1:]
    if any(words[0] in group for group in COMMANDS.values()) and "replicates" in parameters(function(words[0])):
        words += ["--replicates", "40"]
    else:  # a picture is of a thousand
        monkeypatch.setattr(sampling, "Sampling", partial(sampling.Sampling, replicates=40))
    assert run(words) == 0, capfd.readouterr().err
    assert capfd.readouterr().out or set(tmp_path.iterdir()) - before, "an answer, or a file"


def test_the_readme_shows_at_least_three_outputs() -> None:
    assert len(SHOWN.findall(README.read_text("utf-8"))) >= 3


def test_the_readme_begins_with_the_two_commands() -> None:
    block = re.search(r"```sh\n(.+?)```", README.read_text("utf-8"), re.S)
    assert block is not None
    first, second = block[1].splitlines()
    assert first.endswith("her2 trace HER2")
    assert second.endswith("pytest -n auto")


def test_every_line_of_the_examples_runs(tmp_path: Path) -> None:
    """The lines of the examples for scripts, one after the other, in an empty folder."""
    pytest.importorskip("libsbml")
    (block,) = re.findall(r"```sh\n(her2 .+?)```", README.read_text("utf-8"), re.S)
    with pytest.MonkeyPatch.context() as patch:
        for line in block.splitlines():
            typed(line, tmp_path, patch)
    assert {path.name for path in tmp_path.iterdir()} == {"model.bnet", "treated.sbml"}


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text("utf-8")
        made = SHOWN.sub(lambda m: f"```console\n$ {m['command']}\n{output(m['command'])}```", text)
        if made != text:
            page.write_text(made, "utf-8")
