"""Makes what `network.settled` reads: a wheel is built with the default tumours settled, by the engine in Python."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from her2cli.logic.network import BooleanNetwork
from her2cli.logic.network.phases import Phase, stages
from her2cli.logic.network.sampling import Sampling
from her2cli.logic.network.scenario import prepare
from her2cli.logic.network.settled import SettledCells, written
from her2cli.logic.questions.shares import SETTLED
from her2cli.logic.questions.sweeps import CELLS, swept
from her2cli.logic.runs.gillespie import Gillespie
from her2cli.model import Pathway, Scenario


def files(pathway: Pathway, sampling: Sampling) -> dict[str, str]:
    """The name and text of each file for *pathway*: its default tumour, and the normal cell, in the default context."""
    tumours: Sequence[tuple[str, ...]] = (pathway.default_alterations, ())
    made = (prepare(pathway, Scenario(alterations=each, context=pathway.context)) for each in dict.fromkeys(tumours))
    return dict(written(each.untreated, _settled(each.untreated, sampling), CELLS) for each in made)


def _settled(network: BooleanNetwork, sampling: Sampling) -> SettledCells:
    (stage,) = stages([Phase(network=network, times=(SETTLED,))], "file")
    drawn, random = Gillespie([stage]), Random(f"{sampling.seed}:0")  # as the first block of cells has it
    _, on = drawn.follow(sampling.replicates, random)
    return SettledCells(
        SETTLED, sampling.seed, sampling.replicates, on, drawn.possible, random.getstate(), swept(network)
    )
