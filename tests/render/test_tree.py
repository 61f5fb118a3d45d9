"""Traces as text: the same with and without colour, and evidence that is missing everywhere is told once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2cli import graph
from her2cli.cli.app import run
from her2cli.model import Drug, Edge, Effect, Pathway, Species
from her2cli.render import tree
from her2cli.render.console import rendered

NAMES = st.sampled_from(["A", "B", "C", "Γδ", "日本語の名前", "E" * 30, "x\ty"])
EDGES = st.builds(
    Edge,
    source=NAMES,
    target=NAMES,
    effect=st.sampled_from(Effect),
    mechanism=st.sampled_from(["", "a mechanism that is told in many words"]),
    step=st.sampled_from([(), (3,)]),
    evidence=st.sampled_from([(), ("Alessi1997",)]),
)


def pathway(*edges: Edge) -> Pathway:
    names = dict.fromkeys(name for edge in edges for name in (edge.source, edge.target))
    return Pathway(name="m", species={name: Species(id=name) for name in names}, edges=edges)


def printed(network: Pathway, start: str, *, width: int = 60, colour: bool = False, **options) -> str:
    return rendered(tree.trace(graph.trace(network, start, **options), network), width=width, colour=colour)


@given(st.lists(EDGES, min_size=1, max_size=12), st.integers(20, 90), st.booleans(), st.booleans())
def test_colour_changes_no_character(edges, width, upstream, paths):
    network = pathway(*edges)
    options = {"upstream": upstream, "to": edges[-1].target if paths else None}
    plain, coloured = (printed(network, edges[0].source, width=width, colour=each, **options) for each in (False, True))
    uncoloured = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert plain.splitlines() == [line.rstrip() for line in uncoloured.splitlines()]


BARE = (
    Edge(source="A", target="B", effect=Effect.activates),
    Edge(source="B", target="C", effect=Effect.inhibits, mechanism="binds"),
)


def test_that_no_step_has_evidence_is_told_once():
    assert printed(pathway(*BARE), "A") == (
        "A\n└─ -> B\n   -| C  binds\n\nA acts on 1 species directly and leads to 2 in all.\n\n"
        "No evidence is given for these steps.\n\n-> activates   -| inhibits\n"
    )
    assert printed(pathway(*BARE), "A", to="C") == (
        "1 path from A to C\n  1. A -> B -| C\n\nStep by step\nA -> B\nB -| C  binds\n\n"
        "No evidence is given for these steps.\n\n-> activates   -| inhibits\n"
    )


def test_that_one_step_of_several_has_none_is_told_at_that_step():
    first, second = BARE
    assert printed(pathway(first, replace(second, evidence=("Alessi1997",))), "A") == (
        "A\n└─ -> B  (no evidence given)\n   -| C  binds  (Alessi1997)\n\n"
        "A acts on 1 species directly and leads to 2 in all.\n\n-> activates   -| inhibits\n"
    )


def test_that_there_is_no_path_is_told_once_and_nothing_else():
    assert printed(pathway(*BARE), "C", to="A") == "No path leads from C to A. A leads to C: add --upstream.\n"
    assert printed(pathway(*BARE), "A", to="A") == "No loop leads from A back to itself.\n"


def test_an_action_on_one_edge_stands_in_a_path_as_that_edge_with_its_own_sign():
    drug = Drug(
        id="d",
        edges=(
            Edge(source="d", target="B", effect=Effect.inhibits, blocks=("A", "B")),
            Edge(source="d", target="C", effect=Effect.inhibits, blocks=("B", "C")),
        ),
    )
    network = replace(pathway(*BARE), drugs={"d": drug})
    lines = printed(network, "d", to="C").splitlines()
    assert lines[:3] == ["2 paths from d to C", "  1. d -| (B -| C)", "  2. d -| (A -> B) -| C"]
    assert "d -| B -| C (this edge)" in printed(network, "d", to="C")


def test_it_is_counted_how_many_paths_a_drug_cuts():
    cuts = Drug(id="d", edges=(Edge(source="d", target="B", effect=Effect.inhibits),))
    around = Edge(source="A", target="C", effect=Effect.activates)
    both = replace(pathway(*BARE, around), drugs={"d": cuts})
    one = replace(pathway(*BARE), drugs={"d": cuts})
    none = replace(pathway(around, BARE[0]), drugs={"d": cuts})
    heads = [printed(network, "A", to="C", drug="d").splitlines()[0] for network in (both, one, none)]
    assert heads == [
        "2 paths from A to C; d cuts 1 of them",
        "1 path from A to C; d cuts it",
        "1 path from A to C; d cuts none of them",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "trace HER2 --to HER2",
            "No loop leads from ERBB2 back to itself. The literature's network has one: -p erbb.",
        ),
        (
            "trace AKT --to HER3",
            "No path leads from AKT to ERBB3. ERBB3 leads to AKT: add --upstream. The literature's network has one: "
            "-p erbb.",
        ),
        ("trace VEGF --to HER2 --upstream", None),
    ],
)
def test_the_literatures_network_is_named_in_the_same_line(capsys, line, told):
    assert run(line.split()) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out == told if told else "No path" not in out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "trace HER2 --to lapatinib",
            "Nothing leads to lapatinib, a drug, which acts from outside. 'her2 trace lapatinib --to ERBB2' follows "
            "what it does. '--drug lapatinib' marks what it cuts.",
        ),
        ("trace lapatinib --to lapatinib", "Nothing leads to lapatinib, a drug, which acts from outside."),
        (
            "trace HER2 --to PTEN_loss",
            "Nothing leads to PTEN_loss, an alteration, which acts from outside. 'her2 trace PTEN_loss --to ERBB2' "
            "follows what it does.",
        ),
    ],
)
def test_a_drug_or_an_alteration_is_no_end_and_what_to_ask_instead_is_told(capsys, line, told):
    assert run(line.split()) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"her2: {told}\n")
