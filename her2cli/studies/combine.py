"""Two drugs together: the surface of a readout over their doses, against each alone, by Bliss and by HSA.

A dose is the share of the cells that a drug reaches, each drug for itself. So what is seen at any doses is a mixture of
four kinds of cells (neither drug, one, the other, both), and four shares are the whole surface: nothing is fitted.

Signs and scales are those of the field. The *response* is the share of cells that are not at the readout's goal, as
viability is; the *excess* is the response that was expected less the one that is seen, so above 0 is synergy.
Bliss 1939 (doi:10.1111/j.1744-7348.1939.tb06990.x) expects drugs that act independently: the fractions of the untreated
response that each leaves multiply. The highest single agent (HSA) expects no more than the better one of the two does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt
from typing import Any

from her2cli.columns import Tabular
from her2cli.errors import ScenarioError, each_of, shown
from her2cli.logic.network.sampling import Engine, Sampling
from her2cli.logic.network.scenario import NoTarget, acting, resolve
from her2cli.logic.questions.shares import NOTICEABLE, SLIGHT, batches
from her2cli.model import TIMES, Pathway, Scenario, check_time
from her2cli.studies.screen import Goal, read_out

BATCHES = 20  # of cells, whose differences from each other give the errors
DOSES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The surface at one pair of doses; all numbers are shares of cells, 0 to 1."""

    first: float  # dose of the first drug
    second: float
    response: float
    error: float
    bliss: float  # excess over what Bliss expects
    bliss_error: float
    hsa: float  # excess over the highest single agent
    hsa_error: float


@dataclass(frozen=True, kw_only=True)
class Surface:
    """One readout under two drugs. `shares` are the responses without a drug, under each, and under both.

    `covariance` is that of these four means: all four see the same events, so their errors go together.
    """

    goal: Goal
    shares: tuple[float, float, float, float]
    covariance: tuple[tuple[float, ...], ...]
    replicates: int

    def at(self, first: float, second: float) -> Point:
        """The surface where so large a share of the cells is reached by each drug."""
        none, one, other, both = self.shares
        mixed = _mixture(first, second)
        response = _dot(mixed, self.shares)
        alone, beside = _mixture(first, 0), _mixture(0, second)
        better = min(alone, beside, key=lambda weights: _dot(weights, self.shares))
        product = one * other / none if none else 0.0
        slopes = (-product / none, other / none, one / none, -1.0) if none else (0.0, 0.0, 0.0, 0.0)
        reached = first * second
        hsa = tuple(a - b for a, b in zip(better, mixed, strict=True))
        return Point(
            first=first,
            second=second,
            response=response,
            error=self._error(mixed),
            bliss=reached * (product - both) if none else 0.0,
            bliss_error=self._error(tuple(reached * slope for slope in slopes)),
            hsa=_dot(hsa, self.shares),
            hsa_error=self._error(hsa),
        )

    @cached_property
    def full(self) -> Point:
        """Both drugs in all cells."""
        return self.at(1, 1)

    @property
    def verdict(self) -> str:
        """What the two do to this readout together.

        *logical*: neither alone does it, both do. *opposed*: one alone takes it from its goal, and Bliss, whose drugs
        leave fractions of the response, expects nothing of such a pair. *synergistic* and *antagonistic* by Bliss,
        where the excess counts; what is synergistic is better than the better drug alone by as much, too. *none*: they
        do nothing here. What counts is more than two standard errors, than what so few cells could hide, and than what
        a readout has to differ by to have moved a little.
        """
        none, one, other, both = self.shares
        least = 3 / self.replicates  # what has not been seen in n cells may still be in 3 of n
        if max(abs(none - each) for each in (one, other, both)) <= max(NOTICEABLE, least):
            return "none"
        if none - min(one, other) <= NOTICEABLE < none - both - 2 * self.full.error:
            return "logical"
        if any(self._counts(share - none, way) for share, way in ((one, (-1, 1, 0, 0)), (other, (-1, 0, 1, 0)))):
            return "opposed"
        if self._counts(-self.full.bliss, error=self.full.bliss_error):
            return "antagonistic"
        gains = (self.full.bliss, self.full.bliss_error), (self.full.hsa, self.full.hsa_error)
        return "synergistic" if all(self._counts(gain, error=error) for gain, error in gains) else "independent"

    def _counts(self, gain: float, slopes: Sequence[float] = (), *, error: float = 0.0) -> bool:
        """Whether so large a *gain* in a mean of the four shares, of those *slopes* or that *error*, counts."""
        return gain > max(2 * (self._error(slopes) if slopes else error), 3 / self.replicates, SLIGHT)

    def _error(self, slopes: Sequence[float]) -> float:
        variance = _dot(slopes, [_dot(slopes, row) for row in self.covariance])
        return sqrt(max(variance, 0.0))


@dataclass(frozen=True, kw_only=True)
class Combination(Tabular):
    """The answer of `combine`: one surface a readout."""

    scenario: Scenario  # without the two drugs
    drugs: tuple[str, str]
    surfaces: tuple[Surface, ...]
    time: str
    replicates: int
    seed: int
    engine: Engine

    header = ("readout", "goal", "first", "second", "response", "error", "bliss", "bliss_error", "hsa", "hsa_error")

    def rows(self, doses: Sequence[float] = DOSES) -> Iterator[tuple[Any, ...]]:
        """One row for each readout and pair of doses."""
        for surface in self.surfaces:
            for first in doses:
                for second in doses:
                    point = surface.at(first, second)
                    yield (
                        surface.goal.species,
                        surface.goal.value,
                        first,
                        second,
                        point.response,
                        point.error,
                        point.bliss,
                        point.bliss_error,
                        point.hsa,
                        point.hsa_error,
                    )


def combine(
    pathway: Pathway,
    scenario: Scenario,
    first: str,
    second: str,
    *,
    readouts: Sequence[str] = (),
    time: str = "late",
    sampling: Sampling = Sampling(),
) -> Combination:
    """The drugs *first* and *second* together in the tumour of *scenario*, at any doses. *readouts* as in `screen`.

    Raises `UnknownName`, `NoTarget` for a drug that does nothing here, `ScenarioError`.
    """
    check_time(time, of=("early", "late"))
    scenario = resolve(pathway, scenario)
    one, other = each_of(pathway.find_drug, (first, second))
    drugs = one, other
    if drugs[0] == drugs[1]:
        if first.casefold() == second.casefold():
            raise ScenarioError(f"{shown(first)} stands twice; name two drugs.")
        raise ScenarioError(f"{shown(first)} and {shown(second)} are the same drug, {drugs[0]}; name two.")
    given = dict(scenario.drugs)
    for name in drugs:
        if name in given:
            raise ScenarioError(f"{name} is in the scenario already; name it once.")
        if not acting(pathway, [name]):
            raise NoTarget("drug", name, pathway.name)
    if sampling.replicates < 2 * BATCHES:
        raise ScenarioError(f"--replicates {sampling.replicates}: standard errors need at least {2 * BATCHES} cells.")
    names, goals = read_out(pathway, readouts)
    together = [
        replace(scenario, drugs=(*scenario.drugs, *((name, 1.0) for name in some)))
        for some in ((), drugs[:1], drugs[1:], drugs)
    ]
    size = -(-sampling.replicates // BATCHES)
    seeds = [sampling.seed * 1_000_003 + number for number in range(BATCHES)]
    samplings = [replace(sampling, replicates=size, seed=seed) for seed in seeds]
    drawn, engine = batches(pathway, together, names, samplings)
    column = TIMES.index(time) * len(names)
    surfaces = []
    for goal in goals:
        place = column + names.index(goal.species)
        samples = [[abs(goal.value - row[place] / size) for row in rows] for rows in drawn]
        surfaces.append(_surface(goal, samples, size * BATCHES))
    return Combination(
        scenario=scenario,
        drugs=drugs,
        surfaces=tuple(surfaces),
        time=time,
        replicates=size * BATCHES,
        seed=sampling.seed,
        engine=engine,
    )


def _surface(goal: Goal, samples: Sequence[Sequence[float]], replicates: int) -> Surface:
    """From the four responses of each batch: their means, and the covariance of these."""
    count = len(samples)
    means = [sum(column) / count for column in zip(*samples, strict=True)]
    apart = [[value - mean for value, mean in zip(sample, means, strict=True)] for sample in samples]
    covariance = tuple(
        tuple(sum(each[a] * each[b] for each in apart) / (count * (count - 1)) for b in range(4)) for a in range(4)
    )
    none, one, other, both = means
    return Surface(goal=goal, shares=(none, one, other, both), covariance=covariance, replicates=replicates)


def _mixture(first: float, second: float) -> tuple[float, float, float, float]:
    """The shares of the cells that neither drug, the first, the second, and both reach."""
    return (1 - first) * (1 - second), first * (1 - second), (1 - first) * second, first * second


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
