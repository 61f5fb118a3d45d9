"""Names are never guessed in silence: who shares a name is said, and hints are of use where they are given."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import her2cli
from her2cli import graph, lookup
from her2cli.errors import AmbiguousName, UnknownName, listed, shown
from her2cli.loading import pathway_names
from her2cli.logic.network.scenario import prepare
from her2cli.model import Drug, Edge, Effect, Pathway, Scenario, Species, closest, find, folded, names_of


@pytest.mark.parametrize(("words", "told"), [("", ""), ("A", "A"), ("AB", "A or B"), ("ABC", "A, B or C")])
def test_names_are_listed_as_one_speaks(words, told):
    assert listed(words, "or") == told


@pytest.fixture
def twins() -> Pathway:
    """Two complexes of the gene G, and one that is also called like one of the others."""
    species = {
        "GC1": Species(id="GC1", kind="kinase", hgnc=("G", "ONE"), aliases=("raptor",)),
        "GC2": Species(id="GC2", kind="kinase", hgnc=("G",), aliases=("rictor", "both")),
        "X": Species(id="X", kind="kinase", aliases=("both", "gc1-like")),
    }
    edges = (Edge(source="X", target="GC1", effect=Effect.activates),)
    return Pathway(name="twins", species=species, edges=edges)


@pytest.mark.parametrize("name", ["G", "g", "both", "BOTH"])
def test_a_name_that_two_share_is_neither(twins: Pathway, name: str):
    owners = {key for key, each in twins.species.items() if folded(name) in map(folded, names_of(each))}
    assert len(owners) == 2
    finders = (
        twins.find_species,
        lambda name: find(twins.species, name, "species"),
        lambda name: lookup.find_any(twins, name),
        lambda name: graph.trace(twins, name),
        lambda name: graph.trace(twins, "X", to=name),
        lambda name: prepare(twins, Scenario(clamps=((name, 0),))),
        lambda name: prepare(twins, Scenario(ligands=(name,))),
    )
    for finder in finders:
        with pytest.raises(AmbiguousName, match=" and ".join(sorted(owners))) as caught:
            finder(name)
        assert set(caught.value.close) == owners


def test_what_only_one_is_called_is_that_one(twins: Pathway):
    assert [twins.find_species(name) for name in ("one", "GC2", "gc-1", "Rictor")] == ["GC1", "GC2", "GC1", "GC2"]


def test_an_id_goes_before_the_symbol_of_another():
    species = {
        "A": Species(id="A", hgnc=("B",)),
        "B": Species(id="B"),
        "C": Species(id="C", aliases=("D",), hgnc=("E",)),
    }
    species["D"] = Species(id="D2", hgnc=("D",))
    pathway = Pathway(name="m", species=species)
    assert pathway.find_species("b") == "B"
    assert pathway.find_species("e") == "C"


@pytest.mark.parametrize("words", [["trace"], ["show"], [], ["explain"], ["trace", "HER2", "--to"]])
def test_mtor_is_two_complexes_and_neither_is_taken(said, words):
    code, out, err = said(*words, "mTOR")
    assert (code, out) == (2, "")
    assert err.startswith("her2: 'mTOR' is a name of MTORC1 and MTORC2: name one of them.")
    assert err.count("\n") == 1


@pytest.mark.parametrize("words", [["simulate", "-s", "mTOR=0"], ["compare", "untreated", "mTOR=0"]])
def test_a_gene_of_two_complexes_is_not_held(said, words):
    assert "'mTOR' is a name of MTORC1 and MTORC2" in said(*words, "-p", "erbb")[2]


@pytest.mark.parametrize("name", pathway_names())
def test_no_two_ids_differ_in_case_alone(name):
    """Not even of two kinds: a shell's user does not see the difference."""
    pathway = her2cli.load(name)
    ids = {*pathway.species, *pathway.drugs, *pathway.alterations, *pathway.cell_lines}
    alike = Counter(each.casefold() for each in ids)
    assert [each for each in ids if alike[each.casefold()] > 1] == []


def test_what_else_answers_to_a_name_is_said(said):
    code, out, err = said("show", "p95HER2")
    assert code == 0
    assert out.startswith("P95HER2 ")
    assert err == "her2: note: p95HER2 is also a name of the alteration P95HER2_up.\n"
    assert said("alteration", "p95HER2")[1].startswith("P95HER2_up ")
    assert said("show", "HER2")[2] == ""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tras", ["trastuzumab", "trastuzumab_emtansine"]),
        ("TRASTUZUMAB-E", ["trastuzumab_emtansine"]),
        ("brand", ["lapatinib"]),
        ("emtan", ["trastuzumab_emtansine"]),
        ("t", []),
    ],
)
def test_the_beginning_or_else_a_part_of_a_name_suggests_what_has_it(typed, expected):
    drugs = {
        name: Drug(id=name, aliases=aliases)
        for name, aliases in {
            "trastuzumab_emtansine": (),
            "trastuzumab": (),
            "lapatinib": ("Brandname",),
            "ras_blocker": (),
        }.items()
    }
    species = {"RAS": Species(id="RAS")}
    assert list(closest(typed, species, drugs)) == expected
    pathway = Pathway(name="m", species=species, drugs=drugs)
    with pytest.raises(UnknownName) as caught:
        lookup.find_any(pathway, typed)
    assert list(caught.value.close) == expected


def test_a_slip_of_the_pen_suggests_what_looks_like_it_nearest_first():
    pathway = her2cli.load()
    assert closest("lapatinb", pathway.drugs)[0] == "lapatinib"
    assert len(closest("lapatinb", pathway.drugs)) <= 4
    assert closest("zzzzzz", pathway.drugs) == ()


@pytest.mark.parametrize(
    "line",
    [
        "trace BT474",
        "trace BT474 -p erbb",
        "trace HER2 --to trastuzumab",
        "trace HER2 --to PTEN_loss",
        "trace HER2 -d AKT",
        "drugs --target lapatinib",
        "simulate -d BT474",
        "simulate -a lapatinib",
        "explain BT474",
        "attractors -a BT474",
    ],
)
def test_an_option_that_is_advised_is_one_that_the_command_has(said, line):
    command = line.split()[0].removesuffix("s") if line.startswith("drugs") else line.split()[0]
    _, _, err = said(*line.split())
    assert "It is a" in err or "acts from outside" in err
    own = re.sub(r"'her2 [^']*'", "", err)  # the options of another command stand in a line of that
    options = {word.rstrip(".,:") for word in own.split() if word.startswith("--")}
    offered = said(command, "--help")[1]
    assert all(f"{option} " in offered or f"{option}," in offered for option in options)


# --- an alteration by the change that shows it -----------------------------------------------------------------------


def test_what_is_added_to_a_shelf_after_it_was_asked_has_a_name():
    shelf = {"one": Drug(id="one", aliases=("first",))}
    assert find(shelf, "First", "drug") == "one"
    with pytest.raises(UnknownName):
        find(shelf, "Second", "drug")
    shelf["two"] = Drug(id="two", aliases=("second",))
    assert find(shelf, "Second", "drug") == "two"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("GENE p.H10R", "exact"),
        ("gene h10r", "exact"),
        ("GENE:p.H10R", "exact"),
        ("GENE_H10R", "exact"),
        ("gene_h10r", "exact"),
        ("GENE_p.His10Arg", "exact"),
        ("GENE Q50*", "cut"),
        ("GENE p.Gln50Ter", "cut"),
        ("GENE K60fs", "cut"),
        ("GENE X61_splice", "cut"),
        ("GENE_D35_G36insK", "insertion"),
        ("GENE p.Q50=", None),
        ("GENE cut", None),
        pytest.param("GENE" + "_" * 20_000 + " x y", None, id="long"),
        ("GENE p.A25V", "stretch"),
        ("GENE p.A26V", None),  # left out by `without`
        ("GENE p.A31V", None),
        ("OTHER H10R", None),
        ("GENE p.H10", None),
        ("TWICE K5N", ("a", "b")),
    ],
)
def test_an_alteration_is_found_by_the_protein_change_that_shows_it(written, expected):
    """As docs/match.md has it: exact changes, classes, or any change at a stretch of residues."""
    from her2cli.model import Alteration, Match

    matches = {
        "exact": Match(gene=("GENE",), changes=("H10R", "H10L")),
        "stretch": Match(gene=("GENE",), residues=((20, 30),), classes=("missense",), without=("A26V",)),
        "insertion": Match(gene=("GENE",), residues=((20, 40),), classes=("inframe insertion",)),
        "cut": Match(gene=("GENE",), classes=("truncating",)),
        "a": Match(gene=("TWICE",), changes=("K5N",)),
        "b": Match(gene=("TWICE",), changes=("K5N",)),
    }
    pathway = Pathway(name="m", alterations={key: Alteration(id=key, match=(each,)) for key, each in matches.items()})
    if expected is None:
        with pytest.raises(UnknownName):
            pathway.find_alteration(written)
    elif isinstance(expected, tuple):
        with pytest.raises(AmbiguousName, match="a and b"):
            pathway.find_alteration(written)
    else:
        assert pathway.find_alteration(written) == expected


def test_a_row_of_a_maf_finds_the_shipped_alteration(said):
    assert said("alteration", "PIK3CA p.H1047R")[1].startswith("PIK3CA_H1047R ")
    assert said("KRAS p.G12D")[1].startswith("RAS_other ")
    assert said("alteration", "PTEN R130*")[1].startswith("PTEN_loss ")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("HER2", "HER2"),
        ("naïve β", "naïve β"),
        ("a\x1b[2J\u202eb\u00a0", "a\\x1b[2J\\u202eb\\xa0"),
        ("A" * 60, "A" * 60),
        ("\n" * 40, "\\n" * 29 + "\\…"),
    ],
)
def test_a_name_is_shown_without_what_acts_on_a_terminal(name: str, told: str):
    assert shown(name) == told
    assert told.isprintable()
    assert len(told) <= 60
