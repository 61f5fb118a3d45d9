"""What each layer of `logic` earns: the questions that a person waits for, with all layers, and without one of them.

    python benchmarks/layers.py [--layers chain,lanes] [--questions share,screen] [--turns 3] [--seconds 60]

Each answer is had in a process of its own, and its processor time counts, imports and loading not. Both sides take
turns, and the least of each counts. A layer that makes none of the questions 1.5 times quicker has no reason to be
there; where one is wanted for an answer and not for its time, the reason stands beside it. A question that takes more
than --seconds without a layer is stopped there.

The given networks are those of ../shared/interop, where they are there.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from her2cli.logic.network.sampling import Sampling

INTEROP = Path(__file__).resolve().parents[2] / "shared" / "interop"
SLOW = ("bbm284", "bbm207", "bbm197")  # whose attractors take more than five seconds in any way

Patch = Any


# --- the questions --------------------------------------------------------------------------------------------------


def share() -> Callable[[], object]:
    """`her2 simulate --drug lapatinib`: shares of 500 cells and the chains behind them, from a pathway just loaded."""
    from her2cli.formats import load
    from her2cli.logic.questions.responses import respond
    from her2cli.model import Scenario

    pathway = load("erbb")
    asked = Scenario(alterations=pathway.default_alterations, drugs=(("lapatinib", 1.0),), context=pathway.context)
    return lambda: respond(pathway, asked, sampling=Sampling(replicates=500))


def _screen(scenarios: int, replicates: int, engine: Any) -> Callable[[], object]:
    from her2cli.formats import load
    from her2cli.logic.network.scenario import acting
    from her2cli.logic.questions.shares import tallied
    from her2cli.model import Scenario

    pathway = load("erbb")
    drugs = acting(pathway, pathway.drugs)
    tumours = [name for name in acting(pathway, pathway.alterations) if name not in pathway.default_alterations]
    cases = (
        Scenario(
            alterations=(*pathway.default_alterations, *pair),
            drugs=tuple((drug, 1.0) for drug in given),
            context=pathway.context,
        )
        for pair, given in product(combinations(tumours, 2), combinations(drugs, 2))
    )
    rows = list(islice(cases, scenarios))
    if engine == "numba":
        few = Sampling(replicates=2, engine=engine)
        tallied(pathway, rows[:2], pathway.readouts, sampling=few)  # loads the kernels
    return lambda: tallied(pathway, rows, pathway.readouts, sampling=Sampling(replicates=replicates, engine=engine))


def screen() -> Callable[[], object]:
    """10^5 scenarios of pairs of drugs in pairs of alterations, in plain Python, 8 cells each."""
    return _screen(100_000, 8, "python")


def fast() -> Callable[[], object]:
    """The same under Numba, with 300 cells each, as `her2 screen` has them."""
    return _screen(100_000, 300, "numba")


def ends() -> Callable[[], object]:
    """Fixed points, trap spaces, attractors of the given networks; of erbb with free inputs the first two."""
    from her2cli.errors import LimitError
    from her2cli.expression import Const
    from her2cli.formats import bnet, load
    from her2cli.logic.ends.attractors import attractors, fixed_points, minimal_trap_spaces
    from her2cli.logic.network.scenario import prepare
    from her2cli.model import Scenario

    networks = []
    for row in csv.DictReader((INTEROP / "expected.tsv").read_text().splitlines(), delimiter="\t"):
        network = bnet.read_network((INTEROP / "models" / row["file"]).read_text())
        value = row["input_value"]
        constants = {name: Const(int(value)) for name in network.inputs} if value != "-" else {}
        networks.append((row["name"], dataclasses.replace(network, rules={**network.rules, **constants})))

    pathway = load("erbb")
    tumour = Scenario(alterations=pathway.default_alterations, context=pathway.context)
    networks.append(("erbb", prepare(pathway, tumour).treated))

    def asked() -> None:
        for name, network in networks:
            for question in (fixed_points, minimal_trap_spaces, attractors):
                if question is not attractors or not name.startswith((*SLOW, "erbb")):
                    try:
                        question(network, limit=20)
                    except LimitError:
                        print(f"{question.__name__} of {name}: not answered", file=sys.stderr)

    return asked


def why() -> Callable[[], object]:
    """`her2 explain AKT --drug lapatinib`: reasons and all sets of three that would flip it."""
    from her2cli.formats import load
    from her2cli.logic.questions.reasons import explain_scenario
    from her2cli.model import Scenario

    pathway = load("erbb")
    asked = Scenario(alterations=pathway.default_alterations, drugs=(("lapatinib", 1.0),), context=pathway.context)
    return lambda: [explain_scenario(pathway, asked, name) for name in ("AKT", "PROLIFERATION")]


def large() -> Callable[[], object]:
    """2,000 random species, two regulators each: 100 cells followed, and the trap spaces."""
    from her2cli.logic.ends.attractors import minimal_trap_spaces
    from her2cli.logic.network import from_rules
    from her2cli.logic.runs.stochastic import probabilities

    random = Random(1)
    names = [f"s{number}" for number in range(2_000)]
    rules = {}
    for name in names:
        one, other = random.sample(names, 2)
        rules[name] = f"{one} {random.choice(('and', 'or'))} {random.choice(('', 'not '))}{other}"
    network = from_rules(rules)

    def asked() -> None:
        probabilities(network, times=[10.0], start="random", sampling=Sampling(replicates=20))
        minimal_trap_spaces(network, limit=1)

    return asked


QUESTIONS = {each.__name__: each for each in (share, screen, fast, ends, why, large)}


# --- the layers, each as what is done where it is not there -----------------------------------------------------------


def _of(name: str, value: object) -> Patch:
    return patch(f"her2cli.logic.{name}", value)


def _nothing_kept() -> Patch:
    from her2cli.logic.runs import gillespie

    kept = gillespie._Turns
    missing = kept.__missing__

    def forgetting(self: Any, around: int) -> Any:
        found = missing(self, around)
        del self[around]
        return found

    return patch.object(kept, "__missing__", forgetting)


def _all_may_change() -> Patch:
    def every(stages: Any, allowed: Any, free: Any, lanes: int, after: Any = ()) -> list[list[int]]:
        return [list(allowed) for _ in stages]

    return _of("runs.gillespie.possible", every)


def _all_matter() -> Patch:
    from her2cli.logic.lanes import distinct

    told = distinct._told

    def every(stages: Any, possible: Any, counted: Any, lanes: int) -> Any:
        rows, _ = told(stages, possible, range(len(possible[0]) // 2), lanes)
        return rows, [frozenset(stage.moving) for stage in stages]

    return patch.object(distinct, "_told", every)


def _one_by_one() -> Patch:
    from her2cli.logic.questions import flips, reasons

    def ends(network: Any, state: Any, species: str, trials: Sequence[Any], frozen_slow: bool = False) -> Any:
        alone = [flips.ends(network, state, species, [trial], frozen_slow=frozen_slow) for trial in trials]
        on, off = (sum(getattr(each, kind) << index for index, each in enumerate(alone)) for kind in ("on", "off"))
        return flips.Ends(on, off)

    return patch.object(reasons, "ends", ends)


def _all_feedback(rules: Mapping[str, Any]) -> list[Any]:
    from her2cli.logic.ends.feedback import Part

    return [Part(list(rules), [])]


LAYERS: dict[str, tuple[str, Callable[[], Patch]]] = {
    "rules kept as read": ("expression.py", lambda: patch("her2cli.expression._SHORT", -1)),
    "common factors": ("network/programs.py", lambda: _of("network.programs._FACTOR_LIMIT", -1)),
    "cells: tables of what turns": ("runs/gillespie.py", _nothing_kept),
    "cells: chosen by halves": ("runs/gillespie.py", lambda: _of("runs.gillespie._FEW", 10**9)),
    "cells: what may change": ("runs/gillespie.py", _all_may_change),
    "cells under Numba": ("runs/gillespie_numba.py", lambda: _of("lanes.has_numba", lambda: False)),
    "lanes": ("lanes/", lambda: _of("lanes.suits", lambda stages: False)),
    "lanes: equal scenarios once": ("lanes/distinct.py", lambda: _of("lanes.distinct._SHARING_PAYS", -1)),
    "lanes: what matters": ("lanes/distinct.py", _all_matter),
    "lanes under Numba": ("lanes/kernels.py", lambda: _of("lanes.need_numba", _python)),
    "states walked": ("ends/state_graph.py", lambda: _of("ends.attractors.STATES_LIMIT", -1)),
    "answer sets": ("ends/answer_sets.py", lambda: _of("ends.answer_sets.rows", lambda *_: None)),
    "feedback": ("ends/feedback.py", lambda: _of("ends.feedback.parts_of", _all_feedback)),
    "none outside": ("ends/outside.py", lambda: _of("ends.attractors._none_outside", lambda *_: False)),
    "constants passed on": (
        "ends/attractors.py",
        lambda: _of("ends.attractors.percolated", lambda rules, held: dict(held)),
    ),
    "trials as lanes": ("questions/flips.py", _one_by_one),
}


def _python() -> None:
    raise SystemExit("without Numba this is the question `screen`")


# --- measured -------------------------------------------------------------------------------------------------------


def once(question: str, layer: str) -> float:
    """The processor time of one answer, in this process."""
    asked = QUESTIONS[question]()
    with LAYERS[layer][1]() if layer else patch("builtins.print", print):
        begin = time.process_time()
        asked()
        return time.process_time() - begin


def timed(question: str, layer: str, seconds: float) -> float | None:
    """The same in a process of its own; None where it takes too long, or cannot be had so."""
    command = [sys.executable, __file__, "--once", question, layer]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return float("nan")
    if "not answered" in done.stderr:
        print(f"{layer or 'all'}: {done.stderr.count('not answered')} not answered", file=sys.stderr)
    return float(done.stdout)


def rows(questions: Sequence[str], layers: Sequence[str], turns: int, seconds: float) -> Iterator[str]:
    for question in questions:
        for layer in layers:
            pairs = [(timed(question, "", seconds), timed(question, layer, seconds)) for _ in range(turns)]
            with_, without = ([each for each in side if each is not None] for side in zip(*pairs, strict=True))
            one, other = (f"{min(side):8.3f} s" if side else f"over {seconds:.0f} s" for side in (with_, without))
            ratio = f"{min(without) / min(with_):7.2f}" if with_ and without else ""
            yield f"{question:7} {layer:32} {one} {other} {ratio}"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", default="", help="those whose names begin so")
    parser.add_argument("--questions", default=",".join(QUESTIONS))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.once:
        print(once(*options.once))
        return 0
    layers = [name for name in LAYERS if name.startswith(tuple(options.layers.split(",")))]
    for row in rows(options.questions.split(","), layers, options.turns, options.seconds):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
