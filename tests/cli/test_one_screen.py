"""One screen for one answer: a default answer fits 40 lines of 80 columns, or says how to see the rest."""

from __future__ import annotations

import json
import re

import pytest

from her2cli.cli._output import kept, look
from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once", "few_cells")

SCREEN = 40
LONGEST = 50  # of an answer that says how to see the rest
SAYS = re.compile(r"-v\b|--verbose|-n shows|--limit|--depth|--csv|--table|-o writes|--worst")
TABLE = "sample,HER2,PIK3CA\nA,positive,H1047R\nB,positive,wild type\nC,negative,E545K\n"
LINES = [
    "simulate",
    "simulate -d lapatinib -c HCC1954",
    "simulate -d lapatinib --dose 0..1",
    "simulate -d lapatinib --time 0..50",
    "simulate --steps -d lapatinib -c SKBR3",
    "compare trastuzumab lapatinib trastuzumab+lapatinib",
    "compare BT474 SKBR3 HCC1954 JIMT1 KPL4 MDAMB453 BT20 T47D MCF7 HCC1569 -d lapatinib",
    "explain AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss",
    "explain PROLIFERATION -d lapatinib",
    "resist -d trastuzumab",
    "resist -d lapatinib -k 1",
    "screen drugs -c HCC1954 --replicates 40",
    "screen alterations -d trastuzumab --replicates 40",
    "combine trastuzumab lapatinib",
    "trace AKT",
    "trace HER2 -p erbb",
    "trace HER2 --to MYC",
    "validate --replicates 60",
    "cohort {file}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_default_answer_fits_a_screen_or_says_how_to_see_the_rest(line: str, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "cohort.csv").write_text(TABLE, "utf-8")
    with kept() as answers:
        assert run(line.format(file=tmp_path / "cohort.csv").split()) in (0, 1)
    rows = look(answers[0].look()).splitlines()
    assert len(rows) <= (LONGEST if any(map(SAYS.search, rows)) else SCREEN), rows


def test_many_steps_are_counted_and_v_tells_each(monkeypatch) -> None:
    """The readouts stood below eight hundred lines of steps."""
    monkeypatch.setenv("COLUMNS", "80")
    line = ["simulate", "--steps", "-d", "lapatinib"]
    with kept() as answers:
        assert run(line) == run([*line, "-v"]) == run(["simulate", "--steps", "-p", "article"]) == 0
    short, whole, small = (look(answer.look()) for answer in answers)
    changed = sum(len(step["changed"]) for step in json.loads(json.dumps(answers[0].data()))["steps"])
    assert re.search(rf"^{changed:,} changes in \d+ steps: -v tells each, with its reasons\.$", short, re.M)
    assert "because" not in short
    assert whole.count(" because ") > 100
    above = short.partition(f"\n{changed:,} changes")[0]
    assert "\nReadouts\n" in above
    assert whole.startswith(above)
    assert " because " in small


def test_of_many_paths_the_steps_of_the_first_are_told_and_csv_has_all(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with kept() as answers:
        assert run(["trace", "HER2", "--to", "MYC"]) == run(["trace", "HER2", "--to", "MYC", "--limit", "1"]) == 0
    many, one = (look(answer.look()) for answer in answers)
    above, below = many.split("Step by step, the first of them; --csv has the steps of all\n")
    steps = below.split("\n\n")[0]
    assert steps == one.split("Step by step\n")[1].split("\n\n")[0]
    first = re.search(r"^  1\. (.*)$", above, re.M)
    assert first is not None
    for name in first[1].split(" -> ")[1:]:
        assert f"-> {name} " in steps
    assert len(answers[0].table().rows) > 20
