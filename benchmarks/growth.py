"""How time grows with species, scenarios and replicates; the slope of a doubling is printed (1 is linear).

    python benchmarks/growth.py [--engine python]

Random networks of two to three regulators a species, seeded; nothing but the project is needed.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from random import Random

from her2cli.logic.ends.attractors import fixed_points
from her2cli.logic.network import BooleanNetwork, from_rules
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.runs.stochastic import Engine, probabilities, screen


def random_network(species: int) -> BooleanNetwork:
    """A network whose tenth of inputs drives a random, mostly activating rest."""
    random = Random(species)
    names = [f"S{number}" for number in range(species)]
    rules = {name: name for name in names[: species // 10]}
    for name in names[species // 10 :]:
        terms = [random.choice(["", "", "not "]) + random.choice(names) for _ in range(random.choice([2, 3]))]
        rules[name] = random.choice([" and ", " or "]).join(terms)
    return from_rules(rules, initial=dict.fromkeys(names[: species // 10], 1))


def seconds(question: Callable[[], object]) -> float:
    begin = time.perf_counter()
    question()
    return time.perf_counter() - begin


def report(title: str, sizes: Sequence[int], question: Callable[[int], Callable[[], object]]) -> None:
    """Print the time at each size, and the slope between neighbours on logarithmic scales."""
    print(title)
    before: tuple[int, float] | None = None
    for size in sizes:
        taken = seconds(question(size))
        slope = ""
        if before is not None:
            slope = f"   slope {math.log(taken / before[1]) / math.log(size / before[0]):5.2f}"
        print(f"    {size:>9,} {taken:10.4f} s{slope}")
        before = size, taken


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["python", "numba"], default="python")
    engine: Engine = parser.parse_args(arguments).engine
    small = random_network(50)
    probabilities(small, times=[1.0], sampling=Sampling(replicates=10, engine=engine))
    screen(small, [{}], times=[1.0], sampling=Sampling(replicates=10, engine=engine))
    sizes = (20, 50, 100, 200, 500, 1000, 2000)

    def one(size: int) -> Callable[[], object]:
        network = random_network(size)
        return lambda: probabilities(network, times=[20.0], sampling=Sampling(replicates=1000, engine=engine))

    def many(size: int) -> Callable[[], object]:
        network = random_network(size)
        scenarios = [{name: number >> place & 1 for place, name in enumerate(network.inputs)} for number in range(100)]
        return lambda: screen(network, scenarios, times=[20.0], sampling=Sampling(replicates=100, engine=engine))

    def points(size: int) -> Callable[[], object]:
        network = random_network(size)
        return lambda: fixed_points(network, inputs=1, limit=10)

    def scenarios(count: int) -> Callable[[], object]:
        held = [{name: number >> place & 1 for place, name in enumerate(small.inputs)} for number in range(count)]
        readout = small.species[-1:]
        return lambda: screen(
            small, held, times=[20.0], species=readout, sampling=Sampling(replicates=20, engine=engine)
        )

    def replicates(count: int) -> Callable[[], object]:
        return lambda: probabilities(small, times=[20.0], sampling=Sampling(replicates=count, engine=engine))

    report(f"species, one scenario x 1,000 replicates, {engine}", sizes, one)
    report(f"species, screen of 100 x 100, {engine}", sizes, many)
    report("species, fixed points with inputs 1", sizes[:5], points)
    report(
        f"scenarios x 20 replicates, 50 species, {engine}", (1, 10, 100, 1000, 10_000, 100_000, 1_000_000), scenarios
    )
    counts = (100, 1000, 10_000, 100_000, 1_000_000)
    report(f"replicates of one scenario, 50 species, {engine}", counts, replicates)
    print("peak memory of Python objects while running, by replicates")
    for count in counts[1:-1]:
        tracemalloc.start()
        replicates(count)()
        print(f"    {count:>9,} {tracemalloc.get_traced_memory()[1] / 1e6:10.2f} MB")
        tracemalloc.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
