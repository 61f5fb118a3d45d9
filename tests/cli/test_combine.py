"""`her2 combine` as it is typed."""

from __future__ import annotations

import json
import re

import pytest

import her2cli
from her2cli.cli.app import run

pytestmark = pytest.mark.usefixtures("drawn_once")
FEW = ["--replicates", "40"]


def test_the_table_tells_each_alone_and_both(capfd, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["combine", "trastuzumab", "pertuzumab", *FEW]) == 0
    out = capfd.readouterr().out
    assert out.startswith(
        "Network erbb; a tumour in the body (NK in 83% of cells, NRG1 in 30% of cells).\n"
        "ERBB2_amp, under trastuzumab and pertuzumab.\n"
    )
    assert "Bliss" in out
    assert "HSA" in out
    assert len(out.splitlines()) <= 32


def test_what_each_drug_does_alone_stands_under_its_own_head():
    found = her2cli.combine("lapatinib", "everolimus", readouts=["ERK"], replicates=100)
    head, _, row = found.text(80).splitlines()[5:8]
    heads = head.split()[1:5]
    shares = dict(zip(heads, map(int, re.findall(r" (\d+)(?= )", row)), strict=False))
    (surface,) = found.data["surfaces"]
    assert shares == {name: round(100 * share) for name, share in surface["responses"].items()}
    assert shares["first"] < shares["neither"] <= shares["second"]  # lapatinib lowers ERK, everolimus does not


def test_json_has_a_surface_a_readout(capfd):
    assert run(["combine", "lapatinib", "everolimus", "-r", "AKT=0", "-r", "ERK", *FEW, "--json"]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["schema"] == "her2/combine/1"
    assert [surface["readout"] for surface in data["surfaces"]] == ["AKT", "ERK"]
    assert len(data["surfaces"][0]["points"]) == 25
    last = data["surfaces"][0]["points"][-1]
    assert last["response"] == pytest.approx(data["surfaces"][0]["responses"]["both"])


def test_a_surface_goes_into_files(tmp_path, capfd):
    line = ["combine", "lapatinib", "everolimus", "-r", "ERK", *FEW]
    assert run([*line, "-o", str(tmp_path / "s.csv")]) == 0
    assert (tmp_path / "s.csv").read_text().startswith("readout,goal,first,second,response,error,bliss,")
    pytest.importorskip("matplotlib")
    assert run([*line, "-o", str(tmp_path / "s.svg")]) == 0
    assert "lapatinib" in (tmp_path / "s.svg").read_text()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("combine lapatinib lapatinib", "lapatinib stands twice; name two drugs."),
        ("combine trastuzumab herceptin", "trastuzumab and herceptin are the same drug, trastuzumab"),
        ("combine lapatinib", "Missing argument"),
        ("combine lapatinib everolimsu", "No drug 'everolimsu'. Close: everolimus"),
        ("combine lapatinib everolimus -d lapatinib", "lapatinib is in the scenario already"),
        ("combine lapatinib everolimus --replicates 5", "standard errors need at least 40 cells"),
    ],
)
def test_bad_lines_get_one_line(capfd, line, said):
    assert run(line.split()) == 2
    error = capfd.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1
