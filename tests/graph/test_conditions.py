"""What acts, and what only tells in which cells another acts: apart in paths, on cards and in files."""

from __future__ import annotations

import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from her2cli.cli._look import carried
from her2cli.errors import DataError
from her2cli.formats import read_file, write
from her2cli.graph import trace
from her2cli.loading import load, load_text
from her2cli.model import Pathway

TEXT = """
schema: 1
name: letters
species:
  A: {kind: receptor, initial: 1}
  SORT: {kind: context, initial: 1}
  B: {kind: kinase}
  C: {kind: kinase}
  P: {kind: phenotype}
edges:
  - {source: A, target: SORT, effect: activates}
  - {source: SORT, target: P, effect: activates, mechanism: grows}
  - {source: A, target: B, effect: activates, mechanism: phosphorylation}
  - {source: B, target: C, effect: inhibits, mechanism: phosphorylation}
  - {source: C, target: P, effect: inhibits, mechanism: holds it}
  - {source: B, target: P, effect: activates, mechanism: where C counts, condition: true}
"""
PAIRS = (
    *(("ERBB2", "PROLIFERATION"), ("ERBB2", "MYC"), ("ERBB2", "SURVIVAL"), ("EGFR", "ERK"), ("NRG1", "APOPTOSIS")),
    *(("SRC", "MIGRATION"), ("AKT", "CCND1"), ("ESR1", "E2F1"), ("ERK", "BIM"), ("MTORC1", "ANGIOGENESIS")),
)


@pytest.fixture
def letters() -> Pathway:
    """A -> B -| C -| P; A -> SORT -> P, where SORT is a kind of cell, and an edge B -> P that marks cells."""
    return load_text(TEXT)


@pytest.fixture(scope="module")
def erbb() -> Pathway:
    return load("erbb")


def test_a_path_along_what_only_tells_in_which_cells_comes_last_though_it_is_the_shortest(letters):
    assert trace(letters, "A", to="P").paths == (("A", "B", "C", "P"), ("A", "SORT", "P"), ("A", "B", "P"))


@pytest.mark.parametrize(("start", "goal"), PAIRS)
def test_no_path_of_the_literature_s_network_along_a_condition_stands_before_one_of_actions(erbb, start, goal):
    found = trace(erbb, start, to=goal, limit=60, carrying=carried(erbb, start, goal, False)).paths
    kinds = {name: species.kind for name, species in erbb.species.items()}
    marks = {(edge.source, edge.target) for edge in erbb.edges if edge.condition}

    def tells(path: tuple[str, ...]) -> bool:
        return "context" in map(kinds.get, path) or any(pair in marks for pair in pairwise(path))

    assert [tells(path) for path in found] == sorted(tells(path) for path in found)
    assert not tells(found[0])


@pytest.mark.parametrize("mechanism", ["marks B for degradation", "marks the cells in which C counts", "tells apart B"])
def test_what_words_an_edge_is_told_in_makes_it_no_condition(mechanism):
    acts = load_text(TEXT.replace("mechanism: where C counts, condition: true", f"mechanism: {mechanism}"))
    assert ("B", "P") not in acts.conditions


def test_an_edge_of_the_literature_s_network_that_is_told_as_a_condition_is_one(erbb):
    told = [
        edge for edge in erbb.edges if edge.mechanism.startswith(("marks cells ", "marks the cells ", "tells apart "))
    ]
    assert len(told) > 100
    assert [edge for edge in told if not erbb.is_condition(edge)] == []


def test_an_edge_says_itself_whether_it_is_a_condition_before_the_kinds_of_its_ends_do():
    text = TEXT.replace("mechanism: grows}", "mechanism: grows, condition: no}")
    assert load_text(text).conditions == {("A", "SORT"), ("B", "P")}
    assert load_text(text.replace("condition: true", "condition: false")).conditions == {("A", "SORT")}


def test_a_walk_upstream_has_them_last_as_well(letters):
    assert trace(letters, "P", to="A", upstream=True).paths[0] == ("A", "B", "C", "P")


def test_the_road_from_her2_to_proliferation_is_the_one_of_the_textbooks(erbb):
    steps = trace(erbb, "ERBB2", to="PROLIFERATION", carrying=carried(erbb, "ERBB2", "PROLIFERATION", False)).steps
    met = {name for step in steps for name in (step.edge.source, step.edge.target)}
    assert {"AKT", "RAS", "RAF", "MEK", "ERK", "PI3K"} <= met
    assert not met & {"NEAR_DEATH", "ONCOGENE", "SUPPORTED"}


def test_a_file_says_what_they_are_where_its_format_can(letters):
    at = [("A", "SORT"), ("SORT", "P"), ("B", "P")]
    graph = ElementTree.fromstring(write(letters, "graphml").text)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    marked = [
        (edge.get("source"), edge.get("target"))
        for edge in graph.iter(f"{space}edge")
        if any(each.get("key") == "edge_condition" and each.text == "true" for each in edge)
    ]
    assert marked == at
    document = json.loads(write(letters, "cx2").text)
    (edges,) = [aspect["edges"] for aspect in document if "edges" in aspect]
    names = list(letters.species)
    assert [(names[each["s"]], names[each["t"]]) for each in edges if "condition" in each["v"]] == at
    assert write(letters, "dot").text.count("style=dotted") == write(letters, "mermaid").text.count("-.-") == 3
    for format in ("dot", "mermaid", "graphml", "cx2", "csv", "yaml"):
        assert not [loss for loss in write(letters, format).losses if "which cells" in loss], format
    assert "3 marks of edges that only tell in which cells others act" in write(letters, "sif").losses


def test_what_a_table_or_a_graph_brings_back_is_told_apart_as_before(letters, tmp_path):
    grows = "mechanism: grows"
    for pathway in (letters, load_text(TEXT.replace(grows, f"{grows}, condition: false"))):
        for format in ("csv", "tsv", "graphml", "cx2", "yaml", "json"):
            file = tmp_path / f"letters.{format}"
            file.write_text(write(pathway, format).text, "utf-8")
            again = read_file(file)
            assert [(e.source, e.target, e.condition) for e in again.edges] == [
                (e.source, e.target, e.condition) for e in pathway.edges
            ], format
            assert not again.remarks


def test_a_word_that_is_neither_true_nor_false_is_told(tmp_path):
    file = tmp_path / "ours.csv"
    file.write_text("table,source,effect,target,condition\nedge,A,activates,B,maybe\n", "utf-8")
    with pytest.raises(DataError, match=r"ours.csv:2:20: condition 'maybe': true or false is expected."):
        read_file(file)
    file.write_text("source,effect,target,condition\nA,activates,B,hypoxia\nB,activates,A,yes\n", "utf-8")
    theirs = read_file(file)  # the word may mean another thing there
    assert [edge.condition for edge in theirs.edges] == [None, True]
    assert theirs.remarks == ("1 condition is neither true nor false (hypoxia), and not read.",)
