"""A name in the place of another kind is answered with what was meant: the alterations or the drugs of a species."""

from __future__ import annotations

import json
import re

import pytest

from her2cli.cli._commands import COMMANDS, function
from her2cli.cli._parameters import parameters
from her2cli.cli.app import run
from her2cli.loading import load
from her2cli.model import NAMED

EVERY = [name for group in COMMANDS.values() for name in group]
NEEDS = {"explain": "AKT", "compare": "untreated lapatinib", "resist": "-d lapatinib", "screen": "drugs", "cohort": ".",
         "combine": "lapatinib trastuzumab", "draw": "-o x.svg", "trace": "HER2 -p erbb -d lapatinib",
         "export": "bnet"}  # fmt: skip
TAKING = [name for name in EVERY if "alteration" in parameters(function(name)) and name != "new"]
OF_SPECIES = {  # by what people call them, some of what acts on them
    "ER": ["ESR1_on", "ESR1_mutant"],
    "RB1": ["RB1_loss"],
    "p27": ["CDKN1B_low"],
    "HER3": ["ERBB3_up", "ERBB3_mut"],
    "KRAS": ["RAS_mut"],
    "PI3K": ["PIK3CA_H1047R", "PIK3CA_E545K", "PIK3CA_other"],
    "cyclin E1": ["CCNE1_amp"],
    "TSC1": ["TSC_loss"],
    "survivin": ["SURVIVIN_high"],
}


def told(capfd, words: list[str]) -> str:
    assert run(words) == 2
    out, err = capfd.readouterr()
    assert not out
    assert err.count("\n") == 1
    return str(err)


def test_most_commands_take_alterations():
    assert len(TAKING) >= 9
    assert {"simulate", "compare", "resist", "cohort", "draw"} <= set(TAKING)


@pytest.mark.parametrize("plus", ["", "+"])
@pytest.mark.parametrize("command", TAKING)
def test_a_species_in_place_of_an_alteration_is_told_with_those_of_it(capfd, tmp_path, monkeypatch, command, plus):
    """`-a ER` said that it is a species, to be held on or off, and nothing of ESR1_on."""
    monkeypatch.chdir(tmp_path)
    given = [command, *NEEDS.get(command, "").split()]
    assert "Alterations of ESR1: ESR1_on, ESR1_mutant. " in told(capfd, [*given, "-a", f"{plus}ER"])
    assert "It is a drug: " in told(capfd, [*given, "-a", f"{plus}lapatinib"])
    if "drug" in parameters(function(command)) and command not in ("resist", "trace"):
        assert "It is an alteration: --alteration PTEN_loss." in told(capfd, [*given, "-d", "PTEN_loss"])
        assert "Drugs against CDK46: abemaciclib, dalpiciclib, palbociclib, ribociclib. " in told(
            capfd, [*given, "-d", "CDK4/6"]
        )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("screen alterations=ER", "Alterations of ESR1: ESR1_on, ESR1_mutant. "),
        ("screen drugs=RB1_loss", "It is an alteration: --alteration RB1_loss."),
        ("screen drugs=CDK46", "Drugs against CDK46: abemaciclib"),
        ("compare ER none", "Alterations of ESR1: ESR1_on, ESR1_mutant. Drugs against ESR1: "),
        ("compare untreated lapatinib+RB1", "(as an option, --set RB1=1). Alterations of RB1: RB1_loss."),
        ("combine CDK46 lapatinib", "Drugs against CDK46: abemaciclib"),
        ("alteration ER", "Alterations of ESR1: ESR1_on, ESR1_mutant. It is a species"),
        ("simulate -a ER -p article", "Alterations of ESR1: ESR1_on, ESR1_mutant. ER is in erbb: --pathway erbb."),
        ("cohort . --only CDK46", "Drugs against CDK46: abemaciclib"),
    ],
)  # fmt: skip
def test_so_it_is_where_names_are_no_option(capfd, tmp_path, monkeypatch, line, words):
    monkeypatch.chdir(tmp_path)
    assert words in told(capfd, line.split())


def test_in_a_table_the_column_is_told_that_takes_the_name(capfd, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("id,alterations,treatment,readout,expect\nA,lapatinib,PTEN_loss,AKT,down\nB,ER,CDK46,AKT,down\n")
    assert run(["validate", str(file)]) == 2
    err = [line.split(".csv:")[1] for line in capfd.readouterr().err.splitlines()]
    assert err[0] == "2:3: alterations: No alteration 'lapatinib'. It is a drug, of the column treatment."
    assert err[1] == "2:13: treatment: No drug 'PTEN_loss'. It is an alteration, of the column alterations."
    assert err[2].endswith(
        "Alterations of ESR1: ESR1_on, ESR1_mutant. It is a species. In treatment ESR1=0 or ESR1=1 holds it."
    )
    assert "Drugs against CDK46: abemaciclib" in err[3]


def test_the_alterations_of_a_species_are_those_that_act_on_it_or_that_its_gene_shows():
    erbb = load("erbb")
    for name, some in OF_SPECIES.items():
        assert set(some) <= set(erbb.alterations_of(name)), name
    for species in erbb.species:
        acting = {key for key in erbb.alterations if any(edge.target == species for edge in erbb.actions(key))}
        assert acting <= set(erbb.alterations_of(species))
    assert not erbb.alterations_of("BIM")
    assert not erbb.alterations_of("")


def test_what_acts_on_a_species_for_another_sake_is_not_of_it(capfd):
    """EGFR_amp turns NRG1 on, and trastuzumab frees PTEN from SRC: neither is of the one or against the other."""
    assert "Alterations of NRG1: NRG1_fusion, NRG1_autocrine. It is" in told(capfd, ["simulate", "-a", "NRG1"])
    said = told(capfd, ["simulate", "-d", "PTEN"])
    assert "Drugs against" not in said
    assert "It is a species: --set PTEN=0 or PTEN=1 holds it." in said
    assert run(["drugs", "--target", "PTEN", "-p", "erbb"]) == 0
    assert "No drug here acts on PTEN." in capfd.readouterr().out


def test_the_line_that_lists_the_drugs_against_a_species_lists_as_many(capfd):
    found = re.search(
        r"Drugs against ERBB2: (.*?) and (\d+) more \('her2 (.*?)'\)", told(capfd, ["simulate", "-d", "HER2"])
    )
    assert found is not None
    assert run([*found[3].split(), "--json"]) == 0
    direct = [each["id"] for each in json.loads(capfd.readouterr().out)["drugs"] if each["direct"]]
    assert direct[:NAMED] == found[1].split(", ")
    assert len(direct) == NAMED + int(found[2])
    in_erbb = re.search(r"'her2 (drugs --target .*?)'", told(capfd, ["simulate", "-d", "SRC"]))
    assert in_erbb is not None
    assert run(in_erbb[1].split()) == 0


def test_of_many_the_first_are_named_and_the_rest_is_counted(capfd):
    of_her2 = load("erbb").alterations_of("HER2")
    assert len(of_her2) > NAMED
    said = told(capfd, ["simulate", "-a", "HER2"])
    assert f"and {len(of_her2) - NAMED} more ('her2 alterations')" in said
    named = re.search(r"Alterations of ERBB2: (.*?) and", said)
    assert named is not None
    assert tuple(named[1].split(", ")) == of_her2[:NAMED]


@pytest.mark.parametrize(
    "line",
    [
        "simulate -r Qx1",
        "explain Qx1",
        "simulate -s Qx1=0",
        "species Qx1 -p erbb",
        "screen drugs -r Qx1",
        "trace AKT --to Qx1 -p erbb",
        "explain Qx1 -p m.bnet",
        "trace Qx1 -p m.bnet",
    ],
)
def test_the_species_that_are_listed_are_those_of_the_network_that_was_asked(capfd, tmp_path, monkeypatch, line):
    """Of a name that erbb does not have it said 'her2 species', which lists those of the article's pathway."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.bnet").write_text("Only, Only\nOther, Only\n")
    advised = re.findall(r"'her2 ((?:species|search) .*?)'", told(capfd, line.split()))
    assert advised
    own = "Only" if "m.bnet" in line else "STAT3"
    for each in advised:
        assert run(each.replace("Qx1", own).split()) == 0
        assert own in capfd.readouterr().out
