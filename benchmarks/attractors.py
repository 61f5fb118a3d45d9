"""Attractors against biodivine-aeon and mpbn called directly, on the same networks, in one run.

    python benchmarks/attractors.py [--models bbm] [--slow]

Each side begins with the network in memory in its own form and ends with the sorted strings of all answers; the best
of a few runs counts. The ratio is our time over that of the quicker peer: below 1 we are quicker. mpbn (CeCILL, a test
tool) takes part where it is installed. Needs the published models in ../shared/interop. --slow adds what takes more
than five seconds.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import biodivine_aeon

from her2cli.expression import Const, text
from her2cli.formats import bnet
from her2cli.logic import attractors as ours
from her2cli.logic.network import BooleanNetwork

try:
    import mpbn
except ImportError:
    mpbn = None

INTEROP = Path(__file__).resolve().parents[2] / "shared" / "interop"
SLOW = {
    ("minimal trap spaces", "bbm284", "0"),
    ("attractors", "bbm284", "0"),
    ("attractors", "bbm284", "1"),
    ("attractors", "bbm207", "0"),
    ("attractors", "bbm197", "0"),
}
MARK = {True: "1", False: "0", None: "*"}


def best(question: Callable[[], Any]) -> tuple[float, Any]:
    """The shortest time of up to five runs within half a second, and the answer."""
    times: list[float] = []
    while len(times) < 5 and sum(times) < 0.5:
        begin = time.perf_counter()
        answer = question()
        times.append(time.perf_counter() - begin)
    return min(times), answer


def set_inputs(network: BooleanNetwork, value: str) -> BooleanNetwork:
    """*network* with all inputs constant, as every side gets it."""
    constants = {name: Const(int(value)) for name in network.inputs} if value != "-" else {}
    return dataclasses.replace(network, rules={**network.rules, **constants})


def text_of(network: BooleanNetwork) -> str:
    return "".join(f"{name}, {text(network.rules[name], symbols=True)}\n" for name in sorted(network.species))


def aeon_model(network: BooleanNetwork) -> Any:
    """The network as biodivine-aeon reads it, with its regulations repaired."""
    constants = {"0": "false", "1": "true"}
    lines = (line.split(", ", 1) for line in text_of(network).splitlines())
    content = "targets, factors\n" + "".join(f"{name}, {constants.get(rule, rule)}\n" for name, rule in lines)
    return biodivine_aeon.BooleanNetwork.from_bnet(content, repair_graph=True)


def aeon_fixed_points(model: Any) -> list[str]:
    graph = biodivine_aeon.AsynchronousGraph(model)
    points = biodivine_aeon.FixedPoints.symbolic(graph).vertices()
    return sorted("".join(MARK[value] for value in point.values()) for point in points.items())


def aeon_trap_spaces(model: Any) -> list[str]:
    context = biodivine_aeon.SymbolicSpaceContext(model)
    graph = biodivine_aeon.AsynchronousGraph(model, context)
    spaces = biodivine_aeon.TrapSpaces.minimal_symbolic(context, graph).spaces()
    return sorted("".join(MARK[value] for value in space.values()) for space in spaces.items())


def aeon_attractors(model: Any) -> list[str]:
    graph = biodivine_aeon.AsynchronousGraph(model)
    found = []
    for attractor in biodivine_aeon.Attractors.attractors(graph):
        hull = attractor.vertices().enclosing_named_subspace()
        found.append("".join(MARK[hull.get(name)] for name in graph.network_variable_names()))
    return sorted(found)


def mpbn_strings(network: BooleanNetwork, states: Any) -> list[str]:
    marks = {0: "0", 1: "1", "*": "*"}
    return sorted("".join(marks[state[name]] for name in sorted(network.species)) for state in states)


QUESTIONS: dict[str, tuple[Callable[..., ours.Found], Callable[[Any], list[str]], str]] = {
    "fixed points": (ours.fixed_points, aeon_fixed_points, "fixedpoints"),
    "minimal trap spaces": (ours.minimal_trap_spaces, aeon_trap_spaces, "attractors"),
    "attractors": (ours.attractors, aeon_attractors, ""),
}


def measured(question: str, row: dict[str, str]) -> float:
    """Our time over the quicker peer's, for one question on one network; a line is printed."""
    ask, aeon, method = QUESTIONS[question]
    network = set_inputs(bnet.read_network((INTEROP / "models" / row["file"]).read_text()), row["input_value"])
    model = aeon_model(network)
    seconds, found = best(lambda: list(ask(network).states))
    peers = {}
    peers["aeon"], expected = best(lambda: aeon(model))
    if mpbn is not None and method:
        other = mpbn.MPBooleanNetwork({name: text(rule, symbols=True) for name, rule in network.rules.items()})
        peers["mpbn"], _ = best(lambda: mpbn_strings(network, getattr(other, method)()))
    peer = min(peers, key=lambda name: peers[name])
    ratio = seconds / peers[peer]
    times = f"{seconds * 1e3:9.2f} ms, {peer} {peers[peer] * 1e3:9.2f} ms, ratio {ratio:6.2f}"
    name = f"{row['name'][:36]:36} inputs {row['input_value']}"
    print(f"{question:20} {name}: {len(found):4} in {times}{'' if found == expected else '   DIFFERENT ANSWERS'}")
    return ratio


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="", help="only networks whose name begins so")
    parser.add_argument("--slow", action="store_true")
    options = parser.parse_args(arguments)
    if not INTEROP.is_dir():
        print(f"needs the published models in {INTEROP}, which are not part of the project", file=sys.stderr)
        return 2
    rows = list(csv.DictReader((INTEROP / "expected.tsv").read_text().splitlines(), delimiter="\t"))
    rows = [row for row in rows if row["name"].startswith(options.models)]
    for question in QUESTIONS:
        ratios = []
        for row in rows:
            if options.slow or (question, row["name"].split("_")[0], row["input_value"]) not in SLOW:
                ratios.append(measured(question, row))
        if ratios:
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            over = sum(ratio > 1.1 for ratio in ratios)
            print(f"{question}: geometric mean {mean:.2f}, largest {max(ratios):.2f}, {over} of {len(ratios)} over 1.1")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
