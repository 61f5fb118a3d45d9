"""Attractors against biodivine-aeon and mpbn called directly, on the same networks, in one run.

    python benchmarks/attractors.py [--models bbm] [--text] [--slow]
    python benchmarks/attractors.py --generated 2000,10000,100000

Each side begins with the network in memory in its own form, or with --text at the text of a BNET file, and ends with
the sorted strings of all answers. The sides take turns; the least processor time of up to twenty turns counts. The
ratio is our time over that of the quicker peer: below 1 we are quicker. mpbn (CeCILL, a test tool) takes part where it
is installed. Needs the published models in ../shared/interop. --slow adds what takes more than five seconds.

--generated asks for the first fixed point and the first minimal trap space of large networks, against mpbn, each a
whole process at a BNET file, once: species with two or three regulators each, drawn evenly, or scale-free ones, where
the number of regulators and how often a species is one follow power laws. The limit on files is raised for these.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import math
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import methodcaller
from pathlib import Path
from typing import Any

import biodivine_aeon

from her2cli.expression import Const, text
from her2cli.formats import bnet
from her2cli.logic.ends import attractors as ours
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


def in_turn(questions: Mapping[str, Callable[[], Any]]) -> tuple[dict[str, float], dict[str, Any]]:
    """For each side the least processor time of up to twenty turns, and the answer. A side has half a second for all.

    The sides take turns, so that a machine that slows down for a while slows down all of them.
    """
    times: dict[str, list[float]] = {side: [] for side in questions}
    answers = {}
    for _ in range(20):
        for side, question in questions.items():
            if sum(times[side]) < 0.5:
                begin = time.process_time()
                answers[side] = question()
                times[side].append(time.process_time() - begin)
    return {side: min(each) for side, each in times.items()}, answers


def set_inputs(network: BooleanNetwork, value: str) -> BooleanNetwork:
    """*network* with all inputs constant, as every side gets it."""
    constants = {name: Const(int(value)) for name in network.inputs} if value != "-" else {}
    return dataclasses.replace(network, rules={**network.rules, **constants})


def text_of(network: BooleanNetwork) -> str:
    return "".join(f"{name}, {text(network.rules[name], symbols=True)}\n" for name in sorted(network.species))


def aeon_text(network: BooleanNetwork) -> str:
    """The network as biodivine-aeon reads BNET."""
    constants = {"0": "false", "1": "true"}
    lines = (line.split(", ", 1) for line in text_of(network).splitlines())
    return "targets, factors\n" + "".join(f"{name}, {constants.get(rule, rule)}\n" for name, rule in lines)


def aeon_model(content: str) -> Any:
    """Read with regulations repaired: some published models have inert ones, which are an error otherwise."""
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


def mpbn_strings(states: Any) -> list[str]:
    return sorted("".join(str(state[name]) for name in sorted(state)) for state in states)


QUESTIONS: dict[str, tuple[Callable[..., ours.Found], Callable[[Any], list[str]], str]] = {
    "fixed points": (ours.fixed_points, aeon_fixed_points, "fixedpoints"),
    "minimal trap spaces": (ours.minimal_trap_spaces, aeon_trap_spaces, "attractors"),
    "attractors": (ours.attractors, aeon_attractors, ""),
}


def measured(question: str, row: dict[str, str], *, from_text: bool) -> float:
    """Our time over the quicker peer's, for one question on one network; a line is printed."""
    ask, aeon, method = QUESTIONS[question]
    network = set_inputs(bnet.read_network((INTEROP / "models" / row["file"]).read_text()), row["input_value"])
    sides: dict[str, tuple[Callable[[str], Any], str, Callable[[Any], list[str]]]] = {
        "her2": (bnet.read_network, text_of(network), lambda model: list(ask(model).states)),
        "aeon": (aeon_model, aeon_text(network), aeon),
    }
    if mpbn is not None and method:
        states = methodcaller(method)
        sides["mpbn"] = (mpbn.MPBooleanNetwork, text_of(network), lambda model: mpbn_strings(states(model)))
    times, found = in_turn(
        {
            side: partial(_whole, read, content, answer) if from_text else partial(answer, read(content))
            for side, (read, content, answer) in sides.items()
        }
    )
    peer = min(times.keys() - {"her2"}, key=lambda side: times[side])
    ratio = times["her2"] / times[peer]
    line = f"{times['her2'] * 1e3:9.2f} ms, {peer} {times[peer] * 1e3:9.2f} ms, ratio {ratio:6.2f}"
    name = f"{row['name'][:36]:36} inputs {row['input_value']}"
    same = all(each == found["her2"] for each in found.values())
    print(f"{question:20} {name}: {len(found['her2']):4} in {line}{'' if same else '   DIFFERENT ANSWERS'}", flush=True)
    return ratio


def _whole(read: Callable[[str], Any], content: str, answer: Callable[[Any], list[str]]) -> list[str]:
    return answer(read(content))


def generated(kind: str, count: int) -> str:
    """A BNET text of so many species, the same whenever it is asked for."""
    rng = random.Random(f"{kind} {count}")
    names = [f"s{number}" for number in range(count)]
    weights = list(accumulate((number + 1) ** -0.8 for number in range(count)))
    order = rng.sample(names, count)
    lines = ["targets, factors"]
    for name in names:
        if kind == "even":
            some = rng.sample(names, rng.choice((2, 3)))
            rule = rng.choice(("", "!")) + some[0]
            for source in some[1:]:
                rule = f"({rule}) {rng.choice('&|')} {rng.choice(('', '!'))}{source}"
        else:
            some = list(dict.fromkeys(rng.choices(order, cum_weights=weights, k=min(int(rng.paretovariate(1.5)), 50))))
            signs = [rng.random() < 0.5 for _ in some]
            on, off = (
                [source for source, sign in zip(some, signs, strict=True) if sign is kept] for kept in (True, False)
            )
            parts = [f"({' | '.join(on)})"] if on else []
            rule = " & ".join([*parts, f"!({' | '.join(off)})"] if off else parts)
        lines.append(f"{name}, {rule}")
    return "\n".join([*lines, ""])


def process_time(command: Sequence[str]) -> float:
    """Processor seconds of a whole process."""
    before = os.times()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, "HER2_MAX_FILE_MB": "200"})
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compare_generated(counts: Sequence[int]) -> int:
    installed, peer = (Path(sys.executable).with_name(name) for name in ("her2", "mpbn"))
    her2 = [str(installed)] if installed.exists() else [sys.executable, "-m", "her2cli"]
    for count in counts:
        for kind in ("even", "scale-free"):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "network.bnet"
                path.write_text(generated(kind, count))
                for only, word in (("trap-spaces", "attractors"), ("fixed-points", "fixedpoints")):
                    own = process_time([*her2, "attractors", "-p", str(path), "--only", only, "--limit", "1", "--json"])
                    line = f"{count:8,} {kind:10} {only:12}: {own:7.2f} s"
                    if peer.exists():
                        other = process_time([str(peer), "--limit", "1", str(path), word])
                        line += f", mpbn {other:7.2f} s, ratio {own / other:5.2f}"
                    print(line, flush=True)
    return 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="", help="only networks whose name begins so")
    parser.add_argument("--text", action="store_true", help="begin at the text of a BNET file")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--generated", default="", metavar="SPECIES", help="networks of so many species instead")
    options = parser.parse_args(arguments)
    if options.generated:
        return compare_generated([int(count) for count in options.generated.split(",")])
    if not INTEROP.is_dir():
        print(f"needs the published models in {INTEROP}, which are not part of the project", file=sys.stderr)
        return 2
    rows = list(csv.DictReader((INTEROP / "expected.tsv").read_text().splitlines(), delimiter="\t"))
    rows = [row for row in rows if row["name"].startswith(options.models)]
    for question in QUESTIONS:
        ratios = []
        for row in rows:
            if options.slow or (question, row["name"].split("_")[0], row["input_value"]) not in SLOW:
                ratios.append(measured(question, row, from_text=options.text))
        if ratios:
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            over = sum(ratio > 1.1 for ratio in ratios)
            print(f"{question}: geometric mean {mean:.2f}, largest {max(ratios):.2f}, {over} of {len(ratios)} over 1.1")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
