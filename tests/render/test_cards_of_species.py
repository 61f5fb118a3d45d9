"""The card of a species: what it does comes first, and what alike agents do to it stands in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import her2cli
from her2cli.loading import load, load_text
from her2cli.lookup import find_any
from her2cli.model import Drug, Edge, Effect, Pathway, Species
from her2cli.render.cards import card
from her2cli.render.console import rendered
from her2cli.render.json import found


def test_drugs_that_do_the_same_share_a_line_and_what_a_species_does_stands_above():
    def drug(name: str, mechanism: str) -> Drug:
        edge = Edge(source=name, target="A", effect=Effect.inhibits, mechanism=mechanism, evidence=(f"Of{name}",))
        return Drug(id=name, edges=(edge,))

    pathway = Pathway(
        name="letters",
        species={name: Species(id=name) for name in "AB"},
        edges=(Edge(source="A", target="B", effect=Effect.activates, mechanism="binds"),),
        drugs={name: drug(name, "degrades it" if name != "Z" else "hides it") for name in "XYZ"},
    )
    lines = rendered(card(find_any(pathway, "A"), pathway), width=80).splitlines()
    place = lines.index("What it acts on")
    assert lines[place + 1].startswith("-> B  binds")
    assert lines[place + 3 :][:3] == [
        "What acts on it",
        "X, Y -|  degrades it  (OfX, OfY)",
        "Z -|  hides it  (OfZ)",
    ]


def test_a_rule_is_told_with_the_names_of_its_parts_and_what_each_means():
    text = """
schema: 1
species: {A: {}, B: {}, T: {}}
rules:
  T:
    rule: either and not A
    parts:
      either: {rule: A or B, note: One is enough.}
    note: It has its reasons.
"""
    pathway = load_text(text)
    lines = rendered(card(find_any(pathway, "T"), pathway), width=80).splitlines()
    assert lines[2:] == [
        "rule      either and not A",
        "because   It has its reasons.",
        "  either  A or B. One is enough.",
    ]


@pytest.mark.parametrize("name", ["DRIVER_SWITCH", "SRC_LEANING"])
def test_what_is_itself_a_condition_has_all_that_depends_on_it_under_that_heading(name, said):
    code, told, _ = said("show", name, "-p", "erbb")
    assert code == 0
    assert "What it acts on" not in told
    needing = told.partition("In which cells, and when: what depends on it\n")[2]
    targets = {edge.target for edge in load("erbb").edges if edge.source == name}
    assert targets == set(re.findall(r"^(?:->|-\|) (\w+)", needing, re.MULTILINE))


# --- the same for programs ------------------------------------------------------------------------------------------

FILE = Path(__file__).resolve().parents[2] / "pathways" / "erbb.yaml"


def test_the_rule_of_every_species_has_in_json_what_the_file_says():
    said = yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader)["rules"]
    pathway = her2cli.load("erbb")
    assert set(said) < set(pathway.species)
    for name in pathway.species:
        told, rule = found(find_any(pathway, name), pathway)["rule"], said.get(name)
        if rule is None:
            assert told is None
            continue
        assert set(rule) <= {"rule", "parts", "note", "evidence"}
        assert told["expression"].split() == rule["rule"].split()
        assert (told["note"], told["evidence"]) == (rule.get("note", ""), rule.get("evidence", []))
        parts = rule.get("parts", {})
        assert [each["name"] for each in told["parts"]] == [*parts]
        for each, part in zip(told["parts"], parts.values(), strict=True):
            assert (each["expression"].split(), each["note"]) == (part["rule"].split(), part.get("note", ""))


def test_a_program_that_asks_for_a_species_is_told_its_rule_and_null_where_the_edges_are_all(said):
    of = {name: json.loads(said("show", name, "-p", "erbb", "--json")[1])["rule"] for name in ("APOPTOSIS", "EGF")}
    assert of["APOPTOSIS"]["parts"][0]["name"] in of["APOPTOSIS"]["expression"]
    assert of["EGF"] is None
