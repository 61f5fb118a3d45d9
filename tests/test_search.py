"""A search joins words by and, puts what is called so first, groups by kind, and stops at 20 things."""

from __future__ import annotations

import json

import pytest

import her2cli
from her2cli import lookup
from her2cli.errors import UnknownName
from her2cli.model import Drug, Edge, Effect, Pathway, Rule, Species, folded


def pathway(*species: Species, **shelves) -> Pathway:
    return Pathway(name="m", species={each.id: each for each in species}, **shelves)


def found(path: Pathway, text: str) -> list[str]:
    """The ids of the things that were found, each once, in their order."""
    return list(dict.fromkeys(hit.id for hit in lookup.search(path, text)))


def test_what_is_called_so_comes_before_what_begins_so_holds_it_or_mentions_it():
    path = pathway(
        Species(id="E", note="mentions kinase X somewhere"),
        Species(id="D", note="X, a protein; and far away the word kinase"),
        Species(id="C", name="the kinase X of yeast"),
        Species(id="B", name="kinase X prime"),
        Species(id="A", aliases=("Kinase-X",)),
        Species(id="F", note="only a kinase"),
    )
    assert found(path, "kinase x") == ["A", "B", "C", "E", "D"]


def test_every_word_has_to_occur_somewhere_in_the_thing():
    drugs = {"d": Drug(id="d", targets="alpha", note="works in beta cells"), "e": Drug(id="e", targets="alpha")}
    path = pathway(drugs=drugs)
    assert found(path, "alpha") == ["d", "e"]
    assert found(path, "beta alpha") == ["d"]
    assert found(path, "alpha gamma") == []


def test_rules_are_searched_too():
    path = pathway(Species(id="A"), rules={"A": Rule(target="A", text="B", note="as the curator wrote")})
    assert [(hit.kind, hit.id, hit.field) for hit in lookup.search(path, "curator")] == [("rule", "A", "note")]


def test_edges_are_searched_too():
    edge = Edge(source="A", target="B", effect=Effect.activates, mechanism="phosphorylation on S473")
    path = pathway(Species(id="A"), Species(id="B"), edges=(edge,))
    assert [(hit.kind, hit.id, hit.field) for hit in lookup.search(path, "s473")] == [("edge", "A -> B", "mechanism")]


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_nothing_to_look_for_is_a_mistake(text):
    with pytest.raises(UnknownName):
        lookup.search(pathway(Species(id="A")), text)


@pytest.mark.parametrize("text", ["lapatinib", "HER2 trastuzumab", "phophorylated"])
def test_a_search_finds_exactly_the_things_that_hold_all_words(text):
    """Compared with a look at every text of every thing, written down in another way."""
    path = her2cli.load()
    expected = set()
    for shelf in lookup.KINDS.values():
        for key, thing in getattr(path, shelf).items():
            texts = []
            for field in type(thing).__dataclass_fields__:
                value = getattr(thing, field)
                parts = value if isinstance(value, tuple) else (value,)
                texts += [str(each) for each in parts if isinstance(each, str) or field == "match"]
            if all(any(folded(word) in folded(each) for each in texts) for word in text.split()):
                expected.add(key)
    hits = lookup.search(path, text)
    assert {hit.id for hit in hits if hit.kind not in ("edge", "rule")} == expected
    assert expected


@pytest.mark.parametrize("text", ["lapatinib", "HER2 inhibitors"])
def test_a_field_without_any_of_the_words_says_what_a_drug_of_that_class_is(text):
    words = [folded(form) for word in text.split() for form in (word, word.removesuffix("s"))]
    of_class = [hit for hit in lookup.search(her2cli.load(), text) if not any(w in folded(hit.value) for w in words)]
    assert {(hit.kind, hit.field) for hit in of_class} <= {("drug", "kind"), ("drug", "targets")}


def test_twenty_things_are_shown_grouped_and_the_rest_is_counted(said):
    everything = len({(hit.kind, hit.id) for hit in lookup.search(her2cli.load(), "HER2")})
    code, out, _ = said("search", "HER2")
    assert code == 0
    assert out.startswith(f"{everything} things have 'HER2'\n\nspecies\n  ERBB2 ")
    shown = [line for line in out.splitlines() if line.startswith("  ") and line[2] != " "]
    assert len(shown) == 20
    assert f"\n{everything - 20} more have it: --limit {everything}\n" in out
    kinds = [line for line in out.splitlines() if line in lookup.KINDS or line in ("edge", "rule")]
    assert len(kinds) == len(set(kinds)) > 1
    assert len(json.loads(said("search", "HER2", "--json")[1])["hits"]) > 100


def test_words_may_be_typed_with_or_without_quotes(said):
    assert said("search", "rat", "sarcoma", "enzyme") == said("search", "rat sarcoma enzyme")
    assert "\nspecies\n  RAS  " in said("search", "rat", "sarcoma", "enzyme")[1]


def test_where_no_thing_holds_all_words_each_is_counted(said):
    code, out, _ = said("search", "lapatinib", "xyzzy")
    assert code == 0
    count = len({(hit.kind, hit.id) for hit in lookup.search(her2cli.load(), "lapatinib")})
    assert out.startswith(f"No thing holds all of these words: lapatinib is in {count}, xyzzy is in 0.")
    assert said("search", "xyzzy")[1].startswith("Nothing holds 'xyzzy'.")


def test_a_text_that_holds_the_words_together_goes_before_one_that_has_them_apart():
    path = pathway(Species(id="E", note="two of the kin"), Species(id="D", note="the kin two"))
    assert found(path, "kin two") == ["D", "E"]


CLASSES = [
    ("HER2 antibodies", {"margetuximab", "pertuzumab", "trastuzumab", "zanidatamab", "zenocutuzumab"}),
    ("CDK4/6 inhibitors", {"abemaciclib", "dalpiciclib", "palbociclib", "ribociclib"}),
    ("PI3K inhibitors", {"alpelisib", "dactolisib", "gedatolisib", "inavolisib", "pictilisib_buparlisib_class"}),
    ("MEK inhibitors", {"selumetinib", "trametinib"}),
    ("mTOR inhibitors", {"dactolisib", "everolimus", "gedatolisib", "mTOR_kinase_inhibitor", "rapamycin"}),
    ("endocrine therapies", {"aromatase_inhibitor", "fulvestrant", "tamoxifen", "vepdegestrant"}),
    ("antibody-drug conjugates", {"trastuzumab_deruxtecan", "trastuzumab_emtansine", "sacituzumab_govitecan"}),
    ("ADCs", {"trastuzumab_deruxtecan", "trastuzumab_emtansine", "sacituzumab_govitecan"}),
    ("HER2 tyrosine kinase inhibitors", {"lapatinib", "neratinib", "tucatinib", "zongertinib"}),
    ("taxanes", {"docetaxel", "paclitaxel"}),
]


@pytest.mark.parametrize(("words", "agents"), CLASSES, ids=[words for words, _ in CLASSES])
def test_a_class_of_drugs_is_answered_by_its_agents_in_singular_and_plural(words, agents):
    """The agents stand in the literature so; nothing of another class stands among the first of them."""
    plural = found(her2cli.load(), words)
    singular = found(her2cli.load(), words.replace("ies", "y").removesuffix("s"))
    assert agents <= set(plural[: len(agents) + 5])
    for names in (plural, singular):
        first = list(dict.fromkeys(names))[: len(agents)]
        assert not {"cetuximab", "seribantumab_class_anti_HER3", "erlotinib", "everolimus"} & (set(first) - agents)
    assert agents <= set(singular[: len(agents) + 5])


def test_a_word_of_three_letters_is_no_plural():
    assert found(pathway(Species(id="KRAS"), Species(id="RALA")), "RAS") == ["KRAS"]
    assert found(pathway(drugs={"a": Drug(id="a", kind="ADC"), "b": Drug(id="b", kind="mAb")}), "mAbs") == ["b"]


@pytest.mark.parametrize("kind", ["kinase inhibitor", "inhibitor of a kinase"])
def test_what_is_called_so_goes_before_the_class_whatever_the_order_of_its_words(kind):
    drugs = {"a": Drug(id="a", kind=kind), "b": Drug(id="b", name="kinase inhibitor")}
    assert found(pathway(drugs=drugs), "kinase inhibitor") == ["b", "a"]


def test_of_a_drug_of_a_class_it_is_told_first_what_it_is_made_for():
    drug = Drug(id="a", kind="kinase inhibitor", targets="EGFR", note="the first kinase inhibitor")
    hits = lookup.search(pathway(drugs={"a": drug}), "kinase inhibitor")
    assert [hit.field for hit in hits] == ["targets", "kind", "note"]


def test_what_is_called_as_a_class_goes_before_the_class():
    drugs = {"a": Drug(id="a", kind="kinase inhibitor", targets="X"), "b": Drug(id="b", name="X kinase inhibitor")}
    assert found(pathway(drugs=drugs), "X kinase inhibitor") == ["b", "a"]
