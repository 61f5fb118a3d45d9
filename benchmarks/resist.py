"""Control of minimal trap spaces against bonesis and biodivine-aeon, on the same questions, in one run, and the sets.

    python benchmarks/resist.py [--drugs lapatinib] [--models bbm024,bbm092] [--size 3] [--seconds 60] [--aeon]
                                [--into FILE [--for 100]]

A question: the smallest sets, of at most --size species held on or off, after which a readout is as asked in all
minimal trap spaces. Of `erbb` it is asked under each drug, in its default tumour, for the first goal that the drug
moves; of the published models in ../shared/interop, where they are there, of the species with the most upstream, on,
inputs at 0. bonesis (CeCILL, a test tool) answers by `reprogramming.trapspace_reprogramming`. Each side answers in a
process of its own, and gets the rules in its own form; processor time counts, of which each has --seconds, and the
ratio is that of bonesis over ours. biodivine-aeon's permanent control of a phenotype is of asynchronous attractors, so
its sets need not be the same, though they are on the published models here; it takes part in these, with --aeon.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from her2cli.expression import Const, Expression, Var, substitute, text, variables
from her2cli.formats import load
from her2cli.logic.network import build
from her2cli.logic.network.scenario import acting, prepare
from her2cli.logic.questions.control import Change, controls
from her2cli.model import Scenario
from her2cli.studies.resist import _asked

MODELS = Path(__file__).resolve().parents[2] / "shared" / "interop" / "models"

Sets = set[frozenset[tuple[str, int]]]


def ours(rules: Mapping[str, Expression], readout: str, value: int, size: int, free: list[str]) -> Sets:
    changes = [Change(name=name, species=name, value=held) for name in free for held in (0, 1)]
    found = controls(rules, readout, value, changes, size=size)
    return {frozenset((changes[n].species, changes[n].value) for n in each) for each in found.sets}


def theirs(rules: Mapping[str, Expression], readout: str, value: int, size: int, free: list[str]) -> Sets:
    from bonesis.reprogramming import trapspace_reprogramming
    from colomoto import minibn

    plain = {name: f"v{number}" for number, name in enumerate(rules)}  # it cannot read all names
    back = {short: name for name, short in plain.items()}
    known = {name: Var(short) for name, short in plain.items()}
    network = minibn.BooleanNetwork(
        {plain[name]: text(substitute(rule, known), symbols=True) for name, rule in rules.items()}
    )
    kept = [plain[name] for name in rules if name not in free]
    found = trapspace_reprogramming(network, {plain[readout]: value}, size, exclude=kept)
    sets = {frozenset((back[short], held) for short, held in each.items()) for each in found}
    return {each for each in sets if not any(other < each for other in sets)}


def aeons(rules: Mapping[str, Expression], readout: str, value: int, size: int, free: list[str]) -> Sets:
    import biodivine_aeon as aeon

    constants = {0: "false", 1: "true"}
    lines = [
        f"{name}, {constants[rule.value] if isinstance(rule, Const) else text(rule, symbols=True)}"
        for name, rule in rules.items()
    ]
    network = aeon.BooleanNetwork.from_bnet("\n".join(["targets, factors", *lines, ""]), repair_graph=True)
    graph = aeon.AsynchronousPerturbationGraph(network, perturb=free)
    phenotype = graph.mk_subspace_vertices({readout: value})
    found = aeon.Control.phenotype_permanent(graph, phenotype, size_limit=size).perturbations()
    sets = {frozenset((key, int(held)) for key, held in each.perturbed_named_dict().items()) for each in found.items()}
    return {each for each in sets if not any(other < each for other in sets)}


def run(side: Any, question: tuple[Any, ...], seconds: float, answer: Any) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (a peer tells its progress)
    os.dup2(sys.stdout.fileno(), 2)
    begin = time.process_time()
    found = side(*question)
    answer.send((time.process_time() - begin, found))


def timed(side: Any, question: tuple[Any, ...], seconds: float) -> tuple[float, Sets | None]:
    """Processor seconds and the sets; infinity and None where it takes longer than *seconds*."""
    receive, send = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=run, args=(side, question, seconds, send))
    process.start()
    send.close()
    try:
        found: tuple[float, Sets | None] = receive.recv()
    except EOFError:  # its time is up
        found = math.inf, None
    process.join()
    if process.exitcode not in (0, -signal.SIGXCPU, -signal.SIGKILL):
        raise RuntimeError(f"{side.__name__} ended with {process.exitcode}: that is no answer, and no lack of time")
    return found


def upstream(rules: Mapping[str, Expression], readout: str) -> dict[str, Expression]:
    """The rules of all that can act on the readout."""
    kept, stack = {readout}, [readout]
    while stack:
        for name in variables(rules[stack.pop()]):
            if name not in kept:
                kept.add(name)
                stack.append(name)
    return {name: rule for name, rule in rules.items() if name in kept}


def questions(args: argparse.Namespace) -> dict[str, tuple[Any, ...]]:
    found: dict[str, tuple[Any, ...]] = {}
    pathway = load("erbb")
    for drug in args.drugs or acting(pathway, pathway.drugs):
        scenario = Scenario(alterations=pathway.default_alterations, drugs=((drug, 1.0),), context=pathway.context)
        readout, value = _asked(pathway, scenario, "")
        network = prepare(pathway, scenario).treated
        inputs = set(network.inputs)
        rules = {n: Const(network.initial[n]) if n in inputs else rule for n, rule in network.rules.items()}
        rules = upstream(rules, readout)
        free = [name for name in rules if name in pathway.species and name != readout]
        found[f"erbb {drug}"] = rules, readout, value, args.size, free
    for name in args.models:
        paths = sorted(MODELS.glob(f"{name}*.bnet"))
        if not paths:
            print(f"no model {name} in {MODELS}", file=sys.stderr)
            continue
        built = build(load(str(paths[0])))
        rules = {n: Const(0) if n in built.inputs else rule for n, rule in built.rules.items()}
        readout = max(rules, key=lambda each: (len(upstream(rules, each)), not built.dependents[each]))
        rules = upstream(rules, readout)
        free = [name for name in rules if name != readout and name not in built.inputs]
        found[name] = rules, readout, 1, args.size, free
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drugs", type=lambda words: words.split(","), default=None)
    parser.add_argument(
        "--models", type=lambda words: words.split(","), default=["bbm024", "bbm074", "bbm092", "bbm154", "bbm163"]
    )
    parser.add_argument("--size", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--aeon", action="store_true")
    parser.add_argument("--into", type=Path)
    parser.add_argument("--for", dest="until", type=float, default=math.inf)
    args = parser.parse_args()
    begin = time.monotonic()
    lines = args.into.read_text().splitlines() if args.into and args.into.exists() else []
    ratios = [min(float(line[59:68]), args.seconds) / float(line[50:58]) for line in lines]
    done = {line[:34].rstrip() for line in lines}
    print(f"{'question':34} {'species':>7} {'sets':>6} {'her2 s':>8} {'bonesis s':>9} {'ratio':>7}  same  aeon")
    for name, question in questions(args).items():
        if name in done:
            continue
        if time.monotonic() - begin > args.until:
            print("there are more questions; run it again")
            break
        own, sets = timed(ours, question, args.seconds)
        other, their_sets = timed(theirs, question, args.seconds)
        ratio = other / own if own < math.inf else 0.0
        if own < math.inf:
            ratios.append(min(other, args.seconds) / own)
        same = "-" if sets is None or their_sets is None else "yes" if sets == their_sets else "NO"
        count = "-" if sets is None else str(len(sets))
        third = ""
        if args.aeon and not name.startswith("erbb"):
            needed, third_sets = timed(aeons, question, args.seconds)
            third = "-" if third_sets is None else f"{needed:.3f} s, {'same' if third_sets == sets else 'OTHERS'}"
        line = f"{name:34} {len(question[0]):7} {count:>6} {own:8.3f} {other:9.3f} {ratio:7.1f}  {same:4}  {third}"
        print(line, flush=True)
        if args.into:
            with args.into.open("a") as file:
                print(line, file=file)
    if ratios:
        middle = math.exp(sum(map(math.log, ratios)) / len(ratios))
        print(f"geometric mean of the ratios, a stopped peer counted at its limit: {middle:.1f}")


if __name__ == "__main__":
    main()
