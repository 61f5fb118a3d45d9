"""Files of other tools: what each of them means, told apart by their content, and named where they are not read."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from her2cli.errors import DataError, Her2Error
from her2cli.expression import evaluate, parse
from her2cli.formats import cx2, find_format, ginml, gml, graphml, read_file, rule_texts, sniff, tables, write
from her2cli.logic.network import build
from her2cli.model import Edge, Effect, Pathway, Species


def arrows(pathway: Pathway) -> list[str]:
    return [f"{edge.source} {edge.effect.arrow} {edge.target}" for edge in pathway.edges]


def read_tables(content: str) -> Pathway:
    return tables.read_csv(content, name="m", source="f")


def rules_of(pathway: Pathway) -> dict[str, str]:
    return {name: rule.text for name, rule in pathway.rules.items()}


# --- rule texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("A *= B and not C\nC* = A or B\n", {"A": "B and not C", "C": "A or B"}),  # BooleanNet
        ("1: A* = B\n2: B *= not A\n", {"A": "B", "B": "not A"}),
        ("A = (B AND C) OR NOT D\nB = A\n", {"A": "(B and C) or not D", "B": "A"}),  # Cell Collective
        ("A = B && !C || ~D\n", {"A": "(B and not C) or not D"}),
        ("Ca2+ = Akt/PKB AND NOT IL-2\n", {"Ca2+": '"Akt/PKB" and not "IL-2"'}),
        ("A := B XOR C\n", {"A": "(B and not C) or (not B and C)"}),
        ("A = B & C ^ D\n", {"A": "(B and C and not D) or (not (B and C) and D)"}),  # as Python has it
        ("targets, factors\nA, B & ! C\n", {"A": "B and not C"}),  # BoolNet
        ("A, B | C\nB, A\n", {"A": "B or C", "B": "A"}),
        ("# a comment\nA = B # another\n\n", {"A": "B"}),
    ],
)
def test_a_text_of_rules_is_read_in_its_dialect(content: str, rules: dict[str, str]):
    pathway = rule_texts.read(content, name="m", source="f")
    assert {name: parse(rule) for name, rule in rules_of(pathway).items()} == {
        name: parse(rule) for name, rule in rules.items()
    }


def test_a_beginning_of_booleannet_is_a_beginning_and_no_rule():
    pathway = rule_texts.read("A = True\nB = False\nC = Random\nA* = B\nB* = A and C\n", name="m", source="f")
    assert rules_of(pathway) == {"A": "B", "B": "A and C"}
    assert [(pathway.species[name].initial, pathway.species[name].share) for name in "ABC"] == [
        (1, None),
        (0, None),
        (0, 0.5),
    ]


def test_without_a_star_true_is_a_rule():
    assert rules_of(rule_texts.read("A = True\nB = A\n", name="m", source="f")) == {"A": "1", "B": "A"}


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("A = B[t-1]\n", "f:1:5: the rule of A is temporal"),
        ("A = timegt(3)\n", "temporal"),
        ("targets, functions, probabilities\nA, B, 0.5\n", "probabilistic"),
        ("A = B\nA = C\n", "f:2: A has a second rule"),
        ("A = B C\n", "f:1:7: rule of A"),
        ("A* = B\nC = perhaps\n", "True, False or Random"),
        ("hello\n", "'hello' is not a rule"),
        ("", "has no rule"),
    ],
)
def test_a_text_that_is_no_rules_is_refused_with_its_place(content: str, what: str):
    with pytest.raises(DataError, match=what):
        rule_texts.read(content, name="m", source="f")


# --- GINML ---------------------------------------------------------------------------------------------------------


def model(nodes: str, edges: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE gxl SYSTEM "http://ginsim.org/GINML_2_2.dtd">\n'
        f'<gxl xmlns:xlink="http://www.w3.org/1999/xlink"><graph class="regulatory" id="m" nodeorder="A B C">'
        f"{nodes}{edges}</graph></gxl>"
    )


EDGES = (
    '<edge id="A:C" from="A" to="C" minvalue="1" sign="positive"/>'
    '<edge id="B:C" from="B" to="C" minvalue="1" sign="negative"/>'
)


@pytest.mark.parametrize(
    "body",
    [
        '<value val="1"><exp str="A &amp; !B"/></value>',
        '<parameter idActiveInteractions="A:C" val="1"/>',
    ],
)
def test_ginml_is_read_by_functions_and_by_parameters(body: str):
    nodes = (
        '<node id="A" maxvalue="1" input="true"/><node id="B" maxvalue="1"/>'
        f'<node id="C" name="a name" maxvalue="1">{body}<annotation><comment>A  note.</comment></annotation></node>'
    )
    pathway = ginml.read(model(nodes, EDGES), name="m", source="f")
    network = build(pathway)
    assert network.inputs == ("A",)
    assert network.rules["B"] == parse("0")  # no input, and nothing raises it
    assert network.rules["C"] == parse("A and not B")
    assert (pathway.species["C"].name, pathway.species["C"].note) == ("a name", "A note.")
    assert arrows(pathway) == ["A -> C", "B -| C"]


@pytest.mark.parametrize(
    ("written", "levels"),
    [("A:1", {1}), ("A:2", {2, 3}), ("A", {1, 2, 3}), ("A#1", {1}), ("A#2", {2, 3}), ("!A#2 &amp; A", {1})],
)
def test_an_interaction_is_named_by_its_level_or_its_number_and_ends_where_the_next_begins(
    written: str, levels: set[int]
):
    """As GINsim's own parser of functions has it: `BooleanParser.getEdge`."""
    nodes = (
        '<node id="A" maxvalue="3" input="true"/>'
        f'<node id="C" maxvalue="1"><value val="1"><exp str="{written}"/></value></node>'
    )
    edges = '<edge id="A:C" from="A" to="C" effects="1:positive 2:negative"/>'
    rule = build(ginml.read(model(nodes, edges), name="m", source="f")).rules["C"]
    for level in range(4):
        state = {f"A_b{each}": int(level >= each) for each in (1, 2, 3)}
        assert evaluate(rule, state) == int(level in levels)


def test_an_interaction_of_one_source_does_not_end_where_that_of_another_begins():
    nodes = (
        '<node id="A" maxvalue="2" input="true"/><node id="B" maxvalue="2" input="true"/>'
        '<node id="C"><value val="1"><exp str="A:1 &amp; B:2"/></value></node>'
    )
    edges = '<edge id="A:C" from="A" to="C" minvalue="1"/><edge id="B:C" from="B" to="C" minvalue="2"/>'
    rule = build(ginml.read(model(nodes, edges), name="m", source="f")).rules["C"]
    for a, b in product(range(3), repeat=2):
        state = {f"{name}_b{level}": int(value >= level) for name, value in (("A", a), ("B", b)) for level in (1, 2)}
        assert evaluate(rule, state) == int(a >= 1 and b == 2)


def test_the_published_network_of_p53_has_the_one_stable_state_that_was_published():
    """Abou-Jaoude et al. 2009, doi:10.1016/j.jtbi.2009.02.005: p53 0, cytoplasmic Mdm2 1, nuclear Mdm2 1, damage 0."""
    nodes = (
        '<node id="P" maxvalue="2"><value val="2"><exp str="!N"/></value></node>'
        '<node id="M" maxvalue="2"><value val="2"><exp str="P"/></value><value val="1"><exp str="!P"/></value></node>'
        '<node id="N"><value val="1"><exp str="M:2 | (M:1 &amp; !P &amp; !D)"/></value></node>'
        '<node id="D"><value val="1"><exp str="D &amp; !P"/></value></node>'
    )
    edges = "".join(
        f'<edge id="{source}:{target}" from="{source}" to="{target}" {levels}/>'
        for source, target, levels in [
            ("D", "D", 'minvalue="1"'),
            ("D", "N", 'minvalue="1"'),
            ("M", "N", 'effects="1:positive 2:positive"'),
            ("P", "D", 'minvalue="2"'),
            ("P", "N", 'minvalue="1"'),
            ("P", "M", 'minvalue="2"'),
            ("N", "P", 'minvalue="1"'),
        ]
    )
    rules = build(ginml.read(model(nodes, edges), name="m", source="f")).rules
    states = (dict(zip(rules, bits, strict=True)) for bits in product((0, 1), repeat=len(rules)))
    stable = [{key for key in at if at[key]} for at in states if all(evaluate(rules[key], at) == at[key] for key in at)]
    assert stable == [{"M_b1", "N"}]


@pytest.mark.parametrize("begins", ['minvalue="1" sign="positive"', 'effects="1:positive"'])
def test_a_basal_value_holds_where_no_parameter_does(begins: str):
    nodes = (
        '<node id="A" maxvalue="1" input="true"/><node id="B" maxvalue="1" input="true"/>'
        '<node id="C" maxvalue="1" basevalue="1"><parameter idActiveInteractions="B:C" val="0"/></node>'
    )
    edges = "".join(f'<edge id="{each}:C" from="{each}" to="C" {begins}/>' for each in "AB")
    rule = build(ginml.read(model(nodes, edges), name="m", source="f")).rules["C"]
    for a, b in product((0, 1), repeat=2):
        assert evaluate(rule, {"A": a, "B": b}) == int(not (b and not a))


def test_levels_of_ginml_become_boolean_species_whose_moves_are_those_of_the_levels():
    """C goes to 2 where A is at 2, to 1 where A is at 1: one level at a time, and never to a state that is no level."""
    nodes = (
        '<node id="A" maxvalue="2" input="true"/><node id="C" maxvalue="2">'
        '<value val="2"><exp str="A:2"/></value><value val="1"><exp str="A:1"/></value></node>'
    )
    edges = '<edge id="e1" from="A" to="C" minvalue="1"/><edge id="e2" from="A" to="C" minvalue="2"/>'
    pathway = ginml.read(model(nodes, edges), name="m", source="f")
    assert list(pathway.species) == ["A_b1", "A_b2", "C_b1", "C_b2"]
    assert pathway.remarks[0].startswith("of more than two levels: A (0 to 2), C (0 to 2). Each is read as Boolean")
    rules = build(pathway).rules
    for a, c in product(range(3), repeat=2):
        state = {f"{name}_b{level}": int(value >= level) for name, value in (("A", a), ("C", c)) for level in (1, 2)}
        after = c + (a > c) - (a < c)
        assert [evaluate(rules[f"C_b{level}"], state) for level in (1, 2)] == [int(after >= level) for level in (1, 2)]
        assert [evaluate(rules[f"A_b{level}"], state) for level in (1, 2)] == [state["A_b1"], state["A_b2"]]
    for bits in product((0, 1), repeat=4):
        state = dict(zip(rules, bits, strict=True))
        still = all(evaluate(rule, state) == state[name] for name, rule in rules.items())
        assert not (still and (state["A_b2"] > state["A_b1"] or state["C_b2"] > state["C_b1"]))


@pytest.mark.parametrize(("number", "more"), [(3, ""), (4, " and 1 more"), (9, " and 6 more")])
def test_of_many_species_with_levels_three_are_named_and_the_rest_is_counted(number: int, more: str):
    nodes = "".join(f'<node id="N{each}" maxvalue="2" input="true"/>' for each in range(number))
    remark = ginml.read(model(nodes, ""), name="m", source="f").remarks[0]
    assert f": N0 (0 to 2), N1 (0 to 2), N2 (0 to 2){more}. Each is read" in remark


@pytest.mark.parametrize(
    ("nodes", "edges", "what"),
    [
        ('<node id="C"><value val="1"><exp str="X"/></value></node>', "", "'X' is no node"),
        ('<node id="C"><value val="1"><exp str="C &amp;"/></value></node>', "", "function of C: expected a name"),
        ('<node id="C"><parameter idActiveInteractions="X:C" val="1"/></node>', "", "X:C, which is no interaction"),
        (
            '<node id="A" maxvalue="2"/><node id="C"><value val="1"><exp str="A#2"/></value></node>',
            '<edge id="A:C" from="A" to="C" minvalue="1" sign="positive"/>',
            "'A#2': there are 1 interactions of A with C",
        ),
        (
            '<node id="A" maxvalue="2"/><node id="C"><value val="1"><exp str="A:2"/></value></node>',
            '<edge id="A:C" from="A" to="C" minvalue="1" sign="positive"/>',
            "'A:2': no interaction of A with C begins at 2",
        ),
        ('<node id="C" maxvalue="99"/>', "", "maxvalue '99' of C is not 0 to 15"),
        ('<node id="C"/>', '<edge from="C" to="D"/>', "names what is no node"),
        ("", "", "has no node"),
    ],
)
def test_broken_ginml_is_refused(nodes: str, edges: str, what: str):
    with pytest.raises(DataError, match=what):
        ginml.read(model(nodes, edges), name="m", source="f")


def test_a_document_type_with_more_in_it_is_still_refused():
    evil = model('<node id="C"/>', "").replace('2_2.dtd">', '2_2.dtd" [<!ENTITY x "y">]>')
    with pytest.raises(DataError, match="document type"):
        ginml.read(evil, name="m", source="f")


def test_a_second_document_type_is_refused_though_it_is_written_as_the_first():
    twice = model('<node id="C"/>', "").replace("<gxl ", '<!DOCTYPE gxl SYSTEM "x.dtd"><gxl ')
    with pytest.raises(DataError, match="document type"):
        ginml.read(twice, name="m", source="f")


def test_a_zginml_file_is_unpacked_and_read(tmp_path: Path):
    file = tmp_path / "m.zginml"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("GINsim-data/regulatoryGraph.ginml", model('<node id="C" input="true"/>', ""))
    assert list(read_file(file).species) == ["C"]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("other", "x")
    with pytest.raises(DataError, match="zip file"):
        read_file(file)
    file.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DataError, match="no zip file that can be read"):
        read_file(file)


def test_what_unpacks_to_too_much_is_refused_before_it_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HER2_MAX_FILE_MB", "0.01")
    file = tmp_path / "m.zginml"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m.ginml", " " * 20_000)
    with pytest.raises(DataError, match="unpacks to more than"):
        read_file(file)


# --- graphs --------------------------------------------------------------------------------------------------------

CX2 = [
    {"CXVersion": "2.0"},
    {
        "attributeDeclarations": [
            {
                "nodes": {"name": {"a": "n", "d": "string"}},
                "edges": {"interaction": {"a": "i", "d": "string"}, "sign": {"d": "integer", "v": 1}},
            }
        ]
    },
    {"networkAttributes": [{"name": "A network"}]},
    {"nodes": [{"id": 0, "x": 1, "v": {"n": "EGF"}}, {"id": 1, "v": {"n": "EGFR"}}]},
    {"nodes": [{"id": 2, "v": {"n": "PTEN"}}]},  # an aspect may come in fragments
    {
        "edges": [
            {"id": 0, "s": 0, "t": 1, "v": {"i": "up-regulates activity"}},
            {"id": 1, "s": 2, "t": 1, "v": {"i": "inhibits", "sign": -1}},
            {"id": 2, "s": 1, "t": 2, "v": {"i": "binds"}},  # by its default, the sign is 1
            {"id": 3, "s": 1, "t": 0, "v": {"i": "in-complex-with", "directed": False}},
        ]
    },
]


def test_what_a_cx2_edge_says_goes_before_what_is_declared_of_all():
    declared = {"interaction": {"d": "string", "v": "activates"}}
    edges = [{"id": 0, "s": 0, "t": 1, "v": {"interaction": "inhibits"}}, {"id": 1, "s": 1, "t": 0}]
    content = [
        {"CXVersion": "2.0"},
        {"attributeDeclarations": [{"nodes": {"name": {"d": "string"}}, "edges": declared}]},
        {"nodes": [{"id": 0, "v": {"name": "A"}}, {"id": 1, "v": {"name": "B"}}]},
        {"edges": edges},
    ]
    assert arrows(cx2.read(json.dumps(content), name="m", source="f")) == ["A -| B", "B -> A"]


def test_cx2_of_another_tool_is_read_as_edges():
    pathway = cx2.read(json.dumps(CX2), name="m", source="f")
    assert arrows(pathway) == ["EGF -> EGFR", "PTEN -| EGFR", "EGFR -> PTEN"]
    assert pathway.title == "A network"
    assert pathway.remarks == ("1 edge has no direction, and is left out.",)


@pytest.mark.parametrize("format", ["cx2", "graphml"])
def test_a_written_graph_is_read_by_independent_readers_with_its_names_and_types(format: str, tmp_path: Path):
    species = {key: Species(id=key, initial=int(key == "A"), share=0.25 if key == "B" else None) for key in "AB"}
    edge = Edge(source="A", target="B", effect=Effect.inhibits)
    written = write(Pathway(name="p", species=species, edges=(edge,)), format).text
    if format == "cx2":
        ndex = pytest.importorskip("ndex2.cx2")
        network = ndex.RawCX2NetworkFactory().get_cx2network(json.loads(written))
        nodes = {node["v"]["name"]: node["v"] for node in network.get_nodes().values()}
        assert nodes["A"]["initial"] == 1
        assert nodes["B"]["share"] == 0.25
        assert [edge["v"]["interaction"] for edge in network.get_edges().values()] == ["inhibits"]
    else:
        networkx = pytest.importorskip("networkx")
        (tmp_path / "p.graphml").write_text(written)
        graph = networkx.read_graphml(tmp_path / "p.graphml")
        assert {key: data["name"] for key, data in graph.nodes(data=True)} == {"A": "A", "B": "B"}
        assert graph.edges["A", "B"]["interaction"] == "inhibits"


def test_graphml_and_gml_of_networkx_are_read_as_edges(tmp_path: Path):
    networkx = pytest.importorskip("networkx")
    graph = networkx.DiGraph()
    graph.add_edge("EGF", "EGFR", sign=1)
    graph.add_edge("PTEN", "AKT 1", sign=-1)
    graph.add_edge("AKT 1", "EGF", sign=0)
    for writer, file in ((networkx.write_graphml, "m.graphml"), (networkx.write_gml, "m.gml")):
        writer(graph, tmp_path / file)
        pathway = read_file(tmp_path / file)
        assert sorted(arrows(pathway)) == ["EGF -> EGFR", "PTEN -| AKT 1"]
        assert list(pathway.species) == ["EGF", "EGFR", "PTEN", "AKT 1"]
        assert pathway.remarks == ("1 edge has no sign ('0'), and is left out.",)


WEIGHTS = ["2", "-0.3", "1e-3", "-7.5E+2", ".5", "+3", "-2.0", "1", "-1.0"]


@pytest.mark.parametrize("called", ["weight", "sign", "effect", "interaction", "relation"])
def test_a_number_of_an_edge_counts_by_its_sign_in_every_format_that_has_edges_with_attributes(called: str):
    """The table says which edges these are; CX2 has the numbers as numbers, the other two as text."""
    table = "".join(f"A,B{place},{weight}\n" for place, weight in enumerate(WEIGHTS))
    expected = arrows(read_tables(f"source,target,{called}\n{table}"))
    assert expected == [f"A {'-|' if weight[0] == '-' else '->'} B{place}" for place, weight in enumerate(WEIGHTS)]
    names = ["A", *(f"B{place}" for place in range(len(WEIGHTS)))]
    numbered = list(enumerate(WEIGHTS, 1))
    xml = (
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="w" for="edge" attr.name="{called}"/><graph>'
        + "".join(f'<node id="{name}"/>' for name in names)
        + "".join(
            f'<edge source="A" target="{names[place]}"><data key="w">{weight}</data></edge>'
            for place, weight in numbered
        )
        + "</graph></graphml>"
    )
    nodes = "".join(f'node [ id {place} label "{name}" ] ' for place, name in enumerate(names))
    edges = "".join(f"edge [ source 0 target {place} {called} {weight} ] " for place, weight in numbered)
    aspects = [
        {"CXVersion": "2.0"},
        {"nodes": [{"id": place, "v": {"name": name}} for place, name in enumerate(names)]},
        {"edges": [{"id": each, "s": 0, "t": each, "v": {called: float(weight)}} for each, weight in numbered]},
    ]
    assert arrows(graphml.read(xml, name="m", source="f")) == expected
    assert arrows(gml.read(f"graph [ {nodes}{edges}]", name="m", source="f")) == expected
    assert arrows(cx2.read(json.dumps(aspects), name="m", source="f")) == expected


def test_a_weight_beside_a_word_without_a_sign_is_a_score_and_the_edge_is_left_out():
    nodes = 'node [ id 0 label "A" ] node [ id 1 label "B" ] '
    edges = 'edge [ source 0 target 1 interaction "binds" weight 0.9 ] edge [ source 1 target 0 weight 0.9 ]'
    pathway = gml.read(f"graph [ {nodes}{edges} ]", name="m", source="f")
    assert arrows(pathway) == ["B -> A"]
    assert pathway.remarks == ("1 edge has no sign ('binds'), and is left out.",)


def test_yeds_labels_and_arrows_are_read():
    graph = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key for="node" id="d0" yfiles.type="nodegraphics"/><key for="edge" id="d1" yfiles.type="edgegraphics"/>'
        '<graph edgedefault="directed">'
        + "".join(
            f'<node id="n{number}"><data key="d0"><y:ShapeNode><y:NodeLabel>{name}</y:NodeLabel></y:ShapeNode></data>'
            "</node>"
            for number, name in enumerate(("HER2", "AKT", "PTEN"))
        )
        + "".join(
            f'<edge source="{a}" target="{b}"><data key="d1"><y:PolyLineEdge><y:Arrows source="none" target="{arrow}"/>'
            "</y:PolyLineEdge></data></edge>"
            for a, b, arrow in (("n0", "n1", "standard"), ("n2", "n1", "t_shape"))
        )
        + "</graph></graphml>"
    )
    assert arrows(graphml.read(graph, name="m", source="f")) == ["HER2 -> AKT", "PTEN -| AKT"]


@pytest.mark.parametrize(
    ("read", "content", "what"),
    [
        (gml.read, "graph [ node [ id 0 ] edge [ source 0 target 1 ] ]", "'1', which is no node"),
        (gml.read, "graph [ node [ id 0 ]", "a ']' is missing"),
        (gml.read, "graph [ ] ]", "f:1: a ']' was never opened"),
        (gml.read, "graph [ [ ] ]", "no key before it"),
        (gml.read, "graph " + "[ a " * 30, "nested more than 20"),
        (gml.read, "nothing 1", "has no graph"),
        (gml.read, 'graph [ node [ id 0 label "A" ] node [ id 1 label "A" ] ]', "two nodes are called 'A'"),
        (gml.read, "graph [ directed 0 node [ id 0 ] edge [ source 0 target 0 sign 1 ] ]", "no edge that can be read"),
        (cx2.read, "{}", "is not CX2"),
        (cx2.read, '[{"CXVersion": "2.0"}]', "has no node"),
        (cx2.read, '[{"nodes": [{"@id": 0, "n": "A"}]}]', "CX version 1 is not read"),
        (graphml.read, "<html/>", "is not GraphML"),
        (graphml.read, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>', "has no graph"),
        (
            graphml.read,
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph><hyperedge/></graph></graphml>',
            "hyperedges",
        ),
    ],
)
def test_a_broken_graph_is_refused(read: Callable[..., Pathway], content: str, what: str):
    with pytest.raises(DataError, match=what):
        read(content, name="m", source="f")


# --- spreadsheets --------------------------------------------------------------------------------------------------


def test_the_first_sheet_of_a_spreadsheet_is_read_and_the_others_are_named(tmp_path: Path):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "edges"
    for row in (["source", "effect", "target", "weight"], ["EGF", 1, "EGFR", 0.5], [None], ["PTEN", -1.0, "AKT", None]):
        sheet.append(row)
    book.create_sheet("notes")
    file = tmp_path / "m.xlsx"
    book.save(file)
    pathway = read_file(file)
    assert arrows(pathway) == ["EGF -> EGFR", "PTEN -| AKT"]
    assert pathway.remarks == (
        "only the first sheet, edges, is read; there are also notes.",
        "columns that are not read: weight.",
    )
    sheet["A2"] = date(2026, 9, 2)
    book.save(file)
    with pytest.raises(DataError, match="2-Sep is a date: a spreadsheet made it of a gene such as SEPT2"):
        read_file(file)
    file.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(DataError, match="is no spreadsheet"):
        read_file(file)


# --- what a file is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("targets, factors\nA, B\n", "bnet"),
        ("A, B & C\nB, A\n", "bnet"),
        ("A *= B\nB *= A\n", "rules"),
        ("A = B\n", "rules"),
        ("node A { logic = B; } node B { }", "maboss"),
        ("$A: B\nB -> A\n", "aeon"),
        ("A -> B\n$B: A\n", "aeon"),
        ("graph [\n node [ id 0 ]\n]", "gml"),
        ("A\t1\tB\n", "sif"),
        ("source,target,effect\nA,B,1\n", "csv"),
        ("schema: 1\nspecies: {A: {}}\n", "yaml"),
        (json.dumps(CX2), "cx2"),
        ('<?xml version="1.0"?><graphml/>', "graphml"),
        (model('<node id="A"/>', ""), "ginml"),
        ('<?xml version="1.0"?><!-- a comment --><sbml/>', "sbml"),
    ],
)
@pytest.mark.parametrize("file", ["m.txt", "m.unknown", "m"])
def test_a_file_is_known_by_its_content_where_its_name_says_nothing(content: str, name: str, file: str):
    kind = sniff.of_text(content)
    assert (kind if kind.name else sniff.of_rules(content)).name == name


def test_a_text_is_read_in_the_format_of_its_content(tmp_path: Path):
    for number, content in enumerate(["A, !B\nB, A\n", "A *= not B\nB *= A\n", "$A: !B\nB -| A\n$B: A\nA -> B\n"]):
        file = tmp_path / f"m{number}.txt"
        file.write_text(content)
        assert rules_of(read_file(file)) == {"A": "not B", "B": "A"}


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("m.gpml", '<Pathway xmlns="http://pathvisio.org/GPML/2013a"/>', "is GPML, which is not read: PathVisio"),
        (
            "m.xml",
            '<sbgn xmlns="http://sbgn.org/libsbgn/0.2"/>',
            "is SBGN-ML, which is not read: CaSQ .* turns a process description into",
        ),
        ("m.xml", '<sbml xmlns:celldesigner="x" level="2"/>', "is CellDesigner, which is not read: CaSQ"),
        ("m.json", '{"Model": {"Name": "m", "Variables": [], "Relationships": []}}', "is BMA, which .* biodivine-aeon"),
        ("m.json", '{"A": [[{"B": 0}], [{"B": 1}]]}', "is prime implicants of PyBoolNet, .*primes2bnet"),
        ("m.csv", "Transitions_ID,Name,Target,Level,Rule\nt,,A,,B\n", "is TabularQual, .* tabularqual"),
        ("m.cx", '[{"numberVerification": []}]', "is CX, version 1, .* CX2"),
        ("m.mnet", "A <- B\n", "is MNet, .* bioLQM"),
        ("m.cnet", ".v 2\n", "is CNET, truth tables"),
        ("m.txt", "# two genes\n\n.v 2\n.l 1 A\n.l 2 B\n.n 1 1 2\n1 1\n0 0\n.n 2 0\n", "is CNET, truth tables"),
        ("m.dot", "digraph { A -> B }", "is DOT, which is not read"),
        (
            "m.kgml",
            '<?xml version="1.0"?><pathway name="path:hsa04012"><entry id="1"/></pathway>',
            "is KGML, .*KEGGscape",
        ),
        (
            "m.xml",
            '<?xml version="1.0"?><pathway name="path:hsa04012"><entry id="1"/></pathway>',
            "is KGML, .*KEGGscape",
        ),
        ("m.txt", "#version 2.4\nHugo_Symbol\tTumor_Sample_Barcode\nERBB2\tA\n", "table of variants, .* 'her2 cohort'"),
        ("m.maf", "Hugo_Symbol\tTumor_Sample_Barcode\nERBB2\tA\n", "is a table of variants, .* 'her2 cohort'"),
        ("m.tsv", "Hugo_Symbol\tTumor_Sample_Barcode\nERBB2\tA\n", "is a table of variants, .* 'her2 cohort'"),
        ("m.txt", "##fileformat=VCFv4.2\n#CHROM\tPOS\n", "is VCF, .* vcf2maf"),
        ("m.vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n", "is VCF, .* vcf2maf"),
        ("m.gmt", "set\tdescription\tERBB2\n", "is GMT, .* no network"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_converts_it(file: str, content: str, what: str, tmp_path: Path):
    (tmp_path / file).write_text(content)
    with pytest.raises(DataError, match=what):
        read_file(tmp_path / file)


def test_a_format_that_is_only_read_cannot_be_written():
    with pytest.raises(Her2Error, match="gml is read, but not written; written are yaml"):
        write(Pathway(name="p", species={"A": Species(id="A")}), "gml")
    assert find_format("", "m.xlsx").name == "excel"


@pytest.mark.parametrize("read", [gml.read, cx2.read, graphml.read, ginml.read, rule_texts.read])
def test_any_text_is_read_or_refused_in_our_own_words(read: Callable[..., Pathway]):
    draw = random.Random(0)
    seeds = [json.dumps(CX2), model('<node id="A"><value val="1"><exp str="A"/></value></node>', ""), "A *= B\nB = 1\n"]
    seeds += ['graph [ node [ id 0 label "A" ] ]', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"/>']
    for seed in seeds * 20:
        text = list(seed)
        for _ in range(draw.randint(0, 4)):
            text[draw.randrange(len(text))] = draw.choice("[]{}<>\"'=:&|! \n0A")
        with suppress(DataError):
            read("".join(text), name="m", source="f")


def test_what_is_xml_is_no_text_of_rules_whatever_it_is_called():
    assert not sniff.of_rules('<?xml version="1.0"?>\n<a b="c"/>\n').name
