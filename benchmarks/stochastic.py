"""The stochastic engines against MaBoSS (cmaboss), on one core, in one run, with the probabilities compared.

    python benchmarks/stochastic.py [--models bbm038,bbm143] [--replicates 10000] [--scenarios 1000] [--seconds 20]

Needs `pip install --pre cmaboss` and the published models in ../shared/interop. MaBoSS runs as many of the screen's
scenarios as it can in the seconds that it is given, all of them where it can, and its time is scaled to all: some take
it ten times as long as others, so of few the mean would be a guess; its standard error is printed. All sides take
turns, five to twenty, so that a machine that slows down for a while slows down all of them; means count for a screen,
medians for one scenario. Kernels are compiled, and imports done, before any clock starts; a network is prepared at its
first use, by MaBoSS at each. The largest |z| compares the probabilities of all species at the end.
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
from statistics import mean, median, stdev
from typing import Any

from her2cli.expression import Var, text
from her2cli.formats import bnet
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.runs.stochastic import Course, Engine, Screen, probabilities, screen

MODELS = Path(__file__).resolve().parents[2] / "shared" / "interop" / "models"
TIME = 50.0
SEED = 20
TURNS = 5
MOST_TURNS = 20
ENGINES: tuple[Engine, ...] = ("python", "numba")


def in_turn(questions: Mapping[str, Callable[[int], Any]], turns: int) -> dict[str, tuple[list[float], list[Any]]]:
    """For each question the seconds of one core, and the answers, by turn. A question is told the turn's number."""
    times: dict[str, list[float]] = {name: [] for name in questions}
    answers: dict[str, list[Any]] = {name: [] for name in questions}
    for turn in range(turns):
        for name, question in questions.items():
            begin = time.process_time()
            answers[name].append(question(turn))
            times[name].append(time.process_time() - begin)
    return {name: (seconds, answers[name]) for name, seconds in times.items()}


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

    def ours(engine: Engine) -> Callable[[int], Course]:
        return lambda _: probabilities(
            network, times=[TIME], sampling=Sampling(replicates=replicates, seed=SEED, engine=engine)
        )

    found = in_turn(
        {"MaBoSS": lambda _: maboss(network, {}, replicates)} | {engine: ours(engine) for engine in ENGINES}, TURNS
    )
    reference, expected = median(found["MaBoSS"][0]), found["MaBoSS"][1][0]
    print(f"{name}: one scenario x {replicates:,}: MaBoSS {reference:.3f} s")
    for engine in ENGINES:
        seconds, course = median(found[engine][0]), found[engine][1][0]
        worst = max(z_score(expected[species], course.probability(species), replicates) for species in expected)
        print(f"    {engine:6} {seconds:9.4f} s  {reference / seconds:9.1f} x MaBoSS   largest |z| {worst:.2f}")


def whole_screen(name: str, network: BooleanNetwork, count: int, replicates: int, seconds: float) -> None:
    """A screen on the shared clock, against MaBoSS one scenario after the other."""
    scenarios = scenarios_of(network, count)
    spent: list[float] = []  # by MaBoSS, for each scenario that it ran

    def theirs(turn: int) -> dict[int, dict[str, float]]:
        begin, rows = time.process_time(), {}
        for number in range(turn, count, turns):
            before = time.process_time()
            if before - begin > seconds / turns:
                break
            rows[number] = maboss(network, scenarios[number], replicates)
            spent.append(time.process_time() - before)
        return rows

    def ours(engine: Engine) -> Callable[[int], Screen]:
        return lambda _: screen(
            network, scenarios, times=[TIME], sampling=Sampling(replicates=replicates, seed=SEED, engine=engine)
        )

    begin = time.process_time()
    ours("python")(0)
    turns = max(TURNS, min(MOST_TURNS, int(10 / (time.process_time() - begin))))
    found = in_turn({"MaBoSS": theirs} | {engine: ours(engine) for engine in ENGINES}, turns)
    expected = {number: row for rows in found["MaBoSS"][1] for number, row in rows.items()}
    reference = mean(spent) * count
    doubt = stdev(spent) / math.sqrt(len(spent)) * count * math.sqrt(1 - len(spent) / count)
    print(
        f"{name}: screen {count:,} x {replicates:,}: MaBoSS {reference:,.1f} s, give or take {doubt:,.1f} "
        f"({len(spent)} scenarios)"
    )
    for engine in ENGINES:
        used, answer = mean(found[engine][0]), found[engine][1][0]
        worst = max(
            z_score(probability, answer.probability(number, species), replicates)
            for number, row in expected.items()
            for species, probability in row.items()
        )
        print(f"    {engine:6} {used:9.4f} s  {reference / used:9.1f} x MaBoSS   largest |z| {worst:.2f}")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="bbm038,bbm143,bbm018,bbm284,bbm260")
    parser.add_argument("--replicates", type=int, default=10_000, help="of the one scenario; the screen has a tenth")
    parser.add_argument("--scenarios", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=20.0, help="that MaBoSS may take for a screen's scenarios")
    options = parser.parse_args(arguments)
    if not MODELS.is_dir():
        print(f"needs the published models in {MODELS}, which are not part of the project", file=sys.stderr)
        return 2
    for engine in ENGINES:
        tiny = bnet.read_network("A, !A\nB, A")
        probabilities(tiny, times=[1.0], sampling=Sampling(engine=engine))
        screen(tiny, [{}], times=[1.0], sampling=Sampling(engine=engine))
    for prefix in options.models.split(","):
        (file,) = sorted(MODELS.glob(f"{prefix}*.bnet"))
        network = bnet.read_network(file.read_text())
        network = dataclasses.replace(
            network, initial=dict.fromkeys(network.species, 0) | dict.fromkeys(network.inputs, 1)
        )
        one_scenario(f"{prefix} ({len(network.species)} species)", network, options.replicates)
        whole_screen(prefix, network, options.scenarios, max(1, options.replicates // 10), options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
