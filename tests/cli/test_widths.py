"""No answer is wider than the terminal, at 80 and at 40 columns, and what is cut says so.

`check` has a line a problem and CSV a line a row, which programs read, and `new` writes a file: they are not wrapped.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")

ROOT = Path(__file__).resolve().parents[2]
WRITES = (
    " -o ",
    "convert ",
    "export ",
    " --json",
    " --csv",
    "FOLDER",
    " mcp",
    "COMMAND",
    "model.bnet",
    "draw ",
    " new",
    " check",
)


def _lines() -> list[str]:
    """The commands of the README and the tutorial that answer on the screen, and one of each kind of list."""
    texts = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/tutorial.md")]
    typed = [
        line for text in texts for line in re.findall(r"^(?:\$ )?(her2 [a-zA-Z][^\n|>#]*)$|`(her2 [^`]+)`", text, re.M)
    ]
    lines = [max(pair).strip() for pair in typed]
    answering = [
        line for line in lines if not any(word in f"{line} " for word in WRITES) and "not for treatment" not in line
    ]
    others = ["cell-lines", "drugs", "ligands", "alterations", "species -p erbb", "contexts", "pathways", "receptors"]
    others += ["evidence --claims", "search HER2", "drugs --target HER3", "attractors --only fixed-points", "cite"]
    others += [
        "search CDK4/6 inhibitors",
        "trace HER2 --to MYC -p erbb",
        "screen drugs cell-lines -n 3",
    ]
    slow = (
        "her2 validate",
        "her2 resist -d trastuzumab --counter",
    )  # seconds; of `diff` two small ones are compared below
    return [each for each in dict.fromkeys([*answering, *(f"her2 {each}" for each in others)]) if each not in slow]


@pytest.mark.parametrize("line", _lines())
def test_no_line_is_wider_than_the_terminal(line: str, capsys, monkeypatch) -> None:
    words = shlex.split(line.rstrip("\\"))[1:]
    few = ["--replicates", "40"] if {*words} & {"simulate", "explain", "compare", "screen", "combine"} else []
    monkeypatch.setenv("NO_COLOR", "1")
    for columns in (80, 40):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run([*words, *few]) in (0, 1)
        told = capsys.readouterr().out.splitlines()
        assert told
        assert [each for each in told if len(each) > columns] == []


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_of_a_difference_is_wider_than_the_terminal(columns: int, tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    other = tmp_path / "other.yaml"
    article = (ROOT / "pathways" / "her2.yaml").read_text("utf-8")
    other.write_text(re.sub(r"(?m)^(  *- source: )MEK$", r"\1RAS", article), "utf-8")
    assert run(["diff", "her2", str(other)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert len(told) > 3
    assert [each for each in told if len(each) > columns] == []


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_ranking_tells_what_it_cuts(columns: int, capsys, monkeypatch) -> None:
    """Every readout of the answer stands in the head, in the key of short heads, or among those without room."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["screen", "drugs=lapatinib,pictilisib_buparlisib_class", "--replicates", "20"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for name in ("PROLIFERATION", "SURVIVAL", "APOPTOSIS", "CELL_DEATH", "MIGRATION", "ANGIOGENESIS", "AKT", "ERK"):
        assert name in out.partition(" rank ")[2]
    assert "pictilisib_buparlisib_class" in out or "…" in out
