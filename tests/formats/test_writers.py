"""What is written is read by the tools of the field, and says the same there."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest

from her2cli import model
from her2cli.expression import evaluate
from her2cli.formats import find_format, load, read_file, write
from her2cli.formats.losses import in_words
from her2cli.formats.names import escaped
from her2cli.formats.places import Drawing, Spot
from her2cli.formats.treated import treated
from her2cli.loading import pathway_names, shape
from her2cli.logic.network import build, from_rules
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.model import Drug, Edge, Effect, Pathway, Reference, Rule, Scenario, Species, Verification
from her2cli.render.svg import LIGHT

HARD = {"A": "plain", "B-1": 'a "quoted" <b>&amp;</b>', "κ B": "end", "=1+1": "#x;", "n\\N": "x"}


@pytest.fixture
def hard() -> Pathway:
    """Species whose names are hard for every format, in a chain A -> B-1 -> ... with an inhibition at its end."""
    ids = list(HARD)
    edges = [Edge(source=one, target=two, effect=Effect.activates) for one, two in pairwise(ids)]
    return Pathway(
        name="hard",
        title="Hard <names> & more",
        species={key: Species(id=key, name=name, location="cytosol") for key, name in HARD.items()},
        edges=(*edges, Edge(source="n\\N", target="A", effect=Effect.inhibits, mechanism='a "lock"')),
        rules={"κ B": Rule(target="κ B", text='"B-1" and not A')},
    )


def ends(pathway: Pathway) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.target, edge.effect.value) for edge in pathway.edges]


def test_graphml_is_read_by_networkx(hard: Pathway):
    networkx = pytest.importorskip("networkx")
    graph = networkx.parse_graphml(write(hard, "graphml").text, force_multigraph=True)
    assert {key: data["label"] for key, data in graph.nodes(data=True)} == HARD
    assert [(one, two, data["interaction"]) for one, two, data in graph.edges(data=True)] == ends(hard)
    assert graph.nodes["κ B"]["rule"] == '"B-1" and not A'


def test_cx2_is_read_by_ndex2(hard: Pathway):
    cx2 = pytest.importorskip("ndex2.cx2")
    network = cx2.RawCX2NetworkFactory().get_cx2network(json.loads(write(hard, "cx2").text))
    nodes = {key: node["v"] for key, node in network.get_nodes().items()}
    assert {node["name"]: node["label"] for node in nodes.values()} == HARD
    assert sorted(
        (nodes[edge["s"]]["name"], nodes[edge["t"]]["name"], edge["v"]["interaction"])
        for edge in network.get_edges().values()
    ) == sorted(ends(hard))


def test_dot_is_read_by_pydot(hard: Pathway):
    pydot = pytest.importorskip("pydot")
    (graph,) = pydot.graph_from_dot_data(write(hard, "dot").text)
    arrows = {(edge.get_source(), edge.get_destination()): edge.get("arrowhead") for edge in graph.get_edges()}
    assert len(arrows) == len(hard.edges)
    assert arrows['"n\\\\N"', '"A"'] == "tee"
    (cluster,) = graph.get_subgraphs()
    assert len(cluster.get_nodes()) == len(HARD)
    # Their labels stand outside of the cluster, for readers that skip clusters.
    assert len([node for node in graph.get_nodes() if node.get("label")]) == len(HARD)


def test_mermaid_labels_hold_nothing_that_is_read_as_more_than_text(hard: Pathway):
    lines = write(hard, "mermaid").text.splitlines()
    assert lines[0] == "flowchart TD"
    labels = [line.split('["')[1].removesuffix('"]') for line in lines if '["' in line]
    assert len(labels) == len(HARD)
    assert not any(mark in label for label in labels for mark in '"<>[]&\\=')
    assert lines[-1] == "  n4 --x n0"


def test_a_cell_that_a_spreadsheet_would_run_is_text(hard: Pathway):
    rows = list(csv.reader(io.StringIO(write(hard, "csv").text)))
    weight = rows[0].index("weight")  # numbers, which no spreadsheet runs
    others = [cell for row in rows for place, cell in enumerate(row) if place != weight]
    assert {row[weight] for row in rows} == {"weight", "", "1", "-1"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in others)
    assert any("'=1+1" in row for row in rows)


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_a_data_frame_has_the_sign_of_each_edge_as_a_number(format: str, delimiter: str):
    """decoupler and networkx look for numbers in a column `weight`, and make up 1 where there is none."""
    pandas = pytest.importorskip("pandas")
    networkx = pytest.importorskip("networkx")
    pathway = load("her2")
    table = pandas.read_csv(io.StringIO(write(pathway, format).text), sep=delimiter)
    edges = table.dropna(subset=["weight"])
    assert list(edges["table"].unique()) == ["edge"]
    assert edges["weight"].dtype == float
    expected = [(edge.source, edge.target, {"activates": 1, "inhibits": -1}[edge.effect]) for edge in pathway.edges]
    assert list(edges[["source", "target", "weight"]].itertuples(index=False, name=None)) == expected
    graph = networkx.from_pandas_edgelist(edges, edge_attr="weight", create_using=networkx.DiGraph)
    assert sorted(graph.edges(data="weight")) == sorted(expected)


def test_signs_in_sif_are_those_that_readers_of_numbers_know(hard: Pathway):
    """CellNOptR's readSIF takes `-1` as an inhibition and whatever else as an activation; CORNETO asks for int()."""
    lines = [line.split("\t") for line in write(hard, "sif").text.splitlines()]
    negative = [(source, target) for source, sign, target in lines if sign == "-1"]
    assert negative == [("n\\N", "A")]
    assert {int(sign) for _, sign, _ in lines} == {1, -1}


def test_references_and_accessions_travel_through_sbml():
    libsbml = pytest.importorskip("libsbml")
    species = {
        "A": Species(id="A", name="a receptor", uniprot=("P04626",), hgnc=("ERBB2",), location="membrane", note="N."),
        "B": Species(id="B", evidence=("paper",)),
    }
    pathway = Pathway(
        name="p",
        title="T",
        species=species,
        edges=(Edge(source="A", target="B", effect=Effect.activates, evidence=("paper", "book")),),
        rules={"B": Rule(target="B", text="A", note="why", evidence=("online",))},
        references={
            "paper": Reference(id="paper", citation="P", pmid="19662154"),
            "online": Reference(id="online", citation="O", doi="10.1000/x1"),
            "book": Reference(id="book", citation="B"),
        },
    )
    written = write(pathway, "sbml")
    assert written.losses == ("1 references without a PubMed number or DOI", "2 citations of references")
    document = libsbml.readSBMLFromString(written.text)
    document.checkConsistency()
    assert document.getNumErrors() == 0
    again = _read(written.text, ".sbml")
    assert (again.species["A"].uniprot, again.species["A"].hgnc) == (("P04626",), ("ERBB2",))
    assert (again.species["A"].location, again.species["A"].note, again.title) == ("membrane", "N.", "T")
    assert again.species["B"].evidence == again.edges[0].evidence == ("pubmed:19662154",)
    assert (again.rules["B"].note, again.rules["B"].evidence) == ("why", ("doi:10.1000/x1",))
    assert again.references["pubmed:19662154"].pmid == "19662154"


def test_a_table_names_the_references_of_the_library_and_counts_the_others():
    """Of a reference a table writes the key: what the library knows of it is there again, the rest is lost."""
    known = load("her2").references["Garrett2003"]
    edge = Edge(source="A", target="B", effect=Effect.activates, evidence=("Garrett2003", "Mine1999", "Bare"))
    pathway = Pathway(
        name="p",
        species={"A": Species(id="A"), "B": Species(id="B")},
        edges=(edge,),
        references={
            "Garrett2003": known,
            "Mine1999": Reference(id="Mine1999", citation="My paper, 1999", pmid="1"),
            "Bare": Reference(id="Bare", citation="Bare", verified=Verification.memory),
        },
    )
    written = write(pathway, "csv")
    assert written.losses == ("1 citations of references that the library does not have",)
    again = _read(written.text, ".csv").references
    assert (again["Garrett2003"], again["Bare"]) == (known, pathway.references["Bare"])
    assert again["Mine1999"] == Reference(id="Mine1999", citation="Mine1999", verified=Verification.memory)


@pytest.mark.parametrize(
    "rules",
    [
        {"A": "not B", "B": "A", "C": "A and not D or C", "D": "D"},
        {"A": "not C", "B": "A", "C": "B", "D": "A and B or C and not D"},
    ],
)
def test_maboss_computes_the_same_probabilities(rules: dict[str, str], tmp_path: Path):
    cmaboss = pytest.importorskip("cmaboss")
    from her2cli.logic.runs.stochastic import probabilities

    network = from_rules(rules, slow=["B"])
    pathway = Pathway(name="p", species={key: Species(id=key) for key in network.species})
    written = write(pathway, "maboss", network)
    (tmp_path / "p.bnd").write_text(written.text)
    (tmp_path / "p.cfg").write_text(written.beside.replace("max_time = 50", "max_time = 4"))
    simulation = cmaboss.MaBoSSSim(network=str(tmp_path / "p.bnd"), config=str(tmp_path / "p.cfg"))
    found, times, nodes, _ = simulation.run().get_nodes_probtraj()
    ours = probabilities(network, times=[3.75], sampling=Sampling(replicates=20_000, seed=1))
    row = found[list(times).index(3.5)]  # MaBoSS averages over the tick from there; 3.75 is its middle
    for name, theirs in zip(nodes, row, strict=True):
        assert ours.probability(name) == pytest.approx(theirs, abs=0.03)


def test_the_network_of_a_scenario_is_written_with_its_drugs_on():
    pathway = Pathway(
        name="p",
        species={key: Species(id=key, initial=int(key == "A")) for key in ("A", "B", "C")},
        edges=(
            Edge(source="A", target="B", effect=Effect.activates),
            Edge(source="B", target="C", effect=Effect.activates),
        ),
        drugs={
            "blocker": Drug(
                id="blocker", edges=(Edge(source="blocker", target="B", effect=Effect.inhibits, unless=("C",)),)
            )
        },
    )
    prepared = prepare(pathway, Scenario(drugs=(("blocker", 1.0),)))
    shown = treated(pathway, prepared)
    again = _read(write(shown, "json", prepared.treated).text, ".json")
    assert build(again).rules == prepared.treated.rules
    assert build(again).initial == prepared.treated.initial
    assert again.species["blocker"].kind == "drug"
    assert ("blocker", "B", "inhibits") in ends(again)
    assert "blocker, blocker" in write(shown, "bnet", prepared.treated).text


@pytest.mark.parametrize("effect", list(Effect))
def test_a_drug_that_blocks_an_edge_is_drawn_against_what_that_edge_did(effect: Effect):
    """To block an activation inhibits its target, to block an inhibition activates it; the rule says the same."""
    pathway = Pathway(
        name="p",
        species={"A": Species(id="A"), "B": Species(id="B")},
        edges=(Edge(source="A", target="B", effect=effect),),
        drugs={"d": Drug(id="d", edges=(Edge(source="d", target="B", effect=Effect.inhibits, blocks=("A", "B")),))},
    )
    prepared = prepare(pathway, Scenario(drugs=(("d", 1.0),)))
    shown = treated(pathway, prepared)
    (drawn,) = (edge.effect for edge in shown.edges if edge.source == "d")
    assert drawn is not effect
    rule = build(shown).rules["B"]
    with_drug, without = (evaluate(rule, {"A": 1, "d": dose}) for dose in (1, 0))
    assert with_drug - without == (1 if drawn is Effect.activates else -1)


def test_what_a_format_cannot_carry_is_counted(hard: Pathway):
    assert write(hard, "sif").losses == ("1 title", "5 names", "5 locations", "1 mechanisms", "1 rules")
    assert write(hard, "graphml").losses == ()


def _read(text: str, suffix: str) -> Pathway:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"p{suffix}"
        file.write_text(text, encoding="utf-8")
        return read_file(file)


# --- places --------------------------------------------------------------------------------------------------------


def drawing(pathway: Pathway) -> Drawing:
    spots = {name: Spot(10.0 * number, 20.0 * number, 50.0, 28.0) for number, name in enumerate(pathway.species)}
    return Drawing(spots=spots, shares=dict.fromkeys(pathway.species, 0.25))


def test_graphml_says_where_species_stand(hard: Pathway):
    networkx = pytest.importorskip("networkx", reason="needs networkx (extra test)")
    text = write(hard, "graphml", drawing=drawing(hard)).text
    graph = networkx.parse_graphml(text, force_multigraph=True)
    for name, spot in drawing(hard).spots.items():
        assert (graph.nodes[name]["x"], graph.nodes[name]["y"]) == (spot.x, spot.y)
        assert graph.nodes[name]["state"] == 0.25


def test_cx2_says_where_species_stand_and_what_they_look_like(hard: Pathway):
    cx2 = pytest.importorskip("ndex2.cx2")
    document = json.loads(write(hard, "cx2", drawing=drawing(hard)).text)
    network = cx2.RawCX2NetworkFactory().get_cx2network(document)
    for node in network.get_nodes().values():
        spot = drawing(hard).spots[node["v"]["name"]]
        assert (node["x"], node["y"]) == (spot.x, spot.y)
        assert node["v"]["state"] == 0.25
    style = network.get_visual_properties()
    arrows = style["edgeMapping"]["EDGE_TARGET_ARROW_SHAPE"]["definition"]
    assert {each["v"]: each["vp"] for each in arrows["map"]} == {"activates": "triangle", "inhibits": "tee"}
    for part in ("EDGE_LINE_COLOR", "EDGE_TARGET_ARROW_COLOR"):  # as in our pictures
        said = style["edgeMapping"][part]["definition"]["map"]
        assert {each["v"]: each["vp"].lower() for each in said} == {
            word: LIGHT[word] for word in ("activates", "inhibits")
        }
    fill = style["nodeMapping"]["NODE_BACKGROUND_COLOR"]
    assert fill["type"] == "CONTINUOUS"
    assert fill["definition"]["attribute"] == "state"
    counts = {each["name"]: each["elementCount"] for each in document[1]["metaData"]}
    sizes = {name: len(elements) for part in document[2:-1] for name, elements in part.items()}
    assert counts == sizes


def test_sbml_says_where_species_stand_and_stays_valid(hard: Pathway):
    libsbml = pytest.importorskip("libsbml")
    text = write(hard, "sbml", drawing=drawing(hard)).text
    document = libsbml.readSBMLFromString(text)
    assert document.checkConsistency() == 0, document.getErrorLog().toString()
    layout = document.getModel().getPlugin("layout").getLayout(0)
    found = {}
    for number in range(layout.getNumGeneralGlyphs()):
        glyph = layout.getGeneralGlyph(number)
        box = glyph.getBoundingBox()
        found[glyph.getReferenceId()] = (box.x, box.y, box.width, box.height)
    first = drawing(hard).spots["A"]
    assert len(found) == len(hard.species)
    for key, spot in drawing(hard).spots.items():
        assert found[escaped(key)] == (spot.x - first.x, spot.y - first.y, spot.width, spot.height)


def test_cytoscape_is_another_name_of_cx2():
    assert find_format("Cytoscape").name == "cx2"


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (model.Agreement, shape.AgreementShape),
        (model.Domain, shape.DomainShape),
        (model.Function, shape.FunctionShape),
        (model.Reference, shape.ReferenceShape),
        (model.Claim, shape.ClaimShape),
        (model.Drug, shape.DrugShape),
        (model.Alteration, shape.AlterationShape),
        (model.CellLine, shape.CellLineShape),
        (model.Receptor, shape.ReceptorShape),
    ],
)
def test_what_a_file_must_say_is_never_left_out_as_a_default(kind: type, form: type):
    """Writers leave out what is a field's default; a required field with one would be refused when it is read again."""
    optional = {each.name for each in dataclasses.fields(kind) if each.default is not dataclasses.MISSING}
    assert not optional & form.__required_keys__


@pytest.mark.parametrize("name", pathway_names())
@pytest.mark.parametrize("format", ["yaml", "json"])
def test_every_shipped_pathway_can_be_written_with_all_that_stands_around_it(format: str, name: str):
    assert not write(load(name), format).losses


@pytest.mark.parametrize(("pairs", "promised"), [(4, {"A0", "A1", "A2", "A3", "A4"}), (24, set())])
def test_aeon_is_promised_that_a_source_matters_only_where_that_was_worked_out(pairs: int, promised: set[str]):
    """B never matters beside A0 and A1; AEON refuses a network that promises otherwise. Of 26 sources nobody looked."""
    aeon = pytest.importorskip("biodivine_aeon")
    terms = [f"A{place} and A{place + 1}" for place in range(pairs)]
    sources = [*(f"A{place}" for place in range(pairs + 1)), "B"]
    rules = {"T": Rule(target="T", text=" or ".join(f"({term})" for term in [*terms, f"B and {terms[0]}"]))}
    pathway = Pathway(
        name="wide",
        species={key: Species(id=key, initial=0) for key in ("T", *sources)},
        edges=tuple(Edge(source=source, target="T", effect=Effect.activates) for source in sources),
        rules=rules,
    )
    text = write(pathway, "aeon").text
    assert {source for source in sources if f"{source} -> T\n" in text} == promised
    assert aeon.AsynchronousGraph(aeon.BooleanNetwork.from_aeon(text)).network_variable_count() == len(sources) + 1


def test_goals_and_the_context_are_counted_where_a_format_does_not_carry_them():
    pathway = Pathway(name="g", species={"A": Species(id="A", goal=0), "B": Species(id="B", goal=1)}, context="body")
    for format in ("bnet", "aeon", "sbml", "maboss", "sif", "csv", "tsv", "cx2", "graphml", "dot", "mermaid"):
        assert {"2 goals", "1 contexts"} <= set(write(pathway, format).losses), format
    assert write(pathway, "yaml").losses == ()


def test_a_table_of_edges_says_of_how_many_rules_it_leaves_out_what_is_told_of_them():
    told = {"A": {"note": "why"}, "B": {"evidence": ("Paper2001",)}, "C": {}}
    rules = {key: Rule(target=key, text="A", **more) for key, more in told.items()}
    pathway = Pathway(name="m", species={key: Species(id=key) for key in "ABC"}, rules=rules)
    assert "2 notes and references of rules" in write(pathway, "csv").losses


def test_what_can_change_an_answer_is_told_before_what_only_describes():
    assert in_words(["2 notes", "1 rules", "1 aliases"]) == "1 rule; nor what only describes: 2 notes, 1 alias"
    assert in_words(["2 notes"]) == "2 notes"
    assert in_words(["3 rules", "1 initial values of 1"]) == "3 rules, 1 initial value of 1"
