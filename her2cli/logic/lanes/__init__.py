"""Many scenarios at once on one shared clock: bit i of every number is lane i, and a lane is a scenario.

**The law** is that of `runs.gillespie`, for every scenario by itself. **The idea:** each species that can move has an
alarm that rings at rate 1; when it rings, the species takes its rule's value. A species that differs from its rule then
flips at rate 1, as the law wants, and one that agrees stays. Of the rings of a slow species all but one in 20 are
passed over. The rings do not hang on the state, so all scenarios of a replicate can hear the same ones: one evaluation
of a rule, on whole numbers whose bits are scenarios, serves them all.

**Why it is exact.** Each lane hears a Poisson process of rings, as if it were alone; only lanes of one replicate hang
together, which makes differences between scenarios sharper than between independent runs. How many rings there are
until the next count is drawn as one Poisson number, and which species rings is drawn evenly (`rings`), among all that
could move in any scenario of the network, whoever is there: so what a scenario comes to hangs on the seed and on
nothing else. A ring of a species none of whose regulators has changed since it last rang would change nothing: it is
heard, and passed over (this is uniformisation: Jensen 1953, doi:10.1080/03461238.1953.10419459; the bits are those of
Lamport 1975, doi:10.1145/360933.360994).

**What is run** (`distinct`): only the species that can change in some scenario and matter to what is counted, and one
lane for all scenarios that are the same to these. `shared` runs and counts replicates on Python's integers, with each
rule a Python function; `machine_words` and `kernels` do so on machine words with Numba: the same numbers, for both hear
the same rings. Lanes are for many scenarios; rates of a species' own, and
beginnings that hang together, they cannot (`suits`).

**What it costs.** A replicate of the literature's network takes one to three milliseconds in Python, for one scenario
or for thousands; some 2.6 million scenario-replicates a second under Numba, of 1,500 scenarios.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from her2cli.errors import MissingExtra
from her2cli.logic.lanes import distinct, shared
from her2cli.logic.network.phases import Stage
from her2cli.logic.network.sampling import Engine, Progress, Sampling, part

_SCENARIOS = 1 << 16  # scenarios in a block
_LOADING_PAYS = 1e7  # rings; Numba's kernels take a second to load, six to compile


def suits(stages: Sequence[Stage]) -> bool:
    """Whether the shared clock can run *stages*."""
    return not any(stage.together or not stage.rates.keys().isdisjoint(stage.clock) for stage in stages)


def screen(
    stages: Sequence[Stage],
    scenarios: Sequence[Mapping[str, int]],
    *,
    counted: Sequence[int],
    sampling: Sampling,
    told: Progress = None,
) -> tuple[Engine, list[list[list[array[int]]]]]:
    """The engine that ran, and in how many replicates each species *counted* is on: by stage, time, species, scenario.

    Each scenario maps the species that it holds to their values, in every stage. Raises `ScenarioError` where a value
    is not 0 or 1, `UnknownName` for a species that the network does not have, `MissingExtra` where the engine is to be
    Numba and it is not installed. *told* hears which share of the work is done.
    """
    # The lanes of a shared clock cost little: 64 scenarios are not much more work than one.
    rings = (
        sampling.replicates * (len(scenarios) + 63) // 64 * sum(stage.times[-1] * len(stage.moving) for stage in stages)
    )
    used: Engine = sampling.engine or ("numba" if rings > _LOADING_PAYS and has_numba() else "python")
    if used == "numba":
        need_numba()
        from her2cli.logic.lanes import machine_words  # Numba takes half a second to import

        run = machine_words.tallies
    else:
        run = shared.tallies
    index = {name: number for number, name in enumerate(stages[0].program.species)}
    if len(scenarios) > _SCENARIOS:  # all are looked at first, so that a mistake in the last costs no time
        distinct.held_in(scenarios, index)
    found = [[[array("Q") for _ in counted] for _ in stage.times] for stage in stages]
    for first in range(0, max(len(scenarios), 1), _SCENARIOS):
        block = distinct.as_lanes(stages, scenarios[first : first + _SCENARIOS], index, counted)
        heard = part(told, first / max(len(scenarios), 1), block.scenarios / max(len(scenarios), 1))
        tallies = run(block, block.varying(counted), sampling=sampling, told=heard)
        for rows, counts in zip(found, block.counts(tallies, counted, sampling.replicates), strict=True):
            for mine, numbers in zip(rows, counts, strict=True):
                for column, more in zip(mine, numbers, strict=True):
                    column.extend(more)
    return used, found


def has_numba() -> bool:
    """Whether Numba can be imported; that it is not is learned without importing it."""
    from importlib.util import find_spec

    try:
        return find_spec("numba") is not None
    except ValueError:
        return False


def need_numba() -> None:
    """Raise `MissingExtra` where Numba is not installed."""
    if not has_numba():
        raise MissingExtra("the engine 'numba' needs the extra 'fast': pip install 'her2cli[fast]'")
