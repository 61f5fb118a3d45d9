"""The shipped knowledge agrees with itself, and with the tables it was written from."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from her2cli.cli.app import run
from her2cli.loading import load, pathway_names
from her2cli.lookup import disputed, find_any, knows, unverified, uses
from her2cli.model import (
    Claim,
    Domain,
    Drug,
    Edge,
    Effect,
    Pathway,
    Receptor,
    Species,
    Status,
    Verification,
)
from her2cli.render import cards
from her2cli.render.console import rendered
from her2cli.render.edges import marked as of_an_edge
from her2cli.render.finds import _both_sides as of_a_statement
from her2cli.render.json import found as json_of

FOLDER = Path(__file__).resolve().parents[1] / "pathways"


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    return load("her2")


@pytest.fixture(scope="module")
def ids(pathway: Pathway) -> set[str]:
    """Every id that anything shipped answers to: species of all pathways, drugs, alterations, domains, functions."""
    species = {key for name in pathway_names() for key in load(name).species}
    shelves = (pathway.drugs, pathway.alterations, pathway.domains, pathway.functions)
    return species.union(*shelves)


def cited(node: Any) -> Iterator[str]:
    """Every key that stands under `evidence` or `against`, however deep."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("evidence", "against") and isinstance(value, list):
                yield from value
            else:
                yield from cited(value)
    elif isinstance(node, list):
        for item in node:
            yield from cited(item)


@pytest.fixture(scope="module")
def citations() -> dict[str, set[str]]:
    """The keys cited in each shipped file."""
    files = sorted(FOLDER.rglob("*.yaml"))
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return {path.name: set(cited(yaml.load(path.read_text(encoding="utf-8"), loader))) for path in files}


def table(shared: Path, name: str) -> list[dict[str, str]]:
    with open(shared / "science" / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def claim_rows(shared: Path) -> dict[str, list[str]]:
    """The cells of each row of ARTICLE_CLAIMS.md, by our id: A01, S01 for step 1, T1."""
    text = (shared / "science" / "ARTICLE_CLAIMS.md").read_text(encoding="utf-8")
    rows = (re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in text.splitlines())
    named = ((f"S{int(row[0]):02}" if row[0].isdecimal() else row[0], row) for row in rows)
    return {key: row for key, row in named if re.fullmatch(r"[AST]\d+", key)}


# -- references ---------------------------------------------------------------------------------------------------


def test_each_cited_key_is_a_reference(pathway: Pathway, citations: dict[str, set[str]]) -> None:
    unknown = {file: sorted(keys - pathway.references.keys()) for file, keys in citations.items()}
    assert {file: keys for file, keys in unknown.items() if keys} == {}


def test_each_reference_is_cited_somewhere(pathway: Pathway, citations: dict[str, set[str]]) -> None:
    assert sorted(pathway.references.keys() - set().union(*citations.values())) == []


def test_references_stand_in_alphabetical_order(pathway: Pathway) -> None:
    assert list(pathway.references) == sorted(pathway.references, key=str.casefold)


def test_no_paper_stands_under_two_keys(pathway: Pathway) -> None:
    """What two papers say weighs more than what one says twice. A model's files are cited apart from its paper."""
    keys: dict[str, list[str]] = defaultdict(list)
    for key, reference in pathway.references.items():
        if reference.kind != "model":
            papers = re.findall(r"PMC\d+", f"{reference.citation} {reference.seen_at}")
            for paper in {*papers, reference.pmid, reference.doi.casefold()} - {""}:
                keys[paper].append(key)
    assert [each for each in keys.values() if len(each) > 1] == []


def test_no_identifier_was_made_up(pathway: Pathway, shared: Path) -> None:
    """Those of the table are as they were seen there; an added reference says where it was seen, or what was not."""
    rows = {row["key"]: row for row in table(shared, "REFERENCES.tsv")}
    for key, reference in pathway.references.items():
        if key in rows:
            for seen, ours in ((rows[key]["pmid"], reference.pmid), (rows[key]["doi"], reference.doi)):
                taken_out = not ours and reference.verified == "memory"
                assert ours == seen or taken_out or (not seen and reference.verified == "seen"), key
        assert reference.verified == "memory" or reference.seen_at, key
        assert reference.verified == "seen" or reference.note, key


def test_a_citation_without_a_finding_is_not_counted_as_seen(pathway: Pathway) -> None:
    """Lists of references show a title; what the paper found is not in them."""
    for key, reference in pathway.references.items():
        if "bibliography of" in reference.seen_at or "citation only" in reference.seen_at:
            assert reference.verified == "partly", key


UNREAD = re.compile(
    r"[Tt]itle[^.;]*(\bnot\b|memory|our words|in part)|([Aa]bstract|finding)[^.;]*(not (seen|read)|in part)"
)


def test_a_reference_whose_title_or_finding_was_not_read_is_not_called_seen(pathway: Pathway) -> None:
    told = {key: f"{each.citation} {each.note}" for key, each in pathway.references.items() if each.verified == "seen"}
    assert [key for key, words in told.items() if UNREAD.search(words)] == []


def test_a_reference_from_memory_gives_no_identifier(pathway: Pathway) -> None:
    """One that nobody looked up would send a reader, or a reference manager, to some other paper."""
    remembered = {key: each for key, each in pathway.references.items() if each.verified == "memory"}
    assert {key for key, each in remembered.items() if each.pmid or each.doi} == set()


def test_a_reference_that_was_not_seen_whole_says_why(pathway: Pathway) -> None:
    unseen = {key: reference for key, reference in pathway.references.items() if reference.verified != "seen"}
    assert [key for key, reference in unseen.items() if not reference.note] == []


# -- claims -------------------------------------------------------------------------------------------------------


def test_how_sure_an_answer_is_counts_the_three_newest_sets_of_new_questions_and_is_what_the_page_says() -> None:
    told = yaml.safe_load((FOLDER / "agreement.yaml").read_text(encoding="utf-8"))["agreement"]
    page = (FOLDER.parent / "docs" / "model.md").read_text(encoding="utf-8")
    figures = []
    for name in ("tests/data/claims2026l.tsv", "tests/data/claims2026k.tsv", "tests/data/claims2026j.tsv"):
        with (FOLDER.parent / name).open(encoding="utf-8", newline="") as file:
            counted = [row for row in csv.DictReader(file, delimiter="\t") if row["disputed"] != "yes"]
        found = re.search(rf"`{name}`.*?\| (\d+) \| (\d+) \(\d+ %\) \| (\d+) of (\d+) \| (\d+) of (\d+) \|", page)
        assert found is not None
        figures.append([int(figure) for figure in found.groups()])
        assert figures[-1][0] == len(counted)
    change, silence = told["change"], told["unchanged"]
    assert [sum(each) for each in zip(*figures, strict=True)] == [
        *(change["of"] + silence["of"], change["right"] + silence["right"]),
        *(change["right"], change["of"]),
        *(silence["right"], silence["of"]),
    ]
    for name, silence in told.items():
        if silence["answer"] == "unchanged":  # is a little or nothing, of each kind of drug
            parts = [told.get(name.replace("unchanged", part), {"of": 0})["of"] for part in ("slight", "steady")]
            assert silence["of"] == sum(parts), name


def test_all_39_claims_are_there(pathway: Pathway) -> None:
    expected = [f"A{n:02}" for n in range(1, 19)] + [f"S{n:02}" for n in range(1, 15)] + [f"T{n}" for n in range(1, 8)]
    assert list(pathway.claims) == expected


def test_the_claims_are_the_rows_of_the_table_and_cite_its_sources(pathway: Pathway, shared: Path) -> None:
    rows = claim_rows(shared)
    assert rows.keys() == pathway.claims.keys()
    for key, row in rows.items():
        named = set(re.findall(r"\w+", row[-1])) & pathway.references.keys()
        assert named <= set(pathway.claims[key].evidence), key


def test_the_verdicts_are_those_of_the_table(pathway: Pathway, shared: Path) -> None:
    verdicts = {key: row[2 if key.startswith("T") else 3].replace("*", "") for key, row in claim_rows(shared).items()}
    for key, claim in pathway.claims.items():
        words = verdicts[key].replace("spelling", "").split(",")
        if key in ("A18", "T7"):  # "vague" and "context" say that there is nothing to agree with
            assert claim.verdict
        else:
            assert any(word.split()[0].startswith(claim.status) for word in words if word.strip()), key


def test_the_articles_words_are_the_articles(pathway: Pathway, shared: Path) -> None:
    text = " ".join((shared / "science" / "article.txt").read_text(encoding="utf-8").split())
    said = {key: claim.article for key, claim in pathway.claims.items() if not claim.article.startswith("(")}
    assert [key for key, words in said.items() if words.rstrip(".") not in text] == []
    spelled = [spelling for claim in pathway.claims.values() for spelling in claim.spellings]
    assert [spelling for spelling in spelled if spelling not in text] == []


def test_each_claim_belongs_to_something_that_can_be_looked_up(pathway: Pathway, ids: set[str]) -> None:
    assert all(claim.about for claim in pathway.claims.values())
    assert {
        key: sorted(set(claim.about) - ids) for key, claim in pathway.claims.items() if set(claim.about) - ids
    } == {}


def test_steps_are_numbered_as_in_the_article(pathway: Pathway) -> None:
    assert [claim.step for claim in pathway.claims.values() if claim.step is not None] == list(range(1, 15))


def test_a_claim_that_is_not_simply_right_says_what_the_literature_says(pathway: Pathway) -> None:
    assert [key for key, claim in pathway.claims.items() if claim.status != "agree" and not claim.literature] == []


# -- receptors and domains ----------------------------------------------------------------------------------------


def test_the_domains_are_the_rows_of_the_table(pathway: Pathway, shared: Path) -> None:
    accession = {key: receptor.uniprot[0] for key, receptor in pathway.receptors.items()}
    ours = {(accession[domain.receptor], f"{domain.start}-{domain.end}") for domain in pathway.domains.values()}
    theirs = {(row["uniprot"], row["residues_precursor_numbering"].lstrip("~")) for row in table(shared, "DOMAINS.tsv")}
    assert len(pathway.domains) == 35
    assert ours == theirs


def test_three_ranges_were_seen_and_all_others_are_marked_as_unverified(pathway: Pathway) -> None:
    seen = {key for key, domain in pathway.domains.items() if domain.verified == "seen"}
    assert seen == {"ERBB2_signal_peptide", "ERBB2_extracellular", "ERBB2_transmembrane"}


@pytest.mark.parametrize("receptor", ["EGFR", "ERBB2", "ERBB3", "ERBB4"])
def test_the_domains_of_a_receptor_follow_each_other_without_a_gap(pathway: Pathway, receptor: str) -> None:
    chain = [
        domain
        for domain in pathway.domains.values()
        if domain.receptor == receptor and domain.kind not in ("subdomain", "fragment")
    ]
    assert chain[0].start == 1
    assert [second.start for second in chain[1:]] == [first.end + 1 for first in chain[:-1] if first.end is not None]


def test_ligands_and_partners_of_the_receptors_are_species(pathway: Pathway) -> None:
    for receptor in pathway.receptors.values():
        assert {*receptor.ligands, *receptor.partners} <= pathway.species.keys()


def test_partnership_is_mutual(pathway: Pathway) -> None:
    pairs = {(key, partner) for key, receptor in pathway.receptors.items() for partner in receptor.partners}
    assert pairs == {(second, first) for first, second in pairs}


def test_functions_stand_for_phenotypes(pathway: Pathway) -> None:
    named = [function.species for function in pathway.functions.values() if function.species]
    assert all(pathway.species[name].is_phenotype for name in named)


# -- species and edges --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", pathway_names())
def test_symbols_and_accessions_are_those_of_the_table(name: str, shared: Path) -> None:
    rows = {row["id"]: row for row in table(shared, "ENTITIES.tsv")}
    for key, species in load(name).species.items():
        if key in rows:
            symbols = tuple(filter(None, rows[key]["hgnc"].split(";")))
            accessions = tuple(filter(None, rows[key]["uniprot"].split(";")))
            assert (species.hgnc, species.uniprot) == (symbols, accessions), key


@pytest.mark.parametrize("name", pathway_names())
def test_every_edge_has_evidence_and_every_disputed_one_its_other_side(name: str) -> None:
    pathway = load(name)
    for edge in (*pathway.edges, *pathway.agent_edges):
        assert edge.evidence, edge
        assert edge.status != "disputed" or edge.against or edge.note, edge


def test_an_edge_that_the_literature_contradicts_says_so(pathway: Pathway) -> None:
    for edge in pathway.edges:
        if edge.against:
            assert edge.status in {"disputed", "wrong", "simplified"}
            assert edge.note, edge


# -- what is not verified -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def marked() -> Pathway:
    """Three domains of a receptor, one of another; of the three, one was seen, one partly, one is from memory."""
    degrees = {"one": "seen", "two": "partly", "three": "memory"}
    own = {
        key: Domain(
            id=key, receptor="R", name=key, kind="kinase", evidence=(f"paper {key}",), verified=Verification(degree)
        )
        for key, degree in degrees.items()
    }
    other = Domain(
        id="four", receptor="S", name="four", kind="kinase", evidence=("paper four",), verified=Verification.seen
    )
    return Pathway(name="p", species={key: Species(id=key) for key in "RS"}, domains=own | {"four": other})


def test_what_is_partly_verified_is_not_verified(marked: Pathway) -> None:
    assert {use.id: use.verified for use in unverified(uses(marked))} == {"two": "partly", "three": "memory"}


@pytest.mark.parametrize(("degree", "said"), [("seen", ""), ("partly", "partly verified"), ("memory", "unverified")])
def test_how_far_a_statement_was_verified_is_said_in_these_words(degree: str, said: str) -> None:
    edge = Edge(source="A", target="B", effect=Effect.activates, evidence=("x",), verified=Verification(degree))
    pathway = Pathway(name="p", species={key: Species(id=key) for key in "AB"}, edges=(edge,))
    for look in (of_an_edge(edge), of_a_statement(*uses(pathway))):
        assert re.findall(r"(?:partly )?(?:un)?verified", look) == [said] * bool(said)


def test_the_evidence_of_a_receptor_holds_that_of_its_domains_and_of_no_others(marked: Pathway) -> None:
    assert {use.id for use in uses(marked, "R")} == {"one", "two", "three"}
    assert {use.id for use in uses(marked, "S")} == {"four"}


def test_every_kind_of_statement_is_there_with_its_evidence_and_a_blocked_edge_is_named_by_both_its_ends():
    small = load(str(Path(__file__).parent / "data" / "small.yaml"))
    found = {(use.kind, use.id): use for use in uses(small)}
    assert found["edge", "blockerol -| (A -> C)"].evidence == ("One2001",)
    assert found["edge", "F -| B"].statement == "dephosphorylation"
    assert found["rule", "GROWTH"].statement == "B or C"
    assert found["claim", "Q1"].evidence == ("One2001",)
    assert found["drug", "blockerol"].evidence == ("One2001",)
    assert ("species", "B") not in found  # it rests on its edges alone
    about = {(use.kind, use.id) for use in uses(small, "DEATH")}
    assert about == {("edge", "B -| DEATH"), ("rule", "DEATH")}


def test_a_name_that_several_share_is_known_and_one_that_nothing_has_is_not():
    network = load("erbb")
    assert [knows(network, name) for name in ("AKT", "mTOR", "no such thing")] == [True, True, False]


def test_what_a_context_adds_and_what_a_reading_of_a_report_says_are_statements_with_their_evidence():
    said = {
        name: yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)[name]
        for name in ("contexts", "reports")
    }
    told = [(use.kind, use.id, use.statement, list(use.evidence)) for use in uses(load())]
    for key, report in said["reports"].items():
        statement = ". ".join(filter(None, (report["name"], report.get("note"))))
        assert ("report", key, statement, report["evidence"]) in told
    adds = [(key, *each) for key, context in said["contexts"].items() for each in context.get("species", {}).items()]
    assert adds
    for key, name, each in adds:
        assert ("context", key, f"{name} in {100 * each['share']:.0f}% of cells", each["evidence"]) in told


def test_a_species_stands_among_the_statements_where_it_has_evidence_of_its_own_and_a_drug_always():
    shelf = {"A": Species(id="A", evidence=("x",)), "B": Species(id="B")}
    found = {(use.kind, use.id) for use in uses(Pathway(name="p", species=shelf, drugs={"d": Drug(id="d")}))}
    assert found == {("species", "A"), ("drug", "d")}


def test_disputed_is_what_the_literature_contradicts_or_has_evidence_against():
    edges = (
        Edge(source="A", target="B", effect=Effect.activates, evidence=("x",), against=("y",)),
        Edge(source="B", target="A", effect=Effect.activates, evidence=("x",)),
    )
    claims = {
        status: Claim(id=status, article="said", status=Status(status)) for status in ("agree", "wrong", "outdated")
    }
    pathway = Pathway(name="p", species={key: Species(id=key) for key in "AB"}, edges=edges, claims=claims)
    assert {use.id for use in disputed(uses(pathway))} == {"A -> B", "wrong", "outdated"}


def test_the_card_of_a_receptor_tells_its_own_domains_how_many_are_unverified_and_what_is_said_of_them(marked: Pathway):
    said = {"Q": Claim(id="Q", article="said of two", status=Status.wrong, about=("two",))}
    more = {
        key: Domain(id=key, receptor="R", name=key, kind=kind)
        for key, kind in (("five", "tail"), ("six", "subdomain"), ("seven", "tail"))
    }
    domains = {**marked.domains, **more}
    pathway = replace(marked, receptors={"R": Receptor(id="R", name="receptor R")}, claims=said, domains=domains)
    card = rendered(cards.receptor(find_any(pathway, "receptor R"), pathway, claims=True), width=200)
    assert "kinase, kinase, kinase, tail, tail; 3 of 5 unverified" in card  # a part of a part is left to the table
    assert "said of two" in card
    own = [each for each in pathway.domains.values() if each.receptor == "R"]
    table = cards.domains(own)
    assert "4 of 6 ranges are unverified" in table.note
    assert [row[-1] for row in table.rows] == [("paper one",), ("paper two",), ("paper three",), (), (), ()]
    assert "paper two" in rendered(cards.domain(find_any(pathway, "two"), pathway), width=200)
    data = json_of(find_any(pathway, "receptor R"), pathway)
    assert [each["id"] for each in data["domains"]] == ["one", "two", "three", "five", "six", "seven"]
    assert [each["id"] for each in data["claims"]] == ["Q"]


SMALL = "schema: 1\nname: mine\nspecies: {A: {}, B: {}}\nedges: [{source: A, target: B, effect: activates}]\n"
WRONG_AGREEMENT = {  # an entry, and the place and beginning of what is told
    "mine: {answer: change, right: 3, of: 12}": "3:3: agreement.mine: agreement.change counts the same answers already",
    "x: {answer: change, kind: kinase inhibitr, right: 3, of: 12}": (
        "3:29: agreement.x.kind: no drug is of the kind 'kinase inhibitr' (did you mean 'kinase inhibitor'?)."
    ),
    "x: {answer: slight, kind: magic, right: 3, of: 12}": (
        "3:29: agreement.x.kind: no drug is of the kind 'magic'; there are GTPase inhibitor, antibody, "
    ),
    "a: {answer: slight, kind: GTPase inhibitor, right: 3, of: 12}\n"
    "  b: {answer: slight, kind: GTPase inhibitor, right: 1, of: 2}": (
        "4:3: agreement.b: agreement.a counts the same answers already"
    ),
}


@pytest.mark.parametrize("entry", list(WRONG_AGREEMENT))
def test_how_sure_an_answer_is_rests_on_no_unknown_kind_and_no_second_count(tmp_path, monkeypatch, capfd, entry):
    """A misspelt kind was never found, and of two counts of the same answers one was ignored, both in silence."""
    monkeypatch.chdir(tmp_path)
    Path("own").mkdir()
    Path("own/counts.yaml").write_text(f"schema: 1\nagreement:\n  {entry}\n")
    Path("network.yaml").write_text(f"schema: 1\nagreement:\n  {entry}\n{SMALL.removeprefix('schema: 1')}")
    told = WRONG_AGREEMENT[entry]
    for line in (["check", "own/counts.yaml"], ["check", "network.yaml"], ["simulate", "-p", "network.yaml"]):
        assert run(line) == 2
        err = capfd.readouterr().err
        assert err.count("\n") == 1
        assert err.startswith(f"{line[-1]}:{told}")
    monkeypatch.setenv("HER2_PATHWAYS", "own")
    for line in (["simulate"], ["compare", "untreated", "lapatinib"], ["check"]):
        assert run(line) == 2
        assert capfd.readouterr().err.startswith(f"own/counts.yaml:{told}")


def test_what_validate_writes_of_its_agreement_is_taken_in_place_of_the_shipped_figures(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    Path("own").mkdir()
    run(["validate", "--semantics", "synchronous", "--agreement", "own/counts.yaml"])
    written = yaml.safe_load(Path("own/counts.yaml").read_text())["agreement"]
    assert len({each.get("kind") for each in written.values()}) > 4
    capfd.readouterr()
    monkeypatch.setenv("HER2_PATHWAYS", "own")
    assert run(["simulate", "-d", "lapatinib", "--replicates", "5", "--json"]) == 0
    counts = written["change_kinase_inhibitor"]
    assert f"{counts['right']} of {counts['of']} changes" in json.loads(capfd.readouterr().out)["how_sure"]


OWN = """
schema: 1
name: erbb
readouts: [AKT]
species: {PI3K: {initial: 1}, AKT: {}}
edges: [{source: PI3K, target: AKT, effect: activates}]
drugs:
  stop: {edges: [{target: PI3K, effect: inhibits}]}
  named: {kind: antibody, edges: [{target: PI3K, effect: inhibits}]}
"""


@pytest.mark.parametrize("name", ["pathways/erbb.yaml", "mine.yaml"])
@pytest.mark.parametrize("drug", ["stop", "named"])
@pytest.mark.parametrize("context", ["body", "culture"])
def test_an_answer_of_a_network_that_was_never_tested_has_no_record_of_another(
    name, drug, context, tmp_path, monkeypatch, capfd
):
    """The shipped figures are of the shipped network: not of a file, whatever it is called, that was not asked."""
    monkeypatch.chdir(tmp_path)
    Path("pathways").mkdir()
    Path(name).write_text(OWN)
    for command in (["simulate"], ["explain", "AKT"]):
        assert run([*command, "-p", name, "--context", context, "-d", drug, "--replicates", "50"]) == 0
        assert "How sure" not in capfd.readouterr().out
        assert run([*command, "-p", name, "--context", context, "-d", drug, "--replicates", "50", "--json"]) == 0
        assert json.loads(capfd.readouterr().out)["how_sure"] == ""
    assert not load(name).agreement
    assert load("erbb").agreement


def test_a_drug_of_no_named_class_is_said_to_be_under_none(tmp_path, monkeypatch, capfd):
    """Figures of one's own count as those of one's own network, of all drugs; the class of `stop` has no name."""
    monkeypatch.chdir(tmp_path)
    change, unchanged = (
        "change: {answer: change, right: 40, of: 50}",
        "unchanged: {answer: unchanged, right: 5, of: 11}",
    )
    Path("mine.yaml").write_text(f"{OWN}agreement: {{{change}, {unchanged}}}\n")
    for drug, told in (("stop", "none."), ("named", "none. None of these changes was under antibodies.")):
        assert run(["simulate", "-p", "mine.yaml", "--context", "body", "-d", drug, "--replicates", "50"]) == 0
        said = " ".join(capfd.readouterr().out.split())
        assert said.endswith(
            f"in blind tests it was right in 40 of 50 changes that it foretold and in only 5 of 11 times that it "
            f"foretold {told}"
        )


def test_a_kind_of_a_drug_of_ones_own_may_be_counted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    drug = "drugs: {magicol: {kind: magic, edges: [{target: AKT, effect: inhibits}]}}\n"
    Path("own.yaml").write_text(
        f"schema: 1\nagreement: {{x: {{answer: slight, kind: magic, right: 3, of: 12}}}}\n{drug}"
    )
    assert run(["check", "own.yaml"]) == 0


def test_each_species_that_is_no_molecule_and_that_an_answer_may_print_is_in_the_glossary():
    """What has regulators can stand on a chain; what has none is the same before and after."""
    told = (FOLDER.parent / "docs" / "glossary.md").read_text("utf-8")
    pathway = load("erbb")
    kinds = {name: each.kind for name, each in pathway.species.items() if pathway.edges_into(name)}
    named = [name for name, kind in kinds.items() if kind in ("context", "process")]
    assert [name for name in named if name not in told] == []
