"""How much the network hangs on each edge: every edge is removed in turn, and the experiments are run again.

Prints, most telling first, how many experiments change their direction without the edge, and then the edges without
which none does, by what keeps them (`reason`). An edge that a rule spells out is removed by silencing its source in
that rule.

    python benchmarks/robustness.py [--pathway erbb] [--replicates 200] [--seed 0]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import replace

from heard import loudest

from her2cli.expression import ZERO, parse, substitute, text, variables
from her2cli.loading import load
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.shares import NOTICEABLE
from her2cli.model import Edge, Pathway, Rule
from her2cli.studies.experiments import validate


def without(pathway: Pathway, edge: Edge) -> Pathway:
    """*pathway* in which *edge* does not act."""
    edges = tuple(other for other in pathway.edges if other is not edge)
    rule = pathway.rules.get(edge.target)
    if rule is None:
        return replace(pathway, edges=edges)
    silenced = text(substitute(parse(rule.text), {edge.source: ZERO}))
    rules = {**pathway.rules, edge.target: Rule(target=edge.target, text=silenced, note=rule.note)}
    return replace(pathway, edges=edges, rules=rules)


def directions(pathway: Pathway, *, replicates: int, seed: int) -> tuple[dict[str, str], int]:
    """The direction of every experiment, and how many of those that count agree."""
    report = validate(pathway, pathway.experiments.values(), sampling=Sampling(replicates=replicates, seed=seed))
    return {row.experiment.id: row.got for row in report.rows}, report.agree


def reason(pathway: Pathway, edge: Edge, heard: bool) -> str:
    """What keeps an edge without which no experiment changes: the first of these that holds."""
    rule = pathway.rules.get(edge.target)
    if rule is not None and edge.source not in variables(parse(rule.text)):
        return "known, and left out by the rule, whose note says why"
    if heard:
        return "heard in some kind of cells when its source is held (benchmarks/heard.py)"
    if pathway.species[edge.source].share is not None:
        return "marks the cells of a share, which nothing holds"
    if pathway.species[edge.source].kind in ("ligand", "state", "context", "cell state"):
        return "a ligand or context that these experiments do not use, or only beside what suffices"
    return "acts beside another edge that suffices"


def main(arguments: Iterable[str]) -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pathway", default="erbb")
    options.add_argument("--replicates", type=int, default=200)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args(list(arguments))
    pathway = load(asked.pathway)
    started = time.perf_counter()
    before, agree = directions(pathway, replicates=asked.replicates, seed=asked.seed)
    print(f"{len(pathway.edges)} edges; {agree} experiments agree with all of them", file=sys.stderr)
    found = []
    for number, edge in enumerate(pathway.edges, start=1):
        print(f"\r{number}/{len(pathway.edges)}", end="", file=sys.stderr)
        after, left = directions(without(pathway, edge), replicates=asked.replicates, seed=asked.seed)
        changed = sorted(name for name in before if before[name] != after[name])
        found.append((len(changed), agree - left, f"{edge.source} {edge.effect.arrow} {edge.target}", changed))
    print(f"\r{time.perf_counter() - started:.0f} s", file=sys.stderr)
    print("changed\tlost\tedge\texperiments")
    for count, lost, name, changed in sorted(found, key=lambda item: (-item[0], item[2])):
        if count:
            print(f"{count}\t{lost}\t{name}\t{' '.join(changed)}")
    silent = {name for count, _, name, _ in found if not count}
    heard = loudest(pathway, Sampling(replicates=asked.replicates, seed=asked.seed))
    kept: dict[str, list[str]] = {}
    for edge in pathway.edges:
        if (name := f"{edge.source} {edge.effect.arrow} {edge.target}") in silent:
            kept.setdefault(reason(pathway, edge, heard.get(name, 0) > NOTICEABLE), []).append(name)
    print(f"\n{len(silent)} edges without which no experiment changes:")
    for why, names in sorted(kept.items(), key=lambda each: -len(each[1])):
        print(f"\n{len(names)}: {why}\n" + "\n".join(sorted(names)))


if __name__ == "__main__":
    main(sys.argv[1:])
