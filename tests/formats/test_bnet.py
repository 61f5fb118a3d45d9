"""BNET text becomes a pathway and a network; what is wrong in it is named with line and column, all at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli.errors import DataError
from her2cli.expression import parse, text
from her2cli.formats import bnet, write
from her2cli.logic.network import build
from her2cli.model import Effect
from her2cli.studies.check import findings


def problems(content: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        bnet.read(content, source="f.bnet")
    return [str(problem) for problem in caught.value.problems]


def test_a_file_becomes_species_rules_and_signed_edges():
    pathway = bnet.read("targets, factors\n# a comment\nA, B & !C  # another\nC, A\n", source="f.bnet")
    assert list(pathway.species) == ["A", "C", "B"]
    assert pathway.rules["A"].text == "B and not C"
    assert (pathway.rules["A"].place.line, pathway.rules["A"].place.column) == (3, 4)
    assert [(edge.source, edge.target, edge.effect.arrow) for edge in pathway.edges] == [
        ("B", "A", "->"),
        ("C", "A", "-|"),
        ("A", "C", "->"),
    ]


def test_a_name_without_a_line_or_with_itself_as_rule_is_an_input():
    network = bnet.read_network("A, B | !C\nC, C")
    assert network.inputs == ("C", "B")
    pathway = bnet.read("A, B | !C\nC, C")
    assert not pathway.edges_into("C")
    assert build(pathway, inputs=None).inputs == ("C", "B")


def test_a_source_that_acts_both_ways_has_two_edges_and_one_that_never_matters_none():
    pathway = bnet.read("A, (B & !C) | (!B & C) | (D & !D)")
    assert [(edge.source, edge.effect) for edge in pathway.edges] == [
        ("B", Effect.activates),
        ("B", Effect.inhibits),
        ("C", Effect.activates),
        ("C", Effect.inhibits),
    ]


@pytest.mark.parametrize("header", ["targets, factors\n", "targets,factors\r\n", "Targets, Factors\n", "\ufeff", ""])
def test_the_header_may_be_written_in_several_ways_or_left_out(header: str):
    assert list(bnet.read(f"{header}A, 1\n").species) == ["A"]


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("A, B ^ C\n", "f.bnet:1:6", "'^'"),
        ("A; B\n", "f.bnet:1:1", "comma"),
        ("B, A\nA, B,\n", "f.bnet:2:5", "second comma"),
        ("A, B\nA, C\n", "f.bnet:2:1", "line 1"),
        ("A,\n", "f.bnet:1:2", "no rule"),
        (", A\n", "f.bnet:1:1", "one name"),
        ("A B, A\n", "f.bnet:1:3", "'B'"),
        ("A, (B | C\n", "f.bnet:1:4", "never closed"),
        ("A,   B |\n", "f.bnet:1:8", "the rule ends"),
        ("targets, factors, probabilities\nA, B, 0.3\n", "f.bnet:1:1", "probabilistic"),
        ("targets, factors\n", "f.bnet", "no species"),
        ("A, B[-1]\n", "f.bnet:1:4", "temporal"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(content: str, where: str, what: str):
    (problem,) = problems(content)
    assert problem.startswith(f"{where}: ")
    assert what in problem


def test_all_problems_come_at_once():
    assert [problem.split(": ")[0] for problem in problems("A; B\nB, A\nC, D &\nB, C\n")] == [
        "f.bnet:1:1",
        "f.bnet:3:6",
        "f.bnet:4:1",
    ]


def test_a_rule_beyond_the_limits_is_a_problem_with_its_line():
    (problem,) = problems("A, B\nB, " + "(A & (B | " * 600 + "A" + "))" * 600)
    assert problem.startswith("f.bnet:2:")
    assert "nested" in problem


@given(st.text(alphabet="AB,&|!()# \n01\"'^\t", max_size=60))
def test_any_text_is_read_or_refused_with_places(content: str):
    try:
        network = bnet.read_network(content)
    except DataError:
        return
    assert set(network.rules) == set(network.species)


NAMES = st.sampled_from(["A", "B", "HER2", "p70S6K", "NF-kB", "IL6.R", "4EBP1"])
RULES = st.recursive(
    NAMES | st.sampled_from(["0", "1"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" & ", "|"]), inner).map(lambda parts: f"({''.join(parts)})"),
        inner.map(lambda part: f"!{part}"),
    ),
    max_leaves=8,
)


@given(st.dictionaries(NAMES, RULES, min_size=1))
def test_the_pathway_and_the_network_of_a_file_say_the_same(rules: dict[str, str]):
    content = "".join(f"{name}, {rule}\n" for name, rule in rules.items())
    network, pathway = bnet.read_network(content), bnet.read(content)
    assert tuple(pathway.species) == network.species
    for name, rule in pathway.rules.items():
        assert parse(rule.text) == network.rules[name]
        assert text(network.rules[name]) == rule.text


def test_the_published_models_are_read_with_their_numbers_of_species_and_inputs(shared):
    lines = (shared / "interop" / "expected.tsv").read_text().splitlines()[1:]
    for file, nodes, inputs in sorted({tuple(line.split("\t")[2:5]) for line in lines}):
        network = bnet.read_network((shared / "interop" / "models" / file).read_text())
        assert (len(network.species), len(network.inputs)) == (int(nodes), int(inputs)), file


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Gene, Rule\nA, B\n", True),
        ("targets, factors\nA, B\n", False),
        ("A, B\nC, A\n", False),
        ("A, B\nC, B\n", False),
        ("A, A\nC, C\n", False),
        ("A, !B\nC, C\n", False),
        ("A, B\n", False),
    ],
)
def test_a_first_line_of_two_words_that_nothing_uses_is_told(content: str, told: bool):
    pathway = bnet.read(content, source="f.bnet")
    assert bool(pathway.remarks) is told
    assert ("stray-header" in {finding.check for finding in findings(pathway)}) is told


def test_the_header_is_written_with_the_blank_that_biolqm_and_ginsim_need():
    assert write(bnet.read("A, B", source="f.bnet"), "bnet").text == "targets, factors\nA, B\nB, B\n"


@pytest.mark.parametrize("rule", ["B && !C || ~D", "B&&~C||!D", "(B && ~(C)) | ~ D"])
def test_operators_of_other_tools_mean_the_same(rule: str):
    found = bnet.read(f"targets, factors\nA, {rule}\n", source="m.bnet").rules["A"].text
    assert parse(found) == parse("(B and not C) or not D")


def test_a_mistake_beside_such_operators_has_its_own_column():
    assert problems("A, B && C $ D\n")[0].startswith("f.bnet:1:11: ")


@pytest.mark.parametrize("term", ["C[-2]", "all[d=2](C)", "any[d=3](C)", "timeis(3)", "timelt(4)", "timegt(4)"])
def test_a_temporal_rule_is_refused_by_that_word(term: str):
    (line,) = problems(f"A, B & {term}\n")
    assert line.startswith("f.bnet:1:8: ")
    assert "temporal" in line
