"""What a reader of `simulate` and `explain` needs to know beside the numbers is said in plain words."""

from __future__ import annotations

import json
import re

import pytest

from her2cli import load

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


@pytest.mark.parametrize("drug", ["lapatinib", "everolimus", "doxorubicin", "trastuzumab", "palbociclib"])
@pytest.mark.parametrize("line", ["SKBR3", "T47D", "MDAMB468"])
def test_the_numbers_that_are_shown_never_contradict_the_word_beside_them(said, drug, line):
    """By the rulers that stand below: also of shares that differ by nearly as much as one of them."""
    told = said("simulate", "-d", drug, "-c", line)[1]
    rulers = re.search(r"by more than (\d+) of 100 cells; a little: by more than ([\d.]*\d)", flat(told))
    most, little = map(float, rulers.groups()) if rulers else (10, 6.3)  # a full screen does without them
    rows = re.findall(r"^\w+((?: +[<>]?[\d.]+%){3})  (\w+(?: a little)?)", told, re.M)
    assert len(rows) == 8
    for shares, word in rows:
        before, _, late = (float(each) for each in re.findall(r"[\d.]+", shares))
        by = round(abs(late - before), 1)
        if word in ("falls", "rises"):
            assert by > most
        elif word.endswith("a little"):
            assert little < by <= most
        elif word in ("stays", "kept"):
            assert by <= little


def test_the_alteration_that_keeps_a_readout_is_the_one_that_moves_it_most_and_others_are_named(said):
    """Against shares of the same tumours without each of them."""
    told = flat(said("explain", "PROLIFERATION", "-d", "lapatinib", "-c", "MDAMB468")[1])
    assert "without PTEN_loss it would fall, without RB1_loss it would fall a little." in told
    falls = {}
    for rest in ("EGFR_amp+RB1_loss", "EGFR_amp+PTEN_loss", "PTEN_loss+RB1_loss"):
        words = ("-d", "lapatinib", "-a", rest, "-r", "PROLIFERATION", "--json")
        value = json.loads(said("simulate", *words)[1])["readouts"]["PROLIFERATION"]
        falls[rest] = value["before"] - value["late"]
    assert max(falls, key=falls.__getitem__) == "EGFR_amp+RB1_loss"
    assert falls["EGFR_amp+PTEN_loss"] > 0.05 > falls["PTEN_loss+RB1_loss"]


def test_a_way_from_a_kept_readout_says_at_which_value_that_is_kept(said, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    told = said("simulate", "-d", "lapatinib", "-c", "MDAMB468")[1]
    assert "CELL_DEATH kept low -| PROLIFERATION" in told


@pytest.mark.parametrize("drug", ["lapatinib", "palbociclib"])
@pytest.mark.parametrize("line", ["SKBR3", "MDAMB468"])
def test_a_kind_of_cell_in_a_heading_says_what_each_name_that_is_no_molecule_stands_for(said, drug, line):
    told = flat(said("explain", "PROLIFERATION", "-d", drug, "-c", line)[1])
    heading = re.search(r"in the usual [^:]*:", told)[0]
    named = [name for name, each in load("erbb").species.items() if each.kind == "context" and f"{name} " in heading]
    assert named
    for name in named:
        assert f"{name} ({load('erbb').species[name].name}) o" in heading


@pytest.mark.parametrize("verbose", [(), ("-v",)])
def test_step_by_step_the_readouts_stand_before_the_steps(said, verbose):
    told = said("simulate", "--steps", "-d", "lapatinib", *verbose)[1]
    assert (
        told.index("\nReadouts\n")
        < told.index("\nLost:")
        < told.index("The tumour, untreated" if verbose else "-v tells")
    )
