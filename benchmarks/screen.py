"""A large screen against MaBoSS (cmaboss): all drug pairs x all alteration pairs of erbb, on one core, in one run.

    python benchmarks/screen.py [--replicates 1000] [--alterations 6,13,26] [--engines python,numba] [--maboss 5]

39 drugs and 26 alterations, drawn once of all that act, have 741 x 325 = 240,825 pairs of pairs; the screen adds the
1,067 references without a drug or an alteration. With several numbers of --alterations, each of which is a run, it is
seen whether memory and rate are flat. Each run has a process of its own, and its peak memory is that of its process,
pathway and imports included. Our side asks `studies.screen` for all readouts before, early and late, and ranks them.
MaBoSS gets as many scenarios as it can in --maboss seconds, each under treatment alone and for half the time of our
last phase, which is a fifth of what we simulate. What counts are scenarios times cells in a second of processor time.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

import stochastic

from her2cli.expression import Var, substitute
from her2cli.formats import load
from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import acting, prepare
from her2cli.model import Scenario
from her2cli.studies.screen import Scenarios, axes, screen

DRUGS = 39  # as many as there were when the aim was set: 741 pairs


def asked(alterations: int) -> tuple[Any, Scenario, list[str]]:
    """The pathway, the tumour, and what is screened along: all pairs of some drugs and of so many alterations."""
    pathway = load("erbb")
    others = [name for name in acting(pathway, pathway.alterations) if name not in pathway.default_alterations]
    base = Scenario(alterations=pathway.default_alterations, context=pathway.context)
    rng = Random(1)
    drugs = rng.sample(list(acting(pathway, pathway.drugs)), DRUGS)
    chosen = rng.sample(others, len(others))[:alterations]
    return pathway, base, [f"alteration-pairs={','.join(chosen)}", f"pairs={','.join(drugs)}"]


def ours(alterations: int, replicates: int, engine: Any) -> tuple[float, int]:
    pathway, base, along = asked(alterations)
    if engine == "numba":  # kernels are loaded, or compiled once and for all, before the clock starts
        screen(pathway, base, ["drugs"], sampling=Sampling(replicates=10, engine=engine))
    begin = time.process_time()
    found = screen(pathway, base, along, sampling=Sampling(replicates=replicates, engine=engine))
    assert found is not None
    return time.process_time() - begin, len(found)


def theirs(alterations: int, replicates: int, seconds: Any) -> tuple[float, int]:
    pathway, base, along = asked(alterations)
    every = Scenarios(base=base, axes=axes(pathway, base, along))
    rng, done, spent = Random(1), 0, 0.0
    while spent < seconds:
        network = renamed(prepare(pathway, every[rng.randrange(len(every))]).treated)
        begin = time.process_time()
        stochastic.maboss(network, {}, replicates)
        spent += time.process_time() - begin
        done += 1
    return spent, done


def renamed(network: BooleanNetwork) -> BooleanNetwork:
    """*network* with names that MaBoSS can read."""
    names = {name: f"s{number}" for number, name in enumerate(network.species)}
    terms = {name: Var(new) for name, new in names.items()}
    return BooleanNetwork(
        species=tuple(names.values()),
        rules={names[name]: substitute(rule, terms) for name, rule in network.rules.items()},
        initial={names[name]: value for name, value in network.initial.items()},
    )


def run(side: Callable[..., tuple[float, int]], given: tuple[Any, ...], answer: Any) -> None:
    found = side(*given)
    answer.send((*found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3))


def alone(side: Callable[..., tuple[float, int]], *given: Any) -> tuple[float, int, float]:
    """Processor seconds, scenarios and peak megabytes of a process of its own."""
    receive, send = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=run, args=(side, given, send))
    process.start()
    send.close()
    found: tuple[float, int, float] = receive.recv()
    process.join()
    return found


def main() -> None:
    def numbers(text: str) -> list[int]:
        return [int(word) for word in text.split(",")]

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--alterations", type=numbers, default=[6, 13, 26])
    parser.add_argument("--engines", type=lambda words: words.split(","), default=["python", "numba"])
    parser.add_argument("--maboss", type=float, default=5)
    args = parser.parse_args()
    print(f"{'side':8} {'scenarios':>10} {'seconds':>9} {'scenario-cells/s':>17} {'peak MB':>8} {'ratio':>8}")
    base = 0.0
    try:
        seconds, count, memory = alone(theirs, max(args.alterations), args.replicates, args.maboss)
        base = count * args.replicates / seconds
        print(f"{'cmaboss':8} {count:10,} {seconds:9.1f} {base:17,.0f} {memory:8.0f} {1:8}", flush=True)
    except EOFError:
        print("cmaboss is not installed", file=sys.stderr)
    for engine in args.engines:
        for alterations in args.alterations:
            seconds, count, memory = alone(ours, alterations, args.replicates, engine)
            rate = count * args.replicates / seconds
            ratio = f"{rate / base:8,.0f}" if base else "       -"
            print(f"{engine:8} {count:10,} {seconds:9.1f} {rate:17,.0f} {memory:8.0f} {ratio}", flush=True)


if __name__ == "__main__":
    main()
