"""Rules may name drugs and alterations. No format loses such a term, and what is lost besides is counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from her2cli.errors import DataError
from her2cli.expression import Const, Var, substitute, variables
from her2cli.formats import FORMATS, ONLY_SPECIES, read_file, write
from her2cli.formats.losses import Written
from her2cli.loading import load, pathway_names
from her2cli.logic.network import build, pathway_rules
from her2cli.logic.network.scenario import prepare
from her2cli.model import Alteration, Edge, Effect, Pathway, Rule, Scenario, Species
from her2cli.studies.check import findings
from her2cli.studies.difference import difference

BOTH = [each.name for each in FORMATS if each.reads and each.writes]
EXTENSION = {"maboss": "bnd"}


def through(pathway: Pathway, format: str, folder: Path) -> Pathway:
    if format == "sbml":
        pytest.importorskip("libsbml")
    written = write(pathway, format)
    file = folder / f"p.{EXTENSION.get(format, format)}"
    file.write_text(written.text, encoding="utf-8")
    if written.beside:
        file.with_suffix(".cfg").write_text(written.beside, encoding="utf-8")
    return read_file(file)


@cache
def shipped(name: str) -> Pathway:
    return load(name)


@cache
def written(name: str, format: str) -> Written:
    return write(shipped(name), format)


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Pathway]:
    """A shipped pathway through a format and read again, once for all claims about it."""
    return cache(lambda name, format: through(shipped(name), format, tmp_path_factory.mktemp("back")))


def agents(pathway: Pathway) -> set[str]:
    """The drugs and alterations that the rules name."""
    return {name for rule in pathway_rules(pathway).values() for name in variables(rule)} - pathway.species.keys()


def test_rules_of_a_shipped_pathway_name_alterations():
    assert agents(shipped("her2"))  # else the tests below show nothing


@pytest.mark.parametrize("name", pathway_names())
@pytest.mark.parametrize("format", [each for each in BOTH if each not in ("sif", "yaml", "json")])
def test_a_shipped_pathway_comes_back_without_a_different_rule(
    name: str, format: str, back: Callable[[str, str], Pathway]
):
    """From YAML and JSON it comes back whole (test_round_trips.py)."""
    pathway, again = shipped(name), back(name, format)
    findings(again)  # as `her2 check`; raises where a rule does not resolve
    changes = difference(pathway, again)
    assert not [each for each in changes if each.kind == "rule"]
    new = {each.name for each in changes if each.kind == "species" and not each.field}
    assert new == (agents(pathway) if format in ONLY_SPECIES else set())


@pytest.mark.parametrize("name", pathway_names())
@pytest.mark.parametrize("format", [each for each in BOTH if each not in ("yaml", "json")])
def test_every_edge_comes_back_or_is_counted(name: str, format: str, back: Callable[[str, str], Pathway]):
    again = back(name, format)
    kept = {(edge.source, edge.effect, edge.target) for edge in again.edges}
    missing = [edge for edge in shipped(name).edges if (edge.source, edge.effect, edge.target) not in kept]
    said = [loss for loss in written(name, format).losses if loss.endswith("edges that no rule uses")]
    assert said == ([f"{len(missing)} edges that no rule uses"] if missing else [])


@pytest.mark.parametrize("name", pathway_names())
def test_a_shipped_pathway_comes_back_from_sif_with_its_edges(name: str, tmp_path: Path):
    again = through(shipped(name), "sif", tmp_path)
    assert {(edge.source, edge.effect, edge.target) for edge in again.edges} == {
        (edge.source, edge.effect, edge.target) for edge in shipped(name).edges
    }
    assert any(loss.endswith(" rules") for loss in write(shipped(name), "sif").losses)


@pytest.mark.parametrize("name", pathway_names())
def test_biodivine_takes_every_network_that_was_written_and_finds_as_many_fixed_points(name: str):
    """AEON refuses a network in which a declared regulator has no effect; SBML-qual and BNET declare none of those."""
    pytest.importorskip("libsbml")
    aeon = pytest.importorskip("biodivine_aeon")
    readers = {
        "sbml": aeon.BooleanNetwork.from_sbml,
        "aeon": aeon.BooleanNetwork.from_aeon,
        "bnet": aeon.BooleanNetwork.from_bnet,
    }
    graphs = [aeon.AsynchronousGraph(read(written(name, key).text)) for key, read in readers.items()]
    assert {graph.network_variable_count() for graph in graphs} == {
        len(shipped(name).species) + len(agents(shipped(name)))
    }
    if name == "her2":  # of the large one, the symbolic fixed points take minutes
        assert len({aeon.FixedPoints.symbolic(graph).vertices().cardinality() for graph in graphs}) == 1


def test_an_edge_that_its_rule_does_not_use_is_no_input_in_sbml():
    pytest.importorskip("libsbml")
    species = {key: Species(id=key) for key in "ABC"}
    edges = tuple(Edge(source=key, target="C", effect=Effect.activates) for key in "AB")
    pathway = Pathway(name="p", species=species, edges=edges, rules={"C": Rule(target="C", text="A")})
    written = write(pathway, "sbml")
    assert written.losses == ("1 edges that no rule uses",)
    assert written.text.count("<qual:input ") == 3  # two of inputs, which are themselves
    assert write(pathway, "aeon").losses == ()


@pytest.fixture
def amplified() -> Pathway:
    """B needs A or the alteration `gain`, whose own action is on C; the pathway adds an action on A."""
    return Pathway(
        name="p",
        species={key: Species(id=key) for key in "ABC"},
        rules={"B": Rule(target="B", text="A or gain"), "C": Rule(target="C", text="B")},
        alterations={
            "gain": Alteration(
                id="gain", name="amplification", edges=(Edge(source="gain", target="C", effect=Effect.inhibits),)
            )
        },
        agent_edges=(Edge(source="gain", target="A", effect=Effect.activates),),
    )


@pytest.mark.parametrize("format", sorted(ONLY_SPECIES))
def test_an_alteration_that_a_rule_names_is_an_input_that_is_off(format: str, amplified: Pathway, tmp_path: Path):
    network = build(through(amplified, format, tmp_path))
    assert network.rules["B"] == build(through(amplified, format, tmp_path)).rules["B"]
    assert set(variables(network.rules["B"])) == {"A", "gain"}
    assert network.rules["gain"] == Var("gain")
    assert network.initial["gain"] == 0
    off = {"gain": Const(0)}
    assert substitute(network.rules["B"], off) == build(amplified).rules["B"]


@pytest.mark.parametrize("format", sorted(ONLY_SPECIES))
def test_the_network_that_was_written_can_still_be_amplified(format: str, tmp_path: Path):
    """Switching the input on in the file is what the alteration does through the rules of the pathway."""
    again = through(shipped("her2"), format, tmp_path)
    rules = pathway_rules(shipped("her2"))
    on = prepare(again, Scenario(ligands=("ERBB2_amp",))).treated
    named = [target for target, rule in rules.items() if "ERBB2_amp" in variables(rule)]
    assert named
    assert on.initial["ERBB2_amp"] == 1
    assert all("ERBB2_amp" in variables(on.rules[target]) for target in named)


@pytest.mark.parametrize(
    "format", [each.name for each in FORMATS if each.writes and each.name not in ("yaml", "json")]
)  # these two hold all of them
def test_actions_that_a_format_cannot_carry_are_counted(format: str, amplified: Pathway):
    if format == "sbml":
        pytest.importorskip("libsbml")
    lost = write(amplified, format).losses
    assert "1 actions of drugs and alterations" in lost
    assert "1 actions of drugs and alterations that this pathway adds" in lost


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_an_alteration_that_no_library_has_is_counted_where_the_file_does_not_hold_it(format: str, amplified: Pathway):
    assert "1 drugs and alterations that the library does not have" in write(amplified, format).losses
    assert not any("library" in loss for loss in write(shipped("her2"), format).losses)


@pytest.mark.parametrize("format", ["yaml", "json"])
def test_an_alteration_that_no_library_has_stands_in_the_file(format: str, amplified: Pathway, tmp_path: Path):
    assert not write(amplified, format).losses
    again = through(amplified, format, tmp_path)
    assert again.alterations["gain"] == amplified.alterations["gain"]
    assert (again.agent_edges, again.rules) == (amplified.agent_edges, amplified.rules)


def test_yaml_does_not_repeat_what_the_library_has():
    text = write(shipped("erbb"), "yaml").text
    assert "\nreferences:" in text
    assert not any(f"\n{section}:" in text for section in ("drugs", "alterations", "experiments", "claims"))


def test_a_table_may_name_the_librarys_drugs_and_alterations_in_rules(tmp_path: Path):
    file = tmp_path / "p.csv"
    file.write_text("id,rule\nA,not lapatinib and ERBB2_amp\nB,A\n", encoding="utf-8")
    pathway = read_file(file)
    assert build(pathway).rules["A"] == Const(0)
    assert set(pathway.species) == {"A", "B"}
    prepared = prepare(pathway, Scenario(alterations=("ERBB2_amp",), drugs=(("lapatinib", 1.0),)))
    assert "lapatinib" in prepared.treated.species
    file.write_text("id,rule\nA,NOPE\n", encoding="utf-8")
    with pytest.raises(DataError, match="no drug or alteration of that name"):
        read_file(file)


def test_a_table_of_other_things_does_not_bring_the_library_with_it(tmp_path: Path):
    file = tmp_path / "p.csv"
    file.write_text("id,rule\nEGFR,1\nB,EGFR\n", encoding="utf-8")
    assert not read_file(file).drugs
