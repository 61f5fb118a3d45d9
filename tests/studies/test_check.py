"""What `check` notices in a pathway, and that a file of a thousand faults does not become a flood."""

from __future__ import annotations

from collections import Counter

import pytest

from her2cli.formats import bnet
from her2cli.model import Alteration, CellLine, Edge, Effect, Match, Pathway, Place, Rule, Species
from her2cli.studies.check import MANY_EDGES, MOST_OF_A_KIND, Finding, findings, knowledge_findings


def noticed(pathway: Pathway) -> set[tuple[str, str]]:
    return {(finding.check, finding.message) for finding in findings(pathway)}


def edge(source: str, sign: int, target: str, **more: object) -> Edge:
    effect = Effect.activates if sign == 1 else Effect.inhibits
    return Edge(source=source, target=target, effect=effect, **{"evidence": ("r",), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("edges", "rules", "expected"),
    [
        ([edge("A", 1, "B", evidence=())], {}, {("no-evidence", "A -> B has no evidence.")}),
        ([edge("A", 1, "B")], {}, {("unknown-reference", "the evidence 'r' is not among the references.")}),
        (
            [edge("A", 1, "B"), edge("A", -1, "B")],
            {},
            {("both-signs", "A both activates and inhibits B.")},
        ),
        (
            [edge("A", -1, "B")],
            {"B": "A"},
            {("sign-contradicts-rule", "A -| B contradicts the rule of B, which has the other sign.")},
        ),
        (
            [edge("A", 1, "B")],
            {"B": "C"},
            {
                ("inert-regulator", "A -> B has no effect: the rule of B does not depend on it."),
                ("missing-edge", "the rule of B names C, but no edge joins them."),
            },
        ),
    ],
)
def test_a_fault_is_noticed(edges: list[Edge], rules: dict[str, str], expected: set[tuple[str, str]]):
    pathway = Pathway(
        name="p",
        species={key: Species(id=key) for key in "ABC"},
        edges=tuple(edges),
        rules={key: Rule(target=key, text=rule) for key, rule in rules.items()},
    )
    known = {("unknown-reference", "the evidence 'r' is not among the references.")} - expected
    untouched = {("untouched-species", "nothing touches the species C.")}
    assert noticed(pathway) - known - untouched == expected


def test_an_alias_that_another_thing_has_is_told_with_what_a_look_up_does():
    """The id of a thing goes before an alias; of two equal aliases none does."""
    shelf = {
        "A": Species(id="A", aliases=("B", "both")),
        "B": Species(id="B"),
        "C": Species(id="C", aliases=("Both",)),
    }
    edges = tuple(edge(source, 1, target) for source, target in ("AB", "BC", "CA"))
    found = {message for check, message in noticed(Pathway(name="p", species=shelf, edges=edges)) if "alias" in check}
    assert found == {
        "'B' already names B; a look-up finds only that.",
        "'Both' already names A; a look-up takes neither.",
    }


def test_names_with_braces_are_names():
    pathway = Pathway(name="p", species={"{0}": Species(id="{0}"), "{x": Species(id="{x")})
    assert ("untouched-species", "nothing touches the species {x.") in noticed(pathway)


def test_a_format_without_evidence_is_told_so_once():
    lines = "".join(f"B{number}, A\n" for number in range(MANY_EDGES))
    pathway = bnet.read(lines, name="p", source="p.bnet")
    message = f"none of the {MANY_EDGES} edges has evidence."
    assert findings(pathway) == (Finding(check="no-evidence", where="p.bnet", message=message),)


def test_one_edge_with_evidence_makes_each_without_it_a_warning():
    with_evidence = edge("A", 1, "B")
    without = [edge("A", 1, f"C{number}", evidence=()) for number in range(2 * MANY_EDGES)]
    species = {name: Species(id=name) for name in ["A", "B", *(each.target for each in without)]}
    pathway = Pathway(name="p", species=species, edges=(with_evidence, *without))
    assert Counter(finding.check for finding in findings(pathway))["no-evidence"] == len(without)


def test_past_a_thousand_of_a_kind_they_are_counted():
    number = MOST_OF_A_KIND + 7
    species = {f"A{i}": Species(id=f"A{i}", place=Place("f", i + 1, 1)) for i in range(number)}
    found = findings(Pathway(name="p", species=species, source="f"))
    assert len(found) == MOST_OF_A_KIND + 1
    assert found[-1] == Finding(check="untouched-species", where="f", message="and 7 more of this kind.")
    assert found[0].where == "f:1:1"


def test_a_cell_line_with_two_amounts_of_one_thing_is_told_whatever_its_note_says():
    match = (Match(marker="HER2"),)
    known = {key: Alteration(id=key, aliases=(f"{key}-alias",), match=match) for key in ("amp", "low")}
    known["loss"] = Alteration(id="loss", match=(Match(marker="PTEN"),))
    lines = {
        "Both": CellLine(id="Both", alterations=("amp", "low-alias"), note="as it was read"),
        "One": CellLine(id="One", alterations=("amp", "loss", "amp-alias")),
    }
    found = knowledge_findings({"cell_lines": lines, "alterations": known}, {}, [])
    told = [(each.message, each.accepted) for each in found if each.check == "two-amounts"]
    assert told == [("Both: amp and low are two amounts of HER2, and a tumour has one: leave one of them out.", False)]
