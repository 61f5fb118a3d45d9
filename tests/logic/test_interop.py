"""41 published networks: attractors against two independent engines, probabilities against MaBoSS and exact ones.

Their synchronous runs are in test_synchronous.py.
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import math
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from her2cli.formats import bnet
from her2cli.logic.ends.attractors import attractors, fixed_points, minimal_trap_spaces
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.runs.stochastic import probabilities, screen

INTEROP = Path(__file__).resolve().parents[3] / "shared" / "interop"


def table(name: str) -> list[dict[str, str]]:
    path = INTEROP / name
    return list(csv.DictReader(path.read_text().splitlines(), delimiter="\t")) if path.exists() else []


@cache
def expected() -> dict[str, list[dict[str, str]]]:
    """The probabilities of each run."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in table("maboss_expected.tsv"):
        found.setdefault(row["run"], []).append(row)
    return found


ROWS = [pytest.param(row, id=f"{row['name']}-{row['input_value']}") for row in table("expected.tsv")]


@cache
def network(file: str) -> BooleanNetwork:
    return bnet.read_network((INTEROP / "models" / file).read_text())


def sha16(states: Iterable[str]) -> str:
    return hashlib.sha256(("\n".join(sorted(states)) + "\n").encode()).hexdigest()[:16]


def inputs_of(row: dict[str, str]) -> int:
    return 0 if row["input_value"] == "-" else int(row["input_value"])


@pytest.mark.parametrize("row", ROWS)
def test_fixed_points_agree(row: dict[str, str]):
    found = fixed_points(network(row["file"]), inputs=inputs_of(row))
    assert (found.count, sha16(found.states)) == (int(row["fixed_points"]), row["fp_sha16"])


@pytest.mark.parametrize("row", ROWS)
def test_minimal_trap_spaces_and_asynchronous_attractors_agree(row: dict[str, str]):
    """One after the other, as the search for attractors begins with the trap spaces, which are then known."""
    found = minimal_trap_spaces(network(row["file"]), inputs=inputs_of(row))
    assert (found.count, sha16(found.states)) == (int(row["minimal_trap_spaces"]), row["mts_sha16"])
    if row["async_attractors"]:  # of one network it is not given
        found = attractors(network(row["file"]), inputs=inputs_of(row))
        assert (found.count, found.cyclic) == (int(row["async_attractors"]), int(row["async_cyclic"]))


def rows_that_tell(column: str, *but: str) -> list[Any]:
    """Those with an entry there, each network once, and without those whose names begin so."""
    return [
        pytest.param(row, id=row["name"])
        for row in table("expected.tsv")
        if row[column] and row["input_value"] != "1" and not row["name"].startswith(but)
    ]


@pytest.mark.parametrize("row", rows_that_tell("free_inputs_fixed_points"))
def test_fixed_points_with_free_inputs_are_counted_without_listing_them(row: dict[str, str]):
    found = fixed_points(network(row["file"]), limit=3)
    assert found.count == int(row["free_inputs_fixed_points"])
    assert len(found.states) == min(3, found.count)


SECONDS = ("bbm092", "bbm197", "bbm206", "pbn_selvaggio")  # is what these take


@pytest.mark.parametrize("row", rows_that_tell("free_inputs_mts", *SECONDS))
def test_minimal_trap_spaces_with_free_inputs_are_counted(row: dict[str, str]):
    assert minimal_trap_spaces(network(row["file"]), limit=3).count == int(row["free_inputs_mts"])


CELLS = {
    ("python", "independent"): 1_000,
    ("numba", "independent"): 5_000,
    ("python", "shared"): 400,
    ("numba", "shared"): 100,
}


@pytest.mark.parametrize("clock", ["independent", "shared"])
@pytest.mark.parametrize("engine", ["python", "numba"])
@pytest.mark.parametrize("run", [pytest.param(row, id=row["run"]) for row in table("maboss_runs.tsv")])
def test_probabilities_agree_with_maboss_or_the_exact_ones(run: dict[str, str], engine: str, clock: str):
    if engine == "numba":
        pytest.importorskip("numba")
    net = network(Path(run["file"]).name)
    values = (pair.split("=") for pair in run["input_values"].split(";") if pair)
    given = {name: int(value) for name, value in values}
    net = dataclasses.replace(net, initial={**net.initial, **given}, chances={**net.chances, **given})
    rows = expected()[run["run"]]
    times = sorted({float(row["time"]) for row in rows})
    # The law and its rates are asked for in test_stochastic.py, and that both engines hear the same shared rings.
    replicates = CELLS[engine, clock]
    start = "random" if run["init"] == "random" else "zero"
    asked = {"start": start, "times": times, "sampling": Sampling(replicates=replicates, seed=3, engine=engine)}
    if clock == "independent":
        share = probabilities(net, **asked).probability
    else:
        share = partial(screen(net, [{}], **asked).probability, 0)
    samples = int(run["sample_count"])
    for row in rows:
        ours = share(row["node"], float(row["time"]))
        assert z_score(ours, replicates, row, samples) < 4.5, (row["node"], row["time"], ours, row)


def z_score(ours: float, replicates: int, row: dict[str, str], samples: int) -> float:
    """Standard errors between our share and the exact or sampled one; a handful of cells more or less is never many."""
    if row["exact"]:
        expected = float(row["exact"])
        variance = expected * (1 - expected) / replicates
    else:
        expected = float(row["prob"])
        mean = (expected * samples + ours * replicates) / (samples + replicates)
        variance = mean * (1 - mean) * (1 / replicates + 1 / samples)
    return abs(ours - expected) / math.sqrt(max(variance, (1 / replicates) ** 2))
