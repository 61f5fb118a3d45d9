"""What acts, and what only tells in which cells another acts: apart in paths, on cards and in files."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from her2cli.cli._look import carried
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
  - {source: B, target: P, effect: activates, mechanism: marks the cells in which C counts}
"""
MARKS = re.compile("marks (the )?cells|tells apart")
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
    marks = {(edge.source, edge.target) for edge in erbb.edges if MARKS.match(edge.mechanism)}

    def tells(path: tuple[str, ...]) -> bool:
        return "context" in map(kinds.get, path) or any(pair in marks for pair in pairwise(path))

    assert [tells(path) for path in found] == sorted(tells(path) for path in found)
    assert not tells(found[0])


@pytest.mark.parametrize("mechanism", ["marks B for degradation", "tells B where to go", "marks", "phosphorylation"])
def test_what_an_enzyme_marks_is_acted_on(mechanism):
    acts = load_text(TEXT.replace("marks the cells in which C counts", mechanism))
    assert ("B", "P") not in acts.conditions


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
        if any(each.get("key") == "edge_condition" and each.text == "which cells" for each in edge)
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
    for format in ("csv", "graphml", "cx2", "yaml"):
        file = tmp_path / f"letters.{format}"
        file.write_text(write(letters, format).text, "utf-8")
        assert read_file(file).conditions == letters.conditions
