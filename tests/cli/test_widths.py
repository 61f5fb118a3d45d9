"""No answer is wider than the terminal, at 80 and at 40 columns, no name is cut, and what has no room is named.

`check` has a line a problem and CSV a line a row, which programs read, and `new` writes a file: they are not wrapped.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from her2cli import load as shipped
from her2cli.cli._output import kept, look
from her2cli.cli.app import run
from her2cli.render.console import rendered
from her2cli.render.tables import Table

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
        "screen pairs=pictilisib_buparlisib_class,lapatinib alterations=PTEN_loss,ERBB2_exon20ins",
    ]
    slow = (
        "her2 validate",
        "her2 resist -d trastuzumab --counter",
    )  # seconds; of `diff` two small ones are compared below
    return [each for each in dict.fromkeys([*answering, *(f"her2 {each}" for each in others)]) if each not in slow]


CUT = re.compile(r"\w…")  # an excerpt of a text has a blank before its dots
DRAWING = {"simulate", "explain", "compare", "screen", "combine", "resist"}


@pytest.mark.parametrize("line", _lines())
def test_no_line_is_wider_than_the_terminal(line: str, capsys, monkeypatch) -> None:
    """It is worked out once, and written for both."""
    words = shlex.split(line.rstrip("\\"))[1:]
    few = ["--replicates", "40"] if {*words} & DRAWING else []
    assert _too_wide([*words, *few], capsys, monkeypatch) == []


def test_no_line_of_a_difference_is_wider_than_the_terminal(tmp_path, capsys, monkeypatch) -> None:
    other = tmp_path / "other.yaml"
    article = (ROOT / "pathways" / "her2.yaml").read_text("utf-8")
    other.write_text(re.sub(r"(?m)^(  *- source: )MEK$", r"\1RAS", article), "utf-8")
    assert _too_wide(["diff", "her2", str(other)], capsys, monkeypatch) == []


def _too_wide(words: list[str], capsys, monkeypatch) -> list[str]:
    """The rows of an answer, or of a help, that are wider than a terminal of 80 or 40 columns, or cut for it."""
    monkeypatch.setenv("NO_COLOR", "1")
    found = []
    with kept() as answers:
        assert run(words) in (0, 1)
    for columns in (80, 40):
        monkeypatch.setenv("COLUMNS", str(columns))
        told = [row for answer in answers for row in look(answer.look()).splitlines()]
        if not answers:
            capsys.readouterr()
            assert run(words) == 0
            told = capsys.readouterr().out.splitlines()
        assert told
        found += [each for each in told if len(each) > columns or CUT.search(each)]
    return found


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_ranking_tells_what_it_cuts(columns: int, capsys, monkeypatch) -> None:
    """Every readout of the answer stands in the head, in the key of short heads, or among those without room."""
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run(["screen", "drugs=lapatinib,pictilisib_buparlisib_class", "--replicates", "20"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    for name in ("PROLIFERATION", "SURVIVAL", "APOPTOSIS", "CELL_DEATH", "MIGRATION", "ANGIOGENESIS", "AKT", "ERK"):
        assert name in out.partition(" rank ")[2]
    assert "pictilisib_buparlisib_class" in out


@pytest.mark.parametrize("columns", [36, 40, 60])
def test_no_name_of_the_library_is_broken_in_a_table(columns: int) -> None:
    path = shipped("erbb")
    for name in (*path.drugs, *path.alterations, *path.species, *path.cell_lines, *path.references):
        table = Table(columns=("name", "what", "when"), rows=((name, "words that are wrapped", "2026-03"),))
        assert name in rendered(table, width=columns).split()


@pytest.mark.parametrize(
    "line",
    ["simulate -d lapatinib -c HCC1954", "simulate -a PIK3CA_H1047R", "compare trastuzumab lapatinib -c HCC1954"],
)
@pytest.mark.parametrize("columns", [70, 80, 90])
def test_no_line_of_a_heading_begins_with_the_figure_of_the_one_above(line: str, columns: int, monkeypatch) -> None:
    """At 80 columns one ended in "within", and the next was "4:"."""
    monkeypatch.setenv("COLUMNS", str(columns))
    with kept() as answers:
        assert run([*line.split(), "--replicates", "500"]) == 0
    assert re.search(r"^(.*[.] )?(Late, on|On) in % of 500 cells, give or take \d+[:.]", look(answers[0].look()), re.M)
