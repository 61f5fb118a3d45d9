"""Traces as text: the same with and without colour, and evidence that is missing everywhere is told once."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from her2cli import graph
from her2cli.model import Edge, Effect, Pathway, Species
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
