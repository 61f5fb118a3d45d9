"""What a reader of `simulate` and `explain` needs to know beside the numbers is said in plain words."""

from __future__ import annotations

import json

import pytest

LAPATINIB = ("-d", "lapatinib")


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("drug", ["lapatinib", "trastuzumab", "trametinib", "palbociclib"])
@pytest.mark.parametrize("width", ["80", "100"])
def test_what_three_dots_in_a_chain_mean_is_said_where_there_are_any(said, drug, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", width)
    told = said("simulate", "-d", drug)[1]
    chains, _, below = told.partition("\n\n")[2].partition("\n\n")
    assert (" ... " in chains) == ("...: by several ways, none needed alone" in flat(below))


def test_the_chain_of_one_readout_says_it_beside_its_evidence(said):
    assert "; ...: by several ways, none needed alone)" in flat(said("explain", "MIGRATION", *LAPATINIB)[1])
    assert "by several ways" not in said("explain", "AKT", *LAPATINIB)[1]


@pytest.mark.parametrize("drug", ["lapatinib", "tucatinib"])
def test_where_a_species_goes_on_and_off_in_the_usual_cells_that_is_said_before_a_cell_in_which_it_does_not(said, drug):
    told = flat(said("explain", "ERK", "-d", drug)[1])
    assert "In the usual kinds of cell ERK goes on and off in turn (a loop). Below, a cell in which it stays" in told
    share = json.loads(said("simulate", "-d", drug, "--readout", "ERK", "--json")[1])["readouts"]["ERK"]["late"]
    assert 0.2 < share < 0.8


@pytest.mark.parametrize(
    ("drug", "tumour", "holder", "readout"),
    [
        ("trastuzumab", ("ERBB2_amp",), "PTEN_loss", "AKT"),
        ("lapatinib", ("ERBB2_amp",), "PIK3CA_H1047R", "AKT"),
        ("lapatinib", ("ERBB2_amp",), "PIK3CA_H1047R", "APOPTOSIS"),
    ],
)
def test_where_a_readout_would_go_without_what_keeps_it_is_where_it_goes_in_the_tumour_without_it(
    said, drug, tumour, holder, readout
):
    base = [word for each in tumour for word in ("-a", each)]
    told = flat(said("explain", readout, "-d", drug, *base, "-a", holder)[1])
    without = json.loads(said("simulate", "-d", drug, *base, "--readout", readout, "--json")[1])
    word = without["outcomes"][readout]["change"]
    assert f"it is kept; without {holder} it would {word.removesuffix('s')}." in told
