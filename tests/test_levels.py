"""Levels that a reader can believe, held for whole kinds of drugs and tumours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product
from typing import TypeAlias

import pytest

from her2cli.loading import load
from her2cli.loading.entries import treated
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.shares import shares
from her2cli.model import Drug, Effect, Pathway, Scenario
from her2cli.studies.experiments import Values

Arm: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
TIMES = ("early", "late")


@pytest.fixture(scope="module")
def erbb() -> Pathway:
    return load("erbb")


def drawn(pathway: Pathway, arms: Iterable[Arm], context: str = "body", cells: int = 400) -> dict[Arm, Values]:
    """The readouts of each tumour with its ligands and drugs; a share of 400 cells has an error of at most 0.025."""
    asked: dict[Arm, Scenario] = {arm: replace(treated(*arm), context=context) for arm in arms}
    values = shares(pathway, list(dict.fromkeys(asked.values())), sampling=Sampling(replicates=cells, seed=2)).values
    return {arm: values[scenario] for arm, scenario in asked.items()}


def acts(drug: Drug, target: str, effect: Effect, needs: str = "") -> bool:
    return any(
        edge.target == target and edge.effect is effect and (not needs or needs in edge.requires) for edge in drug.edges
    )


def antibodies(pathway: Pathway) -> list[str]:
    """The naked antibodies that bring effector cells to HER2."""
    return [
        name
        for name, drug in pathway.drugs.items()
        if drug.kind.endswith("antibody") and acts(drug, "ADCC", Effect.activates, "ERBB2")
    ]


def pi3k_inhibitors(pathway: Pathway) -> list[str]:
    kinase = {name: drug for name, drug in pathway.drugs.items() if drug.kind == "kinase inhibitor"}
    return [name for name, drug in kinase.items() if acts(drug, "PI3K", Effect.inhibits)]


def tumours(pathway: Pathway) -> list[tuple[str, ...]]:
    """Each alteration by itself, and beside amplified HER2."""
    alone = [(name,) for name in pathway.alterations]
    return [*alone, *(("ERBB2_amp", name) for name in pathway.alterations if name != "ERBB2_amp")]


def test_no_pair_of_antibodies_kills_nine_cells_in_ten_of_any_tumour(erbb: Pathway) -> None:
    pairs = list(combinations(antibodies(erbb), 2))
    assert len(pairs) >= 10
    arms: list[Arm] = [(tumour, (), pair) for tumour in tumours(erbb) if "ERBB2_amp" in tumour for pair in pairs]
    arms += [(tumour, ("NRG1",), pair) for tumour in (("ERBB2_amp",), ("ERBB2_amp", "ERBB3_up")) for pair in pairs]
    values = drawn(erbb, arms)
    assert {
        arm: v["CELL_DEATH"] for arm, v in values.items() if max(v["CELL_DEATH"].early, v["CELL_DEATH"].late) > 0.9
    } == {}


def test_no_antibody_alone_kills_more_than_the_conjugate_with_deruxtecan(erbb: Pathway) -> None:
    arms = {name: (("ERBB2_amp",), (), (name,)) for name in [*antibodies(erbb), "trastuzumab_deruxtecan"]}
    values = drawn(erbb, arms.values(), cells=2000)
    late = {name: values[arm]["CELL_DEATH"].late for name, arm in arms.items()}
    assert max(late, key=lambda name: late[name]) == "trastuzumab_deruxtecan"


def test_no_cell_is_both_dead_and_dividing_alive_or_moving(erbb: Pathway) -> None:
    """Whatever kills it: apoptosis, a poison, immune cells or complement."""
    arms = [
        (("ERBB2_amp", more), (), (drug,)) for more in ("FGFR1_amp", "CCNE1_amp", "RB1_loss") for drug in erbb.drugs
    ]
    for arm, values in drawn(erbb, arms).items():
        for time in TIMES:
            dead = getattr(values["CELL_DEATH"], time)
            for readout in ("PROLIFERATION", "SURVIVAL", "MIGRATION"):
                assert dead + getattr(values[readout], time) <= 1.02, (arm, time, readout)


def test_growth_falls_wherever_a_drug_kills_half_of_the_cells(erbb: Pathway) -> None:
    bare = {tumour: (tumour, (), ()) for tumour in tumours(erbb)}
    strong = [*antibodies(erbb), "trastuzumab_deruxtecan", "trastuzumab_emtansine", "docetaxel"]
    arms = [(tumour, (), (drug,)) for tumour in bare for drug in strong]
    values = drawn(erbb, [*bare.values(), *arms], cells=300)
    killed = 0
    for arm in arms:
        for time in TIMES:
            after, before = values[arm], values[bare[arm[0]]]
            if getattr(after["CELL_DEATH"], time) - getattr(before["CELL_DEATH"], time) > 0.5:
                killed += 1
                for readout in ("PROLIFERATION", "SURVIVAL"):
                    left = getattr(after[readout], time)
                    assert left < 0.95 * getattr(before[readout], time), (arm, time, readout)
    assert killed > 100


def test_without_immune_cells_antibodies_kill_by_apoptosis_alone(erbb: Pathway) -> None:
    """Zanidatamab has complement beside (Weisser2023), which serum brings."""
    arms = [(("ERBB2_amp",), (), (name,)) for name in antibodies(erbb) if name != "zanidatamab"]
    for values in drawn(erbb, arms, context="culture").values():
        dead, apoptotic = values["CELL_DEATH"], values["APOPTOSIS"]
        assert (dead.early, dead.late) == pytest.approx((apoptotic.early, apoptotic.late), abs=0.02)
        assert values["ADCC"].late == 0


def test_a_cell_that_immune_cells_have_killed_stays_dead_though_its_receptor_goes(erbb: Pathway) -> None:
    for tumour in ("ERBB2_amp", "ERBB2_low"):
        arms = [((tumour,), (), (name,)) for name in antibodies(erbb)]
        for arm, values in drawn(erbb, arms, cells=1000).items():
            assert values["ADCC"].late >= values["ADCC"].early - 0.02, arm


def test_immune_cells_do_not_reach_every_cell_of_a_body(erbb: Pathway) -> None:
    """Varchetta2007: in 3 of 18 patients trastuzumab brought no killing about."""
    arms = [(("ERBB2_amp",), (), tuple(antibodies(erbb)))]
    for values in drawn(erbb, arms, cells=2000).values():
        assert values["ADCC"].early < 0.83 + 0.03


def test_a_biparatopic_antibody_does_in_her2_low_cells_what_its_two_halves_do(erbb: Pathway) -> None:
    """Weisser2023; Li2016Biparatopic for cells with too little HER2 for trastuzumab emtansine."""
    arms = {name: (("ERBB2_low",), ("NK",), (name,)) for name in ("trastuzumab", "pertuzumab", "zanidatamab")}
    values = drawn(erbb, [*arms.values(), (("ERBB2_low",), ("NK",), ())], context="culture", cells=2000)
    one, other, both = (values[arm] for arm in arms.values())
    assert both["ERBB2"].late < min(one["ERBB2"].late, other["ERBB2"].late) - 0.03
    assert both["ADCC"].late > 0.1
    assert abs(both["ADCC"].late - one["ADCC"].late) < 0.05


def test_each_inhibitor_of_pi3k_stops_more_cells_than_it_kills(erbb: Pathway) -> None:
    """In no tumour more die than stop; where p110-beta is left, no more than stop and live (Hosford2017).

    But for MET, which reaches PI3K by HER3 (Engelman2007): there all die that stop, which no paper that was read says.
    """
    bare = {tumour: (tumour, (), ()) for tumour in tumours(erbb) if len(tumour) == 1}
    arms = [(tumour, (), (drug,)) for tumour in bare for drug in pi3k_inhibitors(erbb)]
    values = drawn(erbb, [*bare.values(), *arms], cells=600)
    for arm in arms:
        after, before = values[arm], values[bare[arm[0]]]
        died = after["CELL_DEATH"].late - before["CELL_DEATH"].late
        fell = before["PROLIFERATION"].late - after["PROLIFERATION"].late
        leaves_beta = not acts(erbb.drugs[arm[2][0]], "PI3K_BETA", Effect.inhibits)
        most = 0.5 if leaves_beta and arm[0] != ("MET_amp",) else 1
        assert died <= most * max(fell, 0) + 0.05, (arm, died, fell)


def test_an_inhibitor_of_p110_alpha_kills_cells_that_her2_drives_beside_one_of_her2_and_hardly_alone(
    erbb: Pathway,
) -> None:
    """Serra2011: with an inhibitor of HER2 more die than under one of PI3K alone."""
    for tumour in ("ERBB2_amp", "ERBB2_V777L"):
        arms = [((tumour,), (), drugs) for drugs in ((), ("alpelisib",), ("alpelisib", "neratinib"))]
        none, alone, both = (v["CELL_DEATH"].late for v in drawn(erbb, arms, cells=2000).values())
        assert alone < none + 0.2
        assert both > alone + 0.2


def test_a_conjugate_against_her3_kills_fewer_cells_of_a_normal_kind_than_with_much_her3(erbb: Pathway) -> None:
    """Komatsu2026: what is released follows the amount of HER3."""
    arms = [(tumour, (), ("patritumab_deruxtecan",)) for tumour in ((), ("ERBB3_up",), ("ERBB2_amp",))]
    normal, up, amplified = (values["CELL_DEATH"].late for values in drawn(erbb, arms, cells=2000).values())
    assert normal < 0.31
    assert min(up, amplified) > normal + 0.1


KINDS: tuple[Arm, ...] = (
    ((), (), ()),
    ((), ("EGF",), ()),
    ((), ("NRG1",), ()),
    (("ERBB2_amp",), (), ()),
    (("ERBB2_amp",), ("NRG1",), ()),
    (("ERBB2_amp", "ESR1_on"), (), ()),
    (("ESR1_on",), (), ()),
    (("ESR1_mutant",), (), ()),
    (("EGFR_amp",), ("EGF",), ()),
    (("RAS_mut",), (), ()),
    (("BRAF_V600E",), (), ()),
    (("PTEN_loss",), (), ()),
)


def test_no_drug_alone_takes_a_species_from_every_cell(erbb: Pathway) -> None:
    """No inhibitor gives 0.00 in every cell: of all that a tenth of some cells has, each drug leaves a part somewhere.

    A thirtieth, since a slow species has not quite gone when the late readout is taken.
    """
    values = drawn(
        erbb, [(*kind[:2], (drug,) if drug else ()) for kind in KINDS for drug in ("", *erbb.drugs)], cells=800
    )
    gone = []
    for drug, species in product(erbb.drugs, erbb.species):
        pairs = [(values[kind][species].late, values[*kind[:2], (drug,)][species].late) for kind in KINDS]
        left = [under / before for before, under in pairs if before >= 0.1]
        if left and max(left) < 1 / 30:
            gone.append(f"{drug}: {species}")
    assert not gone


def given_for(drug: Drug) -> list[tuple[str, ...]]:
    """The tumours that are asked: those of a breast clinic for chemotherapy, else by what the drug acts on."""
    if drug.kind == "chemotherapy":
        return [("ERBB2_amp",), ("ESR1_on",)]
    reached = {
        name for edge in drug.edges for name in (edge.target, *edge.requires) if name.startswith(("HER2", "ERBB2"))
    }
    return [("ERBB2_amp",)] if reached - {"HER2_HER3", "HER2_HER4"} else [("ESR1_on",)]


def test_no_drug_kills_more_of_a_normal_tissue_than_of_the_tumour_that_it_is_given_for(erbb: Pathway) -> None:
    """NiChonghaile2011: poisons reach all cells and kill tumours, since normal tissues are far from the threshold."""
    arms = [(tumour, (), (name,)) for name, drug in erbb.drugs.items() for tumour in [(), *given_for(drug)]]
    values = drawn(erbb, arms, cells=1000)
    poisons = 0
    for name, drug in erbb.drugs.items():
        normal = values[(), (), (name,)]["CELL_DEATH"].late
        assert normal <= 0.15, name
        for tumour in given_for(drug):
            killed = values[tumour, (), (name,)]["CELL_DEATH"].late
            assert normal <= killed + 0.1, (name, tumour)
            if any(edge.target.endswith(("POISONED", "BLOCKED")) for edge in drug.edges):
                poisons += 1
                assert normal < killed, (name, tumour)
    assert poisons >= 14


def test_no_alteration_that_names_a_tumour_leaves_it_a_normal_tissue(erbb: Pathway) -> None:
    """A taxane kills as many in each as if nothing were spared, but where only Fc receptors differ."""
    held = [("docetaxel",), ("docetaxel", "TISSUE=0")]
    values = drawn(erbb, [((name,) if name else (), (), each) for name in ("", *erbb.alterations) for each in held])
    spared = {
        name
        for name in ("", *erbb.alterations)
        for given, unspared in [[values[(name,) if name else (), (), each]["CELL_DEATH"].late for each in held]]
        if given < unspared - 0.05
    }
    assert spared == {"", "FCGR3A_158F", "FCGR_null"}


def test_cells_in_a_dish_die_of_a_poison_without_a_named_driver_too(erbb: Pathway) -> None:
    """DoxMammaryCulture: cultured normal cells are as sensitive as those of the tumour beside them."""
    arms = [(tumour, (), ("doxorubicin",)) for tumour in ((), ("ERBB2_amp",), ("ESR1_on",))]
    normal, *tumours_ = (v["CELL_DEATH"].late for v in drawn(erbb, arms, context="culture", cells=2000).values())
    for tumour in tumours_:
        assert normal == pytest.approx(tumour, abs=0.1)


def test_a_cell_at_rest_is_spared_where_a_dividing_one_dies(erbb: Pathway) -> None:
    """Hsiang1989: aphidicolin takes away all that camptothecin kills."""
    arms = [
        ((), (), drugs)
        for poison in ("docetaxel", "trastuzumab_deruxtecan")
        for drugs in ((poison,), (poison, "RB1=1"))
    ]
    dividing, resting, other, rested = (v["CELL_DEATH"].late for v in drawn(erbb, arms, cells=2000).values())
    assert resting < dividing / 2
    assert rested < other / 2


def test_without_s6k_akt_rises_in_a_part_of_the_cells_and_none_divides_more(erbb: Pathway) -> None:
    """Um2004, Hsu2011; Fingar2004 saw G1 slowed, Pende2004 no difference."""
    held = ((), ("S6K=0",), ("S6K=0", "rapamycin"), ("EIF4E=0",))
    for context in ("body", "culture"):
        values = drawn(erbb, [((), (), each) for each in held], context=context, cells=2000)
        none, without, rapamycin, eif4e = (values[(), (), each] for each in held)
        assert none["AKT"].late + 0.05 < without["AKT"].late < rapamycin["AKT"].late - 0.05
        assert none["PROLIFERATION"].late - 0.2 < without["PROLIFERATION"].late < none["PROLIFERATION"].late
        assert eif4e["PROLIFERATION"].late < without["PROLIFERATION"].late - 0.2


def test_bim_kills_no_more_normal_cells_than_cells_that_her2_drives(erbb: Pathway) -> None:
    """NiChonghaile2011: mitochondria of normal tissues answer little to the BH3 of BIM."""
    normal, amplified = (
        v["APOPTOSIS"].late
        for v in drawn(erbb, [((), (), ("BIM=1",)), (("ERBB2_amp",), (), ("BIM=1",))], cells=2000).values()
    )
    assert normal < amplified
    assert normal < 0.1
