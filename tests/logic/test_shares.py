"""The shares of many scenarios asked at once are, within error, those of each asked alone."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from math import sqrt

import pytest

from her2cli.loading import load
from her2cli.logic.lanes import has_numba
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.questions import shares as question
from her2cli.logic.questions.shares import NOTICEABLE, Readout, along_doses, full_doses, shares
from her2cli.model import Alteration, Drug, Edge, Effect, JointStart, Pathway, Scenario, Species

ON, OFF = Effect.activates, Effect.inhibits
CELLS = 1_000  # an error of 0.016 at most; what a neighbour might do is a share, of 0.3 and more
ALONE = Sampling(replicates=CELLS, seed=1, engine="numba" if has_numba() else "python")


@pytest.fixture(params=["python", "numba"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "numba":
        pytest.importorskip("numba")
    return request.param


def act(source: str, target: str, effect: Effect, **options) -> Edge:
    return Edge(source=source, target=target, effect=effect, **options)


def random_pathway(seed: int) -> Pathway:
    """Two ligands in a share of the cells, one in none, four species in a loop; drugs and alterations act anywhere."""
    rng = random.Random(seed)
    inner = ("A", "B", "C", "D")
    edges = [act(source, target, ON) for source, target in zip("LABC", "ABCD", strict=True)]
    edges += [act("D", "A", rng.choice([ON, OFF])), act("K", rng.choice(inner), rng.choice([ON, OFF]))]
    edges += [act("M", rng.choice("BD"), ON), act("C", "N", ON)]
    species = {name: Species(id=name, kind="ligand", share=rng.choice([0.3, 0.5, 0.8])) for name in ("L", "K")}
    species["M"] = Species(id="M", kind="ligand")
    species |= {name: Species(id=name, share=rng.choice([None, 0.4])) for name in inner}
    species["N"] = Species(id="N", kind="ligand")  # which the cells make themselves

    def action(agent: str) -> Edge:
        if rng.random() < 0.25:
            edge = rng.choice(edges)
            return Edge(source=agent, target=edge.target, effect=OFF, blocks=(edge.source, edge.target))
        return act(agent, rng.choice(list(species)), rng.choice([ON, OFF, OFF]), efficacy=rng.choice([None, None, 0.7]))

    return Pathway(
        name="letters",
        species=species,
        edges=tuple(edges),
        drugs={name: Drug(id=name, edges=(action(name), action(name))) for name in ("X", "Y")},
        alterations={name: Alteration(id=name, edges=(action(name),)) for name in ("P", "Q")},
    )


def random_scenario(rng: random.Random) -> Scenario:
    return Scenario(
        alterations=tuple(rng.sample("PQ", rng.choice([0, 0, 1, 2]))),
        ligands=tuple(rng.sample("LKMN", rng.choice([0, 0, 1, 2]))),
        drugs=tuple((name, rng.choice([1.0, 1.0, 0.4])) for name in rng.sample("XY", rng.choice([0, 1, 2]))),
        clamps=tuple((name, rng.getrandbits(1)) for name in rng.sample("LABC", rng.choice([0, 0, 1]))),
        inputs=rng.choice([None] * 9 + [0, 1]),
    )


def assert_alike(found: Readout, alone: Readout, what: object) -> None:
    for time in ("before", "early", "late"):
        one, other = getattr(found, time), getattr(alone, time)
        share = (one + other) / 2
        error = sqrt(max(share * (1 - share), 1 / CELLS) * 2 / CELLS)
        assert abs(one - other) < 4.8 * error, (what, time, one, other)


@cache
def each_alone(seed: int) -> tuple[Pathway, dict[Scenario, dict[str, Readout]]]:
    """A random pathway, and random scenarios of it, each asked alone."""
    pathway, rng = random_pathway(seed), random.Random(seed)
    scenarios = dict.fromkeys(random_scenario(rng) for _ in range(10))
    return pathway, {scenario: shares(pathway, [scenario], sampling=ALONE).values[scenario] for scenario in scenarios}


@pytest.mark.parametrize(("engine", "seed"), [("python", seed) for seed in range(8)] + [("numba", 0), ("numba", 4)])
def test_a_scenario_does_not_hang_on_its_neighbours(engine: Engine, seed: int, monkeypatch: pytest.MonkeyPatch):
    """On the shared clock, which many scenarios have, both engines hear the same (test_stochastic.py)."""
    if engine == "numba":
        pytest.importorskip("numba")
    monkeypatch.setattr(question, "ALONE", 1)  # as if there were many
    pathway, alone = each_alone(seed)
    together = shares(pathway, list(alone), sampling=Sampling(replicates=CELLS, engine=engine)).values
    for scenario in alone:
        for name in pathway.species:
            assert_alike(together[scenario][name], alone[scenario][name], (scenario, name))


def test_an_input_keeps_its_share_beside_a_scenario_that_sets_it_and_one_whose_drug_acts_on_it(engine: str):
    """L, on in half of the cells, turns B on; a drug on B was tested alone, another on L, and a medium with L."""
    pathway = Pathway(
        name="letters",
        species={"L": Species(id="L", kind="ligand", share=0.5), "B": Species(id="B")},
        edges=(act("L", "B", ON),),
        drugs={
            "on_B": Drug(id="on_B", edges=(act("on_B", "B", OFF),)),
            "on_L": Drug(id="on_L", edges=(act("on_L", "L", OFF),)),
        },
    )
    plain = Scenario(drugs=(("on_B", 1.0),))
    others = [Scenario(ligands=("L",)), Scenario(drugs=(("on_L", 1.0),)), Scenario(clamps=(("L", 1),))]
    for beside in ([], *([other] for other in others), others):
        found = shares(pathway, [plain, *beside], sampling=Sampling(replicates=CELLS, engine=engine)).values
        assert_alike(found[plain]["B"], Readout(0.5, 0, 0), beside)
        if others[1] in beside:
            assert_alike(found[others[1]]["B"], Readout(0.5, 0, 0), beside)
    assert NOTICEABLE < 0.5


def test_efficacies_that_agree_to_six_digits_are_two(engine: str):
    """One drug turns A off in 12 % of the cells, and B in a millionth less of them."""
    pathway = Pathway(
        name="letters",
        species={name: Species(id=name, initial=1) for name in ("I", "A", "B")},
        edges=(act("I", "A", ON), act("I", "B", ON)),
        drugs={"X": Drug(id="X", edges=(act("X", "A", OFF, efficacy=0.12), act("X", "B", OFF, efficacy=0.1199999999)))},
    )
    scenario = Scenario(drugs=(("X", 1.0),))
    for asked in ([scenario], [scenario, Scenario()]):
        values = shares(pathway, asked, sampling=Sampling(replicates=CELLS, engine=engine)).values[scenario]
        assert_alike(values["A"], Readout(1, 0.88, 0.88), "A")
        assert_alike(values["B"], Readout(1, 0.88, 0.88), "B")


@pytest.mark.parametrize("name", ["X[0.5]", "X given", "A=0", "L in the medium", "S given"])
def test_a_species_may_be_called_like_an_inner_helper(engine: str, name: str):
    pathway = Pathway(
        name="letters",
        species={"L": Species(id="L", kind="ligand", share=0.5), "A": Species(id="A"), "S": Species(id="S")}
        | {name: Species(id=name, initial=1)},
        edges=(act("L", "A", ON), act(name, "S", ON)),
        drugs={"X": Drug(id="X", edges=(act("X", "A", OFF, efficacy=0.5), act("X", "L", OFF)))},
    )
    treated, clamped = Scenario(drugs=(("X", 1.0),)), Scenario(clamps=(("A", 0),))
    found = shares(
        pathway, [treated, clamped, Scenario(clamps=(("S", 0),))], sampling=Sampling(replicates=CELLS, engine=engine)
    ).values
    assert_alike(found[clamped]["S"], Readout(1, 1, 1), name)
    assert found[treated][name] == Readout(1, 1, 1)
    assert_alike(found[treated]["A"], Readout(0.5, 0, 0), name)


def test_species_that_begin_together_and_have_own_rates_do_so_in_every_scenario(engine: str):
    """A and B exclude each other in the beginning, and keep themselves; C is slow to follow A."""
    pathway = Pathway(
        name="letters",
        species={
            "A": Species(id="A"),
            "B": Species(id="B"),
            "C": Species(id="C", rate_up=0.01, rate_down=1.0),
            "D": Species(id="D"),
        },
        edges=(act("A", "C", ON), act("A", "D", ON), act("B", "D", ON)),
        joint_starts=(JointStart(species=("A", "B"), weights={(1, 0): 0.3, (0, 1): 0.7}),),
        drugs={"X": Drug(id="X", edges=(act("X", "D", OFF),))},
    )
    after = 0.3 * (1 - 2.718281828**-1)  # 100 units of time at a rate of 1/100
    scenarios = [Scenario(), Scenario(drugs=(("X", 1.0),))]
    for scenario in (found := shares(pathway, scenarios, sampling=Sampling(replicates=CELLS))).values:
        values = found.values[scenario]
        assert_alike(values["A"], Readout(0.3, 0.3, 0.3), "A")
        assert_alike(values["B"], Readout(0.7, 0.7, 0.7), "B")
        assert values["D"].before == pytest.approx(1, abs=0.01)
        share = values["C"].before
        assert abs(share - after) < 4.5 * sqrt(after * (1 - after) / CELLS)


def test_a_scenario_has_the_same_shares_whatever_stands_beside_it():
    erbb = load("erbb")
    one = Scenario(alterations=("ERBB2_amp",), drugs=(("lapatinib", 1.0),), context="body")
    others = [replace(one, alterations=("ERBB2_amp", "PTEN_loss")), replace(one, drugs=())]
    alone = shares(erbb, [one], sampling=Sampling(replicates=10)).values[one]
    beside = shares(erbb, [*others, one], sampling=Sampling(replicates=10)).values[one]
    assert beside == {name: alone[name] for name in erbb.species}


@pytest.mark.parametrize("seed", range(2))
def test_a_dose_curve_is_what_each_dose_is_alone(seed: int):
    """Two scenarios are run for one drug, four for two, and mixed; each dose that is run by itself says the same."""
    pathway, doses = random_pathway(seed), (0.0, 0.3, 1.0)
    for varied, drugs in ((["X"], (("X", 1.0), ("Y", 0.5))), (["X", "Y"], (("X", 1.0), ("Y", 1.0)))):
        scenario = Scenario(alterations=("P",), drugs=drugs)
        curve, found = along_doses(pathway, scenario, varied, doses, sampling=Sampling(seed=seed, replicates=CELLS))
        assert len(found.values) == 2 ** len(varied)
        for dose, values in zip(doses, curve, strict=True):
            alone = replace(scenario, drugs=tuple((name, dose if name in varied else own) for name, own in drugs))
            expected = shares(pathway, [alone], sampling=Sampling(seed=seed + 50, replicates=CELLS)).values[alone]
            for name, readout in values.items():
                for time in ("before", "early", "late"):
                    assert abs(getattr(readout, time) - getattr(expected[name], time)) < 5 * sqrt(0.5 / CELLS)


def test_shares_are_those_of_the_species_whether_one_scenario_is_asked_for_or_several():
    pathway = random_pathway(1)
    treated = Scenario(drugs=((next(iter(pathway.drugs)), 1.0),))
    for asked in ([treated], [treated, Scenario()]):
        found = shares(pathway, asked, sampling=Sampling(replicates=5)).values
        assert all(values.keys() == pathway.species.keys() for values in found.values())


def test_each_drug_is_in_the_share_of_the_cells_that_its_dose_says():
    """Each for itself: both are where the product of the doses says."""
    mixed = full_doses(Scenario(drugs=(("x", 0.3), ("y", 0.4), ("z", 1.0))))
    given = {frozenset(name for name, _ in each.drugs): weight for weight, each in mixed}
    expected = {"z": 0.7 * 0.6, "xz": 0.3 * 0.6, "yz": 0.7 * 0.4, "xyz": 0.3 * 0.4}
    assert given == pytest.approx({frozenset(names): weight for names, weight in expected.items()})
    assert {dose for _, each in mixed for _, dose in each.drugs} == {1.0}
