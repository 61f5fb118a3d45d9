"""What is written is read back the same, for any names and any rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from her2cli.errors import Her2Error
from her2cli.expression import (
    Const,
    Expression,
    Not,
    Var,
    all_of,
    any_of,
    evaluate,
    negation,
    substitute,
    text,
)
from her2cli.formats import FORMATS, read_file, write
from her2cli.formats.names import escaped, unescaped
from her2cli.loading import load_text
from her2cli.logic.network import BooleanNetwork, build
from her2cli.model import (
    Absent,
    Alteration,
    CellLine,
    Claim,
    Context,
    Domain,
    Drug,
    Edge,
    Effect,
    Experiment,
    Function,
    JointStart,
    Pathway,
    Receptor,
    Reference,
    Rule,
    Scenario,
    Species,
    Speed,
    StateRate,
    Status,
    Surrounding,
    Verification,
)

LOGICAL = ("bnet", "aeon", "sbml", "maboss", "csv", "tsv", "json", "yaml", "cx2", "graphml")
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


@given(pathway=pathways())
@quickly
def test_names_and_rules_survive_a_round_trip(pathway: Pathway, tmp_path_factory: pytest.TempPathFactory):
    expected = meaning(pathway)
    for format in LOGICAL:
        if format == "sbml" and find_spec("libsbml") is None:
            continue
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        assert meaning(again) == expected, format
        assert sorted(again.species) == sorted(pathway.species), format


@given(pathway=pathways())
@quickly
def test_initial_values_and_speeds_survive_where_the_format_has_them(
    pathway: Pathway, tmp_path_factory: pytest.TempPathFactory
):
    initial = {key: species.initial for key, species in pathway.species.items()}
    for format in ("maboss", "csv", "tsv", "json", "yaml"):
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        assert {key: species.initial for key, species in again.species.items()} == initial, format
        # An input of MaBoSS has no rate, so it is neither fast nor slow.
        moving = set(pathway.species) - set(build(pathway).inputs) if format == "maboss" else set(pathway.species)
        assert all(again.species[key].speed is pathway.species[key].speed for key in moving), format


def with_chances(pathway: Pathway, data: st.DataObject, *, joint: bool) -> Pathway:
    """*pathway* with shares and rates, and where asked with species that begin together and rates of some states."""
    rates, shares = st.none() | st.floats(0, 1e6), st.none() | st.sampled_from([0.0, 0.25, 1e-9, 1.0])
    species = {
        key: replace(each, rate_up=data.draw(rates), rate_down=data.draw(rates), share=data.draw(shares))
        for key, each in pathway.species.items()
    }
    if not joint:
        return replace(pathway, species=species)
    free = [key for key, each in species.items() if each.share is None]
    start = JointStart(species=tuple(free), weights={(0,) * len(free): 0.1, (1,) * len(free): 0.9})
    ids = st.sampled_from(sorted(species))
    own = st.builds(
        StateRate,
        species=ids,
        direction=st.sampled_from(["up", "down"]),
        rate=st.floats(0, 1e6),
        where=st.tuples(ids, ids).map(lambda two: text(all_of([Var(two[0]), negation(Var(two[1]))]))),
    )
    state_rates = tuple(data.draw(st.lists(own, max_size=3)))
    return replace(pathway, species=species, joint_starts=(start,) if free else (), state_rates=state_rates)


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_the_parts_of_a_rule_survive_in_our_own_formats(format: str, tmp_path: Path):
    parts = "{some: {rule: A or B, note: either}, more: {rule: some and A}}"
    given = load_text(f"schema: 1\nspecies: {{A: {{}}, B: {{}}}}\nrules:\n  B: {{rule: not more, parts: {parts}}}\n")
    assert through(given, format, tmp_path).rules == given.rules
    assert len(given.rules["B"].parts) == 2


@given(pathway=pathways(), data=st.data())
@quickly
def test_shares_rates_and_joint_beginnings_survive_in_our_own_formats(
    pathway: Pathway, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    pathway = with_chances(pathway, data, joint=True)
    for format in ("json", "yaml"):
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        assert again.species == pathway.species, format
        assert again.joint_starts == pathway.joint_starts, format
        assert again.state_rates == pathway.state_rates, format


@given(pathway=pathways(), data=st.data())
@quickly
def test_shares_and_rates_survive_in_tables(
    pathway: Pathway, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    pathway = with_chances(pathway, data, joint=False)
    for format in ("csv", "tsv"):
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        for key, species in pathway.species.items():
            now = again.species[key]
            found = (now.share, now.rate_up, now.rate_down)
            assert found == (species.share, species.rate_up, species.rate_down), format


@given(pathway=pathways(), data=st.data())
@quickly
def test_beginnings_and_the_rate_of_every_state_survive_maboss(
    pathway: Pathway, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    """State by state: a rate may come back as the exception where it was the rule."""
    pathway = with_chances(pathway, data, joint=True)
    again = through(pathway, "maboss", tmp_path_factory.mktemp("trip"))
    before, after = build(pathway), build(again)
    assert {key: after.chances.get(key, after.initial[key]) for key in after.species} == pytest.approx(
        {key: before.chances.get(key, before.initial[key]) for key in before.species}, abs=1e-12
    )
    keys = sorted(pathway.species)
    for bits in product((0, 1), repeat=len(keys)):
        at = dict(zip(keys, bits, strict=True))
        for key in keys:
            assert flow(after, key, at) == pytest.approx(flow(before, key, at))


def flow(network: BooleanNetwork, key: str, at: Mapping[str, int]) -> float:
    """How fast *key* changes in that state; 0 where it stays."""
    to = evaluate(network.rules[key], at)
    if to == at[key]:
        return 0.0
    own = (each.rate for each in network.state_rates if each[:2] == (key, to) and evaluate(each.where, at))
    return next(own, network.rate(key)[1 - to])


@given(pathway=pathways(), data=st.data())
@quickly
def test_graphs_of_our_own_come_back_as_they_were(
    pathway: Pathway, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    words = st.sampled_from(["", "a word", 'say "so" & <so>; or not', "=1"])
    numbers = st.none() | st.sampled_from([0.25, 1e-9, 1.0, 1 / 3, 0.31234567])
    species = {
        key: replace(
            each,
            kind=data.draw(words),
            aliases=data.draw(st.sampled_from([(), ("x", "y z")])),
            share=data.draw(numbers),
            rate_up=data.draw(numbers),
            verified=data.draw(st.none() | st.sampled_from(Verification)),
            note=data.draw(words),
        )
        for key, each in pathway.species.items()
    }
    ends = st.sampled_from(sorted(species))
    edges = data.draw(
        st.lists(
            st.builds(
                Edge,
                source=ends,
                target=ends,
                effect=st.sampled_from(Effect),
                mechanism=words,
                step=st.sampled_from([(), (3,), (1, 4)]),
                status=st.none() | st.sampled_from(Status),
                verified=st.none() | st.sampled_from(Verification),
                confidence=st.sampled_from(["", "high"]),
                condition=st.sampled_from([None, True]),
                note=words,
            ),
            max_size=4,
            unique_by=lambda edge: (edge.source, edge.target, edge.effect),
        )
    )
    rules = {key: replace(rule, note=data.draw(words)) for key, rule in pathway.rules.items()}
    pathway = replace(pathway, species=species, edges=tuple(edges), rules=rules, title="A title", note="A note.")
    for format in ("cx2", "graphml"):
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        assert again.species == species, format
        assert list(again.edges) == edges, format
        assert again.rules == rules, format
        assert (again.title, again.note) == ("A title", "A note."), format
        assert not again.remarks, format


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


words = st.sampled_from(["yes", "0.5", "a: b", "- x", "# no", "κ", "'", '"', "null", "2001-12-14", "{a}", "a -> b"])
ids = st.from_regex(r"[a-z][a-z0-9 :#-]{0,6}[a-z0-9]", fullmatch=True).map(lambda key: f"own {key}")
keys = st.lists(ids, max_size=2, unique=True).map(tuple)
shares = st.sampled_from([0.0, 1.0, 0.5, 0.123456789, 1 / 3])
times = st.sampled_from(["early", "late"])
verified = st.sampled_from([None, *Verification])
scenarios = st.builds(
    Scenario,
    alterations=keys,
    ligands=keys,
    drugs=keys.map(lambda found: tuple((name, 1.0) for name in found)),
    clamps=st.lists(st.tuples(st.just("A"), st.integers(0, 1)), max_size=1).map(tuple),
)


@st.composite
def actions(draw: st.DrawFn, owner: str) -> tuple[Edge, ...]:
    """Edges of a drug or an alteration, some of which block one edge."""
    found = []
    for blocks in draw(st.lists(st.booleans(), max_size=2)):
        ends = (
            {"blocks": ("A", "B"), "effect": Effect.inhibits} if blocks else {"effect": draw(st.sampled_from(Effect))}
        )
        found.append(
            draw(
                st.builds(
                    Edge,
                    source=st.just(owner),
                    target=st.just("B"),
                    mechanism=words,
                    step=st.lists(st.integers(1, 14), max_size=2).map(tuple),
                    evidence=keys,
                    against=keys,
                    status=st.sampled_from([None, *Status]),
                    requires=keys,
                    efficacy=st.none() | shares,
                    **{key: st.just(value) for key, value in ends.items()},
                )
            )
        )
    return tuple(found)


@cache  # to put them together takes longer than to draw from them
def sections() -> dict[str, st.SearchStrategy[object]]:
    """What may stand in each section, in words that YAML would like to understand otherwise."""

    def agents(kind: type) -> st.SearchStrategy[object]:
        common = {"name": words, "aliases": keys, "efficacy": shares, "efficacy_note": words, "evidence": keys}
        return ids.flatmap(
            lambda key: st.builds(
                kind,
                id=st.just(key),
                edges=actions(key),
                verified=verified,
                note=words | st.just("two\nlines"),
                **common,
            )
        )

    return {
        "drugs": agents(Drug),
        "alterations": agents(Alteration),
        "references": st.builds(Reference, id=ids, citation=words, pmid=st.sampled_from(["", "12345678"]), note=words),
        "receptors": st.builds(Receptor, id=ids, name=words, hgnc=keys, ligands=keys, verified=verified),
        "domains": st.builds(
            Domain, id=ids, receptor=ids, name=words, kind=words, start=st.integers(1, 9), approximate=st.booleans()
        ),
        "functions": st.builds(Function, id=ids, name=words, article=words, species=st.just("A")),
        "claims": st.builds(
            Claim,
            id=ids,
            article=words,
            status=st.sampled_from(Status),
            step=st.none() | st.integers(1, 14),
            about=keys,
        ),
        "absent": st.builds(Absent, id=ids, kind=st.sampled_from(["drug", "cell line"]), reason=words, aliases=keys),
        "cell_lines": st.builds(CellLine, id=ids, name=words, alterations=keys, ligands=keys, verified=verified),
        "contexts": st.builds(
            Context,
            id=ids,
            aliases=keys,
            species=st.lists(
                st.builds(Surrounding, species=ids, share=st.floats(0, 1).map(lambda x: round(x, 6)), note=words),
                max_size=3,
                unique_by=lambda each: each.species,
            ).map(tuple),
        ),
        "experiments": st.builds(
            Experiment,
            id=ids,
            scenario=scenarios,
            comparator=scenarios,
            readout=st.just("A"),
            expect=st.sampled_from(["down", "up", "unchanged"]),
            time=times,
            comparator_time=times,
            difficulty=st.none() | st.integers(1, 99),
            disputed=st.booleans(),
            evidence=keys,
        ),
    }


@st.composite
def knowledge(draw: st.DrawFn) -> dict[str, dict[str, object]]:
    """Entries of every section."""
    drawn = {section: draw(st.lists(thing, max_size=2)) for section, thing in sections().items()}
    taken = {each.id for each in drawn["drugs"]}  # type: ignore[attr-defined]
    drawn["alterations"] = [each for each in drawn["alterations"] if each.id not in taken]  # type: ignore[attr-defined]
    return {section: {each.id: each for each in found} for section, found in drawn.items()}  # type: ignore[attr-defined]


@given(around=knowledge())
@settings(quickly, max_examples=15)
def test_what_only_a_file_knows_survives_yaml_and_json(
    around: dict[str, dict[str, object]], tmp_path_factory: pytest.TempPathFactory
):
    pathway = Pathway(name="p", species={key: Species(id=key) for key in "AB"}, **around)  # type: ignore[arg-type]
    for format in ("yaml", "json"):
        assert not write(pathway, format).losses
        again = through(pathway, format, tmp_path_factory.mktemp("trip"))
        for section, entries in around.items():
            found = getattr(again, section)
            assert {key: found.get(key) for key in entries} == entries, format


@given(
    title=st.text(min_size=1, max_size=9).filter(str.strip),
    location=st.sampled_from(["cytosol", "comp1", "two\nlines"]),
    name=st.text("A\u200b\u202e\t\n é", max_size=6),
    note=st.text(max_size=9) | st.just("x" * 5000),
    share=st.floats(0, 1),
    format=st.sampled_from(["yaml", "json"]),
)
@quickly
def test_what_our_own_formats_cannot_hold_is_counted_and_the_file_is_read_again(
    title: str, location: str, name: str, note: str, share: float, format: str, tmp_path_factory: pytest.TempPathFactory
):
    species = Species(id="A", location=location, name=name, note=note, share=share)
    pathway = Pathway(name="p", title=title, species={"A": species})
    losses = write(pathway, format).losses
    again = through(pathway, format, tmp_path_factory.mktemp("trip"))
    assert again.species["A"].share == pytest.approx(share, abs=1e-15)
    same = (title, location, name, note) == (
        again.title,
        *(getattr(again.species["A"], k) for k in ("location", "name", "note")),
    )
    assert same or losses
    assert ("1 locations" in losses) == (location != "cytosol")
    assert again.species["A"].location == ("cytosol" if location == "cytosol" else "")


@pytest.mark.parametrize("format", ["yaml", "json"])
@pytest.mark.parametrize("key", ["A\u200b", "A\nB", "x" * 501, " A"])
def test_an_id_that_our_own_formats_cannot_hold_is_refused(format: str, key: str):
    with pytest.raises(Her2Error, match="among the species"):
        write(Pathway(name="p", species={key: Species(id=key)}), format)


@given(first=st.text(max_size=12), second=st.text(max_size=12))
def test_escaped_names_are_plain_differ_and_are_mapped_back(first: str, second: str):
    for name in (first, second):
        found = escaped(name)
        assert unescaped(found) == name or not name.isprintable()
        assert not name or (found.isascii() and found.isidentifier())
    assert first == second or escaped(first) != escaped(second)


def test_the_shipped_pathways_survive_yaml_and_json_whole(tmp_path: Path):
    from her2cli.loading import load, pathway_names
    from her2cli.loading.library import SECTIONS

    for name in pathway_names():
        pathway = load(name)
        for format in ("yaml", "json"):
            assert not write(pathway, format).losses
            again = through(pathway, format, tmp_path)
            assert again.agreement == {}  # counted on what ships; a copy, which may be edited, has no record
            for section in ("species", "rules", *(each for each in SECTIONS if each != "agreement")):
                assert dict(getattr(again, section)) == dict(getattr(pathway, section)), section
            for field in ("edges", "agent_edges", "title", "note", "readouts", "default_alterations", "context"):
                assert getattr(again, field) == getattr(pathway, field), field


@pytest.mark.parametrize("format", [each.name for each in FORMATS if each.reads and each.writes])
def test_what_has_no_title_comes_back_without_one(format: str, tmp_path: Path):
    """SBML and AEON brought the name of the network back as its title, and `diff` told that as a difference."""
    edge = Edge(source="A", target="B", effect=Effect.activates)
    untitled = Pathway(name="p", species={key: Species(id=key) for key in "AB"}, edges=(edge,))
    assert through(untitled, format, tmp_path).title == ""


@pytest.mark.parametrize("format", [each.name for each in FORMATS if each.writes])
def test_writing_twice_gives_the_same_bytes(format: str):
    if format == "sbml":
        pytest.importorskip("libsbml")
    from her2cli.loading import load

    assert write(load("her2"), format) == write(load("her2"), format)
