"""Every drug and every alteration of the catalogue does something in the network, or says why it does not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from her2cli.errors import UnknownName
from her2cli.loading import load
from her2cli.logic.network.scenario import prepare
from her2cli.logic.questions.simulation import readouts, stepped
from her2cli.model import Pathway, Scenario, Verification
from her2cli.studies.check import findings

# Tumours that between them have each species on, so that whatever a drug acts on is there in one of them.
TUMOURS = (
    ("ERBB2_amp",),
    ("ESR1_on",),
    ("EGFR_amp",),
    ("ERBB2_amp", "MET_amp", "SRC_active"),
    ("ERBB2_amp", "IGF1R_up"),
    ("ERBB2_V777L",),
    ("FGFR1_amp",),
    ("RAS_mut",),
    ("BRAF_V600E",),
    (),
)
LIGANDS = ((), ("EGF", "NRG1", "NK"), ("IGF1", "HGF", "NK"))


@cache
def erbb() -> Pathway:
    return load("erbb")


@cache
def course(
    alterations: tuple[str, ...], ligands: tuple[str, ...], drug: str = ""
) -> tuple[tuple[str, float, float], ...]:
    """Each species with its value early and late; what the scenario names is a value of the network, but no species."""
    pathway = erbb()
    case = Scenario(alterations=alterations, ligands=ligands, drugs=((drug, 1.0),) if drug else ())
    prepared = prepare(pathway, case)
    values = readouts(prepared, stepped(prepared))
    return tuple((name, value.early, value.late) for name, value in values.items() if name in pathway.species)


def cells() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for tumour in TUMOURS:
        for ligands in LIGANDS:
            yield tumour, ligands


@pytest.mark.parametrize("drug", list(erbb().drugs))
def test_every_drug_changes_something_in_some_tumour(drug: str) -> None:
    assert any(course(*cell) != course(*cell, drug) for cell in cells())


SILENT = "changes nothing"  # the words with which an alteration says that it has no effect


@pytest.mark.parametrize("alteration", list(erbb().alterations))
def test_every_alteration_changes_something_in_some_cell_or_says_that_it_does_not(alteration: str) -> None:
    def with_it(tumour: tuple[str, ...]) -> tuple[str, ...]:
        return (*tumour, alteration)

    drugs = ("", "trastuzumab", "lapatinib", "neratinib", "fulvestrant", "aromatase_inhibitor", "palbociclib")
    changes = any(
        course(tumour, ligands, drug) != course(with_it(tumour), ligands, drug)
        for drug in drugs
        for tumour, ligands in cells()
        if alteration not in tumour
    )
    entry = erbb().alterations[alteration]
    notes = " ".join((entry.note, *(edge.note for edge in entry.edges)))
    assert changes != (SILENT in notes)


def test_every_drug_says_its_status_and_for_which_date_with_evidence() -> None:
    for key, drug in load().drugs.items():
        assert drug.status, key
        assert drug.as_of, key
        assert drug.evidence, key


def test_people_find_drugs_by_their_brands_and_codes() -> None:
    pathway = load()
    for name, drug in {
        "Enhertu": "trastuzumab_deruxtecan",
        "T-DXd": "trastuzumab_deruxtecan",
        "DS-8201": "trastuzumab_deruxtecan",
        "fam-trastuzumab deruxtecan-nxki": "trastuzumab_deruxtecan",
        "Kadcyla": "trastuzumab_emtansine",
        "SHR-A1811": "trastuzumab_rezetecan",
        "RC48": "disitamab_vedotin",
        "Bizengri": "zenocutuzumab",
        "Hernexeos": "zongertinib",
        "BAY 2927088": "sevabertinib",
        "Trodelvy": "sacituzumab_govitecan",
        "Dato-DXd": "datopotamab_deruxtecan",
        "Letrozole": "aromatase_inhibitor",
        "Faslodex": "fulvestrant",
        "ARV-471": "vepdegestrant",
        "PKI-587": "gedatolisib",
    }.items():
        assert pathway.find_drug(name) == drug


@pytest.mark.parametrize(
    ("alteration", "acts", "does_not"),
    [
        ("ERBB2_L755S", ("neratinib", "afatinib"), ("lapatinib", "tucatinib")),
        ("ERBB2_T798I", ("afatinib",), ("neratinib", "lapatinib", "tucatinib")),
        ("ERBB2_exon20ins", ("neratinib", "zongertinib", "sevabertinib"), ("lapatinib", "tucatinib")),
    ],
)
def test_a_mutation_of_the_kinase_keeps_out_the_inhibitors_that_it_is_known_for(
    alteration: str, acts: tuple[str, ...], does_not: tuple[str, ...]
) -> None:
    """Xu2017, Hanker2017, Robichaux2019, Wilding2025: HER2-HER3, which drives PI3K."""

    def early(drug: str) -> float:
        return next(value for name, value, _ in course(("ERBB2_amp", alteration), (), drug) if name == "HER2_HER3")

    assert {drug: early(drug) for drug in acts} == dict.fromkeys(acts, 0)
    assert {drug: early(drug) for drug in does_not} == dict.fromkeys(does_not, 1)


@pytest.mark.parametrize(
    "variant",
    [
        "KRAS G12D",
        "KRAS p.G12V",
        "KRAS G13D",
        "KRAS Q61H",
        "KRAS K117N",
        "KRAS A146T",
        "NRAS Q61K",
        "HRAS G12V",
        "NRAS mutation",
    ],
)
def test_an_inhibitor_of_one_allele_of_ras_leaves_every_other_alone(variant: str) -> None:
    """Sotorasib binds KRAS G12C; any other mutant has the same effect on the cell, and none of its cysteine."""
    pathway = erbb()
    other, inhibited = pathway.find_alteration(variant), pathway.find_alteration("KRAS G12C")
    for ligands in LIGANDS:
        untreated = course((other,), ligands)
        assert untreated == course((inhibited,), ligands)
        assert untreated == course((other,), ligands, "sotorasib") == course((other, inhibited), ligands, "sotorasib")
        assert untreated != course((inhibited,), ligands, "sotorasib")
        assert untreated != course((other,), ligands, "daraxonrasib")


def test_a_mutated_estrogen_receptor_needs_no_estrogen_and_yields_to_the_new_degraders() -> None:
    """Toy2013; the approvals of elacestrant, imlunestrant and vepdegestrant are for it."""

    def receptor(drug: str, *alterations: str) -> float:
        return next(late for name, _, late in course(("ESR1_on", *alterations), (), drug) if name == "ESR1")

    assert receptor("aromatase_inhibitor") == 0
    assert receptor("aromatase_inhibitor", "ESR1_mut") == receptor("", "ESR1_mut") > 0
    assert [receptor(drug, "ESR1_mut") for drug in ("elacestrant", "imlunestrant", "vepdegestrant")] == [0, 0, 0]


def test_an_edge_that_was_read_rests_on_a_paper_and_not_on_a_textbook() -> None:
    """What rests on another model's notes or on memory says so, and `check` watches over it."""
    pathway = load("erbb")
    found = {finding.check for finding in findings(pathway)}
    assert "weak-evidence" not in found
    edge = next(edge for edge in pathway.edges if edge.verified is Verification.seen)
    weak = replace(pathway, edges=(replace(edge, evidence=("Textbook",), note=""),))
    assert "weak-evidence" in {finding.check for finding in findings(weak)}


def test_few_edges_rest_on_no_paper() -> None:
    """Each of them is marked; one more needs a reason."""
    pathway = load("erbb")
    unread = [edge for edge in pathway.edges if edge.verified is not Verification.seen]
    assert len(unread) <= len(pathway.edges) / 6


CHANGE = re.compile(r"\b[A-Z][0-9]{2,4}[A-Z]\b")


@pytest.mark.parametrize("name", list(erbb().cell_lines))
def test_a_cell_line_has_the_alteration_that_a_list_of_its_variants_would_show(name: str) -> None:
    """Else a table of variants gives the line another answer than its own name, as K111N did of BT-474."""
    pathway = erbb()
    line = pathway.cell_lines[name]
    genes = {gene for each in pathway.alterations.values() for match in each.match for gene in match.gene}
    named = {gene for gene in genes if re.search(rf"\b{gene}\b", line.note)}
    for change in CHANGE.findall(line.note):
        found = {find(pathway, f"{gene} {change}") for gene in named} - {None}
        assert found <= {*line.alterations}, change


def find(pathway: Pathway, name: str) -> str | None:
    try:
        return pathway.find_alteration(name)
    except UnknownName:
        return None


MONTHS = calendar.month_name[1:]
DATED = re.compile(rf"(due )?([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})")
WAITING = re.compile(r"under (priority )?review|decision due")


def test_an_approval_names_no_day_after_the_one_for_which_it_was_read() -> None:
    for key, drug in load().drugs.items():
        for due, day, month, year in DATED.findall(drug.approval):
            said = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
            assert due or said[: len(drug.as_of)] <= drug.as_of, (key, said)


def test_a_decision_that_is_waited_for_was_looked_for_within_a_year_of_the_newest() -> None:
    drugs = load().drugs
    newest = max(drug.as_of for drug in drugs.values())
    year_before = f"{int(newest[:4]) - 1}{newest[4:]}"
    for key, drug in drugs.items():
        if WAITING.search(drug.approval):
            assert drug.as_of >= year_before[: len(drug.as_of)], key
        for due, day, month, year in DATED.findall(drug.approval):
            said = f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}"
            assert not due or said > newest or "not seen" in drug.approval, key


NOWHERE = re.compile(r"Not approved|None approved|Never marketed")


def test_a_status_is_of_the_drug_in_any_cancer() -> None:
    """What was taken back in one is told in words: a drug that is withdrawn or stopped is approved nowhere."""
    for key, drug in load().drugs.items():
        nowhere = bool(NOWHERE.match(drug.approval))
        assert nowhere or drug.status not in ("withdrawn", "stopped"), key
        assert not nowhere or not drug.status.startswith("approved"), key


def test_what_an_approval_cites_is_evidence_of_its_drug() -> None:
    pathway = load()
    for key, drug in pathway.drugs.items():
        cited = {word for word in re.findall(r"\w+", drug.approval) if word in pathway.references}
        assert cited <= {*drug.evidence}, key


def test_no_reference_of_low_quality_counts_as_seen_nor_alone_behind_a_drug() -> None:
    pathway = load()
    low = {key for key, each in pathway.references.items() if "low-quality" in each.note}
    assert low
    for key in low:
        assert pathway.references[key].verified != "seen", key
    for key, drug in pathway.drugs.items():
        assert {*drug.evidence} - low, key


# What a reader of labels looks for, by the agency's own dates.
DATES = {
    "cetuximab": ["2004, colorectal", "March 2006 head and neck"],
    "datopotamab_deruxtecan": [
        "17 January 2025",
        "22 May 2026 triple-negative",
        "mutant EGFR, after other treatment, 23 June 2025",
    ],
    "erlotinib": ["18 November 2004, lung", "2 November 2005 pancreatic", "15 May 2013 first line with EGFR exon 19"],
    "lapatinib": ["13 March 2007, with capecitabine", "2010 with letrozole"],
    "neratinib": ["17 July 2017, extended adjuvant", "2020 metastatic"],
    "trastuzumab_deruxtecan": ["gastric 15 January 2021", "lung 11 August 2022", "5 April 2024"],
    "trastuzumab_emtansine": ["22 February 2013, metastatic", "3 May 2019 early"],
    "tucatinib": ["April 2020", "19 January 2023 with trastuzumab, colorectal"],
}


@pytest.mark.parametrize("drug", DATES)
def test_an_approval_names_each_use_with_its_date(drug: str) -> None:
    said = " ".join(load().drugs[drug].approval.split())
    assert [each for each in DATES[drug] if each not in said] == []


# Conjugates whose antibody acts as trastuzumab: its own (Junttila2011, Ogitani2016), or one that is taken to.
CONJUGATES = ["trastuzumab_emtansine", "trastuzumab_deruxtecan", "trastuzumab_rezetecan", "disitamab_vedotin"]


@pytest.mark.parametrize("conjugate", CONJUGATES)
def test_a_conjugate_keeps_every_action_of_trastuzumab(conjugate: str) -> None:
    """In the same cells and the same share of them; its payload comes on top."""

    def actions(drug: str) -> set[tuple[object, ...]]:
        return {
            (edge.target, edge.blocks, edge.effect, frozenset(edge.requires), frozenset(edge.unless), edge.efficacy)
            for edge in erbb().drugs[drug].edges
        }

    assert actions("trastuzumab") <= actions(conjugate)


@pytest.mark.parametrize("amount", [("ERBB2_amp",), ("ERBB2_low",)])
@pytest.mark.parametrize("conjugate", CONJUGATES)
def test_a_conjugate_kills_no_fewer_cells_than_trastuzumab(amount: tuple[str, ...], conjugate: str) -> None:
    def killed(drug: str) -> float:
        return next(late for name, _, late in course(amount, ("EGF", "NRG1", "NK"), drug) if name == "CELL_DEATH")

    assert killed(conjugate) >= killed("trastuzumab")


@pytest.mark.parametrize(
    ("variant", "alteration"),
    [
        ("BRAF V600K", "BRAF_V600E"),  # a monomer as V600E (BRAFclasses2018)
        ("BRAF G469A", None),  # a dimer without RAS
        ("PIK3CA Q546H", "PIK3CA_E545K"),  # ReactomePI3Kmutants
        ("PIK3CA P449_L452del", "PIK3CA_other"),  # PIK3CAC2del2018
        ("PIK3CA K111N", None),  # BT-474 has it and is sensitive
        ("PTEN D92H", "PTEN_missense"),
        ("AKT1 L52R", "AKT1_E17K"),  # AKTinterface2012
        ("ERBB2 L755P", "ERBB2_L755S"),  # ReactomeERBB2lapatinib
        ("ERBB2 H878Y", "ERBB2_other_activating"),  # ReactomeERBB2active
        ("ERBB2 L755W", None),  # known from a database of tumours alone
    ],
)
def test_a_variant_counts_where_its_activity_was_read_and_not_where_it_was_not(
    variant: str, alteration: str | None
) -> None:
    assert find(erbb(), variant) == alteration
