"""The article's claims, in sentences, on the pathway that tells it: `her2`."""

from __future__ import annotations

from typing import Any

import pytest

from her2cli.graph import trace
from her2cli.loading import load
from her2cli.logic.questions.simulation import Simulation, in_steps
from her2cli.model import Pathway, Scenario, Status

CASCADE = ("PROLIFERATION", "SURVIVAL", "ANGIOGENESIS")


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    return load("her2")


def treated(pathway: Pathway, *drugs: str, alterations: tuple[str, ...] = ("ERBB2_amp",), **more: Any) -> Simulation:
    """The tumour with HER2 amplified (or *alterations*), under *drugs*; *more* are further fields of the scenario."""
    scenario = Scenario(alterations=alterations, drugs=tuple((drug, 1.0) for drug in drugs), **more)
    return in_steps(pathway, scenario)


def on_late(simulation: Simulation) -> set[str]:
    return {name for name, value in simulation.values.items() if value.late == 1}


def lines(pathway: Pathway, start: str) -> list[str]:
    """The species of a trace downstream of *start*, in the order in which they are printed, each once."""
    return [step.edge.target for step in trace(pathway, start).steps if not step.again]


# -- overexpression -----------------------------------------------------------------------------------------------


def test_the_tumour_is_one_that_overexpresses_her2_unless_said_otherwise(pathway: Pathway) -> None:
    assert pathway.default_alterations == ("ERBB2_amp",)


def test_overexpressed_her2_leads_to_proliferation_survival_and_angiogenesis(pathway: Pathway) -> None:
    readouts = treated(pathway).readouts
    assert {name: value.late for name, value in readouts.items()} == dict.fromkeys(CASCADE, 1) | {"CELL_DEATH": 0}


def test_a_normal_cell_without_a_ligand_is_quiet(pathway: Pathway) -> None:
    assert all(value.late == 0 for value in treated(pathway, alterations=()).readouts.values())


# -- the four receptors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("symbol", "names"),
    [
        ("EGFR", ["HER1", "ErbB-1", "P00533"]),
        ("ERBB2", ["HER2", "ErbB-2", "HER2/ErbB-2", "human epidermal growth factor receptor type 2"]),
        ("ERBB3", ["HER3", "ErbB-3", "her-3", "P21860"]),
        ("ERBB4", ["HER4", "ErbB-4"]),
    ],
)
def test_the_four_receptors_answer_to_both_series_of_names(pathway: Pathway, symbol: str, names: list[str]) -> None:
    assert [pathway.find_species(name) for name in names] == [symbol] * len(names)


def test_each_receptor_has_an_extracellular_a_transmembrane_and_a_kinase_domain_her3_included(pathway: Pathway) -> None:
    for receptor in pathway.receptors:
        kinds = {domain.kind for domain in pathway.domains.values() if domain.receptor == receptor}
        assert {"extracellular", "transmembrane", "kinase"} <= kinds


def test_her3_has_a_transmembrane_segment_against_the_article(pathway: Pathway) -> None:
    claim, domain = pathway.claims["A10"], pathway.domains["ERBB3_transmembrane"]
    assert "HER3 does not have this" in claim.article
    assert claim.status is Status.wrong
    assert {"ERBB3", "ERBB3_transmembrane"} <= set(claim.about)
    assert (domain.start, domain.end) == (644, 664)
    assert "impaired" in pathway.receptors["ERBB3"].kinase


def test_her2_has_no_ligand_and_egf_binds_egfr_alone(pathway: Pathway) -> None:
    assert pathway.receptors["ERBB2"].ligands == ()
    assert [key for key, receptor in pathway.receptors.items() if "EGF" in receptor.ligands] == ["EGFR"]


def test_the_functions_stand_in_the_articles_order(pathway: Pathway) -> None:
    assert [function.article for function in pathway.functions.values()] == [
        "Regulation of cell growth",
        "Cell survival",
        "Adhesion",
        "Migration",
        "Differentiation",
        "Cellular responses etc.",
    ]


# -- the 14 steps -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "edges"),
    [
        (1, ["ERBB2 HER2_HER2", "ERBB2 HER2_HER3"]),  # dimerization phosphorylates
        (2, ["ERBB2 HER2_HER2", "EGFR EGFR_HER2", "ERBB3 HER2_HER3"]),  # the same or different molecules
        (3, ["ERBB2 EGFR_HER2", "ERBB2 HER2_HER3", "ERBB2 HER2_HER4"]),  # HER2 is the preferred partner
        (4, ["HER2_HER2 P95HER2", "HER2_HER2 SOS"]),  # the cascade
        (5, ["ADAM10 P95HER2", "ADAM10 ERBB2_ECD"]),  # the extracellular domain is separated
        (6, ["P95HER2 PI3K"]),
        (7, ["PI3K AKT"]),
        (8, ["AKT SURVIVAL"]),
        (9, ["SOS RAS"]),
        (10, ["RAS RAF"]),
        (11, ["RAF MEK", "MEK ERK"]),
        (12, ["ERK PROLIFERATION"]),
        (13, ["AKT VEGFA", "ERK VEGFA"]),
        (14, ["VEGFA ANGIOGENESIS"]),
    ],
)
def test_each_step_of_the_article_is_an_edge(pathway: Pathway, step: int, edges: list[str]) -> None:
    found = {f"{edge.source} {edge.target}" for edge in pathway.edges if step in edge.step}
    assert set(edges) <= found


def test_every_edge_that_carries_a_step_cites_the_article_and_only_those_14_exist(pathway: Pathway) -> None:
    stepped = [edge for edge in pathway.edges if edge.step]
    assert {step for edge in stepped for step in edge.step} == set(range(1, 15))
    assert all("article" in edge.evidence for edge in stepped)


def test_the_trace_of_her2_reads_along_the_steps(pathway: Pathway) -> None:
    order = lines(pathway, "HER2")
    survival = ["HER2_HER2", "P95HER2", "PI3K", "AKT", "SURVIVAL"]
    proliferation = ["SOS", "RAS", "RAF", "MEK", "ERK", "PROLIFERATION"]
    assert [name for name in order if name in survival + proliferation] == survival + proliferation
    assert order.index("VEGFA") < order.index("ANGIOGENESIS")


def test_both_branches_lead_to_angiogenesis(pathway: Pathway) -> None:
    branches = {path[path.index("VEGFA") - 1] for path in trace(pathway, "HER2", to="ANGIOGENESIS").paths}
    assert branches == {"AKT", "ERK"}


@pytest.mark.parametrize(
    ("spelling", "species"),
    [
        ("phophoinositide 3-kinase", "PI3K"),
        ("PI3 – K", "PI3K"),
        ("Ak transforming factor", "AKT"),
        ("rat sarcoma enzyme", "RAS"),
        ("receptor activation factor", "RAF"),
        ("mitogen extracellular signal kinase", "MEK"),
        ("mitogen activated protein kinase", "ERK"),
        ("MAPK", "ERK"),
        ("vascular endothelial growth factor", "VEGFA"),
        ("p95", "P95HER2"),
        ("Fc competent immune effector cells", "NK"),
    ],
)
def test_the_articles_words_and_spellings_are_understood(pathway: Pathway, spelling: str, species: str) -> None:
    assert pathway.find_species(spelling) == species


def test_her2_pairs_with_itself_only_when_there_is_too_much_of_it(pathway: Pathway) -> None:
    assert "HER2_HER2" in on_late(treated(pathway))
    assert "HER2_HER2" not in on_late(treated(pathway, alterations=(), ligands=("NRG1",)))


@pytest.mark.parametrize(("ligand", "dimer"), [("NRG1", "HER2_HER3"), ("EGF", "EGFR_HER2"), ("EREG", "HER2_HER4")])
def test_a_ligand_of_the_partner_wakes_a_normal_cell(pathway: Pathway, ligand: str, dimer: str) -> None:
    cell = on_late(treated(pathway, alterations=(), ligands=(ligand,)))
    assert dimer in cell
    assert set(CASCADE) <= cell


def test_pi3k_and_mapk_are_two_branches_that_run_at_the_same_time(pathway: Pathway) -> None:
    without_sheddase = treated(pathway, clamps=(("ADAM10", 0),))
    assert without_sheddase.lost == ("SURVIVAL",)
    without_ras = treated(pathway, clamps=(("RAS", 0),))
    assert without_ras.lost == ("PROLIFERATION",)


def test_the_articles_reading_has_p95_as_the_only_entry_to_pi3k_and_says_that_it_is_disputed(pathway: Pathway) -> None:
    (edge,) = pathway.edges_into("PI3K")
    assert edge.source == "P95HER2"
    assert {"Holbro2003", "Garrett2011"} <= set(edge.against)
    assert all(edge.status is Status.wrong for edge in pathway.edges_into("P95HER2") if edge.source != "ADAM10")


# -- trastuzumab --------------------------------------------------------------------------------------------------


def test_herceptin_is_trastuzumab(pathway: Pathway) -> None:
    assert pathway.find_drug("Herceptin") == "trastuzumab"


def test_trastuzumab_inhibits_dimerization_and_silences_both_branches(pathway: Pathway) -> None:
    cell = on_late(treated(pathway, "trastuzumab"))
    dimers = {name for name, species in pathway.species.items() if species.kind == "dimer"}
    branches = {"P95HER2", "PI3K", "AKT", "SOS", "RAS", "RAF", "MEK", "ERK", "VEGFA"}
    assert not cell & (dimers | branches | set(CASCADE))


def test_trastuzumab_costs_the_tumour_its_phenotypes_and_brings_cell_death(pathway: Pathway) -> None:
    simulation = treated(pathway, "trastuzumab")
    assert simulation.lost == CASCADE
    assert simulation.gained == ("CELL_DEATH",)


def test_trastuzumab_kills_through_immune_cells_with_fc_receptors(pathway: Pathway) -> None:
    assert "ADCC" in on_late(treated(pathway, "trastuzumab"))
    for missing in ("NK", "FCGR3A"):
        cell = on_late(treated(pathway, "trastuzumab", clamps=((missing, 0),)))
        assert not cell & {"ADCC", "CELL_DEATH"}


def test_trastuzumab_does_not_kill_a_normal_cell(pathway: Pathway) -> None:
    assert "CELL_DEATH" not in on_late(treated(pathway, "trastuzumab", alterations=()))


def test_trastuzumab_does_nothing_where_its_epitope_is_covered(pathway: Pathway) -> None:
    simulation = treated(pathway, "trastuzumab", alterations=("ERBB2_amp", "MUC4_high"))
    assert simulation.lost == simulation.gained == ()


def test_that_trastuzumab_inhibits_dimerization_is_shown_as_disputed_with_both_sides(pathway: Pathway) -> None:
    claim = pathway.claims["T3"]
    assert claim.status is Status.disputed
    assert {"trastuzumab", "HER2_HER3"} <= set(claim.about)
    said = [edge for edge in pathway.agent_edges if edge.source == "trastuzumab"]
    assert {edge.target for edge in said} == {"HER2_HER2", "HER2_HER3", "EGFR_HER2", "HER2_HER4"}
    assert all(edge.status is Status.disputed and "article" in edge.evidence and edge.against for edge in said)


def test_the_literatures_trastuzumab_leaves_homodimers_alone_but_blocks_shedding(pathway: Pathway) -> None:
    own = pathway.drugs["trastuzumab"].edges
    assert "HER2_HER2" not in {edge.target for edge in own}
    assert ("ADAM10", "P95HER2") in {edge.blocks for edge in own}


# -- where the article's reading fails ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def literature() -> Pathway:
    return load("erbb")


def test_only_the_article_needs_shedding_for_akt(pathway: Pathway, literature: Pathway) -> None:
    assert treated(pathway, "batimastat").values["AKT"].late == 0
    assert treated(literature, "batimastat").values["AKT"].late == 1


def test_only_the_article_does_without_her3_on_the_way_to_akt(pathway: Pathway, literature: Pathway) -> None:
    knocked_down = {"clamps": (("ERBB3", 0),)}  # Holbro 2003: without HER3 the HER2-driven cell loses AKT
    assert treated(pathway, **knocked_down).values["AKT"].late == 1
    assert treated(literature, **knocked_down).values["AKT"].late == 0


def test_only_in_the_article_does_trastuzumab_break_up_pairs_that_neuregulin_made(
    pathway: Pathway, literature: Pathway
) -> None:
    assert treated(pathway, "trastuzumab", ligands=("NRG1",)).values["HER2_HER3"].late == 0
    assert treated(literature, "trastuzumab", ligands=("NRG1",)).values["HER2_HER3"].late == 1
