"""What the catalogue leaves out is told at the command line with its own reason, and is indeed left out."""

from __future__ import annotations

import re

import pytest

from her2cli.errors import UnknownName
from her2cli.loading import load
from her2cli.lookup import absence, find_any
from her2cli.model import closest, find, meant_by, names_of

FOUND = {"drug": "drugs", "alteration": "alterations", "cell line": "cell_lines", "readout": "species"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("drug inetetamab", "No drug 'inetetamab': an antibody against HER2 whose difference"),
        ("drug KN026", "No drug 'KN026': an antibody against HER2"),
        ("drug SYD985", "No drug 'SYD985': a conjugate that differs"),
        ("simulate -d olaparib", "No drug 'olaparib': DNA repair is not modelled."),
        ("drug venetoclax", "--set BCL2=0"),
        ("drug mobocertinib", "No drug 'mobocertinib': it is for EGFR in lung cancer (from memory)."),
        ("drug denosumab", "No drug 'denosumab': acts outside the tumour cell."),
        ("simulate -a AKT2", "No alteration 'AKT2': rare here; what it would change is held by AKT1_E17K."),
        ("simulate -a PIK3CB:E1051K", "held by PIK3CA_other."),
        ("simulate -a HER2:L755W", "ERBB2_L755S is the nearest (ReactomeERBB2active)."),
        ("cell-line MDA-MB-231", "-a RAS_other is the nearest tumour (SLKBase)."),
        ("simulate -c EFM-192A", "-a ERBB2_amp is the nearest tumour."),
        ("simulate -c NCI-N87", "gastric"),
        ("simulate -a TP53:R175H", "No alteration 'TP53 R175H': p53 is there"),
        ("simulate -a TP53", "--set TP53=0 holds it off."),
        ("simulate -a PIK3CA:p.K111N", "BT-474 has it"),
        ("simulate -a HER2:T733I", "No alteration 'HER2 T733I': it resists lapatinib"),
        ("simulate -a HER2_T733I", "it resists lapatinib"),
        ("simulate -a p53:R175H", "No alteration 'p53 R175H': p53 is there"),
        ("compare olaparib lapatinib", "No drug 'olaparib': DNA repair is not modelled."),
        ("compare MDA-MB-231 BT474", "No cell line 'MDA-MB-231': it has KRAS G13D"),
        ("show olaparib", "No drug 'olaparib': DNA repair"),
        ("simulate -c MCF10A", "-a none"),
        ("show NCI-N87", "No cell line 'NCI-N87': a HER2-positive gastric line"),
        ("trace olaparib", "No drug 'olaparib': DNA repair"),
        ("evidence olaparib", "No drug 'olaparib': DNA repair"),
    ],
)
def test_what_is_absent_says_why_in_one_line_and_offers_nothing_far_off(said, line: str, says: str) -> None:
    code, out, err = said(*(word.replace(":", " ") for word in line.split()))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert "Close:" not in err


def test_a_slip_of_the_pen_is_no_absence(said) -> None:
    assert "Close: lapatinib" in said("drug", "lapatinb")[2]
    assert "Close: " not in said("drug", "")[2]
    assert "Close: " not in said("simulate", "-a", "")[2]
    assert "Close: lapatinib" in said("compare", "lapatinb", "none")[2]
    assert "Close: " in said("simulate", "-a", "HER2 L755")[2]


def test_no_change_of_a_protein_is_offered_for_another_change_of_it(said) -> None:
    """One letter off: in letters the two are alike, and what an alteration does says nothing of the other."""
    pathway = load("erbb")
    for text in [f"{gene} {change}" for gene, change in sorted(single_changes(pathway))]:
        for residue in "PWGC":
            other = text[:-1] + residue
            if meant_by(pathway.alterations, other, "alteration") or other == text:
                continue
            with pytest.raises(UnknownName) as raised:
                pathway.find_alteration(other)
            assert raised.value.close == (), other
            assert "None stands for this change. Alterations of " in str(raised.value)
            assert closest(other, pathway.alterations, pathway.species) == ()
    for line in (["alteration", "ERBB2 I655V"], ["alteration", "HER2_I655V"], ["simulate", "-a", "ERBB2 p.Ile655Val"]):
        code, _, err = said(*line)
        assert code == 2
        assert len(err.splitlines()) == 1
        assert "None stands for this change. Alterations of " in err
        assert "Close" not in err


def single_changes(pathway) -> set[tuple[str, str]]:
    """The changes of one residue that a `match` lists, with their genes."""
    matches = [match for each in pathway.alterations.values() for match in each.match]
    found = {(gene, change) for match in matches for gene in match.gene for change in match.changes}
    return {(gene, change) for gene, change in found if re.fullmatch("[A-Z][0-9]+[A-Z]", change)}


def test_a_change_whose_gene_is_mistyped_is_still_close() -> None:
    pathway = load("erbb")
    assert closest("ERB2_L755S", pathway.alterations) == ("ERBB2_L755S",)
    assert closest("MCF_L755S", pathway.cell_lines) == ("MCF7_L755S",)


def test_only_kinds_that_are_looked_for_are_told() -> None:
    absent = load().absent
    found = {
        (kinds, name): absence(absent, kinds, name, str.upper)
        for kinds in ("species", "species, drug or alteration", "species, drug, alteration or anything else")
        for name in ("olaparib", "NCI-N87", "tp53 R175H", "PIK3CA H1047R")
    }
    assert {asked: each.id for asked, each in found.items() if each} == {
        ("species, drug or alteration", "olaparib"): "olaparib",
        ("species, drug or alteration", "tp53 R175H"): "TP53",
        ("species, drug, alteration or anything else", "olaparib"): "olaparib",
        ("species, drug, alteration or anything else", "NCI-N87"): "NCIN87",
        ("species, drug, alteration or anything else", "tp53 R175H"): "TP53",
    }


def test_what_is_called_absent_is_so() -> None:
    pathway = load("erbb")
    assert {each.kind for each in pathway.absent.values()} == set(FOUND)
    for each in pathway.absent.values():
        for name in names_of(each):
            with pytest.raises(UnknownName):
                find(getattr(pathway, FOUND[each.kind]), name, each.kind)


def test_what_is_offered_instead_is_there() -> None:
    pathway = load("erbb")
    told = " ".join(each.reason for each in pathway.absent.values())
    for word in re.findall(r"`([\w]+)`", told):
        find_any(pathway, word)
    for word in re.findall(r"`-a (\w+)`", told):
        assert word == "none" or word in pathway.alterations
    for word in re.findall(r"`--set (\w+)=0`", told):
        assert word in pathway.species
    assert told.count("`") > 40


def test_a_reason_of_one_s_own_is_told_as_well(said, tmp_path, monkeypatch) -> None:
    fields = "kind: drug, aliases: [NM-1], reason: it is not read yet, evidence: [Molina2001]"
    entry = f"schema: 1\nabsent:\n  newmab: {{{fields}}}\n"
    (tmp_path / "mine.yaml").write_text(entry, "utf-8")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    assert said("drug", "nm1")[2] == "her2: No drug 'nm1': it is not read yet (Molina2001).\n"
    (tmp_path / "mine.yaml").write_text(entry.replace("kind: drug", "kind: drgu"), "utf-8")
    code, _, err = said("drug", "nm1")
    assert code == 2
    assert err == f"{tmp_path}/mine.yaml:3:18: absent.newmab.kind: 'drgu' is not a kind (did you mean 'drug'?).\n"


def test_an_own_drug_of_that_name_is_there(said, tmp_path, monkeypatch) -> None:
    drug = "schema: 1\ndrugs:\n  olaparib: {kind: PARP inhibitor, edges: [{target: AKT, effect: inhibits}]}\n"
    (tmp_path / "mine.yaml").write_text(drug, "utf-8")
    monkeypatch.setenv("HER2_PATHWAYS", str(tmp_path))
    code, out, err = said("drug", "olaparib")
    assert (code, err) == (0, "")
    assert "PARP inhibitor" in out
