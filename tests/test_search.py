"""A search joins words by and, puts what is called so first, groups by kind, and stops at 20 things."""

from __future__ import annotations

import json
import re
import shlex

import pytest

import her2cli
from her2cli import lookup
from her2cli.errors import UnknownName
from her2cli.model import Drug, Edge, Effect, Part, Pathway, Reference, Rule, Species, folded, names_of


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


def test_the_parts_of_a_rule_are_searched_too():
    part = Part(name="part", text="B", note="as the curator wrote")
    path = pathway(Species(id="A"), rules={"A": Rule(target="A", text="(B)", written="part", parts=(part,))})
    assert [(hit.id, hit.field, hit.value) for hit in lookup.search(path, "curator")] == [("A", "parts", str(part))]
    assert [hit.field for hit in lookup.search(path, "part")] == ["parts"]


def test_edges_are_searched_too():
    edge = Edge(source="A", target="B", effect=Effect.activates, mechanism="phosphorylation on S473")
    path = pathway(Species(id="A"), Species(id="B"), edges=(edge,))
    assert [(hit.kind, hit.id, hit.field) for hit in lookup.search(path, "s473")] == [("edge", "A -> B", "mechanism")]


@pytest.mark.parametrize("text", ["", "  ", "-"])
def test_nothing_to_look_for_is_a_mistake(text):
    with pytest.raises(UnknownName):
        lookup.search(pathway(Species(id="A")), text)


# Where a word begins: after what is no letter and no figure, and inside p95HER2 and pERK.
BEGINS = re.compile(r"(?<![^\W_])[^\W_]|(?<=[0-9])[^\W\d_]|(?<=[^\W\d_])[0-9]|(?<=[a-z])[A-Z]")


def begins_so(text: str, word: str) -> bool:
    return any(folded(text[place.start() :]).startswith(folded(word)) for place in BEGINS.finditer(text))


@pytest.mark.parametrize("text", ["lapatinib", "HER2 trastuzumab", "phophorylated", "tagtocicl", "heart", "cell til"])
def test_a_search_finds_exactly_the_things_in_which_all_words_begin_somewhere(text):
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
            if all(any(begins_so(each, word) for each in texts) for word in text.split()):
                expected.add(key)
    hits = lookup.search(path, text)
    assert {hit.id for hit in hits if hit.kind not in ("edge", "rule")} == expected
    assert expected or text == "cell til"


def test_no_word_is_found_in_syllables_of_others():
    path = pathway(
        Species(id="A", note="until the artery"),
        Species(id="B", name="pictilisib of the art", evidence=("Junttila2009",)),
        references={"Junttila2009": Reference(id="Junttila2009", citation="Mol Cancer Ther 2009")},
    )
    for word in ("TIL", "TILs", "heart", "HER2"):
        assert found(path, word) == []
    assert found(path, "art") == ["B", "A"]
    assert found(path, "tilisib") == ["B"]


def test_all_that_a_thing_is_called_still_finds_it():
    """Brand names, symbols, ids and each part of an id, whole and by their beginnings."""
    path = her2cli.load("erbb")
    names = [
        (name, key)
        for kind in lookup.NAMED_TOGETHER
        for key, thing in getattr(path, lookup.KINDS[kind]).items()
        for name in (*names_of(thing), *key.split("_"))
    ]
    assert len(names) > 700
    for name, key in names[::25]:
        assert key in found(path, name), name
        assert key in found(path, name[: max(4, len(name) // 2)].strip()), name


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


# --- what people type: a gene and a change, a line and a drug -------------------------------------------------------


def answered(said, *words: str) -> dict:
    code, out, _ = said("search", *words, "--json")
    assert code == 0
    return json.loads(out)


def changes(library: Pathway) -> list[tuple[str, str]]:
    """Every protein change that a `match` lists, with its gene, and the alteration that lists it."""
    return [
        (f"{gene} {change}", key)
        for key, alteration in library.alterations.items()
        for match in alteration.match
        for gene in match.gene
        for change in match.changes
    ]


def test_every_protein_change_of_the_library_finds_first_an_alteration_that_a_scenario_takes_for_it():
    erbb = her2cli.load("erbb")
    asked = changes(erbb)
    assert len(asked) > 60
    for text, _ in asked:
        meant = lookup.meant(erbb, "alteration", text)
        assert lookup.search(erbb, text)[0].id in meant, text
        if len(meant) == 1:
            assert erbb.find_alteration(text) == meant[0]


def test_a_gene_goes_by_any_of_its_names_in_a_protein_change():
    erbb = her2cli.load("erbb")
    for text, key in changes(erbb):
        gene, change = text.split()
        for species in erbb.species.values():
            if gene not in species.hgnc or species.kind in ("dimer", "complex", "fragment"):
                continue
            for alias in species.aliases:
                if alias.isalnum() and len(lookup.meant(erbb, "species", alias)) == 1:
                    assert key in lookup.meant(erbb, "alteration", f"{alias} {change}"), (alias, change)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("KRAS G12D", "RAS_other"),
        ("KRAS p.G12C", "RAS_mut"),
        ("kras g12d", "RAS_other"),
        ("PIK3CA H1047R", "PIK3CA_H1047R"),
        ("HER2 L755S", "ERBB2_L755S"),
        ("HER2 V842I", "ERBB2_other_activating"),
        ("AKT E17K", "AKT1_E17K"),
        ("ERBB2 exon 20", "ERBB2_exon20ins"),
        ("Herceptin", "trastuzumab"),
        ("Tykerb", "lapatinib"),
        ("BRAF mutant", "BRAF_V600E"),
        ("PIK3CA mutant", "PIK3CA_H1047R"),
        ("FGFR1 amp", "FGFR1_amp"),
        ("PTEN null", "PTEN_loss"),
    ],
)
def test_what_people_call_it_comes_first(text, first, said):
    for network in ("her2", "erbb"):
        assert answered(said, *text.split(), "-p", network)["hits"][0]["id"] == first


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("BT474 lapatinib", "her2 simulate -c BT474 -d lapatinib"),
        ("Tykerb bt-474", "her2 simulate -c BT474 -d lapatinib"),
        ("HER2 L755S neratinib", "her2 simulate -d neratinib -a ERBB2_L755S"),
        ("KRAS G12D BT474 trametinib", "her2 simulate -c BT474 -d trametinib -a +RAS_other"),
        ("BT474 SKBR3 lapatinib", "her2 compare BT474 SKBR3 -d lapatinib"),
        ("lapatinib AKT", "her2 simulate -d lapatinib -r AKT"),
        ("lapatinib+trastuzumab", "her2 simulate -d lapatinib -d trastuzumab"),
        ("PIK3CA (H1047R), lapatinib", "her2 simulate -d lapatinib -a PIK3CA_H1047R"),
        ("HER2 HER3", None),
        ("heregulin resistance", None),
        ("lapatinib", None),
    ],
)
def test_names_side_by_side_are_answered_with_the_line_that_asks_for_them(text, line, said):
    found = answered(said, *text.split())
    assert found["line"] == line
    if line:
        assert said(*line.split()[1:], "--replicates", "5")[0] == 0
        assert f"\n  {line}\n" in said("search", *text.split())[1]


def test_each_thing_that_the_library_leaves_out_is_told_why_by_search(said):
    from her2cli.loading.library import Shelf, library

    left_out = Shelf(library(), "absent")
    assert len(left_out) > 30
    for key in list(left_out)[::5]:
        name = left_out[key].name or key
        told = " ".join(said("search", name)[1].split())
        assert f"{left_out[key].why}." in told, name
    assert "No thing holds" not in said("search", "TP53", "R175H")[1]
    mixed = answered(said, "MDA-MB-231", "lapatinib")["named"]
    assert [(each["kind"], each["id"], bool(each["absent"])) for each in mixed] == [
        ("cell line", "MDAMB231", True),
        ("drug", "lapatinib", False),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("erbB2 V659E", "No alteration stands for 'erbB2 V659E'. Of erbB2 there are ERBB2_amp, "),
        ("PIK3CA exon 9", "No alteration stands for 'PIK3CA exon 9'. Of PIK3CA there are PIK3CA_H1047R, "),
        ("MYC T58A", "No alteration stands for 'MYC T58A', and none is of MYC. 'her2 alterations' lists all."),
        ("PIK3CA(H1047R)", "PIK3CA_H1047R is an alteration."),
    ],
)
def test_a_change_that_nothing_stands_for_is_told_as_that_with_what_there_is_of_the_gene(text, told, said):
    assert told in " ".join(said("search", *text.split())[1].split())


def test_alterations_of_a_kind_come_before_what_mentions_them():
    erbb = her2cli.load("erbb")
    for word in ("mutation", "mutant", "mutated"):
        hits = lookup.search(erbb, f"ERBB2 {word}")
        first = list(dict.fromkeys(hit.id for hit in hits))[:6]
        assert all(erbb.alterations[key].kind == "mutation" for key in first), word


def test_a_drug_whose_name_lacks_a_letter_is_offered_as_another_look_up_does(said):
    path, tried = her2cli.load(), 0
    for key in path.drugs:
        mistyped = key[: len(key) // 2] + key[len(key) // 2 + 1 :]
        if len(key) < 7 or "_" in key or lookup.search(path, mistyped):
            continue
        tried += 1
        with pytest.raises(UnknownName) as raised:
            path.find_drug(mistyped)
        assert raised.value.close[0] == lookup.near(path, mistyped)[mistyped][0] == key
        assert f"Nothing holds '{mistyped}'. Close: {key}" in " ".join(said("search", mistyped)[1].split())
    assert tried > 20
    assert answered(said, "ribociclb")["close"][0] == "ribociclib"
    assert "Close to lapatinb: lapatinib" in " ".join(said("search", "lapatinb", "AKT")[1].split())
    assert answered(said, "lapatinib", "xyzzy")["close"] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kadcyla resistance", "her2 resist -d trastuzumab_emtansine"),
        ("resistance lapatinib BT474", "her2 resist -c BT474 -d lapatinib"),
        ("BT474 PTEN_loss lapatinib resistant", "her2 resist -c BT474 -d lapatinib -a +PTEN_loss"),
        ("BT474 resistance", None),
        ("resistance", None),
        ("olaparib resistance", None),
        ("lapatinib AKT resistance", None),
    ],
)
def test_resistance_to_a_drug_is_answered_with_the_line_that_asks_for_it(text, line, said):
    assert answered(said, *text.split())["line"] == line
    if line:
        assert f"\n  {line}\n" in said("search", *text.split())[1]
        assert said(*line.split()[1:], "-k", "1", "--replicates", "5")[0] == 0


def test_what_no_network_can_read_out_is_told_wherever_it_is_asked_for(said):
    left_out = [each for each in her2cli.load("erbb").absent.values() if each.kind == "readout"]
    names = [name for each in left_out for name in names_of(each)]
    assert {"cardiotoxicity", "cardiac", "pCR", "TILs", "PFS", "brain metastases"} <= set(names)
    for each in left_out:
        name = next(names_of(each))
        for line in (["search", name], ["simulate", "-r", name], ["trace", "HER2", "--to", name]):
            _, out, err = said(*line)
            assert f"{each.why}." in " ".join((out + err).split()), line
    assert "patients are not modelled" in said("search", "lapatinib", "pCR", "rate")[1]


def test_a_reference_is_shown_with_its_citation_whatever_found_it(said):
    references = her2cli.load("erbb").references
    for key in list(references)[::40]:
        found = re.sub(r"\s+", " ", said("search", key, "-p", "erbb", "--limit", "100")[1])
        assert references[key].citation[:20] in found, key


@pytest.mark.parametrize(
    ("text", "alteration"),
    [
        ("KRAS G12D", "RAS_other"),
        ("NRAS Q61R", "RAS_other"),
        ("PIK3CA p.Glu545Lys", "PIK3CA_E545K"),
        ("PIK3CA H1047L", "PIK3CA_H1047R"),
    ],
)
def test_a_protein_change_that_something_else_stands_for_is_answered_with_it_and_with_the_line_that_asks_for_it(
    text, alteration, said
):
    told = said("search", text)[1].splitlines()
    assert told[0] == f"{text} is read as the alteration {alteration}, asked for by"
    words = shlex.split(told[1])
    code, out, err = said(*words[1:], "--brief")
    assert (code, err) == (0, "")
    assert alteration in out


@pytest.mark.parametrize("word", ["p.Leu755Ser", "Leu755Ser", "p.L755S"])
def test_a_change_without_its_gene_is_found_in_every_way_of_writing_it(word, said):
    assert said("search", word)[1].split()[5:8] == said("search", "L755S")[1].split()[5:8]


@pytest.mark.parametrize(
    ("text", "rest", "found"),
    [("Konecny 1999", "Konecny", "Konecny2006"), ("DESTINY-Breast03", "DESTINY-Breast", "DESTINYBreast05")],
)
def test_an_author_of_another_year_and_a_trial_of_another_number_are_told_as_that(text, rest, found, said):
    told = said("search", text)[1]
    assert told.startswith(f"Nothing holds all of '{text}'; these hold '{rest}'.")
    assert found in told


def test_an_author_is_no_beginning_of_a_word(said):
    assert "modify" not in said("search", "Modi 2022")[1]


def test_a_name_in_capitals_is_a_word_of_its_own_first_and_it_is_said_where_nothing_has_it(capsys, monkeypatch) -> None:
    """The trial HERA was found in every endocrine therapy."""
    from her2cli.cli.app import run

    monkeypatch.setenv("COLUMNS", "80")
    assert run(["search", "HERA"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Nothing has the word 'HERA'; this only begins or ends so.")
    assert "therapy" not in out
    assert "zanidatamab  aliases: Ziihera" in out
    for word in ("MTOR", "BRAF", "NCOR"):
        own = re.compile(rf"(?<![A-Za-z0-9]){word}(?![A-Za-z0-9])", re.IGNORECASE)
        things: dict[tuple[str, str], bool] = {}
        for hit in lookup.search(her2cli.load("erbb"), word):
            named = hit.field in ("id", "name", "aliases", "hgnc", "standard", "spellings", "uniprot")
            has = bool(own.search(hit.value)) or (named and folded(hit.value).startswith(folded(word)))
            things[hit.kind, hit.id] = things.get((hit.kind, hit.id), False) or has
        order = list(things.values())
        assert order == sorted(order, reverse=True), word
    assert run(["search", "BRAF"]) == 0
    assert "Nothing has the word" not in capsys.readouterr().out
