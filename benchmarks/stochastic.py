"""The stochastic engines against MaBoSS (cmaboss), on one core, in one run, with the probabilities compared.

    python benchmarks/stochastic.py [--models bbm038,bbm143] [--replicates 10000] [--scenarios 1000] [--sample 4]

Needs `pip install --pre cmaboss` and the published models in ../shared/interop. MaBoSS runs a sample of the screen's
scenarios, and its time is scaled to all of them; every other time is measured in full. Kernels are compiled, and
imports done, before any clock starts. The largest |z| compares the probabilities of all species at the end.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import math
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from her2cli.expression import Var, text
from her2cli.formats import bnet
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.stochastic import Engine, probabilities, screen

MODELS = Path(__file__).resolve().parents[2] / "shared" / "interop" / "models"
TIME = 50.0
SEED = 20
ENGINES: tuple[Engine, ...] = ("python", "numba")


def timed(question: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one core, and the answer."""
    begin = time.process_time()
    answer = question()
    return time.process_time() - begin, answer


def maboss(network: BooleanNetwork, held: Mapping[str, int], replicates: int) -> dict[str, float]:
    """The probabilities of all species at the end, by MaBoSS in its quickest mode."""
    # One build for each size of network; the smallest that fits is the quickest.
    size = next(size for size in (64, 128, 256, 512, 1024) if len(network.species) <= size)
    cmaboss = importlib.import_module("cmaboss" if size == 64 else f"cmaboss_{size}n")
    nodes, states = [], []
    for name in network.species:
        rule = network.rules[name]
        if rule == Var(name) or name in held:
            nodes.append(f"node {name} {{ logic = {name}; rate_up = 0; rate_down = 0; }}")
        else:
            logic = text(rule, symbols=True)
            nodes.append(f"node {name} {{ logic = {logic}; rate_up = @logic ? 1 : 0; rate_down = @logic ? 0 : 1; }}")
        value = held.get(name, network.initial[name] if rule == Var(name) else 0)
        states.append(f"{name}.istate = {value};")
    options = (
        f"sample_count = {replicates}; max_time = {TIME}; time_tick = {TIME}; discrete_time = 0; thread_count = 1;"
    )
    options += f" use_physrandgen = FALSE; seed_pseudorandom = {SEED}; statdist_traj_count = 0;"
    simulation = cmaboss.MaBoSSSim(network_str="\n".join(nodes), config_str="\n".join([*states, options]))
    values, _, names = simulation.run(only_last_state=True).get_last_nodes_probtraj()
    return dict.fromkeys(network.species, 0.0) | {name: float(p) for name, p in zip(names, values[0], strict=True)}


def z_score(one: float, other: float, replicates: int) -> float:
    """How many standard errors two shares of *replicates* cells each are apart."""
    mean = (one + other) / 2
    return abs(one - other) / math.sqrt(max(mean * (1 - mean), 1 / replicates) * 2 / replicates)


def scenarios_of(network: BooleanNetwork, count: int) -> list[dict[str, int]]:
    """Random inputs, and one to three species held on or off: the same for every run of this benchmark."""
    random = Random(SEED)
    inputs = set(network.inputs)
    moving = [name for name in network.species if name not in inputs]
    return [
        {name: random.getrandbits(1) for name in network.inputs}
        | {name: random.getrandbits(1) for name in random.sample(moving, random.randint(1, 3))}
        for _ in range(count)
    ]


def one_scenario(name: str, network: BooleanNetwork, replicates: int) -> None:
    """One scenario: zero start, all inputs on, independent clocks."""
    reference, expected = timed(lambda: maboss(network, {}, replicates))
    print(f"{name}: one scenario x {replicates:,}: MaBoSS {reference:.2f} s")
    for engine in ENGINES:
        seconds, course = timed(
            lambda engine=engine: probabilities(network, times=[TIME], replicates=replicates, seed=SEED, engine=engine)
        )
        worst = max(z_score(expected[species], course.probability(species), replicates) for species in expected)
        print(f"    {engine:6} {seconds:9.3f} s  {reference / seconds:9.1f} x MaBoSS   largest |z| {worst:.2f}")


def whole_screen(name: str, network: BooleanNetwork, count: int, replicates: int, sample: int) -> None:
    """A screen on the shared clock, against MaBoSS one scenario after the other."""
    scenarios = scenarios_of(network, count)
    chosen = range(0, count, max(1, count // sample))
    seconds, expected = timed(lambda: [maboss(network, scenarios[number], replicates) for number in chosen])
    reference = seconds / len(chosen) * count
    print(f"{name}: screen {count:,} x {replicates:,}: MaBoSS {reference:,.0f} s (scaled from {len(chosen)} scenarios)")
    for engine in ENGINES:
        seconds, found = timed(
            lambda engine=engine: screen(
                network, scenarios, times=[TIME], replicates=replicates, seed=SEED, engine=engine
            )
        )
        worst = max(
            z_score(probability, found.probability(number, species), replicates)
            for number, row in zip(chosen, expected, strict=True)
            for species, probability in row.items()
        )
        print(f"    {engine:6} {seconds:9.3f} s  {reference / seconds:9.1f} x MaBoSS   largest |z| {worst:.2f}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="bbm038,bbm143,bbm018,bbm284,bbm260")
    parser.add_argument("--replicates", type=int, default=10_000, help="of the one scenario; the screen has a tenth")
    parser.add_argument("--scenarios", type=int, default=1000)
    parser.add_argument("--sample", type=int, default=4, help="scenarios that MaBoSS runs")
    options = parser.parse_args(arguments)
    if not MODELS.is_dir():
        print(f"needs the published models in {MODELS}, which are not part of the project", file=sys.stderr)
        return 2
    for engine in ENGINES:
        tiny = bnet.read_network("A, !A\nB, A")
        probabilities(tiny, times=[1.0], engine=engine)
        screen(tiny, [{}], times=[1.0], engine=engine)
    for prefix in options.models.split(","):
        (file,) = sorted(MODELS.glob(f"{prefix}*.bnet"))
        network = bnet.read_network(file.read_text())
        network = dataclasses.replace(
            network, initial=dict.fromkeys(network.species, 0) | dict.fromkeys(network.inputs, 1)
        )
        one_scenario(f"{prefix} ({len(network.species)} species)", network, options.replicates)
        whole_screen(prefix, network, options.scenarios, max(1, options.replicates // 10), options.sample)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
