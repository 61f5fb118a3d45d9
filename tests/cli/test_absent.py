"""What the catalogue leaves out is told at the command line as the page tells it, and is indeed left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from her2cli.cli._absent import absence, rows, why
from her2cli.errors import UnknownName
from her2cli.loading import load
from her2cli.lookup import find_any
from her2cli.model import find

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "absent.md").read_text("utf-8")
FOUND = {"drug": "drugs", "alteration": "alterations", "cell line": "cell_lines"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("drug inetetamab", "No drug 'inetetamab': antibodies against HER2 whose difference"),
        ("drug KN026", "No drug 'KN026': antibodies against HER2"),
        ("drug SYD985", "No drug 'SYD985': conjugates that differ"),
        ("simulate -d olaparib", "No drug 'olaparib': DNA repair is not modelled."),
        ("drug venetoclax", "--set BCL2=0"),
        ("cell-line MDA-MB-231", "-a RAS_other is the nearest tumour."),
        ("simulate -c EFM-192A", "-a ERBB2_amp is the nearest tumour."),
        ("simulate -c NCI-N87", "gastric"),
        ("simulate -a TP53:R175H", "No alteration 'TP53 R175H': p53 is there"),
        ("simulate -a TP53", "--set TP53=0 holds it off."),
        ("simulate -a PIK3CA:p.K111N", "BT-474 has it"),
        ("simulate -a HER2:T733I", "No alteration 'HER2 T733I': it resists lapatinib"),
        ("simulate -a HER2_T733I", "it resists lapatinib"),
        ("simulate -a p53:R175H", "No alteration 'p53 R175H': p53 is there"),
        ("compare olaparib lapatinib", "No drug 'olaparib': DNA repair is not modelled."),
        ("compare MDA-MB-231 BT474", "No cell line 'MDA-MB-231': its mutant KRAS"),
        ("show olaparib", "No drug 'olaparib': DNA repair"),
        ("show NCI-N87", "No cell line 'NCI-N87': a HER2-positive gastric line"),
        ("trace olaparib", "No drug 'olaparib': DNA repair"),
        ("evidence olaparib", "No drug 'olaparib': DNA repair"),
    ],
)
def test_what_is_absent_says_why_in_one_line_and_offers_nothing_far_off(said, line: str, says: str) -> None:
    code, out, err = said(*(word.replace(":", " ") for word in line.split()))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert "Close:" not in err


def test_a_slip_of_the_pen_is_no_absence(said) -> None:
    assert "Close: lapatinib" in said("drug", "lapatinb")[2]
    assert not why("drug", "")
    assert not why("alteration", "")
    assert "Close: lapatinib" in said("compare", "lapatinb", "none")[2]
    assert "Close: " in said("simulate", "-a", "HER2 L755")[2]


def test_only_kinds_that_are_looked_for_are_told(said) -> None:
    assert absence("species, drug or alteration", "NCI-N87") == ("", "")
    assert absence("species", "olaparib") == ("", "")
    assert absence("species, drug or alteration", "olaparib")[0] == "drug"


def test_what_the_page_calls_absent_is_so() -> None:
    pathway = load("erbb")
    assert {kind for kind, _ in rows()} == set(FOUND)
    for kind, name in rows():
        with pytest.raises(UnknownName):
            find(getattr(pathway, FOUND[kind]), name, kind)


def test_what_the_page_offers_instead_is_there() -> None:
    pathway = load("erbb")
    for word in re.findall(r"`([\w]+)`", PAGE.partition("## Evidence")[0]):
        find_any(pathway, word)
    for word in re.findall(r"`-a (\w+)`", PAGE):
        assert word in pathway.alterations
    for word in re.findall(r"`--set (\w+)=0`", PAGE):
        assert word in pathway.species
