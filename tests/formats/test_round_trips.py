"""What is written is read back the same, for any names and any rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her2cli.expression import Const, Expression, Not, Var, all_of, any_of, substitute, text
from her2cli.formats import FORMATS, read_file, write
from her2cli.formats.names import escaped, unescaped
from her2cli.logic.network import build
from her2cli.model import Edge, Effect, Pathway, Rule, Species, Speed

LOGICAL = ("bnet", "aeon", "sbml", "maboss", "csv", "tsv", "json", "yaml")
EXTENSION = {"maboss": "bnd"}
quickly = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

# Hard cases on purpose: keywords, digits first, the escape's own form, signs of formulas, letters of other scripts.
names = st.sampled_from(
    ["A", "b", "HER2-HER3", "14_3_3", "and", "not", "true", "_x41_", "_xé", "NF kB", "κB", "p70S6K", "=1", "@x", "'q"]
) | st.text("AbZ_x09é-/.", min_size=1, max_size=8).filter(lambda name: name.strip() == name)


@st.composite
def pathways(draw: st.DrawFn) -> Pathway:
    ids = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    terms: st.SearchStrategy[Expression] = st.recursive(
        st.sampled_from(ids).map(Var) | st.sampled_from([Const(0), Const(1)]),
        lambda inner: (
            inner.map(Not) | st.lists(inner, min_size=2, max_size=3).map(all_of)
            | st.lists(inner, min_size=2, max_size=3).map(any_of)
        ),
        max_leaves=8,
    )  # fmt: skip
    rules = {key: text(draw(terms)) for key in ids if draw(st.booleans())}
    species = {
        key: Species(
            id=key,
            initial=draw(st.integers(0, 1)),
            speed=draw(st.sampled_from(Speed)),
            name=draw(st.sampled_from(["", "a kinase", 'quoted "name" & <tag>', "=SUM(A1)"])),
        )
        for key in ids
    }
    return Pathway(name="p", species=species, rules={key: Rule(target=key, text=rule) for key, rule in rules.items()})


def through(pathway: Pathway, format: str, folder: Path) -> Pathway:
    written = write(pathway, format)
    file = folder / f"p.{EXTENSION.get(format, format)}"
    file.write_text(written.text, encoding="utf-8")
    if written.beside:
        file.with_suffix(".cfg").write_text(written.beside, encoding="utf-8")
    return read_file(file)


def meaning(pathway: Pathway) -> dict[str, Expression]:
    return {key: substitute(rule, {}) for key, rule in build(pathway).rules.items()}


@pytest.mark.parametrize("format", LOGICAL)
@given(pathway=pathways())
@quickly
def test_names_and_rules_survive_a_round_trip(format: str, pathway: Pathway, tmp_path_factory: pytest.TempPathFactory):
    if format == "sbml":
        pytest.importorskip("libsbml")
    again = through(pathway, format, tmp_path_factory.mktemp("trip"))
    assert meaning(again) == meaning(pathway)
    assert sorted(again.species) == sorted(pathway.species)


@pytest.mark.parametrize("format", ["maboss", "csv", "tsv", "json", "yaml"])
@given(pathway=pathways())
@quickly
def test_initial_values_and_speeds_survive_where_the_format_has_them(
    format: str, pathway: Pathway, tmp_path_factory: pytest.TempPathFactory
):
    again = through(pathway, format, tmp_path_factory.mktemp("trip"))
    assert {key: species.initial for key, species in again.species.items()} == {
        key: species.initial for key, species in pathway.species.items()
    }
    # An input of MaBoSS has no rate, so it is neither fast nor slow.
    moving = set(pathway.species) - set(build(pathway).inputs) if format == "maboss" else set(pathway.species)
    assert all(again.species[key].speed is pathway.species[key].speed for key in moving)


@given(
    edges=st.lists(st.tuples(names, st.sampled_from(Effect), names), min_size=1, max_size=8, unique=True),
    format=st.sampled_from(["sif", "csv", "tsv"]),
)
@quickly
def test_edges_survive_a_round_trip(
    edges: list[tuple[str, Effect, str]], format: str, tmp_path_factory: pytest.TempPathFactory
):
    ends = dict.fromkeys(name for source, _, target in edges for name in (source, target))
    pathway = Pathway(
        name="p",
        species={name: Species(id=name) for name in [*ends, "ALONE"]},
        edges=tuple(Edge(source=source, effect=effect, target=target) for source, effect, target in edges),
    )
    again = through(pathway, format, tmp_path_factory.mktemp("trip"))
    assert [(edge.source, edge.effect, edge.target) for edge in again.edges] == edges
    assert set(again.species) == set(pathway.species)


@given(first=st.text(max_size=12), second=st.text(max_size=12))
def test_escaped_names_are_plain_differ_and_are_mapped_back(first: str, second: str):
    for name in (first, second):
        found = escaped(name)
        assert unescaped(found) == name or not name.isprintable()
        assert not name or (found.isascii() and found.isidentifier())
    assert first == second or escaped(first) != escaped(second)


def test_the_shipped_pathways_survive_yaml_and_json_whole(tmp_path: Path):
    from her2cli.loading import load, pathway_names

    for name in pathway_names():
        pathway = load(name)
        for format in ("yaml", "json"):
            assert not write(pathway, format).losses
            again = through(pathway, format, tmp_path)
            for section in ("species", "rules", "references", "drugs", "alterations", "experiments", "cell_lines"):
                assert dict(getattr(again, section)) == dict(getattr(pathway, section)), section
            for field in ("edges", "agent_edges", "title", "note", "readouts", "default_alterations"):
                assert getattr(again, field) == getattr(pathway, field), field


@pytest.mark.parametrize("format", [each.name for each in FORMATS])
def test_writing_twice_gives_the_same_bytes(format: str):
    if format == "sbml":
        pytest.importorskip("libsbml")
    from her2cli.loading import load

    assert write(load("erbb"), format) == write(load("erbb"), format)
