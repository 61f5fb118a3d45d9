"""Shares of cells: in how many of a culture's cells each species is on, before the treatment, early and late under it.

One function answers for one scenario and for many; what is simulated, validated, compared and screened are its shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from her2cli.logic.network.joint import join, surrounded
from her2cli.logic.network.scenario import resolve
from her2cli.model import Pathway, Scenario

if TYPE_CHECKING:
    from her2cli.logic.runs.stochastic import Engine

NOTICEABLE = 0.1  # a readout that differs by more than this has gone up or down

# Times of the stochastic semantics, where a fast species moves after 1 on average and a slow one after 20: by 100 all
# but 1 in 150 slow moves are made. Where cells come to rest before, the engine stops.
SETTLED = 100.0
EARLY = 30.0


@dataclass(frozen=True, slots=True)
class Readout:
    """How much of a species is on, 0 to 1: before the treatment, early and late under it."""

    before: float
    early: float
    late: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The answer of `shares`: for each scenario, as it was asked, the readout of every species of the pathway."""

    values: Mapping[Scenario, Mapping[str, Readout]]
    replicates: int  # the cells behind each share
    engine: Engine  # what drew them


def shares(
    pathway: Pathway,
    scenarios: Sequence[Scenario],
    *,
    seed: int = 0,
    replicates: int = 1000,
    engine: Engine | None = None,
) -> Shares:
    """For each of *scenarios* the share of *replicates* cells in which each species is on, before, early and late.

    All scenarios in the same surroundings see the same random numbers, so that a difference of two shares is sharper
    than the shares are. Raises as `join` does.
    """
    groups: dict[object, list[Scenario]] = {}
    for scenario in scenarios:
        groups.setdefault(surrounded(pathway, resolve(pathway, scenario)), []).append(scenario)
    found: dict[Scenario, Mapping[str, Readout]] = {}
    for group in groups.values():
        answer = _joint_shares(pathway, group, seed=seed, replicates=replicates, engine=engine)
        found |= answer.values
        engine = answer.engine
    return Shares(values=found, replicates=replicates, engine=engine or "python")


def _joint_shares(
    pathway: Pathway, scenarios: Sequence[Scenario], *, seed: int, replicates: int, engine: Engine | None
) -> Shares:
    """Those of scenarios in the same surroundings."""
    from her2cli.logic.runs.stochastic import Phase, screen_phases

    joint = join(pathway, scenarios)
    phases = (
        Phase(network=joint.untreated, times=(SETTLED,)),
        Phase(network=joint.treated, times=(EARLY,), frozen=joint.treated.slow),
        Phase(network=joint.treated, times=(SETTLED,)),
    )
    before, early, late = screen_phases(
        phases, joint.held, start=joint.untreated.initial, replicates=replicates, seed=seed, engine=engine
    )
    found: dict[Scenario, Mapping[str, Readout]] = {}
    for lane, (scenario, resolved) in enumerate(zip(scenarios, joint.scenarios, strict=True)):
        clamps = dict(resolved.clamps)
        values = {}
        for name in pathway.species:
            settled = before.probability(lane, name)
            if not resolved.drugs and not clamps:  # nothing is added: early and late are the settled tumour
                values[name] = Readout(settled, settled, settled)
            elif name in clamps:
                values[name] = Readout(settled, clamps[name], clamps[name])
            else:
                values[name] = Readout(settled, early.probability(lane, name), late.probability(lane, name))
        found[scenario] = values
    return Shares(values=found, replicates=replicates, engine=before.engine)
