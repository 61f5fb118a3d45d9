"""Citations are read by others' readers, and are those of the answer; nothing is added to what was written down."""

from __future__ import annotations

import json
import re

import pytest
import yaml

import her2cli
from her2cli.cli.app import run
from her2cli.model import Reference
from her2cli.render.citations import bibtex, cited, read, ris
from her2cli.render.console import rendered

pytestmark = pytest.mark.usefixtures("drawn_once")

SOFTWARE = {"author": "The her2 authors", "title": "her2", "version": "1", "license": "MIT"}
EVERY = tuple(her2cli.load().references.values())


def said(capsys, *words: str) -> str:
    assert run(["cite", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("citation", "parts"),
    [
        ("Barok M et al. Breast Cancer Res 2011;13(2):R46", "Barok M|et al||Breast Cancer Res|2011|13|2|R46"),
        (
            "Citri A, Yarden Y. Nat Rev Mol Cell Biol 2006;7(7):505-16",
            "Citri A, Yarden Y|||Nat Rev Mol Cell Biol|2006|7|7|505-16",
        ),
        ("Papa A et al. PTEN mutants. Cell 2014;157(3):595-610", "Papa A|et al|PTEN mutants|Cell|2014|157|3|595-610"),
        (
            "Irreversible inhibition of Delta16HER2. Cancer Lett 2016",
            "||Irreversible inhibition of Delta16HER2|Cancer Lett|2016|||",
        ),
        ("von der Heyde S et al. BMC Syst Biol 2014;8:75", "von der Heyde S|et al||BMC Syst Biol|2014|8||75"),
        ("Wikipedia: HER2 (2025-08 kiwix snapshot)", "||||2025|||"),
        ("Textbook-level knowledge", "|||||||"),
    ],
)
def test_a_citation_is_taken_apart_where_it_has_the_usual_form(citation: str, parts: str):
    names = ("author", "others", "title", "journal", "year", "volume", "number", "pages")
    assert read(citation) == {name: part for name, part in zip(names, parts.split("|"), strict=True) if part}


def test_every_part_stands_in_the_citation_as_it_was_written():
    for each in EVERY:
        assert all(part in each.citation for part in read(each.citation).values())


def test_an_address_is_one_address():
    """A field of BibTeX or RIS holds what can be opened: no remark, no second place (RFC 3986 has no blank)."""
    links = re.findall(r"url = \{(.*)\}", bibtex(SOFTWARE, EVERY)) + re.findall(r"UR  - (.*)", ris(SOFTWARE, EVERY))
    assert len(links) > 100
    assert [link for link in links if not re.fullmatch(r"https://[^\s;,]+", link)] == []


def test_bibtexparser_reads_every_reference_with_its_identifiers():
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(bibtex(SOFTWARE, EVERY))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["her2", *(each.id for each in EVERY)]
    for entry, each in zip(library.entries[1:], EVERY, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert (fields.get("doi", ""), fields.get("eprint", "")) == (each.doi, each.pmid)


def test_rispy_reads_every_reference_with_its_identifiers():
    rispy = pytest.importorskip("rispy")
    first, *records = rispy.loads(ris(SOFTWARE, EVERY))
    assert first["type_of_reference"] == "COMP"
    assert len(records) == len(EVERY)
    for record, each in zip(records, EVERY, strict=True):
        assert (record["id"], record.get("doi", "")) == (each.id, each.doi)
        assert record["type_of_reference"] == ("JOUR" if record.get("journal_name") else "GEN")
        assert each.citation.rstrip(".") in record["notes"][0]


def test_what_is_from_memory_says_so_in_every_form():
    memory = next(each for each in EVERY if each.verified == "memory")
    assert "unverified" in bibtex(SOFTWARE, [memory])
    assert "unverified" in ris(SOFTWARE, [memory])


@pytest.mark.parametrize("each", [each for each in EVERY if each.note], ids=lambda each: each.id)
def test_a_note_on_what_was_not_seen_stands_beside_the_word_verified(each: Reference):
    shown = " ".join(rendered(cited([each]), width=100).split())
    assert " ".join(each.note.split()) in shown
    assert " ".join(each.note.split()).rstrip(".") in " ".join(ris(SOFTWARE, [each]).split())


def test_the_references_of_an_answer_are_those_that_it_names(capsys, few_cells):
    """The text of an answer with -v names all its references."""
    told = json.loads(said(capsys, "explain", "AKT", "-d", "trastuzumab", "-a", "PTEN_loss", "--json"))
    keys = {each["id"] for each in told["references"]}
    run(["explain", "AKT", "-d", "trastuzumab", "-a", "PTEN_loss", "-v"])
    named = {word for word in re.findall(r"\w+", capsys.readouterr().out) if word in {each.id for each in EVERY}}
    assert "Nagata2004" in keys
    assert named <= keys


def test_a_thing_has_the_references_that_evidence_lists(capsys):
    told = json.loads(said(capsys, "trastuzumab", "--json"))
    run(["evidence", "trastuzumab", "--json"])
    assert told["references"] == json.loads(capsys.readouterr().out)["references"]


def test_cff_is_yaml_with_the_fields_that_it_must_have(capsys):
    told = yaml.safe_load(said(capsys, "--cff"))
    assert told["cff-version"] == "1.2.0"
    assert {"message", "title", "authors", "type", "version"} <= told.keys()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["trastuzmab"], "trastuzumab"),
        (["simulate", "--drug", "trastuzmab"], "trastuzumab"),
        (["simulate", "--dose"], "--dose"),
        (["--for", "cite"], "--for takes a line"),
        (["schema"], "kept nowhere"),
        (["AKT", "--for", "show AKT"], "not both"),
        (["--bibtex", "--json"], "Choose one"),
        (["AKT", "--cff"], "--cff is of her2 itself"),
    ],
)
def test_a_mistake_is_one_line(capsys, words, message):
    assert run(["cite", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert message in err
