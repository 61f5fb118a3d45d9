"""Which edges no cell hears: the source of each edge is held off and on, and what its target does is looked at.

An edge is heard where, in some kind of cells, the target moves the edge's way by more than `NOTICEABLE`, early or late,
when the source is held at the value that it does not have. Prints how many are, and the others with the most that came.

    python benchmarks/heard.py [--pathway erbb] [--replicates 600] [--seed 0]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from her2cli.loading import load
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.questions.shares import NOTICEABLE, Readout, shares
from her2cli.model import Pathway, Scenario

CELLS = (  # alterations, then ligands
    ("", ""),
    ("", "EGF"),
    ("", "NRG1"),
    ("ERBB2_amp", ""),
    ("ERBB2_amp", "NRG1"),
    ("ERBB2_amp PIK3CA_H1047R", ""),
    ("ERBB2_amp ESR1_on", ""),
    ("ESR1_on", ""),
    ("ESR1_on PIK3CA_E545K", ""),
    ("PIK3CA_H1047R", ""),
    ("PTEN_loss", ""),
    ("RAS_mut", ""),
    ("BRAF_V600E", ""),
    ("EGFR_amp", ""),
    ("EGFR_amp", "EGF"),
)
DRUGS = ("trastuzumab", "lapatinib")  # beside cells with much HER2


def tumours() -> Iterable[Scenario]:
    """The kinds of cells: normal ones and tumours, those with much HER2 also under each of `DRUGS`."""
    for alterations, ligands in CELLS:
        cells = Scenario(alterations=tuple(alterations.split()), ligands=tuple(ligands.split()))
        yield cells
        if "ERBB2_amp" in cells.alterations:
            yield from (replace(cells, drugs=((drug, 1.0),)) for drug in DRUGS)


def held(cells: Scenario, species: str, value: int) -> Scenario:
    """*cells* with *species* held at *value*."""
    return replace(cells, clamps=((species, value),))


def moved(free: Readout, now: Readout) -> tuple[float, float]:
    """How far a readout of a held scenario lies above that of the free one, early and late."""
    return now.early - free.early, now.late - free.late


def loudest(pathway: Pathway, sampling: Sampling) -> dict[str, float]:
    """By how much each edge (`A -> B`) is heard at most in some kind of cells; an edge to itself is left out."""
    kinds = list(tumours())
    scenarios = [*kinds, *(held(*each) for each in product(kinds, pathway.species, (0, 1)))]
    values = shares(pathway, scenarios, sampling=sampling).values
    return {
        f"{edge.source} {edge.effect.arrow} {edge.target}": max(
            edge.sign * (1 if value else -1) * by
            for tumour, value in product(kinds, (0, 1))
            for by in moved(values[tumour][edge.target], values[held(tumour, edge.source, value)][edge.target])
        )
        for edge in pathway.edges
        if edge.source != edge.target
    }


def main(arguments: Iterable[str]) -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pathway", default="erbb")
    options.add_argument("--replicates", type=int, default=600)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args(list(arguments))
    most = loudest(load(asked.pathway), Sampling(replicates=asked.replicates, seed=asked.seed))
    silent = {name: by for name, by in most.items() if by <= NOTICEABLE}
    kinds = len(list(tumours()))
    print(f"{len(most) - len(silent)} of {len(most)} edges are heard in some of {kinds} kinds of cells; not these:")
    for name, by in sorted(silent.items(), key=lambda each: each[1]):
        print(f"{by:.3f}\t{name}")


if __name__ == "__main__":
    main(sys.argv[1:])
