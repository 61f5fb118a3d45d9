"""Everything can be listed, under its plural; a name alone shows its card; what is not there says how to add it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest

import her2cli
from her2cli import lookup
from her2cli.cli.app import SPELLINGS, spelled
from her2cli.loading import pathway_names
from her2cli.model import Drug, Edge, Effect, Pathway, Species


@pytest.mark.parametrize(
    ("line", "shelf"),
    [
        ("drugs", "drugs"),
        ("alterations", "alterations"),
        ("cell-lines", "cell_lines"),
        ("species", "species"),
        ("functions", "functions"),
        ("contexts", "contexts"),
        ("domains", "domains"),
        ("receptors", "receptors"),
    ],
)
def test_a_plural_lists_everything_of_its_kind_on_the_screen_and_for_programs(said, line, shelf):
    names = set(getattr(her2cli.load(), shelf))
    code, out, err = said(line)
    assert (code, err) == (0, "")
    data = json.loads(said(line, "--json")[1])[shelf]
    assert {each["id"] for each in data} == names
    rows = list(csv.reader(io.StringIO(said(line, "--csv")[1])))[1:]
    assert len(rows) == len(names)
    labels = {row[0] for row in rows}
    assert all(label.split()[0] in out for label in labels)


def test_a_list_that_a_person_reads_takes_about_a_line_for_each(said):
    for line, shelf in (("cell-lines", "cell_lines"), ("drugs", "drugs"), ("alterations", "alterations")):
        assert len(said(line)[1].splitlines()) <= 2 * len(getattr(her2cli.load(), shelf)) + 8


@pytest.mark.parametrize(
    "line",
    ["drugs", "alterations", "cell-lines", "functions", "contexts", "domains", "receptors", "ligands", "evidence"],
)
@pytest.mark.parametrize("form", ["1", ""])
def test_where_there_is_nothing_to_list_there_are_no_heads_either(said, tmp_path, monkeypatch, line, form):
    monkeypatch.setenv("FORCE_COLOR", form)
    (tmp_path / "m.bnet").write_text("targets, factors\nA, !A\n")
    out = said(line, "-p", str(tmp_path / "m.bnet"))[1]
    assert out.strip()
    assert "─" not in out


def test_the_list_of_pathways_says_which_is_read_and_which_computes_and_what_else_they_are_called(said):
    note = " ".join(said("pathways")[1].split())
    words = re.search(r"read (\w+) \(also called (\w+)\), computed answers (\w+) \((\w+)\)", note)
    assert words is not None
    article, other, network, too = words.groups()
    for line in ("trace AKT", f"trace AKT -p {other}"):
        assert json.loads(said(*line.split(), "--json")[1])["pathway"]["name"] == article
    for line in ("simulate --replicates 10", f"simulate --replicates 10 -p {too}"):
        assert json.loads(said(*line.split(), "--json")[1])["pathway"]["name"] == network


def test_every_pathway_that_can_be_asked_is_listed(said):
    out = said("pathways")[1]
    for name in pathway_names():
        assert f"\n{name} " in out
    rows = json.loads(said("pathways", "--json")[1])["pathways"]
    for row in rows:
        assert row["species"] == len(her2cli.load(row["pathway"]).species)


def test_the_ligands_are_what_the_option_takes(said):
    listed = [row["id"] for row in json.loads(said("ligands", "--json")[1])["ligands"]]
    assert {"EGF", "NRG1"} <= set(listed)
    path = her2cli.load()
    from her2cli.errors import ScenarioError
    from her2cli.logic.network.scenario import find_ligand

    for name in path.species:
        if name in listed:
            assert find_ligand(path, name) == name
        else:
            with pytest.raises(ScenarioError, match="is no ligand"):
                find_ligand(path, name)


@pytest.mark.parametrize("word", SPELLINGS)
def test_each_other_word_for_a_command_runs_it(said, word):
    expected = said(*SPELLINGS[word], "--help")
    assert expected[0] == 0
    assert said(word, "--help") == expected


def test_help_is_a_word_as_well_as_an_option(said):
    assert said("help") == said("--help")
    assert said("help", "trace") == said("trace", "--help")
    assert said("help", "drugs") == said("drug", "--help")


@pytest.mark.parametrize("words", [["HER2"], ["her2", "HER2"], ["erbb-2"]])
def test_a_name_alone_shows_its_card(said, words):
    assert said(*words) == said("show", "HER2")
    assert said(*words, "--json")[1] == said("show", "HER2", "--json")[1]


def test_a_name_of_another_pathway_alone_shows_its_card_too(said):
    code, out, _ = said("MTORC1")
    assert code == 0
    assert out.startswith("MTORC1 ")


def test_what_is_neither_command_nor_name_stays_a_mistake(said):
    assert spelled(["simulat", "x"]) == ["simulat", "x"]
    assert said("simulat") == (2, "", "her2: No command 'simulat'. Did you mean simulate?\n")
    assert said("") == (2, "", "her2: No command ''. 'her2 --help' lists the commands.\n")


# --- drugs against a target ------------------------------------------------------------------------------------------


def test_drugs_against_a_species_are_those_meant_for_it_and_those_that_reach_its_dimers():
    """R pairs with S as R_S. Drugs act on R, on S, on the pairing or on the dimer; one names R."""

    def drug(name: str, targets: str = "", **edge) -> Drug:
        action = Edge(source=name, effect=Effect.inhibits, **edge)
        return Drug(id=name, targets=targets, edges=(action,))

    species = [
        Species(id="R", kind="receptor", aliases=("HERx",)),
        Species(id="S", kind="receptor"),
        Species(id="R_S", kind="dimer"),
        Species(id="K", kind="kinase"),
    ]
    drugs = [
        drug("on_dimer", target="R_S"),
        drug("on_other", target="S"),
        drug("on_kinase", targets="K, downstream of nothing", target="K"),
        drug("named", targets="S and HERx kinases", target="R_S"),
        drug("spares", targets="S kinase, reversible; spares HERx, wild type", target="R_S"),
        drug("on_it", target="R"),
        drug("blocks", target="R_S", blocks=("R", "R_S")),
    ]
    edges = tuple(Edge(source=a, target="R_S", effect=Effect.activates) for a in ("R", "S"))
    pathway = Pathway(
        name="m", species={s.id: s for s in species}, edges=edges, drugs={each.id: each for each in drugs}
    )
    found = {each.drug: each.direct for each in lookup.targeting(pathway, "HERx")}
    assert found == {"named": True, "on_it": True, "blocks": False, "on_dimer": False, "spares": False}
    assert [each.drug for each in lookup.targeting(pathway, "R")][:2] == ["named", "on_it"]
    assert lookup.targeting(pathway, "R")[-1].through == ("R_S",)


@pytest.mark.parametrize("name", pathway_names())
def test_a_drug_that_spares_a_receptor_is_not_listed_as_acting_on_it_itself(name):
    """By the ends of its edges, which are apart from the words of its target; each card that says "spares" is tried."""
    pathway = her2cli.load(name)
    spared = {
        (key, species)
        for key, drug in pathway.drugs.items()
        for species in pathway.species
        if f"spares {species}" in drug.targets or f"spares wild-type {species}" in drug.targets
    }
    assert {key for key, _ in spared} == {key for key, drug in pathway.drugs.items() if "spares" in drug.targets}
    for key, species in spared:
        (how,) = [each for each in lookup.targeting(pathway, species) if each.drug == key]
        assert not how.direct
        assert all("ERBB2" in pathway.sources_of(pair) for pair in how.through)
        for edge in pathway.actions(key):
            if edge.target in how.through:
                assert "half of the pair" in edge.mechanism
                assert species not in edge.mechanism


def test_drugs_against_a_target_are_listed(said):
    code, out, _ = said("drugs", "--target", "HER3")
    assert code == 0
    assert out.startswith("Drugs against ERBB3\n")
    (line,) = [row for row in out.splitlines() if row.startswith("lapatinib ")]
    assert "HER2_HER3" in line
    data = json.loads(said("drugs", "--target", "HER3", "--json")[1])
    assert data["target"] == "ERBB3"
    assert {each["id"] for each in data["drugs"] if each["direct"]} >= {"patritumab_deruxtecan"}
    assert said("drugs", "--target", "NOPE")[0] == 2
    assert said("drug", "lapatinib", "--target", "HER3")[0] == 2
    assert "No drug here acts on DIFFERENTIATION." in said("drugs", "--target", "DIFFERENTIATION")[1]


# --- what is not there says how to add it ----------------------------------------------------------------------------


@pytest.mark.parametrize(("option", "kind"), [("--drug", "drug"), ("--alteration", "alteration")])
def test_what_is_missing_is_added_by_the_file_that_its_message_starts(said, tmp_path, monkeypatch, option, kind):
    code, out, err = said(kind, "nosuchthing")
    assert (code, out) == (2, "")
    assert f"her2 new {option} nosuchthing" in err
    target = tmp_path / "nosuchthing.yaml"
    assert said("new", str(target), option, "nosuchthing")[0] == 0
    code, out, err = said("check", str(target))
    assert (code, err) == (0, "")
    assert "warning" not in out.replace("No warnings", "")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    code, out, err = said(kind, "nosuchthing")
    assert (code, err) == (0, "")
    assert out.startswith("nosuchthing")


def test_a_missing_cell_line_is_added_in_the_same_way(said, tmp_path, monkeypatch):
    assert "her2 new --cell-line 'MY 1'" in said("cell-line", "MY 1")[2]
    assert said("new", str(tmp_path / "line.yaml"), "--cell-line", "MY 1")[0] == 0
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert said("cell-line", "MY 1")[1].startswith("MY_1")


@pytest.mark.parametrize(
    ("option", "name", "told"),
    [
        ("--alteration", "AKT", "AKT is the id of a species already (pathways/"),
        ("--drug", "MTORC1", "MTORC1 is the id of a species already (pathways/erbb.yaml:"),
        ("--drug", "PTEN loss", "PTEN_loss is the id of an alteration already (pathways/"),
        ("--alteration", "lapatinib", "lapatinib is the id of a drug already (pathways/"),
        *((option, "None", "a normal cell") for option in ("--drug", "--alteration", "--cell-line")),
    ],
)
def test_a_file_is_not_started_for_what_no_scenario_could_name(said, tmp_path, option, name, told):
    target = tmp_path / "x.yaml"
    code, out, err = said("new", str(target), option, name)
    assert (code, out, target.exists()) == (2, "", False)
    assert told in err
    assert "call it something else" in err


def test_what_is_to_be_typed_next_has_the_id_that_was_made_of_the_name(said, tmp_path, monkeypatch):
    """It was `her2 show a b;c`, and a new line stood in it as one."""
    monkeypatch.chdir(tmp_path)
    Path("my folder").mkdir()
    out = said("new", "my folder/x.yaml", "--alteration", "a b;c\nd")[1]
    assert out.startswith("my folder/x.yaml: an alteration to start from.")
    assert shlex.split(out.partition("then: ")[2]) == ["HER2_PATHWAYS=my folder", "her2", "show", "a_b_c_d"]
    assert said("new", "a\nb.yaml")[1].count("\n") == 1


def test_a_file_is_started_for_one_thing(said):
    assert said("new", "--drug", "a", "--alteration", "b")[0] == 2
    assert said("new", "--drug", "...")[0] == 2


def test_a_context_says_what_it_adds_in_which_share_of_the_cells_and_on_what_evidence(said):
    body = her2cli.load().contexts["body"]
    out = said("context", "in vivo")[1]
    assert out.startswith("body  a tumour in the body\n")
    for each in body.species:
        assert f"\n{each.species} in {each.share:.0%} of the cells  ({', '.join(each.evidence)})\n" in out


def test_evidence_alone_lists_references_and_with_a_condition_the_statements_that_meet_it(said):
    path = her2cli.load()
    assert found_by(said, "evidence") == ([], sorted(path.references))
    statements, _ = found_by(said, "evidence", "--unverified")
    assert statements
    assert {each["verified"] for each in statements} == {"memory", "partly"}


def found_by(said, *words: str):
    """The statements and the ids of the references of an answer."""
    data = json.loads(said(*words, "--json")[1])
    return data["statements"], sorted(each["id"] for each in data["references"])


def test_a_file_for_what_is_there_already_says_that_it_takes_its_place(said):
    for kind, name, other in (("--drug", "lapatinib", "lapatinab"), ("--alteration", "PTEN_loss", "PTEN_lost")):
        code, out, err = said("new", kind, name)
        assert (code, err.startswith(f"her2: {name} is there already")) == (0, True)
        assert f"  {name}:" in out
        assert said("new", kind, other)[2] == ""


def test_a_file_that_is_called_as_the_article_s_is_not_taken_for_it(said, tmp_path, monkeypatch):
    (tmp_path / "pathways").mkdir()
    (tmp_path / "pathways" / "her2.yaml").write_text("schema: 1\nspecies: {A: {}, B: {}}\n")
    monkeypatch.chdir(tmp_path)
    assert "article" not in said("species", "-p", "pathways/her2.yaml")[1]
    assert "article" in said("species")[1]
