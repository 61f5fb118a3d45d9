"""Cells that settled when the wheel was built: answers are the same with them, and no other question uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from her2cli.loading import load, load_text
from her2cli.logic.network import settled as module
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.network.settled import settled
from her2cli.logic.questions import settling
from her2cli.logic.questions.responses import Response, respond
from her2cli.logic.questions.shares import shares
from her2cli.logic.questions.simulation import over_time
from her2cli.logic.questions.sweeps import sweep, swept
from her2cli.model import Pathway, Scenario

CELLS, SEED = 20, 0
SAMPLING = Sampling(replicates=CELLS, seed=SEED)


@cache
def pathway(name: str) -> Pathway:
    return load(name)


def scenario(name: str, *drugs: str, **changed) -> Scenario:
    known = pathway(name)
    tumour = Scenario(alterations=known.default_alterations, context=known.context)
    return replace(tumour, **{"drugs": tuple((drug, 1.0) for drug in drugs), **changed})


def fresh(name: str) -> Pathway:
    """The same pathway as another object: of an object that was asked before, the last answers are kept."""
    return replace(pathway(name))


@cache
def made(name: str) -> dict[str, str]:
    return settling.files(pathway(name), SAMPLING)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Puts the files for both pathways where a wheel has them."""

    def put() -> Path:
        for file, text in {**made("erbb"), **made("her2")}.items():
            (tmp_path / file).write_text(text, "utf-8")
        monkeypatch.setattr(module, "FOLDER", str(tmp_path))
        return tmp_path

    monkeypatch.setattr(module, "FOLDER", str(tmp_path / "none"))
    return put


ASKED = {
    "a drug": ("erbb", {"drugs": (("lapatinib", 1.0),)}),
    "two drugs, one at half of its dose": ("her2", {"drugs": (("trastuzumab", 1.0), ("lapatinib", 0.5))}),
    "a species held": ("her2", {"clamps": (("AKT", 0),)}),
    "nothing, beside the normal cell": ("erbb", {}),
    "another tumour": ("her2", {"alterations": ("P95HER2_up",), "drugs": (("lapatinib", 1.0),)}),
    "another context": ("erbb", {"context": "culture", "drugs": (("lapatinib", 1.0),)}),
    "inputs set": ("her2", {"inputs": 1, "drugs": (("lapatinib", 1.0),)}),
    "the article's network": ("her2", {"drugs": (("trastuzumab", 1.0),)}),
}


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_is_the_same_to_the_bit_with_settled_cells_and_without(asked: str, kept: Callable[[], Path]):
    name, changed = ASKED[asked]

    def answer() -> Response:
        return respond(fresh(name), scenario(name, **changed), sampling=SAMPLING)

    without = answer()
    kept()
    assert answer() == without


def test_a_time_course_is_the_same_to_the_bit_with_settled_cells_and_without(kept: Callable[[], Path]):
    def answer() -> object:
        found = over_time(fresh("erbb"), scenario("erbb", "lapatinib"), sampling=SAMPLING)
        return found.values, found.probabilities

    without = answer()
    kept()
    assert answer() == without


@pytest.mark.parametrize("drug", ["lapatinib", "trastuzumab", "alpelisib"])
def test_any_drug_finds_the_default_tumour_settled(drug: str, kept: Callable[[], Path]):
    kept()
    found = settled(prepare(fresh("erbb"), scenario("erbb", drug)).untreated)
    assert found is not None
    assert (found.cells, found.seed) == (CELLS, SEED)


def test_settled_cells_are_used_where_they_are_asked_for_and_nowhere_else(kept: Callable[[], Path]):
    """Files in which every cell has everything on show who reads them."""
    folder = kept()
    for path in folder.iterdir():
        content = json.loads(path.read_text("utf-8"))
        content["species"] = dict.fromkeys(content["species"], ("f" * 15, 1, "f" * 128))
        path.write_text(json.dumps(content), "utf-8")

    def before(asked: Scenario, **options) -> set[float]:
        found = shares(fresh("her2"), [asked], sampling=replace(SAMPLING, **options)).values[asked]
        return {found[name].before for name in pathway("her2").readouts}

    treated = scenario("her2", "lapatinib")
    assert before(treated) == {1.0}
    assert all(sweep(prepare(fresh("her2"), treated))["before"][name] for name in pathway("her2").readouts)
    for other in ({"seed": 1}, {"replicates": 61}):
        assert before(treated, **other) != {1.0}
    for changed in ({"alterations": ("P95HER2_up",)}, {"ligands": ("EGF",)}, {"inputs": 0}):
        assert before(replace(treated, **changed)) != {1.0}, changed


CHANGES = {
    "a rule": ("{B: A,", "{B: not A,"),
    "an edge": ("effect: activates", "effect: inhibits"),
    "a beginning": ("C: {initial: '1'}", "C: {}"),
    "a share": ("share: '0.5'", "share: '0.4'"),
    "a speed": ("D: {speed: slow}", "D: {}"),
    "a rate": ("rate_up: '2'", "rate_up: '3'"),
    "the rate of a state": ("rate: '5'", "rate: '6'"),
    "which way a rate goes": ("direction: up", "direction: down"),
    "where a rate holds": ("where: C", "where: not C"),
    "what begins together": ("'11': '0.5', '00': '0.5'", "'11': '0.4', '00': '0.6'"),
    "the order of the species": ("E: {}, F: {}", "F: {}, E: {}"),
}
OWN = """schema: 1
name: own
species: {A: {share: '0.5'}, B: {}, C: {initial: '1'}, D: {speed: slow}, E: {}, F: {}, G: {rate_up: '2'}, H: {}, I: {}}
edges:
  - {source: A, target: D, effect: activates}
rules: {B: A, E: A, F: A, G: A}
joint_starts: [{species: [H, I], weights: {'11': '0.5', '00': '0.5'}}]
state_rates: [{species: B, direction: up, rate: '5', where: C}]
"""


@pytest.mark.parametrize("change", CHANGES)
def test_a_network_that_was_changed_in_anything_is_not_the_one_that_settled(change: str, kept: Callable[[], Path]):
    kept()
    folder = Path(module.FOLDER)
    for file, text in settling.files(load_text(OWN), SAMPLING).items():
        (folder / file).write_text(text, "utf-8")
    old, new = CHANGES[change]
    assert OWN.count(old) == 1
    assert settled(prepare(load_text(OWN), Scenario()).untreated) is not None
    assert settled(prepare(load_text(OWN.replace(old, new)), Scenario()).untreated) is None


def test_a_network_in_which_a_species_begins_as_another_does_is_not_the_one_that_settled(kept: Callable[[], Path]):
    kept()
    for file, text in settling.files(load_text(OWN), SAMPLING).items():
        (Path(module.FOLDER) / file).write_text(text, "utf-8")
    network = prepare(load_text(OWN), Scenario()).untreated
    assert settled(network) is not None
    assert settled(replace(network, begins_with={"E": "A"})) is None


def test_a_file_of_that_name_about_another_network_is_not_believed(kept: Callable[[], Path]):
    for path in kept().iterdir():
        content = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(content | {"of": content["of"] + "\n"}), "utf-8")
    assert settled(prepare(fresh("erbb"), scenario("erbb")).untreated) is None


def test_the_cells_that_tell_reasons_are_kept_as_they_settle(kept: Callable[[], Path]):
    kept()
    network = prepare(fresh("erbb"), scenario("erbb", "lapatinib")).untreated
    found = settled(network)
    assert found is not None
    assert found.swept == swept(network)
