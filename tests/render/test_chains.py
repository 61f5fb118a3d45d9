"""Chains of arrows on a narrow screen: broken before an arrow, never within a name or an edge in parentheses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.cli.app import run
from her2cli.model import Edge, Effect
from her2cli.render.console import Chain, at_commas, rendered
from her2cli.render.responses import chain_text, chain_words

NAMES = st.sampled_from(["A", "HER2_HER3", "PI3K", "FOXO3_PROGRAM", "NF-kB", "p27(Kip1)"])
STEPS = st.lists(st.tuples(NAMES, st.sampled_from(Effect), st.booleans(), NAMES), min_size=1, max_size=9)


def uncoloured(written: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", written)


@given(STEPS, st.sampled_from([40, 57, 80]), st.booleans())
def test_a_chain_is_broken_at_arrows_alone(steps, width, colour):
    edges = [
        Edge(source=name, target=other, effect=effect, blocks=(name, other) if blocks else None)
        for name, effect, blocks, other in steps
    ]
    lines = uncoloured(rendered(Chain(chain_words(edges)), width=width, colour=colour)).splitlines()
    assert " ".join(line.strip() for line in lines) == chain_text(edges)
    for line in lines:
        assert len(line) <= width
        assert line.count("(") == line.count(")")
    assert all(line.startswith(("    -> ", "    -| ")) for line in lines[1:])


@given(st.lists(st.sampled_from(["Alessi1997", "Textbook (unverified)", "SamagaNotes (another model)"]), min_size=1))
def test_references_stay_whole(keys):
    lines = ["".join(piece for piece, _ in line) for line in at_commas([(", ".join(keys), "")], 40)]
    assert [key for line in lines for key in line.strip().rstrip(",").split(", ")] == keys
    assert all(len(line) <= 40 for line in lines)


pytestmark = pytest.mark.usefixtures("drawn_once")
LINES = (
    "simulate -d lapatinib",
    "simulate -d trastuzumab",
    "simulate -d lapatinib -v",
    "explain AKT -d trastuzumab -a ERBB2_amp -a PTEN_loss",
    "explain PROLIFERATION -d lapatinib",
    "explain ERK -d neratinib -c SKBR3",
    "compare trastuzumab trastuzumab+pertuzumab",
    "trace HER2 --to MYC -p erbb",
    "trace lapatinib --to PROLIFERATION -p erbb",
)


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("line", LINES)
def test_no_answer_ends_a_line_with_an_arrow_or_within_an_edge(capsys, monkeypatch, line, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    cells = () if line.startswith("trace") else ("--replicates", "20")
    written = []
    for colour in ("NO_COLOR", "FORCE_COLOR") if columns == 40 else ("NO_COLOR",):
        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.delenv("FORCE_COLOR", raising=False)
        monkeypatch.setenv(colour, "1")
        assert run([*line.split(), *cells]) == 0
        written.append(uncoloured(capsys.readouterr().out))
    assert [each.rstrip() for each in written[0].splitlines()] == [each.rstrip() for each in written[-1].splitlines()]
    for each in written[0].splitlines():
        assert len(each) <= columns
        assert not each.rstrip().endswith(("->", "-|", "<-")), each
        for arrow in re.finditer(r"-> |-\| ", each):
            before = each[: arrow.start()]
            if "(" in before.rpartition(")")[2]:
                assert ")" in each[arrow.end() :], each
